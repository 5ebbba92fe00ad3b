"""What happened in the programme in one month: gathered from the logs of the site and from content, never typed.

Everything here may be read by everyone who is signed in. Figures of sessions count sessions, never people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.barriers.models import Barrier
from webapp.english import dates
from webapp.english.dates import HERE
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.library.generation.reader import Generation
from webapp.spotlights.models import SpotlightSession

MOST = 5  # lines of one kind
MOST_COUNTED = 100
MONTHS_BACK = 12
LAW = "law-and-standards"  # the theme by which content marks what the law says
Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One line. `more` says what its title does not."""

    title: str
    href: str
    day: date
    more: str = ""


@dataclass(frozen=True, slots=True)
class NewsPart:
    """Everything of one kind: the latest MOST of `count`. `one` and `many` are what a sentence calls them."""

    id: str
    heading: str
    one: str
    many: str
    items: Sequence[NewsItem]
    count: int

    @property
    def said(self) -> str:
        """3 answers"""
        number = f"{MOST_COUNTED} or more" if self.count >= MOST_COUNTED else str(self.count)
        return f"{number} {self.one if self.count == 1 else self.many}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, by its first day."""

    first: date

    @property
    def after(self) -> date:
        """The first day of the next."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    @property
    def before(self) -> "Month":
        year, month = divmod(self.first.year * 12 + self.first.month - 2, 12)
        return Month(date(year, month + 1, 1))

    def has(self, day: str) -> bool:
        """Whether `day`, as a card says it (2026-10-06), is in this month."""
        return self.first.isoformat() <= day < self.after.isoformat()

    def holds(self, at: InstrumentedAttribute[Any]) -> tuple[ColumnElement[bool], ...]:
        """That a moment of the database is in this month, on the clocks of Great Britain."""
        begins, ends = (datetime.combine(day, time(), HERE) for day in (self.first, self.after))
        return at >= begins, at < ends


def chosen(said: str, today: date) -> Month:
    """The month that an address asks for with `2026-10`: this one, or one of the MONTHS_BACK before; else this."""
    month = this = Month(today.replace(day=1))
    for _ in range(MONTHS_BACK):
        month = month.before
        if f"{month.first:%Y-%m}" == said:
            return month
    return this


def parts(session: Session, gen: Generation, month: Month, now: datetime) -> list[NewsPart]:
    """What happened in `month` until `now`, kind by kind; a kind of which there is nothing is left out."""
    every = (
        _part("met", "Gaps that are met", "gap met", "gaps met", _met(session, month)),
        _part("answers", "Answers", "answer", "answers", _answers(session, gen, month)),
        _part("sessions", "Spotlights held", "spotlight held", "spotlights held", _sessions(session, gen, month, now)),
        _part("law", "Law and standards", "page on the law", "pages on the law", _guidance(gen, month, law=True)),
        _part(
            "guidance",
            "Guidance, new or looked at again",
            "page of guidance",
            "pages of guidance",
            _guidance(gen, month, law=False),
        ),
    )
    return [part for part in every if part.count]


def _part(name: str, heading: str, one: str, many: str, items: Iterator[NewsItem]) -> NewsPart:
    found = sorted(items, key=lambda item: (item.day, item.title), reverse=True)
    return NewsPart(name, heading, one, many, found[:MOST], min(len(found), MOST_COUNTED))


def _met(session: Session, month: Month) -> Iterator[NewsItem]:
    met = select(Gap).where(Gap.status == Status.MET, Gap.merged_into_id.is_(None), *month.holds(Gap.closed_at))
    for gap in session.scalars(met.order_by(Gap.closed_at.desc()).limit(MOST_COUNTED)):
        assert gap.closed_at
        yield NewsItem(gap.title, f"/gaps/{gap.ref}", dates.day_of(gap.closed_at), gap.ref)


def _answers(session: Session, gen: Generation, month: Month) -> Iterator[NewsItem]:
    """What an editor wrote up, answers of the gap log that nobody did, and those of workstreams to barriers."""
    pages = gen.section("update")
    written = {ref for card in pages for ref in card["answers"]}
    for card in pages:
        if month.has(card["date"]):
            yield NewsItem(card["title"], card["path"], date.fromisoformat(card["date"]), ", ".join(card["answers"]))
    gaps = select(Gap).where(Gap.merged_into_id.is_(None), *month.holds(Gap.answered_at))
    gaps = gaps.where(Gap.status != Status.MET)  # those stand by themselves
    for gap in session.scalars(gaps.order_by(Gap.answered_at.desc()).limit(MOST_COUNTED)):
        if gap.ref not in written and gap.answered_at:
            yield NewsItem(gap.title, f"/gaps/{gap.ref}", dates.day_of(gap.answered_at), gap.ref)
    barriers = select(Barrier).where(Barrier.gap_id.is_(None), *month.holds(Barrier.answered_at))
    for barrier in session.scalars(barriers.order_by(Barrier.answered_at.desc()).limit(MOST_COUNTED)):
        assert barrier.answered_at
        yield NewsItem(barrier.title, f"/barriers/{barrier.ref}", dates.day_of(barrier.answered_at), barrier.ref)


def _sessions(session: Session, gen: Generation, month: Month, now: datetime) -> Iterator[NewsItem]:
    held = select(SpotlightSession.spotlight, func.count(), func.max(SpotlightSession.starts_at))
    held = held.where(*month.holds(SpotlightSession.starts_at), SpotlightSession.ends_at <= now)
    held = held.where(SpotlightSession.cancelled_at.is_(None)).group_by(SpotlightSession.spotlight)
    for slug, count, last in session.execute(held.limit(MOST_COUNTED)):
        card = gen.card(f"/spotlights/{slug}")
        if card:  # its page may have gone
            times = "once" if count == 1 else "twice" if count == 2 else f"{count} times"
            yield NewsItem(card["title"], card["path"], dates.day_of(last), f"Held {times}")


def _guidance(gen: Generation, month: Month, *, law: bool) -> Iterator[NewsItem]:
    for card in gen.section("change") if law else ():
        if month.has(card["date"]):
            yield NewsItem(card["title"], card["path"], date.fromisoformat(card["date"]), "A change of law or practice")
    for card in [*gen.section("toolkit"), *gen.section("tec")]:
        if month.has(card["reviewed"]) and (LAW in card["themes"]) == law:
            yield NewsItem(card["title"], card["path"], date.fromisoformat(card["reviewed"]), card["owner"])
