"""A browser is asked whether it is somebody's own; devices that keep something are stopped."""

from datetime import timedelta

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import sign_in
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.offline import devices
from webapp.offline.blueprint import bp, token
from webapp.web import access, current

OWN = "own"
KEPT_FROM_NOW = "From now on this device keeps your packs, your patch and your pages for visits without a signal."
KEEPS_NOTHING = "This device keeps nothing. It will not be asked again."


@bp.post("/offline/device")
@access.signed_in
def answer() -> ResponseReturnValue:
    """Whether this browser is one's own or shared."""
    said, user = request.form.get("device"), current.user()
    if said not in {OWN, devices.SHARED} or not current.settings().offline_days:
        abort(400)
    if said == OWN:
        name = sign_in.device_of(request.headers.get("User-Agent", ""))
        kept_as = devices.begin(db.session, user, name, moment(), token())
    else:
        devices.stop_token(db.session, token())
        kept_as = devices.SHARED
    db.session.commit()
    flash(KEPT_FROM_NOW if said == OWN else KEEPS_NOTHING, "success")
    response = _back()
    _remember(response, kept_as)
    if said == devices.SHARED:
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.post("/offline/devices/<int:number>/stop")
@access.signed_in
def stop(number: int) -> ResponseReturnValue:
    here = devices.of(db.session, token())
    is_this_one = here is not None and here.id == number
    name = devices.stop(db.session, current.user().id, number)
    db.session.commit()
    response = _back()
    if is_this_one:
        flash("This device keeps nothing any more.", "success")
        for cookie in (devices.COOKIE, devices.HINT):
            response.delete_cookie(cookie)
        response.headers["Clear-Site-Data"] = '"storage"'
    elif name:
        flash(f"{name} will remove what it keeps as soon as it reaches us, and cannot send anything.", "success")
    else:
        flash("That device keeps nothing already.", "success")
    return response


def _back() -> Response:
    response = redirect(url_for("offline.index"), 303)
    assert isinstance(response, Response)
    return response


def _remember(response: Response, kept_as: str) -> None:
    more = {
        "max_age": int(devices.ANSWER_LASTS / timedelta(seconds=1)),
        "secure": current.settings().https,
        "samesite": "Lax",
    }
    response.set_cookie(devices.COOKIE, kept_as, httponly=True, **more)  # type: ignore[arg-type]
    if kept_as == devices.SHARED:
        response.delete_cookie(devices.HINT)
    else:
        # No secret, and nobody's: the script looks at it before it asks anything.
        response.set_cookie(devices.HINT, "1", **more)  # type: ignore[arg-type]
