"""The report for a commissioning plan or a market position statement, as data: a page and a document are made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.dates import short_date
from webapp.gaps import prototypes
from webapp.gaps.models import Gap
from webapp.gaps.prototype_models import Prototype, PrototypeNote
from webapp.gaps.statuses import Status
from webapp.library.generation.reader import Generation
from webapp.reporting import charts, figures
from webapp.reporting.charts import ChartBar, Pair
from webapp.reporting.figures import Figures, Median
from webapp.reporting.scope import Scope, starts
from webapp.searches import beside, patterns
from webapp.searches.beside import PatternLine

MOST_GAPS = 100
MOST_ANSWERS = 100
MOST_PROTOTYPES = 50
MOST_NOTES = 500
MOST_WORDS = 30  # each is searched for in the directory as it is now
FEW = patterns.FEW


@dataclass(frozen=True)
class Tried:
    """A prototype with what was learned on the way."""

    prototype: Prototype
    notes: Sequence[PrototypeNote]


@dataclass(frozen=True)
class GapStatistics:
    """Everything that the report says. Lists are cut at the most that a reader would read; `figures` are not."""

    scope: Scope
    locality: str  # in words; empty for all
    made: datetime
    figures: Figures
    headline: Sequence[tuple[str, str]]
    statuses: Sequence[ChartBar]
    places: Sequence[ChartBar]
    themes: Sequence[ChartBar]
    months: Sequence[Pair]
    gaps: Sequence[Gap]
    answers: Sequence[Gap]
    answered: int
    tried: Sequence[Tried]
    unfound: Sequence[PatternLine]
    unfound_in_all: int

    @property
    def title(self) -> str:
        where = f", {self.locality}" if self.locality else ""
        return f"Gaps in local support, {self.days}{where}"

    @property
    def days(self) -> str:
        since, until = self.scope.since, self.scope.until
        assert since
        assert until
        return f"{short_date(since)} to {short_date(until)}"


def make(session: Session, scope: Scope, gen: Generation, now: datetime, today: date) -> GapStatistics:
    """The report on `scope`, which has both its days: see `Scope.whole`."""
    words, unfound = gen.vocabulary, _unfound(session, scope)
    counted = figures.gather(session, scope, now, today)
    localities = {group.slug: group.label for group in words.localities}
    reported = select(Gap).where(*scope.during(Gap.created_at)).order_by(Gap.people.desc(), Gap.id).limit(MOST_GAPS)
    answered = select(Gap).where(*scope.during(Gap.answered_at)).order_by(Gap.answered_at.desc(), Gap.id)
    return GapStatistics(
        scope=scope,
        locality=localities.get(scope.locality, ""),
        made=now,
        figures=counted,
        headline=_headline(counted),
        statuses=charts.statuses(counted),
        places=charts.bars((charts.place_name(p, words), c, "") for p, c in counted.all_places.items()),
        themes=charts.bars((charts.theme_name(t, words), c, "") for t, c in counted.all_themes.items()),
        months=charts.pairs(counted.months),
        gaps=session.scalars(reported).all(),
        answers=session.scalars(answered.limit(MOST_ANSWERS)).all(),
        answered=counted.to_answer.of,
        tried=_tried(session, scope),
        unfound=list(beside.lines(unfound[:MOST_WORDS], gen, beside.OpenGaps(session))),
        unfound_in_all=len(unfound),
    )


def days_of(median: Median) -> str:
    """`12 days`, `Less than a day`, or that there were none."""
    if median.days is None:
        return "None yet"
    days = round(median.days)
    return "Less than a day" if days < 1 else "1 day" if days == 1 else f"{days:,} days"


def _headline(counted: Figures) -> list[tuple[str, str]]:
    return [
        ("Gaps reported", f"{counted.all.gaps:,}"),
        ("Times people asked for them", f"{counted.all.people:,}"),
        ("Of these, open now", f"{counted.open.gaps:,}"),
        ("First answers given", f"{counted.to_answer.of:,}"),
        ("Met", f"{counted.closed.get(Status.MET, 0):,}"),
        ("Closed as not now", f"{counted.closed.get(Status.NOT_NOW, 0):,}"),
        ("Half were answered within", days_of(counted.to_answer)),
        ("Half were closed within", days_of(counted.to_close)),
        ("Open without an answer for over 30 days", f"{counted.unanswered_long:,}"),
    ]


def _tried(session: Session, scope: Scope) -> list[Tried]:
    assert scope.since
    assert scope.until
    found = prototypes.between(session, scope.since, scope.until, limit=MOST_PROTOTYPES)
    here = [p for p in found if not scope.locality or p.place in ("", *scope.places)]
    notes = _by_prototype(prototypes.notes(session, [p.id for p in here], limit=MOST_NOTES))
    return [Tried(p, notes.get(p.id, ())) for p in here]


def _unfound(session: Session, scope: Scope) -> list[patterns.Pattern]:
    """Words that at least three people searched for within the days and hardly found; in the locality, if one is said.

    Searches that named no place belong to no locality.
    """
    assert scope.since
    assert scope.until
    searches = patterns.read(session, starts(scope.since), starts(scope.until + timedelta(days=1)), touching={})
    found = patterns.patterns(search for search in searches if search.is_unmet)
    return [one for one in found if not scope.locality or one.place in scope.places]


def _by_prototype(notes: Sequence[PrototypeNote]) -> Mapping[int, list[PrototypeNote]]:
    grouped: dict[int, list[PrototypeNote]] = {}
    for note in notes:
        grouped.setdefault(note.prototype_id, []).append(note)
    return grouped


METHOD = (
    "A gap is something that a practitioner said people need and could not find. Each is counted once, on the day it "
    "was reported. One report may stand for several needs.",
    "People who asked are the reporter and everyone who said “me too”. Somebody who asked for two gaps counts twice.",
    "Reported, answered and closed are counted within the days above. Open and the statuses are as they were when this "
    "was made, for the gaps reported within the days.",
    "Half were answered within so many days: the median, over the gaps first answered within the days. Gaps still "
    "waiting are not in it, so it says nothing of them. Closing is counted in the same way.",
    "A place is the neighbourhood that the report named. Gaps for the whole city have no locality.",
    "The log shows what practitioners noticed and reported. It is not a survey of need: a place with few reports may "
    "have few needs, or few people who report.",
    "Nobody is named. Texts pass a guard against personal data before they are kept, and no gap says who asked for it.",
    f"A search counts as not found where it had {FEW} listings or fewer. Words that people searched for are shown to "
    "nobody until three people or more have searched for them. People are counted within a month, so these are at "
    "least as many.",
)
