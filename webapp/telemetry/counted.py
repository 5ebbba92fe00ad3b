"""Every figure that a process counts. No label can name anybody: each has few values, and all of them are ours.

`route` is the address as the program knows it (`/gaps/<ref>`), never the one that was asked for. What is read when
somebody asks, of the database and the disk, is in `health.site_figures`. What to watch: docs/operating.md.
"""

from functools import cache
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # shared files know none, and a figure should be the same either way
REGISTRY = CollectorRegistry()  # of our own: the client's would add what is one process's alone
LIVE: Literal["livesum"] = "livesum"  # of all processes that live
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
OTHER = "other"

requests = Counter("signpost_requests", "Answers", ["method", "route", "status"], registry=REGISTRY)
seconds = Histogram("signpost_request_seconds", "Time to answer", ["route"], buckets=SECONDS, registry=REGISTRY)
in_flight = Gauge("signpost_requests_in_flight", "Being answered", multiprocess_mode=LIVE, registry=REGISTRY)
queued = Histogram("signpost_queue_seconds", "Wait for a thread", buckets=SECONDS, registry=REGISTRY)
faults = Counter("signpost_faults", "Errors that readers met", ["kind"], registry=REGISTRY)
slow_pages = Counter("signpost_slow_pages", "Answers over the threshold", ["route"], registry=REGISTRY)
slow_queries = Counter("signpost_slow_queries", "Queries over the threshold", ["route"], registry=REGISTRY)
searches = Counter("signpost_searches", "Finished searches", ["kind", "found"], registry=REGISTRY)
write_wait = Histogram(
    "signpost_write_wait_seconds", "Wait for SQLite's write lock", buckets=SECONDS, registry=REGISTRY
)
connections = Gauge(
    "signpost_database_connections_in_use", "Taken from the pools", multiprocess_mode=LIVE, registry=REGISTRY
)
connections_most = Gauge(
    "signpost_database_connections_most", "That the pools allow", multiprocess_mode=LIVE, registry=REGISTRY
)
workers = Gauge("signpost_workers", "Processes that answer", multiprocess_mode=LIVE, registry=REGISTRY)
workers_started = Counter("signpost_workers_started", "Processes begun", registry=REGISTRY)
workers_ended = Counter("signpost_workers_ended", "Processes ended", registry=REGISTRY)


def answered(method: str, route: str, status: int, took: float | None) -> None:
    """Count an answer. `took` is in seconds, None where it was refused before anybody looked at the time."""
    answers, times = _of_route(method if method in METHODS else OTHER, route, status)
    answers.inc()
    if took is not None:
        times.observe(took)


@cache  # the client looks labels up anew each time, under a lock
def _of_route(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return requests.labels(method, route, str(status)), seconds.labels(route)
