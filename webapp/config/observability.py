"""What is seen of a running site from outside, as settings have it: its log, slow work, metrics, traces.

Each setting is in docs/deploying.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from webapp.config.identity_provider import LOOPBACK

LOGS = ("json", "logfmt")


@dataclass(frozen=True)
class Observability:
    """`log` is the form of a line, one of LOGS. Thresholds are in milliseconds; at 0 nothing counts as slow.

    `metrics_token` lets another machine read /metrics. `traces` is where spans are sent by OTLP over HTTP, if anywhere.
    """

    log: str = "json"
    slow_page_ms: int = 1000
    slow_query_ms: int = 200
    metrics_token: str = field(default="", repr=False)
    traces: str | None = None


def read(env: Mapping[str, str]) -> Observability:
    """Raises ValueError with one sentence that names a setting."""
    log = env.get("SIGNPOST_LOG", "").strip().lower() or Observability.log
    if log not in LOGS:
        raise ValueError(f"SIGNPOST_LOG is {log!r}: use json or logfmt.")
    token = env.get("SIGNPOST_METRICS_TOKEN", "").strip()
    if token and len(token) < 20:
        raise ValueError("SIGNPOST_METRICS_TOKEN is too short: use a random text of 20 characters or more.")
    if not (token.isascii() and token.isprintable()):  # what else a header has, each program sends in its own way
        raise ValueError("SIGNPOST_METRICS_TOKEN has letters that no header can have: use a to z, digits and signs.")
    return Observability(
        log=log,
        slow_page_ms=_milliseconds(env, "SIGNPOST_SLOW_PAGE_MS", Observability.slow_page_ms),
        slow_query_ms=_milliseconds(env, "SIGNPOST_SLOW_QUERY_MS", Observability.slow_query_ms),
        metrics_token=token,
        traces=_traces(env),
    )


def _milliseconds(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdecimal() and len(value) <= 9):
        raise ValueError(f"{name} is {value[:40]!r}: use a whole number of milliseconds, or 0 for never.")
    return int(value)


def _traces(env: Mapping[str, str]) -> str | None:
    address = env.get("SIGNPOST_TRACES", "").strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        whole = parts.hostname and (parts.port or True)
    except ValueError:
        whole = None
    if not whole or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ValueError("SIGNPOST_TRACES must be the https address of a collector, or http on this machine.")
    return address
