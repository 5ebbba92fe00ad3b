"""One line for each request, and for each fault: see `log_lines`. Each is counted too, and kept where it was slow."""

import logging
import time
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from flask import Flask, g, request
from flask.wrappers import Response

from webapp.config.settings import Settings
from webapp.db import faults
from webapp.db.engine import now
from webapp.telemetry import counted, tracing
from webapp.web import access, current, fault_file, slow
from webapp.web.fault_file import KeptFault
from webapp.web.log_lines import line, reference, say

HEADER = "X-Request-ID"  # a name for the answer by which a proxy's log and ours are put side by side

ExceptionInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def init_app(app: Flask, log_everything: bool = False) -> None:
    """Time and log every request of `app`; log its faults without their messages.

    With `log_everything`, which is for a developer's own machine, faults are logged with everything they say.
    """
    app.before_request(_start)
    app.after_request(_finish)
    app.teardown_request(_end)
    usual = app.log_exception if log_everything else _log_fault

    def log_and_keep(info: ExceptionInfo) -> None:
        usual(info)
        _keep(info)

    app.log_exception = log_and_keep  # type: ignore[method-assign,assignment]


def _start() -> None:
    g.started = time.perf_counter()
    if tracing.is_on():
        # Ours goes on with the trace of a proxy of ours; what a client says of its own is not asked.
        parent = request.headers.get("traceparent", "") if current.settings().proxies else ""
        g.span = tracing.request(request.method, _where()["route"] or "", parent)


def _end(_: BaseException | None) -> None:
    """The request is over, however it went; of one that was answered, `_finish` has said how."""
    if span := g.pop("span", None):
        tracing.answered(span, g.get("status"), reference(), g.get("error", ""))


def _finish(response: Response) -> Response:
    started = g.pop("started", None)
    took = time.perf_counter() - started if started else None
    refused = 400 <= response.status_code < 500 or access.kept_out()
    where = _where(found=not refused)
    response.headers[HEADER] = reference()
    g.status = response.status_code
    is_part = request.headers.get("HX-Request") == "true"
    about = {"request": reference(), "method": request.method, **where, **_trace(), "status": response.status_code}
    _answered(current.settings(), slow.spent(), about, took, is_part)
    return response


def answered_again(asked: slow.Below, environ: Mapping[str, Any], took: float) -> None:
    """An answer was given below Flask: see `kept_answers`. It is timed, counted and logged as any other."""
    path = environ["PATH_INFO"]
    about = {"request": asked.reference, "method": "GET", "route": asked.route, "path": path, "status": 200}
    _answered(asked.settings, asked, about, took, environ.get("HTTP_HX_REQUEST") == "true")


def _answered(settings: Settings, spent: slow.Spent, about: dict[str, Any], took: float | None, is_part: bool) -> None:
    """Count an answer, say it in the log, and keep it where it was slow. `about`: fields that the log has of it."""
    route = about["route"] or ""
    counted.answered(about["method"], route or counted.OTHER, about["status"], took)
    slow.page(settings, route, took or 0.0)
    ms = round(took * 1000, 1) if took is not None else None
    db_ms = round(spent.seconds * 1000, 1)
    say(logging.INFO, line(event="request", **about, ms=ms, queries=spent.queries, db_ms=db_ms, part=is_part))


def _where(found: bool = True) -> dict[str, str | None]:
    """The route, and the path where it is one of ours without a secret; what was not found may say anything.

    A path without parts of its own is its route, found or not.
    """
    rule = request.url_rule.rule if request.url_rule else None
    told = rule and "token" not in (request.view_args or {}) and (found or not request.view_args)
    return {"route": rule, "path": request.path if told else None}


def _trace() -> dict[str, str]:
    span = g.get("span")
    return {"trace": tracing.id_of(span)} if span else {}


def _log_fault(info: ExceptionInfo) -> None:
    _, error, trace = info
    places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    say(
        logging.ERROR,
        line(
            event="fault",
            request=reference(),
            method=request.method,
            **_where(),
            **_trace(),
            error=faults.name_of(error) if error else "unknown",
            at=places,
        ),
    )


def _keep(info: ExceptionInfo) -> None:
    route, error = _where()["route"] or "", faults.name_of(info[1]) if info[1] else "unknown"
    g.error = error
    fault = KeptFault(now().isoformat(timespec="seconds"), reference(), request.method, route, error)
    counted.faults.labels("unavailable" if info[1] and faults.is_unavailable(info[1]) else "program").inc()
    fault_file.keep(current.settings().state_dir, fault)
