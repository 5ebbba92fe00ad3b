"""`create_app`: the one place where all parts meet."""

import importlib
import pkgutil
from collections.abc import Callable, MutableMapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask
from flask.cli import AppGroup
from flask.templating import Environment
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.accounts import login
from webapp.backup import models as _backups  # noqa: F401 - its table
from webapp.cli import pageless
from webapp.cli.commands import Lazy
from webapp.config.settings import Settings
from webapp.db import turns as _turns  # noqa: F401 - whose turn a job of the worker is
from webapp.health import models as _health  # noqa: F401 - what the worker notes, which no page changes
from webapp.web import (
    access,
    built_files,
    errors,
    layout,
    parameters,
    pii_overrides,
    probes,
    request_log,
    security,
)
from webapp.web.htmx import htmx
from webapp.web.kept_answers import KeptAnswers
from webapp.web.sessions import COOKIE, COOKIE_OF_HTTPS, Sessions

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Each folder of these registers its own addresses: those of every module called `views` or `…_views` in it.
FEATURES = (
    "accounts",
    "admin",
    "sign_in",
    "barriers",
    "commissioning",
    "community",
    "data",
    "insights",
    "spotlights",
    "directory",
    "editor",
    "feedback",
    "gaps",
    "health",
    "learning_logs",
    "news",
    "notices",
    "offline",
    "open_referral",
    "packs",
    "reading",
    "search",
    "searches",
    "upkeep",
)


def _blueprint(feature: str) -> Blueprint:
    """The blueprint of the folder `webapp/<feature>`, with the routes of all its view modules on it."""
    folder = importlib.import_module(f"webapp.{feature}")
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__) if module.name.endswith("views"))
    modules = [importlib.import_module(f"webapp.{feature}.{name}") for name in names]
    (blueprint,) = {module.bp for module in modules if hasattr(module, "bp")}
    return blueprint


BLUEPRINTS = tuple(_blueprint(feature) for feature in FEATURES)  # now, so that every table is known

LONGEST_FORM = 256 * 1024  # bytes; nothing is uploaded, and the longest form is a page of writing
MOST_FIELDS = 400


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Settings come from the environment where none are passed.

    Raises SystemExit after one sentence on stderr where a setting of the environment is missing or wrong, or asks for
    traces whose packages are not installed.
    """
    settings = settings or pageless.settings_or_exit()
    app = SignpostApp(__name__, static_folder=None, template_folder="web/templates")
    app.session_interface = Sessions()
    _configure(app, settings)

    pageless.equip(app, settings)
    request_log.init_app(app, log_everything=settings.demo)
    built_files.init_app(app, security.headers_for(settings), watch=settings.watch_content)
    security.init_app(app, settings)
    htmx.init_app(app)
    parameters.init_app(app)
    login.init_app(app)
    access.init_app(app)
    security.csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = security.token
    _init_templates(app)
    errors.init_app(app)
    pii_overrides.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    access.check(app)
    app.cli = Commands()
    app.wsgi_app = app.extensions["signpost.kept_answers"] = KeptAnswers(app, login.recogniser(app))  # type: ignore[method-assign]
    app.wsgi_app = probes.by_number(app.wsgi_app, settings.trusted_hosts)  # type: ignore[method-assign,assignment]
    app.wsgi_app = behind(settings.proxies, app.wsgi_app)  # type: ignore[method-assign,assignment]
    return app


def behind(proxies: int, site: "WSGIApplication") -> "WSGIApplication":
    """`site` as it is asked through so many reverse proxies of ours; what others wrote before them is not believed."""
    return ProxyFix(site, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else site


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=LONGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LONGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_NAME=COOKIE_OF_HTTPS if settings.https else COOKIE,
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


class Commands(Lazy, AppGroup):
    """The commands of `signpost` for `flask --app webapp.app`, loaded when one is asked for: no page needs any."""


class SignpostApp(Flask):
    """The application. No view of it is a coroutine, so none is looked at to see whether it is one."""

    jinja_environment = Templates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
