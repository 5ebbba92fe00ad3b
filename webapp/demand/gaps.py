"""The gaps of one place and outcome, and a pattern of searches that becomes a draft, and then a gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps import report
from webapp.gaps.forms import GapForm
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.report import GapReport
from webapp.gaps.similar import similar
from webapp.gaps.statuses import OPEN
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.people import User
from webapp.pii import guard
from webapp.searches.beside import ASSETS
from webapp.searches.patterns import Pattern

ALIKE = 8
ABOUT = "/commissioning/demand"  # where such a gap says it comes from


class Unsayable(Exception):
    """The words cannot go into the log: they look as if they could identify somebody."""


def of_cell(session: Session, place: str, outcome: str, limit: int) -> Sequence[Gap]:
    """The latest gaps reported for one place and outcome, whatever their status."""
    here = (Gap.place == (place or WHOLE_CITY), Gap.outcome == outcome, Gap.merged_into_id.is_(None))
    wanted = select(Gap).where(*here)
    return session.scalars(wanted.order_by(Gap.created_at.desc(), Gap.id.desc()).limit(limit)).all()


def made_of(session: Session, pattern: Pattern) -> Gap | None:
    """The open gap that was made of this pattern before, or None."""
    wanted = select(Gap).where(
        Gap.about == ABOUT, Gap.place == pattern.place, Gap.words == pattern.words, Gap.status.in_(OPEN)
    )
    return session.scalars(wanted.order_by(Gap.id).limit(1)).one_or_none()


def draft(pattern: Pattern, outcome: str, gen: Generation) -> GapForm:
    """The form of a gap, filled in with what `pattern` and the search say. Nothing is kept."""
    named = {(one.group, one.slug) for one in gen.search(Query(words=pattern.words, kinds=ASSETS, size=1)).recognised}
    activities = [slug for group, slug in sorted(named) if group == "activity"]
    return GapForm(
        gen.vocabulary,
        formdata=None,
        data={
            "needed": f"People search for “{pattern.words}” and find little or nothing",
            "place": pattern.place or CITYWIDE,
            "audience": [slug for group, slug in sorted(named) if group == "audience"],
            "activity": activities[0] if len(activities) == 1 else "",
            "outcome": outcome,
        },
    )


def like(session: Session, pattern: Pattern, gen: Generation) -> list[Gap]:
    """Gaps that ask for the same, the closed ones too: an answer of last year may still hold."""
    place = pattern.place or WHOLE_CITY
    return similar(session, pattern.words, place, thesaurus=gen.thesaurus, limit=ALIKE, closed=True)


def make(session: Session, pattern: Pattern, written: GapReport, by: User, now: datetime) -> Gap:
    """Put what was `written` of a pattern in the log, with its figures. Commit afterwards. Raises Unsayable."""
    try:
        words = guard.clean(pattern.words)
    except guard.Identifying as found:
        raise Unsayable from found
    known = replace(written, about=ABOUT, words=words, searches=pattern.searches, searchers=pattern.people)
    return report.record(session, known, by, now)
