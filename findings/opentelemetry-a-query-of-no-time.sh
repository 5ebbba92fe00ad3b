#!/usr/bin/env bash
# A good guess: a span that SQLAlchemy's instrumentation makes of a query is as long as the query took.
#
# What happens: it ends when the statement has been sent. SQLite has found the first row by then, and finds the others while
# they are fetched, for which there is no event. A query of half a second is a span of a fifth of a millisecond. A slow query
# is slow in no trace and no list of slow queries that listens to before_cursor_execute and after_cursor_execute. A server
# such as PostgreSQL sends all rows at once, so the same code is right there.
#
# Version: opentelemetry-instrumentation-sqlalchemy 0.66b1 with SQLAlchemy 2.0.58 (for 2.1 it says that it instruments nothing).
# Source: https://www.sqlite.org/c3ref/step.html: each row is computed when it is stepped to.
# Why it matters here: administrators are shown slow queries, and most sites begin on SQLite. So the site times cursors until
# their last row was fetched.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  opentelemetry-sdk==1.45.1 opentelemetry-instrumentation-sqlalchemy==0.66b1 sqlalchemy==2.0.58

cat > try.py <<'PYTHON'
import sys
from importlib.metadata import version
from time import perf_counter

from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import create_engine, text

# Four rows with a million numbers to count before each, but for the first.
QUERY = """
    with recursive counted(x) as (select 1 union all select x + 1 from counted where x < 3000001)
    select x from counted where x % 1000000 = 1
"""
kept, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
engine = create_engine("sqlite://")
SQLAlchemyInstrumentor().instrument(engine=engine, tracer_provider=provider)
with engine.connect() as connection:
    began = perf_counter()
    rows = connection.execute(text(QUERY)).all()
    took = (perf_counter() - began) * 1e3
(span,) = [span for span in kept.get_finished_spans() if span.name.startswith("with")]
told = (span.end_time - span.start_time) / 1e6
name = "opentelemetry-instrumentation-sqlalchemy"
print(f"{name} {version(name)}, SQLAlchemy {version('sqlalchemy')}")
print(f"The query took {took:.1f} ms for {len(rows)} rows; its span says {told:.1f} ms.")
if told > took / 4:
    sys.exit("no longer so")
print("So: on SQLite a span is as long as the way to the first row, and a slow query is none.")
PYTHON
venv/bin/python try.py
