"""A line of the log: fields that can name nobody, as JSON or, for eyes, as logfmt.

Left out on purpose: query strings, form fields, the client's address, who is signed in, and what an exception says,
because it may quote what somebody typed.
"""

import json
import logging
import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask import g

log = logging.getLogger("signpost.requests")

FIELDS = (
    "time", "event", "request", "trace", "method", "route", "path", "status", "ms", "queries", "db_ms", "part", "job",
    "level", "process", "said", "account", "statement", "error", "at",
)  # fmt: skip
BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:<>+")

_as_logfmt = False


def use(form: str) -> None:
    """Write every line of this process as `json` or as `logfmt` from now on."""
    global _as_logfmt
    _as_logfmt = form == "logfmt"


def begin() -> None:
    """Write what `say` is told to standard error, and nowhere else."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False


def say(level: int, text: str) -> None:
    """Write it, without a look for the line of the program that says so: no line of the log tells that."""
    log.handle(log.makeRecord(log.name, level, "", 0, text, (), None))


def reference() -> str:
    """A short name for this request that a reader can quote and an operator can find in the log."""
    if "reference" not in g:
        g.reference = new_reference()
    return str(g.reference)


def new_reference() -> str:
    """The same for a request that has no context of Flask's."""
    return secrets.token_hex(4)


def line(**fields: Any) -> str:
    """`fields`, with the time, as one line. Raises KeyError for a field that is not on the list."""
    fields["time"] = datetime.now(UTC).isoformat(timespec="milliseconds")
    ordered = {name: fields[name] for name in _in_order(tuple(fields))}
    return _logfmt(ordered) if _as_logfmt else json.dumps(ordered, ensure_ascii=True)


@cache  # a handful of places say something, each always with the same fields
def _in_order(names: tuple[str, ...]) -> list[str]:
    if unknown := set(names) - set(FIELDS):
        raise KeyError(f"not a field of the log: {sorted(unknown)}")
    return [name for name in FIELDS if name in names]


def _logfmt(fields: Mapping[str, Any]) -> str:
    """`event=request status=200`: what is empty is left out, and quoted as in JSON what has more than plain letters."""
    return " ".join(f"{name}={_value(value)}" for name, value in fields.items() if value not in (None, ""))


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if BARE.issuperset(text) else json.dumps(text)
