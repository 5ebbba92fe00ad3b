"""Where the git host says that somebody has pushed: signed, answered at once, and harmless to repeat."""

import hashlib
import hmac
from datetime import timedelta
from math import ceil

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor.blueprint import bp
from webapp.machines import library_sync
from webapp.web import access, current, throttle
from webapp.web.security import csrf
from webapp.web.throttle import AttemptLimits

LONGEST = 10 * 1024 * 1024  # bytes: a host tells of each commit in a push
BLOCK = 64 * 1024
WRONG = AttemptLimits("signature", timedelta(minutes=1), address=30)


@bp.post("/hooks/content")
@access.public  # its signature is what lets in, and all that it can do is make us look at the remote
@csrf.exempt
def hook() -> ResponseReturnValue:
    """Somebody pushed. GitHub and Forgejo sign the body: X-Hub-Signature-256 is its HMAC with SIGNPOST_HOOK_SECRET.

    What the body says is not looked at, so an old request that is sent again only makes us look once more. A right
    signature is believed at any time: whoever guesses from the git host's own address does not keep it out.
    """
    settings = current.settings()
    signature = request.headers.get("X-Hub-Signature-256", "")
    if not signature or not settings.hook_secret:
        return _say("This must be signed: see docs/syncing.md.", 400)
    if not hmac.compare_digest(_signature(settings.hook_secret).encode(), signature.encode("utf-8", "replace")):
        return _refuse(throttle.keyed_hash(settings.secret_key, request.remote_addr or ""))
    try:
        library_sync.wake(current_app._get_current_object(), settings)  # type: ignore[attr-defined]
    except OSError:  # a full disk; the worker looks by itself soon
        return _say("This cannot be noted now. It is looked for again within minutes.", 503, **{"Retry-After": "60"})
    return _say("The content will be fetched.", 202)


def _signature(secret: str) -> str:
    """The signature that the body must have. It is read in pieces and not kept."""
    request.max_content_length = LONGEST
    made = hmac.new(secret.encode(), digestmod=hashlib.sha256)
    while block := request.stream.read(BLOCK):
        made.update(block)
    return f"sha256={made.hexdigest()}"


def _refuse(address: str) -> Response:
    try:
        throttle.count(db.session, WRONG, address, now())
    except throttle.TooManyAttempts as many:
        wait = str(ceil(many.wait.total_seconds()))
        return _say("Too many wrong signatures: try again in a minute.", 429, **{"Retry-After": wait})
    return _say("The signature is wrong: the secret must be that of SIGNPOST_HOOK_SECRET.", 403)


def _say(text: str, status: int, **headers: str) -> Response:
    return Response(f"{text}\n", status, headers, content_type="text/plain; charset=utf-8")
