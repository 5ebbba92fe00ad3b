"""What the script of a device asks: whether it may keep anything, what, and which of its forms have arrived."""

import gzip

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.offline import devices
from webapp.offline.blueprint import bp, token
from webapp.offline.document import document, version_of
from webapp.upkeep import overlay
from webapp.web import access, current, security, submissions
from webapp.web.forms import FORM_ID

MOST_ASKED = 50  # forms in one question
PACKED = 5  # of 9: a quarter of the time of the last, and a few per cent more on the way


@bp.get("/offline/state.json")
@access.asked_by_pages
def state() -> ResponseReturnValue:
    """Whether this browser may go on keeping what it has, whose that is, who is signed in here, and what forms send."""
    settings = current.settings()
    me = current.person() if current_user.is_authenticated else None
    standing = devices.standing(db.session, token(), me, settings.secret_key)
    days = settings.offline_days
    may = standing.keep and days > 0
    return jsonify(keep=may, owner=standing.owner, me=standing.me, days=days, token=security.token() if me else "")


@bp.post("/offline/kept.json")
@access.background
def kept() -> ResponseReturnValue:
    """All that this device may keep; 304 where it has that already, 404 where it may keep nothing.

    A POST, as it notes when the device last took something along. `If-None-Match` is compared as with a GET.
    """
    me, device = current.person(), devices.of(db.session, token())
    if device is None or device.user_id != me.id or not current.settings().offline_days:
        return jsonify(keep=False), 404
    now = moment()
    devices.seen(device, me, now)
    db.session.commit()
    said = document(db.session, me, current.content(), overlay.at(current.as_of()), now)
    version = version_of(said)
    if request.if_none_match.contains(version):
        answer = Response(status=304)
    elif "gzip" in request.accept_encodings:
        answer = Response(gzip.compress(said, PACKED, mtime=0), mimetype="application/json")
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer = Response(said, mimetype="application/json")
    answer.set_etag(version)
    return answer


@bp.get("/offline/arrived.json")
@access.background
def arrived() -> ResponseReturnValue:
    """Of the forms with these one-time ids, those that this person has sent: id → the address that it led to."""
    asked = [form_id for form_id in request.args.getlist("id")[:MOST_ASKED] if FORM_ID.fullmatch(form_id)]
    return jsonify(submissions.outcomes(db.session, asked, current.person().id))
