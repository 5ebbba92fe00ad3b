"""What lists show of a page."""

from typing import Any

from webapp.library.build.places import Place
from webapp.library.front_matter.model import (
    Asset,
    ChangePage,
    Front,
    MessagePage,
    SpotlightPage,
    TecPage,
    ToolkitPage,
    UpdatePage,
)


def card(place: Place, identity: str, front: Front) -> dict[str, Any]:
    """What a list shows of a page: everything a result needs, so that a list reads no page."""
    shown: dict[str, Any] = {
        "kind": place.kind, "path": place.path, "id": identity, "title": front.title, "summary": front.summary,
    }  # fmt: skip
    if isinstance(front, Asset):
        shown |= {
            "organisation": front.organisation,
            "status": front.status,
            "sample": front.sample,
            "places": front.places,
            "citywide": front.citywide,
            "venues": [loc.name for loc in front.open_locations if loc.name],
            "points": [loc.point for loc in front.open_locations if loc.point],
            "sessions": [s.model_dump(mode="json", exclude_defaults=True) for s in front.sessions],
            "cost": front.cost.band if front.cost else "",
            "capacity": front.capacity.status if front.capacity else "",
            "waiting_weeks": front.capacity.waiting_weeks if front.capacity else None,
            "verified": front.verified.date.isoformat() if front.verified else "",
            "verified_by": front.verified.by if front.verified else "",
            "unchecked": front.unchecked,
            "phone": next((c.phone for c in front.contacts if c.phone), ""),
        }
        return shown
    shown |= {
        "owner": front.owner,
        "reviewed": front.reviewed.isoformat(),
        "next_review": front.next_review.isoformat(),
        "order": front.order,
        "themes": front.themes,
    }
    if isinstance(front, ToolkitPage | TecPage):
        shown["category"] = front.category or ""
    if isinstance(front, SpotlightPage):
        shown |= {"date": front.date.isoformat(), "time": front.time or "", "minutes": front.length}
        shown |= {"venue": front.venue or "", "join": front.join or ""}
    if isinstance(front, UpdatePage):
        shown |= {"date": front.told_on.isoformat(), "answers": front.answers}
    if isinstance(front, ChangePage):
        day = front.takes_effect.isoformat() if front.takes_effect else ""
        shown |= {"date": front.date.isoformat(), "takes_effect": day, "expected": front.expected or ""}
    if isinstance(front, MessagePage):
        shown |= {"date": front.date.isoformat(), "sender": front.sender}
    return shown
