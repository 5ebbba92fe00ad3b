"""What the views of this folder are registered on, and what they share."""

from flask import Blueprint, abort

from webapp.db.engine import now
from webapp.english.dates import day_of
from webapp.web import current

bp = Blueprint("directory", __name__, template_folder="templates")


def listing_address(slug: str) -> str:
    """The address of the listing; not found where readers have none there."""
    page = current.content().page(f"/directory/{slug}", day_of(now())) or abort(404)
    return page.path
