"""The pack that somebody of the demonstration gathered for a visit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.library.generation.reader import Generation
from webapp.packs import contents, keeping
from webapp.packs.models import Pack
from webapp.people.models import User
from webapp.pii import guard


def load_demo(
    session: Session, gen: Generation, history: Mapping[str, Any], everyone: Mapping[str, User], now: datetime
) -> None:
    """Make it, where nobody has a pack yet, of what there is in the content. Commit afterwards."""
    if session.scalar(select(Pack.id).limit(1)) is not None:
        return
    known = history["packed"]
    pack = keeping.begin(session, everyone[known["who"]].id, guard.clean(known["name"]), now)
    for thing in known["things"]:
        if page := contents.page_at(thing["path"], gen, now):
            item, _ = keeping.add(session, pack, page.path, page.title, now)
            item.note = str(guard.clean(thing["note"])) if thing["note"] else ""
