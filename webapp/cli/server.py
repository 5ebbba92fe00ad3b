"""`signpost serve`: the site on this machine, following every change of the content. Not for production."""

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from webapp.config.settings import Settings
from webapp.db import readiness
from webapp.db.engine import db
from webapp.english import dates
from webapp.library.build import compile as compiling
from webapp.library.build import scan
from webapp.library.generation.disk import Busy
from webapp.library.generation.reader import Reader
from webapp.pii import guard
from webapp.web import sessions

log = logging.getLogger(__name__)
LOOK_EVERY = 0.4  # seconds between looks at the content folder
LOOK_EVERY_PREVIEW = 0.05  # while somebody waits to see what they wrote
THREADS = 8
SOON = 0.5  # seconds


class Server(BaseApplication):
    """Gunicorn, configured by us: one process, so that the demonstration is one thing to start and stop."""

    def __init__(self, app: Flask, host: str, port: int, started: Callable[[], None]):
        self._app = app
        self._started = started
        self._address = f"{f'[{host}]' if ':' in host else host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": self._address,
            "workers": 1,
            "threads": THREADS,
            "worker_class": "webapp.cli.server_worker.Worker",
            "logger_class": "webapp.cli.server_log.Logger",
            "accesslog": None,
            "loglevel": "warning",
            "graceful_timeout": 2,
            "control_socket_disable": True,
            "limit_request_line": 8190,
            "when_ready": lambda server: self._started(),
            "post_fork": lambda server, worker: self._begin(),
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return self._app

    def _begin(self) -> None:
        follow_content(self._app.extensions["signpost.settings"])
        soon = threading.Timer(SOON, self._get_ready)  # not while the first page is made, and before anybody types
        soon.daemon = True
        soon.start()

    def _get_ready(self) -> None:
        """Open and load what whoever searches or writes first would wait for."""
        guard.load()
        reader: Reader = self._app.extensions["signpost.content"]
        reader.searched = True
        reader.current().open_index()


def check_host(settings: Settings, host: str) -> None:
    """Refuse to show the demonstration, whose passwords are on its first page, to other machines.

    Raises click.UsageError.
    """
    if settings.demo and not _is_loopback(host):
        raise click.UsageError(
            f"In demo mode anyone could sign in, so it listens on this machine only: use 127.0.0.1, not {host}."
        )


def keep_cookies(app: Flask, host: str) -> None:
    """Let a browser on this machine stay signed in: without https it sends no cookie that is marked `Secure`."""
    if _is_loopback(host):
        app.config |= {"SESSION_COOKIE_SECURE": False, "SESSION_COOKIE_NAME": sessions.COOKIE}


def preview(app: Flask, content: Path | None = None) -> Settings:
    """Serve `app` to an author: drafts and faults too, from an index of its own that readers never see.

    `content` is the folder they write in, where that is not the one of the settings.
    """
    settings: Settings = app.extensions["signpost.settings"]
    settings = replace(
        settings,
        preview=True,
        watch_content=True,
        content_dir=content or settings.content_dir,
        index_dir=settings.index_dir / "preview",
    )
    app.extensions["signpost.settings"] = settings
    app.extensions["signpost.content"] = Reader(settings.index_dir)
    return settings


def prepare(app: Flask, settings: Settings) -> None:
    """Bring database and content up to date before the first request."""
    app.extensions["signpost.content"].searched = False  # until it is served: see Server
    with app.app_context():
        if readiness.schema(db.engine) != "current":
            from webapp.db import upgrade  # here: Alembic is a twentieth of a start, and mostly has nothing to do

            upgrade.upgrade(db.engine)
    try:
        outcome = build(settings, processes=2)
    except compiling.ContentError as error:
        sys.exit("\n".join(str(problem) for problem in error.problems))
    for problem in outcome.problems:
        click.echo(f"{problem}", err=True)


def follow_content(settings: Settings, stopping: threading.Event | None = None) -> threading.Thread:
    """Compile the content again, in a thread, whenever a file of it changes, until `stopping` is set."""
    known = stopping or threading.Event()
    thread = threading.Thread(target=_follow, args=(settings, known), daemon=True, name="content")
    thread.start()
    return thread


def _follow(settings: Settings, stopping: threading.Event) -> None:
    seen = _looked_at(settings)
    while not stopping.wait(LOOK_EVERY_PREVIEW if settings.preview else LOOK_EVERY):
        state = _looked_at(settings)
        if state == seen:
            continue
        seen = state
        try:
            outcome = build(settings)
        except compiling.ContentError as error:
            problems = error.problems
        except (Busy, OSError) as error:
            log.error("the content was not compiled: %s", error)
            continue
        else:
            problems = outcome.problems
            click.echo(f"{outcome.changed} changed, live in {outcome.seconds:.2f} s", err=True)
        for problem in problems:
            click.echo(str(problem), err=True)


def _looked_at(settings: Settings) -> object:
    """What differs when there is something to compile: a file, or the day on which pages appear and go."""
    return scan.state(settings.content_dir), dates.today()


def build(settings: Settings, processes: int = 1) -> compiling.CompileOutcome:
    """Compile the content into what `settings` serve. Raises as `compile.build` does."""
    return compiling.build(
        settings.content_dir,
        settings.index_dir,
        processes=processes,
        fallback=Settings.content_dir,
        drafts=settings.preview,
    )


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
