"""Traces by OpenTelemetry, where a setting asks for them: a span for each request and job, and in it for each query.

Nothing of OpenTelemetry is imported while they are off. Its instrumentations for Flask and SQLAlchemy are not used:
they note whole addresses with what was searched for, the client's address, and what an exception says. Here a span has
the attributes of ATTRIBUTES and no others, no events and no description of an error.
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from webapp.telemetry.counted import METHODS
from webapp.telemetry.statements import without_values

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.trace import Span

log = logging.getLogger(__name__)
END_SECONDS = 2.0
NEEDS = "SIGNPOST_TRACES is set, and its packages are missing: pip install --require-hashes -r requirements/tracing.txt"
ATTRIBUTES = frozenset(
    {
        "http.request.method", "http.route", "http.response.status_code", "signpost.request", "signpost.job",
        "db.system.name", "db.operation.name", "db.query.text", "error.type",
    }
)  # fmt: skip

_make: Callable[[], "SpanProcessor"] | None = None  # None: traces are off
_provider: "TracerProvider | None" = None
_process = 0


def send_to(address: str) -> None:
    """Send the spans of this process, and of those that it starts, to a collector: in batches, beside the requests.

    Raises ImportError where the packages for it are not installed.
    """
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    begin(lambda: BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))


def begin(make: Callable[[], "SpanProcessor"]) -> None:
    """Give every span from now on to what `make` makes: once in each process, for its threads do not outlive a fork."""
    global _make
    end()
    _make = make
    atexit.register(end)


def end() -> None:
    """Make no more spans, and send those that wait: within END_SECONDS, for whoever starts us anew waits for us."""
    global _make, _provider
    atexit.unregister(end)
    if _provider is not None and _process == os.getpid():
        sending = threading.Thread(target=_provider.shutdown, daemon=True, name="last-spans")
        sending.start()
        sending.join(END_SECONDS)
        if sending.is_alive():
            log.warning("the last traces were not sent: the collector does not answer")
    _make = _provider = None


def is_on() -> bool:
    return _make is not None


def request(method: str, route: str, parent: str = "") -> "Span | None":
    """A span for a request, to be given to `answered`; None while traces are off. `parent` is a W3C `traceparent`."""
    if _make is None:
        return None
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    known = method if method in METHODS else "_OTHER"
    # Without the `tracestate` beside it, which may hold anything.
    context = TraceContextTextMapPropagator().extract({"traceparent": parent} if parent else {})
    named = _listed({"http.request.method": known, "http.route": route})
    return _tracer().start_span(f"{known} {route}".strip(), context=context, kind=SpanKind.SERVER, attributes=named)


def answered(span: "Span", status: int | None, reference: str, error: str = "") -> None:
    """The request of this span was answered; `error` is the kind of what went wrong with it, if anything."""
    span.set_attributes(_listed({"signpost.request": reference}))
    if status is not None:
        span.set_attributes(_listed({"http.response.status_code": status}))
    if error or (status or 500) >= 500:
        _failed(span, error or str(status))
    span.end()


@contextmanager
def job(name: str) -> Iterator["Span | None"]:
    """A span for a job of the worker."""
    if _make is None:
        yield None
        return
    span = _tracer().start_span(f"job {name}", attributes=_listed({"signpost.job": name}))
    try:
        yield span
    except BaseException as error:
        _failed(span, type(error).__qualname__)
        raise
    finally:
        span.end()


def query(parent: "Span", system: str, statement: str, began: float, seconds: float) -> None:
    """A query that is over, in the span of what asked it. `began` is a moment of `time.perf_counter`."""
    from opentelemetry.trace import SpanKind, set_span_in_context

    said = without_values(statement)
    verb = said.partition(" ")[0].upper()
    start = time.time_ns() - int((time.perf_counter() - began) * 1e9)
    named = _listed({"db.system.name": system, "db.operation.name": verb, "db.query.text": said})
    span = _tracer().start_span(
        verb, context=set_span_in_context(parent), kind=SpanKind.CLIENT, attributes=named, start_time=start
    )
    span.end(start + int(seconds * 1e9))


def id_of(span: "Span") -> str:
    """The id of the trace that `span` is in, as 32 hexadecimal digits."""
    return format(span.get_span_context().trace_id, "032x")


def _tracer() -> Any:
    global _provider, _process
    if _provider is None or _process != os.getpid():
        from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider

        assert _make is not None
        # Ours alone, and not the one of all libraries: what they would write into their spans is not for us to know.
        named = Resource.create({SERVICE_NAME: "signpost"}).merge(OTELResourceDetector().detect())
        _provider, _process = TracerProvider(resource=named, shutdown_on_exit=False), os.getpid()
        _provider.add_span_processor(_make())
    return _provider.get_tracer("signpost")


def _listed(attributes: dict[str, Any]) -> dict[str, Any]:
    """`attributes`. Raises KeyError for one that is not on the list."""
    unknown = set(attributes) - ATTRIBUTES
    if unknown:
        raise KeyError(f"not an attribute of a span: {sorted(unknown)}")
    return attributes


def _failed(span: "Span", kind: str) -> None:
    from opentelemetry.trace import StatusCode

    span.set_status(StatusCode.ERROR)  # without a description, which would say what an exception says
    span.set_attributes(_listed({"error.type": kind}))
