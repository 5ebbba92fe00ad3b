"""What gunicorn itself has to say, as one line of the log each, without what a client sent or where it came from.

Gunicorn writes addresses, and pieces of a request that it could not read, into its sentences. Of those only the
beginning is kept, with the kind of fault: `Invalid request`, `gunicorn.http.errors.InvalidRequestLine`.
"""

import logging
import re
import sys
import traceback

from gunicorn import glogging

from webapp.db import faults
from webapp.web import log_lines

OURS = "webapp"
TRACES = "opentelemetry"  # says where a collector does not answer
HARMLESS = re.compile(r"[0-9]+|SIG[A-Z0-9]+")  # process ids, exit codes, signals
PLACE = re.compile(r"%[-+# 0-9.]*[a-zA-Z]")  # where a sentence takes something in
# Plain words: a number, a quotation, a path or an address ends them.
WORDS = re.compile(r"(?:[A-Za-z(][A-Za-z(),!-]*[.]?(?: |$))+")
LED_IN = re.compile(r"\s+(from|at|for|to|of|in|by|with)?\s*$")


class Logger(glogging.Logger):
    """Gunicorn's, with one line for each thing that it says."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(OneLine())


def take_over() -> None:
    """Say what the site says outside a request, of content that cannot be fetched for one, in the same way."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    for name in (OURS, TRACES):
        said = logging.getLogger(name)
        said.handlers[:], said.propagate = [handler], False


class OneLine(logging.Formatter):
    """A record of gunicorn's, or one of our own outside a request, as a line of the log."""

    def format(self, record: logging.LogRecord) -> str:
        fault = record.exc_info[1] if record.exc_info else None
        if fault is None and record.levelno >= logging.WARNING:
            fault = sys.exc_info()[1]  # gunicorn warns of a request that it cannot read while it holds the fault
        fields: dict[str, object] = {
            "event": "server",
            "level": record.levelname.lower(),
            "process": record.process,
            "said": record.getMessage() if record.name.startswith(OURS) else words_of(record),
        }
        if fault is not None:
            fields["error"] = faults.name_of(fault)
        if record.exc_info and fault is not None:
            places = traceback.extract_tb(fault.__traceback__)
            fields["at"] = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
        return log_lines.line(**fields)


def words_of(record: logging.LogRecord) -> str:
    """What the record says, but for anything that may have come from a client."""
    if not isinstance(record.msg, str):
        return ""
    if record.args:
        values = iter(record.args if isinstance(record.args, tuple) else (record.args,))
        return PLACE.sub(lambda _: _harmless(next(values, "")), record.msg)
    found = WORDS.match(record.msg)
    return LED_IN.sub("", found[0]) if found else ""


def _harmless(value: object) -> str:
    return str(value) if HARMLESS.fullmatch(str(value)) else "…"
