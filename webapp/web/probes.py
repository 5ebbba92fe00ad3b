"""Whatever watches over the site asks one machine, by its number on the network, and not the site by its name.

Host names are checked on every request. A load balancer or Prometheus has no name for a machine behind it, so for the
few addresses that are made for them a number will do: their answers hold nothing that is made from the host.
"""

import hmac
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESSES = frozenset({"/healthz", "/readyz", "/metrics"})
ASKED_AS = "signpost.asked_as"  # the host as it was asked for
BY_PROXY = (
    "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)  # fmt: skip


def first_name(trusted_hosts: Sequence[str]) -> str:
    """A name that the site answers to: the first of those it trusts, or empty where it trusts any."""
    return next(iter(trusted_hosts), "").removeprefix(".")


def by_number(site: "WSGIApplication", trusted_hosts: Sequence[str]) -> "WSGIApplication":
    """`site`, which answers at ADDRESSES to whoever knows the number of its machine as well."""
    known = first_name(trusted_hosts)

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") in ADDRESSES:
            environ[ASKED_AS] = asked_as = environ.get("HTTP_HOST", "")
            if known and _number(asked_as):
                environ["HTTP_HOST"] = known
        return site(environ, start_response)

    return answer


def from_this_machine() -> bool:
    """Whether this request began on this machine, and came straight.

    A proxy on the same machine asks from here as well, for somebody elsewhere: then it says so, or the host is a name.
    """
    environ = request.environ
    peer = environ.get("werkzeug.proxy_fix.orig", environ).get("REMOTE_ADDR", "")
    asked_as = str(environ.get(ASKED_AS, ""))
    return (
        _is_loopback(peer)
        and not any(name in environ for name in BY_PROXY)
        and (asked_as.partition(":")[0] == "localhost" or _is_loopback(_number(asked_as)))
    )


def has_token(token: str) -> bool:
    """Whether this request has `token` as a bearer; never where there is none to have."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _number(host: str) -> str:
    """The network address that `host` (with a port, perhaps) is; empty where it is a name or nothing."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
    return name if _read(name) else ""


def _is_loopback(address: str) -> bool:
    found = _read(address)
    return bool(found and found.is_loopback)


def _read(address: str) -> Any:
    try:
        return ip_address(address)
    except ValueError:
        return None
