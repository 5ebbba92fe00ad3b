"""Every command of `signpost`, one line each. The same commands are there as `flask --app webapp.app`."""

import click

from webapp.cli.ask_organisations import ask_organisations
from webapp.cli.content import content
from webapp.cli.csv import exporting, import_csv
from webapp.cli.db import database
from webapp.cli.demo import demo
from webapp.cli.messages import messages
from webapp.cli.oruk import importing
from webapp.cli.pages import COMMANDS as WRITING
from webapp.cli.pii import privacy
from webapp.cli.postcodes import places
from webapp.cli.search import search
from webapp.cli.serve import serve
from webapp.cli.sync import sync
from webapp.cli.users import trail, users
from webapp.cli.worker import worker

content.add_command(importing)
content.add_command(sync)
content.add_command(exporting)
content.add_command(ask_organisations)
importing.add_command(import_csv)
for writing in WRITING:
    content.add_command(writing)

COMMANDS: tuple[click.Command, ...] = (
    content,
    database,
    demo,
    messages,
    places,
    privacy,
    search,
    serve,
    worker,
    trail,
    users,
)
