"""What people said of listings that their files do not say yet, closed or right: each as a patch."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from webapp import access, current
from webapp.dates import day_of
from webapp.db import db, now
from webapp.editor.changes import download
from webapp.library.listings.proposals import Proposal
from webapp.library.pages import Page
from webapp.upkeep import closing, confirming, patching, wording
from webapp.upkeep.closing import Mark

bp = Blueprint("listings", __name__, url_prefix="/editor/listings")
MOST = 100


@bp.get("")
@access.only("editor")
def index() -> ResponseReturnValue:
    gen, today = current.content(), day_of(now())
    closed, confirmed = [], []
    for path, mark in closing.marked(db.session).items():
        page = gen.page(path, today)
        if page and page.front.status != mark.status:
            closed.append((page, closing.words(mark)))
    for path in confirming.confirmed(db.session):
        page = gen.page(path, today)
        said = confirming.verification(db.session, path, page.front, gen) if page else None
        if page and said and said.verified:
            confirmed.append((page, said.verified))
    return render_template("editor/listings.html", closed=closed[:MOST], confirmed=confirmed[:MOST])


@bp.get("/<slug>")
@access.only("editor")
def show(slug: str) -> ResponseReturnValue:
    page = _page(slug)
    mark = _mark(page)
    return render_template(
        "editor/listing.html",
        page=page,
        closed=closing.words(mark) if mark else "",
        closure=_closure(page, mark),
        verified=_verified(page),
    )


@bp.get("/<slug>/closure.patch")
@access.only("editor")
def closure_patch(slug: str) -> ResponseReturnValue:
    page = _page(slug)
    return download(_closure(page, _mark(page)), f"{slug}-closed")


@bp.get("/<slug>/verified.patch")
@access.only("editor")
def verified_patch(slug: str) -> ResponseReturnValue:
    return download(_verified(_page(slug)), f"{slug}-verified")


def _page(slug: str) -> Page:
    return current.content().page(f"/directory/{slug}", day_of(now())) or abort(404)


def _mark(page: Page) -> Mark | None:
    return closing.of(closing.marked(db.session), page.path, page.front.status)


def _closure(page: Page, mark: Mark | None) -> patching.Offer | None:
    if mark is None:
        return None
    said = Proposal.model_validate({"status": mark.status})
    return _offer(page, said, f"Closed since {mark.since.isoformat()}")


def _verified(page: Page) -> patching.Offer | None:
    said = confirming.verification(db.session, page.path, page.front, current.content())
    return _offer(page, said, f"Verified-by: {said.verified.by}") if said and said.verified else None


def _offer(page: Page, said: Proposal, trailer: str) -> patching.Offer:
    subject = wording.headline(said.as_data(), page.title)
    settings, gen = current.settings(), current.content()
    return patching.offer(page, said, gen, settings, now(), subject=subject, trailers=(trailer,))
