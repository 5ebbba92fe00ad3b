"""`signpost content import …`: bring in listings that another directory publishes."""

import re
import sys
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from webapp.cli import feed_address, feed_schedule
from webapp.cli.content import content_dir, index_dir, state_dir
from webapp.config.settings import Settings
from webapp.english import dates
from webapp.library.authoring.scaffold import slugify
from webapp.library.build.compile import ContentError, words_for
from webapp.library.feeds import state
from webapp.library.feeds.files import folder_of
from webapp.library.generation.disk import Busy
from webapp.library.importing.bring_in import Choices, ImportOutcome, Progress, bring_in
from webapp.library.importing.feed import FeedError
from webapp.library.importing.report import ImportReport


@click.group(name="import")
def importing() -> None:
    """Bring in listings that another directory publishes."""


@importing.command()
@click.argument("source", required=False)
@click.option(
    "--schedule", is_flag=True, help="Read the feeds of content/feeds.yml that are due; with --name, one now."
)
@click.option(
    "--name", help="What to call the feed in its listings; made from the file or address where it is left out."
)
@click.option("--into", help="The folder below content/assets for new listings. [default: imported/<name of the feed>]")
@click.option("--dry-run", is_flag=True, help="Name every change, field by field, and change nothing.")
@click.option("--remove-missing", is_flag=True, help="Delete listings that the feed no longer holds; it must be whole.")
@click.option("--retire-missing", is_flag=True, help="Mark listings as inactive that the feed no longer holds.")
@click.option("--remove-most", is_flag=True, help="With either of them, where this is most of what the feed had.")
@click.option("--changes", is_flag=True, help="From an address: ask only for what changed, where the feed can tell.")
@click.option("--allow-network", multiple=True, help="A private address or network that may be asked: 10.20.0.0/16.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="The file for the whole report.")
@click.option("--again", is_flag=True, hidden=True, help="What every import does now.")
def oruk(
    source: str | None,
    schedule: bool,
    name: str | None,
    into: str | None,
    dry_run: bool,
    remove_missing: bool,
    retire_missing: bool,
    remove_most: bool,
    changes: bool,
    allow_network: tuple[str, ...],
    report: Path | None,
    again: bool,
) -> None:
    """Bring in the services of an Open Referral feed, one Markdown file a service.

    SOURCE is a file of JSON or of JSON lines, a folder or zip of HSDS tables, or the address of a feed: then every page
    of it is read. Its dialect is recognised and said. Run it again with the feed's next version: only what changed is
    written, and what you edited is kept.
    """
    if schedule:
        feed_schedule.run(name)
    if source is None:
        raise click.UsageError("Name the file or the address of a feed.")
    from_web = feed_address.is_address(source)
    home = content_dir()
    named = _name(name, feed_address.name_of(source) if from_web else _stem(Path(source)))
    if remove_missing and retire_missing:
        raise click.UsageError("Say --remove-missing or --retire-missing, not both.")
    folder = _folder(home, into, named)
    choices = Choices(named, folder, remove_missing, remove_most, retire_missing, dry_run)
    try:
        file = _fetched(source, named, allow_network, changes) if from_web else Path(source)
        words = words_for(home, Settings.content_dir)
        outcome = bring_in(file, home, words, choices, dates.today(), _progress())
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


def _fetched(address: str, named: str, allowed: tuple[str, ...], only_changes: bool) -> Path:
    """The file that the feed at `address` was read into."""
    folder = folder_of(index_dir(), slugify(named))
    try:
        with state.alone(index_dir(), slugify(named)):
            came = feed_address.read(address, folder, allowed, only_changes, feed_address.progress())
    except Busy as why:
        _stop(f"{str(why).capitalize()}: try again when it has finished.")
    for remark in came.remarks:
        click.echo(remark)
    if came.since and not came.changed:
        click.echo(f"Nothing in the feed {named} has changed since {came.since:%-d %B %Y}.")
    return came.file


def _stem(source: Path) -> str:
    if not source.is_file() and not source.is_dir():
        raise click.UsageError(f"{source} is not a file or a folder.")
    stem = re.sub(r"[-_.\s]+(services?|feed|oruk|export|data)$", "", source.stem, flags=re.IGNORECASE)
    return re.sub(r"[-_.\s]+", " ", stem).strip().title()


def _name(name: str | None, otherwise: str) -> str:
    named = " ".join(name.split()) if name is not None else otherwise
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


def _stop(why: str) -> NoReturn:
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
