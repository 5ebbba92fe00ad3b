"""What the site counts of itself, for Prometheus: how much, how long, how often. Of nobody, and in nobody's words."""

from flask import Response, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from webapp.db.engine import db, now
from webapp.health.blueprint import bp
from webapp.health.finding import Patient
from webapp.health.site_figures import SiteFigures
from webapp.telemetry import counted, shared
from webapp.web import access, current, probes


@bp.get("/metrics")
@access.public
def metrics() -> ResponseReturnValue:
    """For this very machine, or with a token: what all processes of this server counted, and how the site is now."""
    if not (probes.from_this_machine() or probes.has_token(current.settings().observability.metrics_token)):
        return Response("Ask from this machine, or with SIGNPOST_METRICS_TOKEN.\n", 403, content_type="text/plain")
    every = CollectorRegistry()
    every.register(shared.read() or counted.REGISTRY)
    every.register(SiteFigures(Patient(current.settings(), db.engine, now()), current.content_if_any()))
    write, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(write(every), content_type=content_type)
