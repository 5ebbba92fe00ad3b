"""What people said of listings that their files do not say yet, closed or right: each as a patch."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor.blueprint import bp
from webapp.editor.offers import download
from webapp.english.dates import day_of
from webapp.library.build.pages import Page
from webapp.library.listings.proposals import Proposal
from webapp.upkeep import closures, confirmations, patches, wording
from webapp.upkeep.closures import ClosedState
from webapp.web import access, current

MOST = 100


@bp.get("/editor/listings")
@access.only("editor")
def listings() -> ResponseReturnValue:
    gen, today = current.content(), day_of(now())
    closed, confirmed = [], []
    for path, closure in closures.recorded(db.session).items():
        page = gen.page(path, today)
        if page and page.front.status != closure.status:
            closed.append((page, closures.words(closure)))
    for path in confirmations.confirmed(db.session):
        page = gen.page(path, today)
        proposal = confirmations.verification(db.session, path, page.front, gen) if page else None
        if page and proposal and proposal.verified:
            confirmed.append((page, proposal.verified))
    return render_template("editor/listings.html", closed=closed[:MOST], confirmed=confirmed[:MOST])


@bp.get("/editor/listings/<slug>")
@access.only("editor")
def listing(slug: str) -> ResponseReturnValue:
    page = _page(slug)
    closure = _recorded_closure(page)
    return render_template(
        "editor/listing.html",
        page=page,
        closed=closures.words(closure) if closure else "",
        closure=_closure(page, closure),
        verified=_verified(page),
        edit_href=current.edit_address(page.file),
    )


@bp.get("/editor/listings/<slug>/closure.patch")
@access.only("editor")
def closure_patch(slug: str) -> ResponseReturnValue:
    page = _page(slug)
    return download(_closure(page, _recorded_closure(page)), f"{slug}-closed")


@bp.get("/editor/listings/<slug>/verified.patch")
@access.only("editor")
def verified_patch(slug: str) -> ResponseReturnValue:
    return download(_verified(_page(slug)), f"{slug}-verified")


def _page(slug: str) -> Page:
    return current.content().page(f"/directory/{slug}", day_of(now())) or abort(404)


def _recorded_closure(page: Page) -> ClosedState | None:
    return closures.of(closures.recorded(db.session), page.path, page.front.status)


def _closure(page: Page, closure: ClosedState | None) -> patches.Offer | None:
    if closure is None:
        return None
    proposal = Proposal.model_validate({"status": closure.status})
    return _offer(page, proposal, f"Closed since {closure.since.isoformat()}")


def _verified(page: Page) -> patches.Offer | None:
    proposal = confirmations.verification(db.session, page.path, page.front, current.content())
    return _offer(page, proposal, f"Verified-by: {proposal.verified.by}") if proposal and proposal.verified else None


def _offer(page: Page, proposal: Proposal, trailer: str) -> patches.Offer:
    subject = wording.headline(proposal.as_data(), page.title)
    settings, gen = current.settings(), current.content()
    return patches.offer(page, proposal, gen, settings, now(), subject=subject, trailers=(trailer,))
