"""`signpost backup …`. docs/backup.md says when, where to and how to practise."""

import os
import sys
import time
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from webapp.backup import archive, keeping
from webapp.backup.archive import Manifest
from webapp.backup.content import ContentState, state
from webapp.backup.contents import BackupFault
from webapp.backup.models import Backup, note_verified
from webapp.db import faults
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.web import current

backup = AppGroup("backup", help="Back up the database, check a backup, put it back.")
existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@backup.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="The folder for the archive.")
@click.option("--keep", type=click.IntRange(1), help="Afterwards remove all but this many of the newest there.")
@click.option("--verify", "verified", is_flag=True, help="Check it too, before any older one is removed.")
def create(folder: Path | None, keep: int | None, verified: bool) -> None:
    """Write the database and the settings, without secrets, to a new archive. The site goes on meanwhile."""
    settings, began, moment = current.settings(), time.monotonic(), now()
    content = state(settings.index_dir, settings.content_dir)
    try:
        made, manifest = keeping.create(
            settings.database_url, folder or settings.state_dir / "backups", os.environ, content.commit, moment
        )
    except (BackupFault, OSError) as why:
        _fail(f"Nothing was backed up. {why}")
    seconds = time.monotonic() - began
    click.echo(f"{made}: {made.stat().st_size:,} bytes, {_rows(manifest)}, in {seconds:.1f} s.")
    _tell_of_content(content)
    _note(made, manifest)
    if verified:
        _verify(made)
    for old in archive.made_in(made.parent)[keep:] if keep else []:
        old.unlink()
        click.echo(f"Removed {old.name}.")


@backup.command()
@click.argument("made", metavar="ARCHIVE", type=existing)
def verify(made: Path) -> None:
    """Open ARCHIVE and check it: each byte, each table's rows, and the chain of the audit trail."""
    _verify(made)


def _verify(made: Path) -> None:
    began = time.monotonic()
    try:
        manifest = keeping.verify(current.settings().database_url, made)
    except (BackupFault, OSError) as why:
        _fail(f"{made.name} is no good. {why}")
    click.echo(f"{made.name} is whole: {_rows(manifest)}, checked in {time.monotonic() - began:.1f} s.")
    with faults.or_undone(db.session):
        note_verified(db.session, made.name, now())
        db.session.commit()


@backup.command()
@click.argument("made", metavar="ARCHIVE", type=existing)
@click.option("--replace", is_flag=True, help="Put it in the place of a site that is there; that is kept beside it.")
def restore(made: Path, replace: bool) -> None:
    """Check ARCHIVE, then make it the database of this site. Stop the site first."""
    settings, began = current.settings(), time.monotonic()
    db.engine.dispose()
    try:
        restored = keeping.restore(settings.database_url, made, now(), replace)
    except (BackupFault, OSError) as why:
        _fail(f"Nothing was restored. {why}")
    click.echo(f"Restored: {_rows(restored.manifest)}, in {time.monotonic() - began:.1f} s.")
    if restored.before:
        click.echo(f"What was there before is kept: {restored.before}. Remove it when all is well.")
    click.echo("Now run `signpost db upgrade`, then `signpost retention run`, and start the site.")


def _rows(manifest: Manifest) -> str:
    contents = manifest.contents
    return f"{contents.total:,} rows of {len(contents.rows)} tables, as of {dates.moment(manifest.at)}"


def _note(made: Path, manifest: Manifest) -> None:
    """Let the site know. The archive is whole, so a database that cannot be written now is no reason to fail."""
    row = Backup(name=made.name, at=manifest.at, bytes=made.stat().st_size, rows=manifest.contents.total)
    try:
        db.session.add(row)
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        if not faults.is_unavailable(error):
            raise
        click.echo(f"The site could not be told of it ({faults.name_of(error)}), so it counts as not made.", err=True)


def _tell_of_content(content: ContentState) -> None:
    if not content.commit:
        click.echo("The content comes from no git repository: it is not in this backup. Keep its folder too.", err=True)
    elif content.uncommitted:
        click.echo(f"{content.uncommitted} files of the content are not committed: they are in no backup.", err=True)


def _fail(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(1)
