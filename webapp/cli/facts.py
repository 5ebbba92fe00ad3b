"""`signpost content facts`: every fact that pages rely on, as one table."""

import click

from webapp.cli.content import PROCESSES, content_dir, index_dir
from webapp.config.settings import Settings
from webapp.library.authoring import checking
from webapp.library.authoring import facts as stated


@click.command()
def facts() -> None:
    """Print every fact of the pages as a Markdown table: claim, page, source, day, who relies on it."""
    home = content_dir()
    checked = checking.check(home, fallback=Settings.content_dir, processes=PROCESSES, cache=index_dir())
    click.echo(stated.table(stated.of(home, checked.entries)), nl=False)
