"""`signpost content export oruk`: what is published of the directory, as files of Open Referral UK."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from webapp.cli.content import index_dir
from webapp.english import dates
from webapp.library.generation.reader import NoContent, Reader
from webapp.library.open_referral import catalogue, export


@click.command(name="oruk")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "ndjson", "csv"]), default="json", show_default=True)
@click.option("--without", default="", help="Leave out what came from the feed of this name: for who publishes it.")
def export_oruk(target: Path | None, form: str, without: str) -> None:
    """Write every published listing to the file TARGET, or to the screen where none is named.

    With --format csv TARGET is a folder: a tabular package, with a file for each kind of object and datapackage.json.
    It reads the compiled content: run `signpost content build` first.
    """
    if form == "csv" and (target is None or target.is_file()):
        raise click.UsageError("Name a folder for the files of --format csv.")
    try:
        held = catalogue.of(Reader(index_dir()).current())
    except NoContent as none:
        click.echo(str(none), err=True)
        sys.exit(1)
    if without and without not in held.sources:
        known = ", ".join(sorted({source for source in held.sources if source})) or "none"
        raise click.UsageError(f"Nothing published came from a feed called {without!r}. Feeds: {known}.")
    numbers = export.chosen(held, dates.today(), without)
    try:
        if form == "csv" and target:
            export.write_tables(target, held, numbers)
        else:
            blocks = (export.lines if form == "ndjson" else export.one_object)(held, numbers)
            _write(blocks, target)
    except OSError as error:
        click.echo(f"It could not be written: {error}.", err=True)
        sys.exit(1)
    if target:
        click.echo(f"{len(numbers):,} services are in {target}.", err=True)
    if not numbers:
        click.echo("Nothing is published: see docs/open-referral.md for how a listing is marked.", err=True)


def _write(blocks: Iterable[bytes], target: Path | None) -> None:
    if target is None:
        for block in blocks:
            sys.stdout.buffer.write(block)
        return
    aside = target.with_name(f".{target.name}.part")
    with aside.open("wb") as file:
        file.writelines(blocks)
    aside.replace(target)
