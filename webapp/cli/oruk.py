"""`signpost content import …`: bring in listings that another directory publishes."""

import re
import sys
from functools import partial
from pathlib import Path

import click

from webapp import dates
from webapp.cli.content import content_dir, state_dir
from webapp.config import Settings
from webapp.library.authoring.scaffold import slugify
from webapp.library.build.compile import ContentError, words_for
from webapp.library.importing.bring_in import Choices, ImportOutcome, Progress, bring_in
from webapp.library.importing.feed import FeedError
from webapp.library.importing.report import ImportReport


@click.group(name="import")
def importing() -> None:
    """Bring in listings that another directory publishes."""


@importing.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--name", help="What to call the feed in its listings; made from the file's name where it is left out.")
@click.option("--into", help="The folder below content/assets for new listings. [default: imported/<name of the feed>]")
@click.option("--dry-run", is_flag=True, help="Name every change, field by field, and change nothing.")
@click.option("--remove-missing", is_flag=True, help="Delete listings that the feed no longer holds; it must be whole.")
@click.option("--remove-most", is_flag=True, help="With --remove-missing, where this is most of what the feed had.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="The file for the whole report.")
@click.option("--again", is_flag=True, hidden=True, help="What every import does now.")
def oruk(
    source: Path,
    name: str | None,
    into: str | None,
    dry_run: bool,
    remove_missing: bool,
    remove_most: bool,
    report: Path | None,
    again: bool,
) -> None:
    """Bring in the services of an Open Referral UK feed from the file SOURCE, one Markdown file a service.

    Run it again with the feed's next version: only what changed is written, and what you edited is kept.
    """
    _refuse_addresses(source)
    home = content_dir()
    named = _name(name, source)
    choices = Choices(named, _folder(home, into, named), remove_missing, remove_most, dry_run)
    try:
        words = words_for(home, Settings.content_dir)
        outcome = bring_in(source, home, words, choices, dates.today(), _progress())
    except FeedError as error:
        _stop(str(error))
    except ContentError as error:
        _stop(
            "The vocabularies have faults, so nothing can be matched to them. Run: signpost content check. "
            + str(error)
        )
    except OSError as error:
        _stop(f"The listings could not be written: {error}.")
    _print_report(outcome, choices, home, report or state_dir() / "imports" / f"{slugify(named)}.txt")


def _refuse_addresses(source: Path) -> None:
    if re.match(r"https?:/", str(source)):
        raise click.UsageError("Save the feed in a file first, with every page of it, and name the file.")
    if not source.is_file():
        raise click.UsageError(f"{source} is not a file.")


def _name(name: str | None, source: Path) -> str:
    stem = re.sub(r"[-_.\s]+(services?|feed|oruk|export|data)$", "", source.stem, flags=re.IGNORECASE)
    named = " ".join(name.split()) if name is not None else re.sub(r"[-_.\s]+", " ", stem).strip().title()
    if not slugify(named) or len(named) > 120 or not named.isprintable():
        raise click.UsageError(
            "Give the feed a name of 120 characters or fewer with --name, as in --name 'North Town'."
        )
    return named


def _folder(home: Path, into: str | None, named: str) -> Path:
    inside = into if into is not None else f"imported/{slugify(named)}"
    parts = inside.rstrip("/").removeprefix("content/").removeprefix("assets/").split("/")
    if not all(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", part) for part in parts):
        raise click.UsageError(
            "--into names a folder below content/assets in lower-case letters, as in imported/north-town."
        )
    folder = home.joinpath("assets", *parts)
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"{folder} is there already and is no folder.")
    return folder


def _stop(why: str) -> None:
    click.echo(f"Nothing was brought in. {why}", err=True)
    sys.exit(1)


def _progress() -> Progress | None:
    """Tell how far a long import is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def report_progress(what: str, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            click.echo(f"\r{done:,} of {total:,} {what}", nl=done == total, err=True)

    return report_progress


def _print_report(outcome: ImportOutcome, choices: Choices, home: Path, file: Path) -> None:
    """Say what was done, here and in a file; a report that cannot be written is mentioned, and undoes nothing."""
    shown = partial(_shown, home=home)
    click.echo("\n".join(ImportReport(outcome, choices, shown).lines()))
    whole = "\n".join(ImportReport(outcome, choices, shown, whole=True).lines())
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{whole}\n", encoding="utf-8")
        click.echo(f"\nThe whole report is in {file}.")
    except OSError as error:
        click.echo(f"The report could not be written to {file}: {error.strerror}.", err=True)
    if outcome.plan.write and not choices.dry_run:
        click.echo(f"\nNew listings are in {_shown(choices.folder, home)}. Next: signpost content build")


def _shown(path: Path, home: Path) -> str:
    return path.relative_to(home.parent).as_posix()
