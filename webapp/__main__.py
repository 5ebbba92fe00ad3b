"""Where `signpost` begins: every command, with the site behind those that need it.

A check runs before every commit: it loads what it uses and not the whole site.
"""

import sys

LEAN = (["content", "check"],)  # what needs no settings, no database and no page of the site


def main() -> None:
    """Run the command that was typed."""
    if sys.argv[1:3] in LEAN:
        from webapp.cli.content import content

        content(sys.argv[2:], prog_name="signpost content")
    _every_command()


def _every_command() -> None:
    import click
    from flask.cli import AppGroup, FlaskGroup

    from webapp.app import create_app
    from webapp.cli.commands import COMMANDS

    class Commands(FlaskGroup):
        """Lists its commands without making the app, which a machine without settings cannot."""

        def list_commands(self, ctx: click.Context) -> list[str]:
            return AppGroup.list_commands(self, ctx)

    @click.group(cls=Commands, create_app=create_app, add_default_commands=False, add_version_option=False)
    def signpost() -> None:
        """Signpost: the intranet of an adult social care team."""

    # Found before the app is made: checking content needs no settings and no database.
    for command in COMMANDS:
        signpost.add_command(command)
    signpost()


if __name__ == "__main__":
    main()
