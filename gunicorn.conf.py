"""gunicorn reads this before it starts a worker: a wrong setting stops the start once, with one sentence.

Left to the workers, each would stop, and gunicorn would start another, for ever.
"""

import gc
import logging
import sys
import threading
from contextlib import suppress
from typing import Any

from sqlalchemy.orm import configure_mappers

from webapp.config.settings import SettingsError, load
from webapp.library.generation.reader import NoContent
from webapp.telemetry import shared

try:
    settings = load()
except SettingsError as fault:
    sys.exit(str(fault))

# Addresses of long searches; what is longer than gunicorn can be told of is answered with its own plain page.
limit_request_line = 8190

# See both: requests that never end, and a log that can be read by a machine and names nobody.
worker_class = "webapp.cli.server_worker.Worker"
logger_class = "webapp.cli.server_log.Logger"

# Nothing steers a running server from outside, so no socket is left in somebody's home folder.
control_socket_disable = True


# One process reads libraries, names and content, and its workers begin as copies of it: they share what none changes.
preload_app = True

# Before anything is counted: all workers count into files that they share.
not_shared = shared.begin(settings.state_dir)

from webapp.cli import server_log, server_warming  # noqa: E402
from webapp.machines import library_sync, registry  # noqa: E402
from webapp.pii import guard  # noqa: E402
from webapp.telemetry import counted  # noqa: E402

SHOWN = "signpost.shown_before"  # how many pages; who takes a dead worker's place waits for none


def on_starting(server: Any) -> None:
    """Before the workers, which take it from here."""
    server_log.take_over()
    if not_shared:
        logging.getLogger("webapp").error(not_shared)


def pre_fork(server: Any, worker: Any) -> None:
    """Open and load what pages need before the first reader comes, and once: workers begin with it, and share it.

    Otherwise each would read the guard's rules with the first form, and compile a template when first it is shown.

    What stays for good is set aside from the collector. The index, the thesaurus and the templates are objects by the
    hundred thousand that are never garbage: a search took a twentieth longer while the collector looked through them
    again and again, and each look would give every worker a copy of its own.
    """
    site = server.app.wsgi()
    with suppress(NoContent):  # it says so on /readyz, and follows as soon as there is some
        site.extensions["signpost.content"].current()
    guard.load()
    configure_mappers()
    for template in site.jinja_env.list_templates(filter_func=is_ours):
        site.jinja_env.get_template(template)
    if SHOWN not in site.extensions:
        site.extensions[SHOWN] = server_warming.show_some_pages(site)
    worker.place = shared.place_for({other.place for other in server.WORKERS.values()})
    counted.workers_started.inc()
    gc.collect()
    gc.freeze()


def is_ours(template: str) -> bool:
    """Whether it is one of the site's own: they include or import what they use of others."""
    return template.endswith(".html") and not template.startswith("govuk_")


def post_fork(server: Any, worker: Any) -> None:
    """Count where nobody else does."""
    shared.take(worker.place)
    counted.workers.set(1)


def child_exit(server: Any, worker: Any) -> None:
    """However it ended, nothing is in flight there any more."""
    counted.workers_ended.inc()
    shared.leave(worker.place)


def post_worker_init(worker: Any) -> None:
    """Look for garbage less often than Python would by itself: a request leaves hardly any.

    And see to it that this machine has the newest content: one of its processes does, and the work is a process apart.
    """
    gc.set_threshold(20_000, 10, 10)
    settings = worker.wsgi.extensions["signpost.settings"]
    if settings.content_remote or registry.may_be_many(settings):
        library_sync.follow(worker.wsgi, settings, threading.Event(), apart=True)
