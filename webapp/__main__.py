"""Where `signpost` begins: every command, with the site behind those that need it.

A check runs before every commit: it loads what it uses and not the whole site.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

LEAN = (["content", "check"],)  # what needs no settings, no database and no page of the site
PAGELESS = (["worker"],)  # what needs the first two alone


def main() -> None:
    """Run the command that was typed."""
    if sys.argv[1:3] in LEAN:
        from webapp.cli.content import content

        content(sys.argv[2:], prog_name="signpost content")
    _every_command()


def _every_command() -> None:
    import click
    from flask.cli import FlaskGroup

    from webapp.cli.commands import Lazy

    class Commands(Lazy, FlaskGroup):
        """With the site behind those that need it, made when one of them runs."""

        def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
            with _loading():
                return super().get_command(ctx, name)

    @click.group(cls=Commands, create_app=_site, add_default_commands=False, add_version_option=False)
    def signpost() -> None:
        """Signpost: the intranet of an adult social care team."""

    signpost()


def _site() -> "Flask":
    with _loading():
        if sys.argv[1:2] in PAGELESS:
            from webapp.cli import pageless

            return pageless.create()
        from webapp.app import create_app

        return create_app()


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded here stays for good. To look for garbage among it took a quarter of the time of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    main()
