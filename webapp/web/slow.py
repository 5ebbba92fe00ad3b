"""Pages and queries that took longer than the settings allow: counted, logged, and kept for administrators.

Of a query the statement is kept without any value, of a page the route: nothing of who asked or what for.
"""

import logging
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

from flask import g, has_app_context, has_request_context, request

from webapp.config.settings import Settings
from webapp.db import timed
from webapp.db.engine import db, now
from webapp.telemetry import counted, tracing
from webapp.telemetry.statements import without_values
from webapp.web import current, log_lines
from webapp.web.kept_lines import KeptLines

LOOKED_BACK = 500
SHOWN = 20
NOWHERE, COMMAND = "no page of ours", "a command"


@dataclass(frozen=True)
class KeptSlow:
    """`at` is ISO text in UTC. `where` is a route, or a job of the worker; `statement` is empty where it was a page."""

    at: str
    where: str
    statement: str
    ms: float


@dataclass(frozen=True)
class SlowWork:
    """The same page or query, how often it was slow lately, and how slow at most."""

    where: str
    statement: str
    times: int
    most_ms: float
    last: datetime


FILE = KeptLines("slow.jsonl", KeptSlow)


def init() -> None:
    """Look at every query of this process from now on."""
    timed.listen(_query)


@dataclass(slots=True)
class Spent:
    """What a request has asked of the database so far."""

    queries: int = 0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.queries += 1
        self.seconds += seconds


@dataclass(slots=True)
class Below(Spent):
    """A request to `route` that is answered below Flask, which has no context of it: see `web.kept_answers`."""

    settings: Settings = field(kw_only=True)
    route: str = field(kw_only=True)
    reference: str = field(kw_only=True)


below: ContextVar[Below | None] = ContextVar("below", default=None)


def spent() -> Spent:
    """What this request has asked of the database so far."""
    if "spent" not in g:
        g.spent = Spent()
    found: Spent = g.spent
    return found


def page(settings: Settings, route: str, seconds: float) -> None:
    """This request was answered after so many seconds."""
    most = settings.observability.slow_page_ms
    if most and seconds * 1000 >= most:
        counted.slow_pages.labels(route or counted.OTHER).inc()
        _keep(settings, route or NOWHERE, "", seconds)


def _query(statement: str, began: float, seconds: float) -> None:
    if asking := below.get():
        asking.add(seconds)
        settings = asking.settings
    elif has_app_context():
        if has_request_context():
            spent().add(seconds)
        if span := g.get("span"):
            tracing.query(span, db.engine.dialect.name, statement, began, seconds)
        settings = current.settings()
    else:
        return  # a command that looks from outside
    most = settings.observability.slow_query_ms
    if most and seconds * 1000 >= most:
        where, about = _whose()
        said = without_values(statement)
        counted.slow_queries.labels(where or counted.OTHER).inc()
        told = log_lines.line(event="slow-query", ms=round(seconds * 1000, 1), statement=said, **about)
        log_lines.say(logging.WARNING, told)
        _keep(settings, where or NOWHERE, said, seconds)


def _whose() -> tuple[str, dict[str, str]]:
    """The route or the job that asked, and what the log has of it."""
    if asking := below.get():
        return asking.route, {"request": asking.reference, "route": asking.route}
    if has_request_context():
        route = request.url_rule.rule if request.url_rule else ""
        return route, {"request": log_lines.reference(), "route": route}
    job = str(g.get("job", COMMAND))
    return job, {"job": job}


def _keep(settings: Settings, where: str, statement: str, seconds: float) -> None:
    at = now().isoformat(timespec="seconds")
    FILE.keep(settings.state_dir, KeptSlow(at, where, statement, round(seconds * 1000, 1)))


def lately(folder: Path) -> list[SlowWork]:
    """What was slow on this machine, what cost the most time first. Raises OSError where it cannot be read."""

    def same(one: KeptSlow) -> tuple[str, str]:
        return one.where, one.statement

    found = sorted(FILE.latest(folder, LOOKED_BACK), key=same)
    told = sorted(_told([list(group) for _, group in groupby(found, same)]), key=lambda pair: -pair[0])
    return [work for _, work in told[:SHOWN]]


def _told(groups: list[list[KeptSlow]]) -> Iterator[tuple[float, SlowWork]]:
    for group in groups:
        one = group[0]
        last = max(datetime.fromisoformat(each.at) for each in group)
        work = SlowWork(one.where, one.statement, len(group), max(each.ms for each in group), last)
        yield sum(each.ms for each in group), work
