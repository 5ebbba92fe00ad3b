"""What was typed, in words as they are written here: the first step of understanding it, in whatever way."""

from typing import NamedTuple

from webapp.library.search import clauses, named_ages, named_prices, ranking
from webapp.library.search.phrase_match import PhraseMatch
from webapp.library.search.places import Places, Point
from webapp.library.search.query import Recognised
from webapp.library.search.recognise import Recogniser
from webapp.library.search.spelling import Speller
from webapp.library.search.text import words
from webapp.library.search.thesaurus import Thesaurus

Placed = tuple[str, Point, tuple[int, int]]  # a postcode, where it is, and where it stands in the text


class Heard(NamedTuple):
    """What was typed, cut to the longest that is searched, and the phrases and choices that it names.

    `typed` are its folded words, `mended` those that are searched, `offered` likelier ones; `changed` were typed in
    another way. `half_typed` is the last where it may go on, `whole` the searched ones with it as it goes on in a name.
    `wish` are the places of what somebody wants, `clauses` those at which another thing begins to be told.
    """

    typed: list[str]
    mended: list[str]
    whole: list[str]
    changed: tuple[str, ...]
    offered: list[str]
    half_typed: str
    cut: bool
    placed: Placed | None
    matches: list[PhraseMatch]
    recognised: tuple[Recognised, ...]
    wish: frozenset[int]
    clauses: frozenset[int]


def hear(
    text: str, exact: bool, places: Places, speller: Speller, thesaurus: Thesaurus, recogniser: Recogniser
) -> Heard:
    """`text` as it was typed; with `exact`, no spelling is mended and no other name is known."""
    short = named_ages.spelt(named_prices.spelt(text[: ranking.MAX_CHARACTERS]))
    placed = places.in_words(short)
    if placed:
        start, end = placed[2]
        short = f"{short[:start]} {short[end:]}"
    every = words(short)
    kept = speller.as_written([w[: 2 * ranking.MAX_WORD] for w in every[: ranking.MAX_WORDS]])
    cut = len(text.strip()) > ranking.MAX_CHARACTERS or len(every) > ranking.MAX_WORDS
    half_typed = kept[-1] if kept and not placed and not text[-1:].isspace() else ""
    spelt = [((word,), (word,)) for word in kept] if exact else list(speller.mend(kept, half_typed))
    mended = [w for searched, _ in spelt for w in searched]
    offered = [w for _, likelier in spelt for w in likelier]
    half_typed = half_typed if mended and mended[-1] == half_typed else ""
    begins = clauses.begins(short, mended)
    whole = speller.begun_name(mended) if half_typed else mended
    return Heard(
        typed=kept,
        mended=mended,
        whole=whole,
        changed=tuple(word for word, (searched, _) in zip(kept, spelt, strict=True) if searched != (word,)),
        offered=offered,
        half_typed=half_typed,
        cut=cut,
        placed=placed,
        matches=[] if exact else thesaurus.find(whole, begins, named_ages.child(mended)),
        recognised=_recognised(recogniser.find(mended), placed),
        wish=clauses.wished(mended, begins),
        clauses=begins,
    )


def _recognised(found: tuple[Recognised, ...], placed: Placed | None) -> tuple[Recognised, ...]:
    return (Recognised("near", placed[0], placed[0], placed[0]), *found) if placed else found
