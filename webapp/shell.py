"""`signpost` in a shell: every command, with the site behind those that need it."""

import click
from flask.cli import AppGroup, FlaskGroup

from webapp.app import create_app
from webapp.cli import COMMANDS


class Commands(FlaskGroup):
    """Lists its commands without making the app, which a machine without settings cannot."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return AppGroup.list_commands(self, ctx)


@click.group(cls=Commands, create_app=create_app, add_default_commands=False, add_version_option=False)
def main() -> None:
    """Signpost: the intranet of an adult social care team."""


# Found before the app is made: checking content needs no settings and no database.
for command in COMMANDS:
    main.add_command(command)
