"""`signpost content import …`: bring in listings that another directory publishes."""

import re
import sys
from pathlib import Path

import click

from webapp import dates
from webapp.cli.content import content_dir
from webapp.config import Settings
from webapp.library.authoring.scaffold import slugify
from webapp.library.build.compile import ContentError, words_for
from webapp.library.confidential.listings import LOOKS
from webapp.library.importing.bring_in import Choices, Outcome, Progress, bring_in
from webapp.library.importing.feed import FeedError
from webapp.library.importing.notes import EXAMPLES, Kind

LISTED = 20  # files or records named one by one; past this a number says it


@click.group(name="import")
def importing() -> None:
    """Bring in listings that another directory publishes."""


@importing.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="What to call the feed in its listings; made from the file's name where it is left out.")
@click.option("--into", help="The folder below content/assets for new listings. [default: imported/<name of the feed>]")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--again", is_flag=True, help="Write listings again that the feed has not changed; edited ones are kept.")
@click.option("--remove-missing", is_flag=True, help="Delete listings that the feed no longer holds.")
def oruk(source: Path, name: str | None, into: str | None, dry_run: bool, again: bool, remove_missing: bool) -> None:
    """Bring in the services of an Open Referral UK feed from the file SOURCE, one Markdown file a service.

    Run it again with the feed's next version: only what changed is written, and what you edited is kept.
    """
    home = content_dir()
    named = _name(name, source)
    choices = Choices(named, _folder(home, into, named), again, remove_missing, dry_run)
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
    _report(outcome, choices, home)


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

    def tell(what: str, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            click.echo(f"\r{done:,} of {total:,} {what}", nl=done == total, err=True)

    return tell


def _report(outcome: Outcome, choices: Choices, home: Path) -> None:
    plan, notes = outcome.plan, outcome.notes
    would = "would be " if choices.dry_run else ""
    many = "1 service" if outcome.services == 1 else f"{outcome.services:,} services"
    click.echo(f"{many} in the feed {choices.name}.")
    click.echo(f"  {plan.new:,} {would}brought in, {plan.changed:,} {would}changed, {plan.unchanged:,} unchanged.")
    _kinds("Repaired", notes.repaired)
    _kinds("Needing attention", notes.attention)
    _listed("Left out", notes.left_out)
    _listed(
        "Changed on both sides, so kept as you wrote them (merge by hand, then put the new hash after `record:`)",
        [f"{_shown(path, home)}: {record}" for path, record in plan.both_changed],
    )
    if plan.missing:
        deleted = f"{would}deleted" if plan.remove else "kept; --remove-missing deletes them"
        _listed(f"No longer in the feed ({deleted})", [_shown(path, home) for path in plan.missing])
    if plan.write and not choices.dry_run:
        click.echo(f"\nNew listings are in {_shown(choices.folder, home)}. Next: signpost content build")


def _kinds(heading: str, kinds: dict[str, Kind]) -> None:
    if not kinds:
        return
    click.echo(f"\n{heading}:")
    for said, kind in sorted(kinds.items(), key=lambda item: -item[1].count):
        click.echo(f"  {kind.count:>6,}  {said}")
        for example in kind.examples if said == LOOKS else kind.examples[:EXAMPLES]:
            click.echo(f"          {example}")
        if said == LOOKS:
            click.echo(
                "          To show an address, write `confidential: false` under it and bring the feed in again."
            )


def _listed(heading: str, lines: list[str]) -> None:
    if not lines:
        return
    click.echo(f"\n{heading}: {len(lines):,}")
    for line in lines[:LISTED]:
        click.echo(f"  {line}")
    if len(lines) > LISTED:
        click.echo(f"  … and {len(lines) - LISTED:,} more")


def _shown(path: Path, home: Path) -> str:
    return path.relative_to(home.parent).as_posix()
