"""gunicorn reads this before it starts a worker: a wrong setting stops the start once, with one sentence.

Left to the workers, each would stop, and gunicorn would start another, for ever.
"""

import gc
import sys
from contextlib import suppress
from typing import Any

from webapp.cli import server_log
from webapp.config import SettingsError, load
from webapp.library.generation.reader import NoContent

try:
    load()
except SettingsError as fault:
    sys.exit(str(fault))

# Addresses of long searches; what is longer than gunicorn can be told of is answered with its own plain page.
limit_request_line = 8190

# See both: requests that never end, and a log that can be read by a machine and names nobody.
worker_class = "webapp.cli.server_worker.Worker"
logger_class = "webapp.cli.server_log.Logger"

# Nothing steers a running server from outside, so no socket is left in somebody's home folder.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Before the workers, which take it from here."""
    server_log.take_over()


def post_worker_init(worker: Any) -> None:
    """Open the content before the first reader comes, and spare the collector what stays for good.

    The index, the thesaurus and the templates are objects by the hundred thousand that are never garbage: a search
    took a twentieth longer while the collector looked through them again and again.
    """
    with suppress(NoContent):  # it says so on /readyz, and follows as soon as there is some
        worker.wsgi.extensions["signpost.content"].current()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
