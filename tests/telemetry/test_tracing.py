"""Traces, where a council asks for them: what a request and its queries took, and nothing of who asked or what for."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from flask import Flask
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from tests.support.client import Client
from tests.support.imports import PACKAGE
from tests.support.outages import Outages
from webapp.cli import pageless, worker
from webapp.config.observability import Observability
from webapp.config.settings import Settings
from webapp.telemetry import tracing

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans(app: Flask) -> Iterator[InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    tracing.begin(lambda: SimpleSpanProcessor(kept))
    yield kept
    tracing.end()


def of_requests(spans: InMemorySpanExporter) -> list[ReadableSpan]:
    return [span for span in spans.get_finished_spans() if "http.route" in (span.attributes or {})]


def test_a_collector_that_is_away_lets_a_process_end_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    answers = threading.Event()
    away = SimpleSpanProcessor(InMemorySpanExporter())
    monkeypatch.setattr(away, "shutdown", lambda: answers.wait(10))
    monkeypatch.setattr(tracing, "END_SECONDS", 0.01)
    tracing.begin(lambda: away)
    with tracing.job("mail"):
        pass
    tracing.end()
    assert not tracing.is_on()
    assert "the collector does not answer" in caplog.text
    answers.set()


@pytest.mark.both_databases
def test_a_request_is_a_span_with_its_queries_and_nobodys_words(
    spans: InMemorySpanExporter, priya: Client, caplog: pytest.LogCaptureFixture
):
    answer = priya.get("/gaps?q=canary-words", headers={"User-Agent": "canary-agent", "traceparent": PARENT})
    (span,) = of_requests(spans)
    assert span.name == "GET /gaps"
    assert span.attributes
    assert span.attributes["http.response.status_code"] == 200
    assert span.attributes["signpost.request"] == answer.headers["X-Request-ID"]
    queries = [other for other in spans.get_finished_spans() if other.parent and other is not span]
    assert len(queries) >= 2
    assert {other.context.trace_id for other in queries} == {span.context.trace_id}
    assert all(span.start_time <= other.start_time <= other.end_time <= span.end_time for other in queries)
    assert any("FROM gaps" in str((other.attributes or {})["db.query.text"]) for other in queries)
    told = " ".join(other.to_json() for other in spans.get_finished_spans())
    for personal in ("canary", "Priya", "@", "127.0.0.1", "localhost", "0af7651916cd43dd8448eb211c80319c"):
        assert personal not in told, personal
    lines = [json.loads(r.message) for r in caplog.records if r.name == "signpost.requests"]
    assert lines[-1]["trace"] == tracing.id_of(span)


def test_what_is_asked_for_by_a_secret_or_is_no_page_is_told_by_its_route(spans: InMemorySpanExporter, client: Client):
    client.get("/s/canary-token", status=404)
    client.get("/canary-of-no-page", status=404)
    client.http.open("/gaps", method="CANARY")
    assert [span.name for span in of_requests(spans)] == ["GET /s/<token>", "GET", "_OTHER"]
    assert "canary" not in " ".join(span.to_json() for span in spans.get_finished_spans()).casefold()


def test_an_error_is_told_by_its_kind(spans: InMemorySpanExporter, app: Flask, priya: Client):
    with Outages(app).away():
        priya.get("/gaps?q=canary", status=503)
    (span,) = of_requests(spans)
    assert span.status.status_code is StatusCode.ERROR
    assert not span.status.description
    assert not span.events
    assert "Error" in str((span.attributes or {})["error.type"])


def test_a_proxy_of_ours_may_begin_a_trace_and_nobody_else(
    spans: InMemorySpanExporter, app: Flask, settings: Settings, client: Client
):
    app.extensions["signpost.settings"] = replace(settings, proxies=1)
    client.get("/healthz", headers={"traceparent": PARENT, "tracestate": "someone=canary"})
    (span,) = of_requests(spans)
    assert tracing.id_of(span) == PARENT.split("-")[1]  # type: ignore[arg-type]
    assert "canary" not in span.to_json()


def test_a_job_of_the_worker_is_a_span(spans: InMemorySpanExporter, app: Flask):
    def fail() -> str:
        raise ValueError("canary")

    with app.app_context():
        worker._do(worker.Job("reviews", timedelta(hours=1), fail))
    (span,) = [span for span in spans.get_finished_spans() if span.name == "job reviews"]
    assert (span.attributes or {})["error.type"] == "ValueError"
    assert "canary" not in span.to_json()


def test_no_other_attribute_can_be_written():
    with pytest.raises(KeyError):
        tracing._listed({"url.query": "q=canary"})


def test_a_collector_is_sent_what_was_traced(app: Flask, priya: Client):
    came: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tracing.send_to(f"http://127.0.0.1:{server.server_port}/v1/traces")
        priya.get("/gaps?q=canary")
        tracing.end()
        server.shutdown()
    sent = ExportTraceServiceRequest.FromString(b"".join(came))
    names = [span.name for group in sent.resource_spans for scope in group.scope_spans for span in scope.spans]
    assert "GET /gaps" in names
    assert "SELECT" in names
    assert b"canary" not in b"".join(came)


def test_traces_that_cannot_be_made_stop_the_start_with_a_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    def missing(address: str) -> None:
        raise ImportError

    monkeypatch.setattr(tracing, "send_to", missing)
    traces = Observability(traces="https://collector.example/v1/traces")
    with pytest.raises(SystemExit, match=r"requirements/tracing\.txt"):
        pageless.equip(Flask("ours"), replace(settings, observability=traces))


def test_nothing_of_it_is_loaded_while_it_is_off():
    """Imports at the top of a module cost every start; those of types alone cost none."""
    at_the_top = re.compile(r"^(from|import) opentelemetry", re.MULTILINE)
    assert not [path for path in PACKAGE.rglob("*.py") if at_the_top.search(path.read_text())]
    assert not tracing.is_on()
