"""`signpost content ask-organisations`: ask those who run what is due whether their listing is still right."""

import sys

import click
from flask.cli import with_appcontext

from webapp.db.engine import db, now
from webapp.mail.setup import carrier, letterhead
from webapp.upkeep import organisations
from webapp.web import current


@click.command(name="ask-organisations")
@click.option("--due", is_flag=True, required=True, help="Ask about listings whose check is due.")
@click.option("--dry-run", is_flag=True, help="Name the listings and send nothing.")
@with_appcontext
def ask_organisations(due: bool, dry_run: bool) -> None:
    """Send each organisation one e-mail with a link that needs no account. Samples and confidential ones get none."""
    settings, gen = current.settings(), current.content()
    asks = organisations.to_ask(gen, db.session, settings.secret_key, now())
    db.session.rollback()
    if dry_run:
        for ask in asks:
            click.echo(f"would ask about {ask.page.path}")
        click.echo(f"{len(asks)} would be asked.")
        return
    way = carrier(settings, now)
    if way is None:
        click.echo("No mail is set up, so nobody was asked. See docs/deploying.md.")
        return
    db.session.connection(execution_options={"writes": True})
    with way:
        sent = sum(organisations.send(db.session, way, letterhead(settings, gen.site), ask, now()) for ask in asks)
    click.echo(f"{sent} asked.")
    if sent < len(asks):
        click.echo(f"{len(asks) - sent} could not be asked now.", err=True)
        sys.exit(1)
