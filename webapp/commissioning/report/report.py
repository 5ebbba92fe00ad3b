"""The report for a commissioning plan or a market position statement, as data: a page and a document are made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.commissioning.report import blocks, charts, figures, market, words
from webapp.commissioning.report.blocks import GapBlock
from webapp.commissioning.report.charts import ChartBar, MonthBars
from webapp.commissioning.report.dashboard import Figure, six_of
from webapp.commissioning.report.figures import Figures
from webapp.commissioning.report.links import GapLinks
from webapp.commissioning.report.listings import Offers
from webapp.commissioning.report.market import Market
from webapp.commissioning.report.models import ReportWords
from webapp.commissioning.report.scope import Scope
from webapp.english.dates import short_date, starts
from webapp.gaps import prototypes
from webapp.gaps.models import Gap
from webapp.gaps.prototype_models import Prototype, PrototypeNote
from webapp.library.generation.reader import Generation
from webapp.searches import beside, patterns
from webapp.searches.beside import PatternLine
from webapp.web.small_numbers import FEWEST

MOST_ANSWERS = 100
MOST_PROTOTYPES = 50
MOST_NOTES = 500
MOST_WORDS = 30  # each is searched for in the directory as it is now


@dataclass(frozen=True)
class Tried:
    """A prototype with what was learned on the way."""

    prototype: Prototype
    notes: Sequence[PrototypeNote]


@dataclass(frozen=True)
class Report:
    """Everything that the report says. Lists are cut at the most that a reader would read; `figures` are not."""

    scope: Scope
    about: str  # the locality and the audience in words; empty for all
    made: datetime
    written: ReportWords | None
    figures: Figures
    links: GapLinks
    six: Sequence[Figure]
    statuses: Sequence[ChartBar]
    places: Sequence[ChartBar]
    themes: Sequence[ChartBar]
    months: Sequence[MonthBars]
    market: Market
    blocks: Sequence[GapBlock]
    answers: Sequence[Gap]
    tried: Sequence[Tried]
    unfound: Sequence[PatternLine]
    unfound_in_all: int

    @property
    def title(self) -> str:
        about = f": {self.about}" if self.about else ""
        return f"Gaps in local support{about}"

    @property
    def days(self) -> str:
        return f"{short_date(self.scope.since)} to {short_date(self.scope.until)}"


def make(session: Session, scope: Scope, gen: Generation, now: datetime) -> Report:
    """The report on `scope`, as everything is now."""
    vocabulary, links, offers = gen.vocabulary, GapLinks(scope), Offers(gen)
    counted, unfound = figures.gather(session, scope, now), _unfound(session, scope)
    lines = list(beside.lines(unfound[:MOST_WORDS], gen, beside.OpenGaps(session)))
    answered = select(Gap).where(*scope.during(Gap.answered_at)).order_by(Gap.answered_at.desc(), Gap.id)
    of_places, of_audiences = (figures.open_by(session, scope, one) for one in ("place", "audience"))
    by_place, by_theme = (figures.most_first(one) for one in (of_places, figures.open_by(session, scope, "theme")))
    return Report(
        scope=scope,
        about=about(scope, gen),
        made=now,
        written=words.latest(session, scope.key),
        figures=counted,
        links=links,
        six=six_of(counted, links),
        statuses=charts.statuses(counted, links),
        places=charts.open_by("place", by_place, links, vocabulary),
        themes=charts.open_by("theme", by_theme, links, vocabulary),
        months=charts.months(counted.months, links),
        market=market.of(scope, of_audiences, of_places, offers, vocabulary),
        blocks=blocks.of_open(session, scope, gen, lines, offers),
        answers=session.scalars(answered.limit(MOST_ANSWERS)).all(),
        tried=_tried(session, scope),
        unfound=lines,
        unfound_in_all=len(unfound),
    )


def about(scope: Scope, gen: Generation) -> str:
    """What the scope is narrowed to, in words; empty where it is not."""
    localities = {group.slug: group.label for group in gen.vocabulary.localities}
    whom = gen.vocabulary.label("audiences", scope.audience) if scope.audience else ""
    return ", ".join(filter(None, (whom, localities.get(scope.locality, ""))))


def _tried(session: Session, scope: Scope) -> list[Tried]:
    found = prototypes.between(session, scope.since, scope.until, limit=MOST_PROTOTYPES)
    here = [p for p in found if not scope.locality or p.place in ("", *scope.places)]
    here = [p for p in here if not scope.audience or any(scope.audience in link.gap.audiences for link in p.links)]
    notes = _by_prototype(prototypes.notes(session, [p.id for p in here], limit=MOST_NOTES))
    return [Tried(p, notes.get(p.id, ())) for p in here]


def _unfound(session: Session, scope: Scope) -> list[patterns.Pattern]:
    """Words that five people or more searched for within the days and hardly found; in the locality, if one is said.

    Searches that named no place belong to no locality. A search does not say for whom it was.
    """
    searches = patterns.read(session, starts(scope.since), starts(scope.until + timedelta(days=1)), touching={})
    found = patterns.patterns(search for search in searches if search.is_unmet)
    return [one for one in found if one.people >= FEWEST and (not scope.locality or one.place in scope.places)]


def _by_prototype(notes: Sequence[PrototypeNote]) -> Mapping[int, list[PrototypeNote]]:
    grouped: dict[int, list[PrototypeNote]] = {}
    for note in notes:
        grouped.setdefault(note.prototype_id, []).append(note)
    return grouped
