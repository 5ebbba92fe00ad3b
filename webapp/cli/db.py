"""`signpost db …`."""

import click
from flask.cli import with_appcontext

from webapp.db import readiness
from webapp.db import upgrade as schema
from webapp.db.engine import db, now


@click.group("db")
def database() -> None:
    """Look after the database."""


@database.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the shape this version needs. Safe to run again."""
    if readiness.look(db.engine, now()).schema == "newer":
        click.echo("The database is of a later version than this program, which uses it as it is. Nothing was changed.")
        return
    schema.upgrade(db.engine)
    click.echo("The database is up to date.")


@database.command(hidden=True)
@click.argument("message")
@with_appcontext
def revision(message: str) -> None:
    """Write a migration called MESSAGE from what the models have changed. For developers."""
    schema.write_revision(db.engine, message)
