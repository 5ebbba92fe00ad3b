"""What readers proposed as patches: shown on the page of a correction, and to download."""

from typing import Any

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from webapp import access, current
from webapp.corrections import Correction, Topic
from webapp.dates import day_of
from webapp.db import db, now
from webapp.library.listings.proposals import Proposal
from webapp.people import User
from webapp.upkeep import closing, patching, wording

bp = Blueprint("changes", __name__, url_prefix="/editor")


@bp.get("/corrections/<int:number>/change.patch")
@access.only("editor")
def of_correction(number: int) -> ResponseReturnValue:
    sent = db.session.get(Correction, number) or abort(404)
    return download(offer_for(sent), f"correction-{number}")


def offer_for(sent: Correction) -> patching.Offer | None:
    """What was said in fields as a patch; None where nothing was, or the listing is gone."""
    gen = current.content()
    said = Proposal.model_validate(sent.proposed or {})
    page = gen.page(sent.about, day_of(now())) if said.as_data().keys() - {"since"} else None
    if page is None or page.kind != "asset":
        return None
    sender = db.session.get(User, sent.sender_id) if sent.sender_id else None
    by = "the organisation itself" if sent.by_organisation else wording.team(sender, gen.vocabulary)
    since = (f"Closed since {said.since.isoformat()}",) if said.since else ()
    subject = wording.headline(said.as_data(), page.title)
    trailers = (*since, f"Reported-by: {by}")
    return patching.offer(page, said, gen, current.settings(), now(), subject=subject, trailers=trailers)


def closing_of(sent: Correction) -> dict[str, Any]:
    """For the page of a correction: the listing where it may be marked as closed, whether it is, and since when."""
    page = current.content().page(sent.about, day_of(now())) if sent.about else None
    if page is None or page.kind != "asset":
        return {}
    mark = closing.of(closing.marked(db.session), page.path, page.front.status)
    if not mark and (page.front.status != "active" or sent.topic != Topic.CLOSED):
        return {}
    since = Proposal.model_validate(sent.proposed or {}).since
    return {"listing": page, "closure": closing.words(mark) if mark else "", "since": since}


def download(made: patching.Offer | None, name: str) -> Response:
    """`made` as a file; not found where there is no patch."""
    if made is None or not made.text:
        abort(404)
    response = Response(made.text.encode(), mimetype="text/x-patch")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.patch"'
    return response
