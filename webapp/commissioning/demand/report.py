"""The words and the table of a page of demand, as files."""

from collections.abc import Iterable, Iterator

from webapp.commissioning.demand.outcomes import NOWHERE, OutcomeRow
from webapp.library.vocabulary import Vocabulary
from webapp.searches.beside import PatternLine
from webapp.web import csv
from webapp.web.small_numbers import at_least

WORDS_COLUMNS = (
    "Words", "Place", "Searches with two results or fewer", "People at the least", "Searches that found nothing",
    "Listings found now", "Open gaps",
)  # fmt: skip


def words_csv(of: Iterable[PatternLine]) -> Iterator[str]:
    """The patterns as the lines of a file."""
    yield csv.BOM + csv.line(WORDS_COLUMNS)
    for line in of:
        p = line.pattern
        yield csv.line(
            (p.words, line.place, p.searches, at_least(p.people), p.nothing, line.offered, "; ".join(line.gaps))
        )


def outcomes_csv(rows: Iterable[OutcomeRow], vocabulary: Vocabulary) -> Iterator[str]:
    """The table of places and outcomes as the lines of a file, a line a cell."""
    yield csv.BOM + csv.line(("Place", "Outcome", "Searches", "Listings"))
    for row in rows:
        place = vocabulary.label("places", row.place) if row.place != NOWHERE else "No place named"
        for cell in row.cells:
            yield csv.line((place, vocabulary.label("outcomes", cell.outcome), cell.demand, cell.supply))
