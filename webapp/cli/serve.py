"""`signpost serve`: everything up to date, then the site on this machine."""

import socket
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.cli import server
from webapp.cli.content import content_dir
from webapp.web import current


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--drafts", is_flag=True, help="In the demonstration too, show drafts, faults, and pages as saved.")
@with_appcontext
def serve(host: str, port: int, drafts: bool) -> None:
    """Serve the site here, compiling the content again whenever a file changes. Not for production.

    Drafts are shown and marked, faults stand on the page that has them, and a page loads again when its file is saved.
    The demonstration is served as readers see it, unless you ask for --drafts.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    as_readers = current.settings().demo and not drafts
    settings = current.settings() if as_readers else server.preview(app, content_dir())
    server.keep_cookies(app, host)
    server.check_host(settings, host)
    _refuse_taken(host, port)
    server.prepare(app, settings)
    if settings.demo:
        from webapp.cli.demo import load_demo

        load_demo()

    def started() -> None:
        click.echo(f"\nSignpost is at http://{host}:{port}  (stop it with Ctrl+C)")
        if settings.preview:
            click.echo("Drafts are shown; pages load again when you save.")
        if settings.demo:
            click.echo("Open it and press one of the buttons to come in as a practitioner, commissioner or editor.")

    server.Server(app, host, port, started).run()


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Nothing can be served on {host}:{port} ({error.strerror}): choose another with PORT=8080.")
