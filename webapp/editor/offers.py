"""What readers proposed, as patches: for the page of a correction, and as a file to download."""

from typing import Any

from flask import Response, abort

from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.library.listings.proposals import Proposal
from webapp.people.models import User
from webapp.upkeep import closures, patches, wording
from webapp.upkeep.corrections import Correction, CorrectionTopic
from webapp.web import current


def offer_for(sent: Correction) -> patches.Offer | None:
    """What was said in fields as a patch; None where nothing was, or the listing is gone."""
    gen = current.content()
    proposal = Proposal.model_validate(sent.proposed or {})
    page = gen.page(sent.about, day_of(now())) if proposal.as_data().keys() - {"since"} else None
    if page is None or page.kind != "asset":
        return None
    sender = db.session.get(User, sent.sender_id) if sent.sender_id else None
    by = "the organisation itself" if sent.by_organisation else wording.team(sender, gen.vocabulary)
    since = (f"Closed since {proposal.since.isoformat()}",) if proposal.since else ()
    subject = wording.headline(proposal.as_data(), page.title)
    trailers = (*since, f"Reported-by: {by}")
    return patches.offer(page, proposal, gen, current.settings(), now(), subject=subject, trailers=trailers)


def closing_of(sent: Correction) -> dict[str, Any]:
    """For the page of a correction: the listing where it may be marked as closed, whether it is, and since when."""
    page = current.content().page(sent.about, day_of(now())) if sent.about else None
    if page is None or page.kind != "asset":
        return {}
    closure = closures.of(closures.recorded(db.session), page.path, page.front.status)
    if not closure and (page.front.status != "active" or sent.topic != CorrectionTopic.CLOSED):
        return {}
    since = Proposal.model_validate(sent.proposed or {}).since
    return {"listing": page, "closure": closures.words(closure) if closure else "", "since": since}


def download(made: patches.Offer | None, name: str) -> Response:
    """`made` as a file; not found where there is no patch."""
    if made is None or not made.text:
        abort(404)
    response = Response(made.text.encode(), mimetype="text/x-patch")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.patch"'
    return response
