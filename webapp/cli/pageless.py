"""The program without its pages, for work that no reader waits for: settings, database, content, log and traces.

Nothing below a view asks for an address of the site by its view, so that none need be loaded to write a letter.
"""

import sys
from importlib import import_module

from flask import Flask

from webapp.config import settings as config
from webapp.config.settings import ROOT, Settings, SettingsError
from webapp.db.engine import init_app as init_database
from webapp.library.generation.reader import Reader
from webapp.telemetry import tracing
from webapp.web import log_lines, slow

PROGRAM = ROOT / "webapp"


def create() -> Flask:
    """What jobs run in. Raises SystemExit as `equip` and `settings_or_exit` do."""
    app = Flask("webapp", static_folder=None)
    equip(app, settings_or_exit(), searched=False)
    for file in sorted(PROGRAM.rglob("*models.py")):  # SQLAlchemy joins tables when the first is asked for
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return app


def settings_or_exit() -> Settings:
    """What the environment says. Raises SystemExit after one sentence where a setting is missing or wrong."""
    try:
        return config.load()
    except SettingsError as fault:
        sys.exit(str(fault))


def equip(app: Flask, settings: Settings, *, searched: bool = True) -> None:
    """Give `app` its settings, log, database and content.

    Raises SystemExit after one sentence where traces are asked for whose packages are not installed.
    """
    app.extensions["signpost.settings"] = settings
    if settings.observability.traces:
        try:
            tracing.send_to(settings.observability.traces)
        except ImportError:
            sys.exit(tracing.NEEDS)
    log_lines.use(settings.observability.log)
    log_lines.begin()
    slow.init()
    init_database(app, settings.database_url)
    app.extensions["signpost.content"] = Reader(settings.index_dir, searched=searched)
