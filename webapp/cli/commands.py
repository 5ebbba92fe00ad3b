"""Every command of `signpost`, one line each: its name, where it lives, what it does.

A command is loaded when it is asked for, so that help is quick and a check loads no page of the site.
"""

from importlib import import_module

import click

COMMANDS = {
    "audit": ("webapp.cli.users:trail", "The audit trail."),
    "backup": ("webapp.cli.backup:backup", "Back up the database, check a backup, put it back."),
    "content": ("webapp.cli.content_group:content", "Check, build and write the content."),
    "db": ("webapp.cli.db:database", "Look after the database."),
    "demo": ("webapp.cli.demo:demo", "The demonstration."),
    "doctor": ("webapp.cli.doctor:doctor", "Name what is wrong with this set-up, each with what to do."),
    "measures": ("webapp.cli.measures:measures", "Measures that the council enters, shown on the pages of insights."),
    "mcp": (
        "webapp.cli.mcp:serve_mcp",
        "Let an assistant search the published directory and cite it, by the Model Context Protocol over stdio.",
    ),
    "messages": ("webapp.cli.messages:messages", "Messages to people by e-mail."),
    "places": ("webapp.cli.postcodes:places", "Where postcodes are."),
    "privacy": ("webapp.cli.pii:privacy", "The personal-data guard."),
    "retention": ("webapp.cli.retention:retention", "What is kept for a time, and then removed."),
    "search": ("webapp.cli.search:search", "Find pages for WORDS, best first."),
    "serve": ("webapp.cli.serve:serve", "Serve the site here, compiling the content again whenever a file changes."),
    "users": ("webapp.cli.users:users", "People who may sign in, and what they may do."),
    "worker": ("webapp.cli.worker:worker", "Send mail, keep the content current and the database tidy."),
}


def load(name: str) -> click.Command | None:
    """The command called `name`; None where there is none."""
    if name not in COMMANDS:
        return None
    module, _, attribute = COMMANDS[name][0].partition(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command


class Lazy(click.Group):
    """A group of COMMANDS that lists them without loading any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])
