"""Every command of `signpost`, one line each. The same commands are there as `flask --app webapp.app`."""

import click

from webapp.accounts.commands import trail, users
from webapp.asking_commands import ask_organisations
from webapp.content_commands import content
from webapp.csv_commands import exporting, import_csv
from webapp.db_commands import database
from webapp.demo import demo
from webapp.import_commands import importing
from webapp.message_commands import messages
from webapp.places_commands import places
from webapp.privacy_commands import privacy
from webapp.search_commands import search
from webapp.serve_commands import serve
from webapp.sync_commands import sync
from webapp.worker_commands import worker
from webapp.writing_commands import COMMANDS as WRITING

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
