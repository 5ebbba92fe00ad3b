"""You asked, we did: every answer that everyone can read, those that an editor wrote up and those of the log itself."""

import textwrap
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.english import dates
from webapp.gaps.models import Gap

MOST = 50
SUMMARY = 280  # characters of an answer that a list shows
NAMESPACE = uuid.UUID("0e6cf0f1-98a4-5a6e-9d3f-6f3c2f0a1b77")  # so that a feed knows an answer again

Card = Mapping[str, Any]


def newest(session: Session, published: Iterable[Card], most: int = MOST) -> list[dict[str, Any]]:
    """Cards of answers, newest first: the pages in `written`, and the log's answers that no page there tells of.

    A card of the log has the keys of an update's: `id`, `title`, `summary`, `path`, `date` (ISO), `answers`.
    """
    pages = [dict(card) for card in published]
    known = {ref for card in pages for ref in card["answers"]}
    asked = (
        select(Gap)
        .where(Gap.answered_at.is_not(None), Gap.merged_into_id.is_(None))
        .order_by(Gap.answered_at.desc(), Gap.id.desc())
        .limit(most + len(known))
    )
    log = [_card(gap) for gap in session.scalars(asked) if gap.ref not in known]
    return sorted(pages + log, key=lambda card: card["date"], reverse=True)[:most]


def _card(gap: Gap) -> dict[str, Any]:
    assert gap.answered_at is not None
    return {
        "id": str(uuid.uuid5(NAMESPACE, gap.ref)),
        "title": gap.title,
        "summary": textwrap.shorten(gap.answer, SUMMARY, placeholder="…"),
        "path": f"/gaps/{gap.ref}",
        "date": dates.day_of(gap.answered_at).isoformat(),
        "answers": (gap.ref,),
    }
