"""One line of JSON for each request, and for each fault, with fields that can name nobody.

Left out on purpose: query strings, form fields, the client's address, who is signed in, and what an exception
says, because it may quote what somebody typed.
"""

import json
import logging
import secrets
import sys
import time
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, g, request
from flask.wrappers import Response

from webapp.db import faults
from webapp.db.engine import now
from webapp.telemetry import counted
from webapp.web import current, fault_file
from webapp.web.fault_file import KeptFault

log = logging.getLogger("signpost.requests")
FIELDS = (
    "event", "request", "method", "route", "path", "status", "ms", "part", "level", "process", "said", "error", "at",
)  # fmt: skip

HEADER = "X-Request-ID"  # a name for the answer by which a proxy's log and ours are put side by side

ExceptionInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def init_app(app: Flask, log_everything: bool = False) -> None:
    """Time and log every request of `app`; log its faults without their messages.

    With `log_everything`, which is for a developer's own machine, faults are logged with everything they say.
    """
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    app.before_request(_start)
    app.after_request(_finish)
    usual = app.log_exception if log_everything else _log_fault

    def log_and_keep(info: ExceptionInfo) -> None:
        usual(info)
        _keep(info)

    app.log_exception = log_and_keep  # type: ignore[method-assign,assignment]


def line(**fields: Any) -> str:
    """`fields` as one line of JSON. Raises KeyError for a field that is not on the list."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise KeyError(f"not a field of the log: {sorted(unknown)}")
    return json.dumps({name: fields[name] for name in FIELDS if name in fields}, ensure_ascii=True)


def reference() -> str:
    """A short name for this request that a reader can quote and an operator can find in the log."""
    if "reference" not in g:
        g.reference = secrets.token_hex(4)
    return str(g.reference)


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    started = g.pop("started", None)
    took = time.perf_counter() - started if started else None
    where = _where(found=response.status_code != 404)
    response.headers[HEADER] = reference()
    counted.answered(request.method, where["route"] or counted.OTHER, response.status_code, took or 0.0)
    _say(
        logging.INFO,
        line(
            event="request",
            request=reference(),
            method=request.method,
            **where,
            status=response.status_code,
            ms=round(took * 1000, 1) if took is not None else None,
            part=request.headers.get("HX-Request") == "true",
        ),
    )
    return response


def _where(found: bool = True) -> dict[str, str | None]:
    """The route, and the path where it is one of ours without a secret; what was not found may say anything."""
    rule = request.url_rule.rule if request.url_rule else None
    secret = "token" in (request.view_args or {})
    return {"route": rule, "path": request.path if rule and found and not secret else None}


def _log_fault(info: ExceptionInfo) -> None:
    _, error, trace = info
    places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    _say(
        logging.ERROR,
        line(
            event="fault",
            request=reference(),
            method=request.method,
            **_where(),
            error=faults.name_of(error) if error else "unknown",
            at=places,
        ),
    )


def _keep(info: ExceptionInfo) -> None:
    route, error = _where()["route"] or "", faults.name_of(info[1]) if info[1] else "unknown"
    fault = KeptFault(now().isoformat(timespec="seconds"), reference(), request.method, route, error)
    counted.faults.labels("unavailable" if info[1] and faults.is_unavailable(info[1]) else "program").inc()
    fault_file.keep(current.settings().state_dir, fault)


def _say(level: int, text: str) -> None:
    """Write it, without a look for the line of the program that says so: no line of the log tells that."""
    log.handle(log.makeRecord(log.name, level, "", 0, text, (), None))
