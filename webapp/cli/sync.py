"""`signpost content sync`: fetch the newest commit of the content and serve it."""

import os
import sys

import click
from flask.cli import with_appcontext

from webapp.library.generation.disk import Busy
from webapp.library.syncing.following import Synced, SyncFault
from webapp.machines import library_sync
from webapp.web import current

LONGEST_WAIT = 60  # seconds, for another process that is fetching
PROCESSES = min(4, os.cpu_count() or 1)
STILL = "What was served before is still served."


@click.command()
@with_appcontext
def sync() -> None:
    """Fetch the newest commit of SIGNPOST_CONTENT_REMOTE, compile it and switch the site to it."""
    try:
        synced = library_sync.sync(current.settings(), wait=LONGEST_WAIT, anyway=True, processes=PROCESSES)
    except (SyncFault, Busy) as fault:
        click.echo(f"{fault} {STILL}", err=True)
        sys.exit(1)
    sys.exit(_report(synced))


def _report(synced: Synced) -> int:
    outcome = synced.outcome
    assert outcome is not None
    errors = [problem for problem in outcome.problems if problem.level == "error"]
    for problem in errors:
        click.echo(str(problem))
    if synced.note:
        click.echo(synced.note, err=True)
    did = "is served" if outcome.switched else "is served already"
    click.echo(f"Commit {synced.commit[:12]} {did}: {outcome.served:,} pages, {outcome.changed:,} changed.")
    if errors:
        click.echo("Pages with a fault stay as they were.", err=True)
    return 1 if errors else 0
