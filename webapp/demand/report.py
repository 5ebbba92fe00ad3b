"""The words of a page of demand: each pattern with what the directory offers for it and the gaps about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp import spreadsheet
from webapp.demand.forms import GapForm
from webapp.demand.gaps import Known
from webapp.demand.outcomes import NOWHERE, Row, offered
from webapp.demand.patterns import SEVERAL, Pattern
from webapp.gap_log.models import Gap
from webapp.library.generation import Generation
from webapp.library.vocabulary import Vocabulary

NO_PLACE = "Other places, or none named"
WORDS_COLUMNS = (
    "Words", "Place", "Searches with two results or fewer", "People at the least", "Searches that found nothing",
    "Listings found now", "Open gaps",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One pattern. `gaps` are references such as GAP-0001; `form` makes it one more."""

    pattern: Pattern
    place: str
    offered: int
    gaps: Sequence[str]
    form: GapForm | None = None


def lines(found: Iterable[Pattern], gen: Generation, known: Known) -> Iterator[Line]:
    """Each pattern as a line, without its form."""
    for pattern in found:
        refs = [Gap(id=number).ref for number in known.about(pattern)]
        yield Line(pattern, place_name(pattern.place, gen.vocabulary), offered(gen, pattern.words, pattern.place), refs)


def place_name(place: str, vocabulary: Vocabulary) -> str:
    return vocabulary.label("places", place) if place != SEVERAL else NO_PLACE


def words_csv(of: Iterable[Line]) -> Iterator[str]:
    """The patterns as the lines of a file."""
    yield spreadsheet.BOM + spreadsheet.line(WORDS_COLUMNS)
    for line in of:
        p = line.pattern
        yield spreadsheet.line(
            (p.words, line.place, p.searches, p.people, p.nothing, line.offered, "; ".join(line.gaps))
        )


def outcomes_csv(rows: Iterable[Row], vocabulary: Vocabulary) -> Iterator[str]:
    """The table of places and outcomes as the lines of a file, a line a cell."""
    yield spreadsheet.BOM + spreadsheet.line(("Place", "Outcome", "Searches", "Listings"))
    for row in rows:
        place = vocabulary.label("places", row.place) if row.place != NOWHERE else "No place named"
        for cell in row.cells:
            yield spreadsheet.line((place, vocabulary.label("outcomes", cell.outcome), cell.demand, cell.supply))
