"""What there is to tell in any month, however quiet: what comes, what is worth reading again, and what is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.community import next_spotlight
from webapp.community.next_spotlight import Spotlight
from webapp.gaps.models import Gap
from webapp.gaps.statuses import OPEN
from webapp.library.generation.reader import Generation

MOST = 3  # gaps


@dataclass(frozen=True, slots=True)
class Standing:
    """`spotlight` and `again` are None where content has none; `asked` are open gaps, most people first."""

    spotlight: Spotlight | None
    again: dict[str, Any] | None
    asked: Sequence[Gap]


def of(session: Session, gen: Generation, team: str, now: datetime, month: date) -> Standing:
    """What stands in `month` (any day of it) for somebody of `team`; empty for everybody."""
    spotlight = next_spotlight.next_for(session, gen, team, now)
    asked = select(Gap).where(Gap.status.in_(OPEN), Gap.merged_into_id.is_(None))
    asked = asked.order_by(Gap.people.desc(), Gap.id.desc()).limit(MOST)
    return Standing(spotlight, _again(gen, month), session.scalars(asked).all())


def _again(gen: Generation, month: date) -> dict[str, Any] | None:
    """A page of the toolkit, another one each month until all have had their turn."""
    pages = sorted(gen.section("toolkit"), key=lambda card: str(card["path"]))
    return pages[(month.year * 12 + month.month) % len(pages)] if pages else None
