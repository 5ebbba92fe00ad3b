"""The spotlight sessions of the busy scene: one with a record, one to come, one that is cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.support.client import Client
from webapp.db.engine import now
from webapp.english.dates import local
from webapp.library.generation.reader import Reader

if TYPE_CHECKING:
    from tests.browser.scenes import Scene

WORD = "Nachbarschaftshilfevermittlungsstelle" * 3  # nowhere to break
TALK = f"{WORD} and everything that the room had to say about it, on whichever day it happens to be."
NAMING = "Her NHS number is 943 476 5919 and she lives at M22 4DZ"


def live(scene: Scene, femi: Client) -> None:
    """Their numbers and the spotlight are in `scene.names`."""
    slug, other = (card["path"].rsplit("/", 1)[1] for card in _spotlights(scene)[:2])
    scene.names |= {
        "spotlight": slug,
        "other": other,
        "held": _plan(femi, slug, days=-1),
        "next": _plan(femi, slug, days=7, venue=WORD[:100], join=f"https://meet.example.org/{WORD}"),
        "cancelled": _plan(femi, slug, days=30),
    }
    page = f"/spotlights/{slug}/sessions"
    told = femi.get(f"{page}/{scene.names['held']}/record")
    told.send("Keep this record", came="12", notes=f"{TALK}\n\n{TALK}", actions=TALK)
    asked = femi.get(f"/spotlights/{slug}/feedback?session={scene.names['held']}")
    asked.send("Send", useful="yes", will_try=TALK, in_the_way=TALK, kind="other")
    femi.get(f"{page}/{scene.names['cancelled']}").send("Cancel this session")


def _spotlights(scene: Scene) -> list[dict[str, Any]]:
    return Reader(scene.settings.index_dir).current().section("spotlight")


def _plan(femi: Client, slug: str, days: int, **more: str) -> str:
    day = (local(now()) + timedelta(days=days)).date()
    form = femi.get(f"/spotlights/{slug}/sessions/new")
    sent = form.send("Plan this session", day=day.isoformat(), at="06:00", minutes="240", **more)
    assert sent.status == 303, sent.errors
    return sent.location.rsplit("/", 1)[1]
