"""The gaps of one place and outcome, and a pattern of searches that becomes a gap, or is added to one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps import report, search_terms, triage, undoing
from webapp.gaps.forms import GapForm
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.report import GapReport
from webapp.gaps.similar import similar
from webapp.gaps.statuses import OPEN
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User
from webapp.pii import guard
from webapp.searches.beside import ASSETS, BETWEEN, kept_as
from webapp.searches.patterns import Pattern
from webapp.web.forms import Form
from webapp.web.refusals import Refused

ALIKE = 8
LONGEST = 200  # letters of them together
ABOUT = "/commissioning/demand"  # where such a gap says it comes from


class Unsayable(Exception):
    """The words cannot go into the log: they look as if they could identify somebody."""


@dataclass(frozen=True)
class AlikeGap:
    """A gap that asks for the same. `has`: the searches are in it. `form` adds them, None where they cannot be."""

    gap: Gap
    has: bool
    form: Form | None


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


def like(session: Session, pattern: Pattern, gen: Generation) -> Iterator[AlikeGap]:
    """Gaps that ask for the same, the closed ones too: an answer of last year may still hold."""
    place = pattern.place or WHOLE_CITY
    for gap in similar(session, pattern.words, place, thesaurus=gen.thesaurus, limit=ALIKE, closed=True):
        has = _has(gap, pattern, gen.vocabulary)
        yield AlikeGap(gap, has, Form(formdata=None) if report.may_join(gap) and not has else None)


def add(session: Session, gap: Gap, pattern: Pattern, words: Vocabulary, by: User, now: datetime) -> int:
    """Add a pattern and its figures to `gap`, from `report.locked`; the number of the change, to undo it by.

    Searches are added up. Of people the larger number is kept: the same people may have searched for both.
    Raises Unsayable; Refused where they are in it already, or it takes no more. Commit afterwards.
    """
    if not report.may_join(gap):
        raise Refused(f"{gap.ref} is met, or part of another gap by now, so these searches were not added.")
    if _has(gap, pattern, words):
        raise Refused(f"{gap.ref} has these searches already.")
    together = BETWEEN.join(filter(None, (gap.words, str(_clean(kept_as(pattern, gap.place, words))))))
    if len(together) > LONGEST:
        raise Refused(f"{gap.ref} holds as many words of searches as it can. Publish a gap of its own.")
    before, made = undoing.as_it_is(gap), undoing.begin(session, by, now)
    figures = {"searches": gap.searches, "searchers": gap.searchers}
    gap.words = together
    gap.searches = (gap.searches or 0) + pattern.searches
    gap.searchers = max(gap.searchers or 0, pattern.people)
    triage.touch(gap, now)
    search_terms.index(session, gap)
    triage.record(session, gap, by, now, "searched", figures, {"searches": gap.searches, "searchers": gap.searchers})
    undoing.keep(session, made, gap, before)
    return made.id


def _has(gap: Gap, pattern: Pattern, words: Vocabulary) -> bool:
    return bool(gap.searches) and kept_as(pattern, gap.place, words) in gap.words.split(BETWEEN)


def _clean(text: str) -> guard.CleanText:
    try:
        return guard.clean(text)
    except guard.Identifying as found:
        raise Unsayable from found


def make(session: Session, pattern: Pattern, written: GapReport, by: User, now: datetime) -> Gap:
    """Put what was `written` of a pattern in the log, with its figures. Commit afterwards. Raises Unsayable."""
    words = _clean(pattern.words)
    known = replace(written, about=ABOUT, words=words, searches=pattern.searches, searchers=pattern.people)
    return report.record(session, known, by, now)
