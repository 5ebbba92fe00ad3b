"""`/s/…`: what a person opens with the link they were given, without an account or a script."""

from contextlib import suppress
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db import faults
from webapp.db.engine import begin_immediate, db
from webapp.db.engine import now as moment
from webapp.packs import calendar, links, pdf, shared, symbols, tongues
from webapp.packs.blueprint import bp
from webapp.packs.models import SharedLink
from webapp.packs.sheet import SheetPart, sentences, sheet
from webapp.web import access, current, throttle

# Words for the sizes of the page; the layouts are those of the paper.
SIZES = (("normal", "Usual text"), ("large", "Large text"), ("easy", "Easy read"))
GUESSES = throttle.AttemptLimits("shared link", throttle.KEPT, address=100)
PRIVATE = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"}


@bp.get("/s/<token>", strict_slashes=False)
@access.public
def shared_page(token: str) -> ResponseReturnValue:
    link, gen, now = links.opened_by(db.session, token, moment()), current.content(), moment()
    if link is None:
        return _ended()
    entries = {entry.item.id: entry for entry in shared.entries(db.session, link, gen, now)}
    tongue = tongues.tongue(request.args.get("lang", ""))
    made = sheet(shared.title_of(db.session, link, gen, now), entries.values(), gen, now, tongue)
    asked = request.args.get("layout", "normal")

    def sessions(part: SheetPart) -> str:
        asset = entries[part.number].asset
        has_any = asset is not None and not part.warning and any(True for _ in calendar.times(asset, now))
        return url_for(".sessions", token=token, number=part.number) if has_any else ""

    def address(layout: str, lang: str) -> str:
        usual = {"layout": "normal", "lang": tongues.OWN_LANGUAGE}
        asked_for = {name: value for name, value in (("layout", layout), ("lang", lang)) if value != usual[name]}
        here = url_for(".shared_page", token=token)
        return f"{here}?{urlencode(asked_for)}" if asked_for else here

    html = render_template(
        "packs/shared.html",
        sheet=made,
        layout=asked if asked in pdf.LAYOUTS else "normal",
        sizes=SIZES,
        address=address,
        languages=tongues.NAMES,
        symbols=symbols.for_pages(),
        sentences=sentences,
        calendar=sessions,
        calls=True,
        ends=link.expires_at,
    )
    _count_opening(link.id)
    return make_response(html, 200, PRIVATE)


@bp.get("/s/<token>/<int:number>.ics")
@access.public
def sessions(token: str, number: int) -> ResponseReturnValue:
    link, gen, now = links.opened_by(db.session, token, moment()), current.content(), moment()
    if link is None:
        return _ended()
    found = shared.entries(db.session, link, gen, now)
    entry = next((entry for entry in found if entry.item.id == number and entry.is_open), None)
    if entry is None or entry.asset is None or entry.facts is None:
        # The link is right, and the page says what became of it.
        return redirect(url_for(".shared_page", token=token), 303)
    body = calendar.calendar(entry.path, entry.asset, entry.facts, now)
    response = Response(body, mimetype="text/calendar", headers=PRIVATE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{entry.path.rsplit('/', 1)[1]}.ics")
    return response


def _count_opening(number: int) -> None:
    """How often, never who. A busy database goes without, and the page is served."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    db.session.rollback()  # the read must be over before a write begins
    with faults.or_undone(db.session):
        begin_immediate(db.session)
        link = db.session.get(SharedLink, number)
        if link is not None:
            links.count_opening(link, moment())
        db.session.commit()


def _ended() -> ResponseReturnValue:
    """One answer for what never was, has expired or was stopped; the same words for who asks too often."""
    db.session.rollback()
    status = 429  # unless it could be counted: many at once must not slip through
    address = throttle.keyed_hash(current.settings().secret_key, request.remote_addr or "")
    with faults.or_undone(db.session), suppress(throttle.TooManyAttempts):
        begin_immediate(db.session)
        throttle.count(db.session, GUESSES, address, moment())
        status = 404
    return make_response(render_template("packs/ended.html"), status, PRIVATE)
