"""Where the git host says that somebody has pushed: signed, answered at once, and harmless to repeat."""

import hashlib
import hmac
import threading
import time
from collections import deque

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from webapp import library_sync
from webapp.web import access, current
from webapp.web.security import csrf

bp = Blueprint("hooks", __name__)
LONGEST = 10 * 1024 * 1024  # bytes: a host tells of each commit in a push
BLOCK = 64 * 1024
MOST_WRONG = 30  # signatures a minute from one address: then what it sends is refused unread
MOST_ADDRESSES = 1000
MINUTE = 60.0
_wrong: dict[str, deque[float]] = {}  # address → when
_guard = threading.Lock()


@bp.post("/hooks/content")
@access.public  # its signature is what lets in, and all that it can do is make us look at the remote
@csrf.exempt
def content() -> ResponseReturnValue:
    """Somebody pushed. GitHub and Forgejo sign the body: X-Hub-Signature-256 is its HMAC with SIGNPOST_HOOK_SECRET.

    What the body says is not looked at, so an old request that is sent again only makes us look once more.
    """
    settings = current.settings()
    said = request.headers.get("X-Hub-Signature-256", "")
    if not said or not settings.hook_secret:
        return _say("This must be signed: see docs/syncing.md.", 400)
    if _too_many():
        return _say("Too many wrong signatures: try again in a minute.", 429, **{"Retry-After": "60"})
    if not hmac.compare_digest(_signature(settings.hook_secret).encode(), said.encode("utf-8", "replace")):
        _note_wrong()
        return _say("The signature is wrong: the secret must be that of SIGNPOST_HOOK_SECRET.", 403)
    try:
        library_sync.wake(current_app._get_current_object(), settings)  # type: ignore[attr-defined]
    except OSError:  # a full disk; the worker looks by itself soon
        return _say("This cannot be noted now. It is looked for again within minutes.", 503)
    return _say("The content will be fetched.", 202)


def _signature(secret: str) -> str:
    """The signature that the body must have. It is read in pieces and not kept."""
    request.max_content_length = LONGEST
    made = hmac.new(secret.encode(), digestmod=hashlib.sha256)
    while block := request.stream.read(BLOCK):
        made.update(block)
    return f"sha256={made.hexdigest()}"


def _too_many() -> bool:
    with _guard:
        times = _wrong.get(request.remote_addr or "", deque())
        return len(times) == MOST_WRONG and times[0] > time.monotonic() - MINUTE


def _note_wrong() -> None:
    with _guard:
        times = _wrong.pop(request.remote_addr or "", None) or deque(maxlen=MOST_WRONG)
        times.append(time.monotonic())
        _wrong[request.remote_addr or ""] = times  # the latest last, so that the oldest address is forgotten
        while len(_wrong) > MOST_ADDRESSES:
            del _wrong[next(iter(_wrong))]


def _say(text: str, status: int, **headers: str) -> Response:
    return Response(f"{text}\n", status, headers, content_type="text/plain; charset=utf-8")
