"""What stands beside words that were searched for: what the directory offers for them now, and the gaps about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.statuses import OPEN
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.library.search.text import stems
from webapp.library.vocabulary import Vocabulary
from webapp.searches.patterns import SEVERAL, Pattern

ASSETS = frozenset({"asset"})
NO_PLACE = "Other places, or none named"
BETWEEN = "; "  # the words of several patterns in one gap
LATEST = 2000  # gaps that are compared with patterns


@dataclass(frozen=True, slots=True)
class PatternLine:
    """One pattern. `place` is in words, `offered` counts listings, `gaps` are references such as GAP-0001."""

    pattern: Pattern
    place: str
    offered: int
    gaps: Sequence[str]


class OpenGaps:
    """The open gaps by the words in them: read once for a page."""

    def __init__(self, session: Session) -> None:
        still_open = (Gap.status.in_(OPEN), Gap.merged_into_id.is_(None))
        wanted = select(Gap.id, Gap.place, Gap.needed, Gap.words).where(*still_open)
        rows = session.execute(wanted.order_by(Gap.created_at.desc()).limit(LATEST))
        self._gaps = [
            (number, place, frozenset(stems(f"{needed} {words}")), words.split(BETWEEN))
            for number, place, needed, words in rows
        ]

    def about(self, pattern: Pattern, vocabulary: Vocabulary) -> list[int]:
        """Ids of the gaps that hold all words of `pattern`, latest first: about its place or the whole city, or with
        these searches added to them.
        """
        words = frozenset(pattern.phrase.split())
        return [
            number
            for number, place, there, kept in self._gaps
            if words <= there and (_same(place, pattern.place) or kept_as(pattern, place, vocabulary) in kept)
        ]


def lines(found: Iterable[Pattern], gen: Generation, known: OpenGaps) -> Iterator[PatternLine]:
    """Each pattern with what is beside it."""
    for pattern in found:
        refs = [Gap(id=number).ref for number in known.about(pattern, gen.vocabulary)]
        yield PatternLine(
            pattern, place_name(pattern.place, gen.vocabulary), offered(gen, pattern.words, pattern.place), refs
        )


def offered(gen: Generation, words: str, place: str) -> int:
    """How many listings that run and have room are what the words ask for, in `place` or anywhere.

    As the search understands them: every word, by some name, and every condition (a day, a language, for whom) is met.
    What is only near to it, or shown because nobody offers it, is not counted.
    """
    filters = {"place": (place,)} if place else {}
    results = gen.search(Query(words=words, kinds=ASSETS, filters=filters, open_only=True, named=True, size=1))
    if results.closest or results.missing:
        return 0
    return results.total if results.fitting is None else results.fitting


def kept_as(pattern: Pattern, place: str, vocabulary: Vocabulary) -> str:
    """The words of a pattern as a gap about `place` keeps them, with where it was looked for if that is elsewhere."""
    if pattern.place == place:
        return pattern.words
    return f"{pattern.words}, {vocabulary.label('places', pattern.place) if pattern.place else 'elsewhere'}"


def place_name(place: str, vocabulary: Vocabulary) -> str:
    """A pattern's place in words."""
    return vocabulary.label("places", place) if place != SEVERAL else NO_PLACE


def _same(place: str, wanted: str) -> bool:
    return not wanted or place in (wanted, WHOLE_CITY)
