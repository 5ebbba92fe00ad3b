"""Where `signpost` begins. A check runs before every commit: it loads what it uses and not the whole site."""

import sys

LEAN = (["content", "check"],)  # what needs no settings, no database and no page of the site


def main() -> None:
    """Run the command that was typed."""
    if sys.argv[1:3] in LEAN:
        from webapp.content_commands import content

        content(sys.argv[2:], prog_name="signpost content")
    from webapp.shell import main as every_command

    every_command()
