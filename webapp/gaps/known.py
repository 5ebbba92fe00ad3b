"""What the page that a gap is reported from says already: where, who for, what it helps with, what kind it is."""

from collections.abc import Sequence
from typing import Any

from webapp.gaps.queries import CITYWIDE
from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Asset, Guidance
from webapp.library.search.places import around
from webapp.library.vocabulary import Vocabulary


def of_page(page: Page | None, vocabulary: Vocabulary) -> dict[str, Any]:
    """Slugs by question; empty where the page says nothing, or too much to choose from. `audiences` is a list.

    A listing names its main kind and outcome first, so these are taken. Guidance only offers examples:
    there a slug counts where it is the only one.
    """
    front = page.front if page else None
    if isinstance(front, Asset):
        return {
            "place": _where(front, vocabulary),
            "audiences": list(front.audiences),
            "outcome": _first(front.outcomes),
            "activity": _first(front.activities),
        }
    if isinstance(front, Guidance):
        offered = getattr(front, "assets", None)
        return {
            "audiences": [only] if (only := _only(offered.audiences if offered else ())) else [],
            "outcome": _only(getattr(front, "outcomes", ()) or (offered.outcomes if offered else ())),
            "activity": _only(offered.activities if offered else ()),
        }
    return {}


def _where(asset: Asset, vocabulary: Vocabulary) -> str:
    """The one neighbourhood it serves; of several, the one where it is. A confidential place says nothing."""
    if asset.citywide:
        return CITYWIDE
    if len(asset.places) == 1:
        return asset.places[0]
    shown = [location.postcode or "" for location in asset.locations if not location.confidential]
    near = set(around(shown, vocabulary))
    return _only([slug for slug in asset.places if slug in near] if asset.places else sorted(near))


def _first(slugs: Sequence[str]) -> str:
    return slugs[0] if slugs else ""


def _only(slugs: Sequence[str]) -> str:
    return slugs[0] if len(slugs) == 1 else ""
