"""`signpost measures import FILE.csv`: figures of the council, a line a month. docs/insights.md has the columns."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.insights import measures_file
from webapp.web import current

measures = AppGroup("measures", help="Measures that the council enters, shown on the pages of insights.")


@measures.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(file: Path) -> None:
    """Take the measures of the CSV FILE. Where any line has a fault, nothing is taken."""
    try:
        entries = measures_file.parse(file.read_bytes(), file.name, current.content().vocabulary)
    except measures_file.Faults as faults:
        for problem in faults.problems:
            click.echo(str(problem))
        click.echo("Nothing was taken: mend these first.", err=True)
        sys.exit(1)
    number, months = measures_file.take(db.session, entries, None, moment())
    db.session.commit()
    click.echo(f"{number:,} measures with {months:,} months were taken.")
