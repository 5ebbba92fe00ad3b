"""`create_app`: the one place where all parts meet."""

import sys
from collections.abc import Callable, MutableMapping
from datetime import timedelta
from typing import Any

import click
from flask import Blueprint, Flask
from flask.cli import AppGroup
from flask.templating import Environment
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import access, config, errors, insisting, layout, request_log, security, static_files
from webapp.accounts import login
from webapp.accounts.people_views import bp as people
from webapp.accounts.views import bp as accounts
from webapp.commissioning.files import bp as files
from webapp.commissioning.joining import bp as joining
from webapp.commissioning.many import bp as many
from webapp.commissioning.one_gap import bp as triage
from webapp.commissioning.saved import bp as saved
from webapp.commissioning.views import bp as commissioning
from webapp.config import Settings, SettingsError
from webapp.db import init_app as init_database
from webapp.demand.views import bp as demand
from webapp.directory.views import bp as directory
from webapp.editor.changes import bp as changes
from webapp.editor.closures import bp as closures
from webapp.editor.due import bp as due
from webapp.editor.listings import bp as listings
from webapp.editor.views import bp as editor
from webapp.feedback.confirming import bp as confirming
from webapp.feedback.organisation import bp as organisation
from webapp.feedback.views import bp as feedback
from webapp.finding.views import bp as finding
from webapp.gaps.views import bp as gaps
from webapp.health.views import bp as health
from webapp.home.views import bp as home
from webapp.hooks.views import bp as hooks
from webapp.htmx import htmx
from webapp.library.generation import Reader
from webapp.my_searches.views import bp as my_searches
from webapp.notices.open_doors import feeds, stopping
from webapp.notices.views import bp as notices
from webapp.preview.views import bp as preview
from webapp.prototypes.moving import bp as moving
from webapp.prototypes.views import bp as prototypes
from webapp.reading.views import bp as reading
from webapp.reporting.views import bp as reporting
from webapp.sessions import Sessions

FEATURES: tuple[Blueprint, ...] = (
    accounts,
    changes,
    closures,
    confirming,
    commissioning,
    demand,
    due,
    listings,
    directory,
    feeds,
    files,
    finding,
    editor,
    feedback,
    gaps,
    triage,
    health,
    home,
    hooks,
    joining,
    many,
    moving,
    my_searches,
    notices,
    organisation,
    people,
    preview,
    prototypes,
    reading,
    reporting,
    saved,
    stopping,
)

LONGEST_FORM = 256 * 1024  # bytes; nothing is uploaded, and the longest form is a page of writing
MOST_FIELDS = 400


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Settings come from the environment where none are passed.

    Raises SystemExit after one sentence on stderr where a setting of the environment is missing or wrong.
    """
    settings = settings or _settings_or_exit()
    app = Site(__name__, static_folder=None)
    app.session_interface = Sessions()
    app.extensions["signpost.settings"] = settings
    _configure(app, settings)

    request_log.init_app(app, tell_all=settings.demo)
    static_files.init_app(app, security.headers_for(settings), watch=settings.watch_content)
    security.init_app(app, settings)
    init_database(app, settings.database_url)
    app.extensions["signpost.content"] = Reader(settings.index_dir)
    htmx.init_app(app)
    login.init_app(app)
    access.init_app(app)
    security.csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = security.token
    _init_templates(app)
    errors.init_app(app)
    insisting.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    access.check(app)
    app.cli = Commands()
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app


def _settings_or_exit() -> Settings:
    try:
        return config.load()
    except SettingsError as fault:
        sys.exit(str(fault))


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=LONGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LONGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_NAME="signpost",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.session_minutes),
        # A token lasts as long as its session: a long form must not be refused after an hour.
        WTF_CSRF_TIME_LIMIT=None,
        # security.refuse_cross_site looks at Sec-Fetch-Site and Origin, which privacy settings do not remove.
        WTF_CSRF_SSL_STRICT=False,
    )


def _init_templates(app: Flask) -> None:
    app.jinja_env.lstrip_blocks = True
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader,
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    WTFormsHelpers(app)
    layout.init_app(app)


class Templates(Environment):
    """Flask's, with one set of names for all templates.

    Jinja would lay a chain of two over it, one of them empty, and walk along it at every import of a macro.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Commands(AppGroup):
    """The commands of `signpost` for `flask --app webapp.app`, loaded when one is asked for: no page needs any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [command.name or "" for command in self._every()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return next((command for command in self._every() if command.name == cmd_name), None)

    @staticmethod
    def _every() -> tuple[click.Command, ...]:
        from webapp.cli import COMMANDS

        return COMMANDS


class Site(Flask):
    """The application. No view of it is a coroutine, so none is looked at to see whether it is one."""

    jinja_environment = Templates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
