"""`signpost content …` with all its commands: those of `content`, and those that bring listings in and out."""

from webapp.cli.ask_organisations import ask_organisations
from webapp.cli.content import content
from webapp.cli.csv import exporting, import_csv
from webapp.cli.export_oruk import export_oruk
from webapp.cli.facts import facts
from webapp.cli.feed_health import health
from webapp.cli.oruk import importing
from webapp.cli.pages import COMMANDS
from webapp.cli.pictures import clean
from webapp.cli.sync import sync

for command in (importing, sync, exporting, ask_organisations, facts, health, clean, *COMMANDS):
    content.add_command(command)
importing.add_command(import_csv)
exporting.add_command(export_oruk)

__all__ = ["content"]
