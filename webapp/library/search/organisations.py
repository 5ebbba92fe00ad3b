"""An organisation that is asked for by name, beside a place or by itself: "mind scunthorpe", "age uk brigg"."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from webapp.library.search.phrase_match import PhraseMatch
from webapp.library.search.text import STOP_WORDS, pairs, stem, words

BEGINS, ENDS = "^", "$"  # stand beside the first and the last word of an organisation's name in the index
LONGEST = 5  # telling words: what is longer is no name beside a place

Words = tuple[str, ...]  # folded


class NamedThere(NamedTuple):
    """The names that an organisation may have, and the positions of words for a place that no vocabulary has."""

    names: tuple[Words, ...] = ()
    places: frozenset[int] = frozenset()


def edges(name: str) -> Iterator[str]:
    """How the name of an organisation begins, and how it ends behind where it is: `^ age`, and `mind $` of Derby Mind.

    A name with small words is no name behind a place: "With you in mind".
    """
    every = words(name)
    own = every[1:] if every[:1] == ["the"] else every
    if own and own[0] not in STOP_WORDS:
        yield f"{BEGINS} {own[0]}"
        if len(own) == 1:
            yield f"{BEGINS} {ENDS} {own[0]}"
        if STOP_WORDS.isdisjoint(own):
            yield f"{own[-1]} {ENDS}"


def begun(name: Words) -> Iterator[str]:
    """The pairs that an organisation has whose name begins so."""
    yield f"{BEGINS} {name[0]}"
    yield from pairs([stem(word) for word in name])


def ended(name: Words) -> Iterator[str]:
    """The pairs that an organisation has whose name ends so."""
    yield f"{name[-1]} {ENDS}"
    yield from pairs([stem(word) for word in name])


def _as_name(name: str) -> Words:
    return tuple(word for word in words(name) if word not in STOP_WORDS)


def find(
    typed: Sequence[str],
    matches: Sequence[PhraseMatch],
    placed: Collection[int],
    known: Callable[[str], bool],
    here: Callable[[str], bool],
) -> NamedThere:
    """What is named in the folded words `typed`, where nothing but a name and places is.

    `placed` are the positions of known places. A word of which nothing is `known` is one too: beside a name hardly
    anything else is. `here` says whether some page has a pair. The name is one that the thesaurus has, or how an
    organisation here is called from its first word on.
    """
    telling = [at for at, word in enumerate(typed) if word not in STOP_WORDS and at not in placed]
    if not 0 < len(telling) <= LONGEST:
        return NamedThere()
    unknown = frozenset(at for at in telling if typed[at].isalpha() and not known(typed[at]))
    for match in matches:
        rest = frozenset(telling) - match.at
        if match.kind == "name" and rest <= unknown:
            names = dict.fromkeys(map(_as_name, (match.phrase, *match.others)))
            return NamedThere(tuple(name for name in names if name), rest)
    if not placed and not unknown:
        return NamedThere()
    services = [m.at for m in matches if m.kind != "name"]
    for at, rest in _parted(telling):
        if rest <= unknown and not any(at <= service for service in services):
            name = tuple(typed[i] for i in sorted(at))
            if all(map(here, begun(name) if len(name) > 1 else (f"{BEGINS} {ENDS} {name[0]}",))):
                return NamedThere((name,), rest)
    return NamedThere()


def _parted(telling: Sequence[int]) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """The positions as a name and where it is, one behind the other in either order, the longest names first."""
    for size in range(len(telling), 0, -1):
        yield frozenset(telling[:size]), frozenset(telling[size:])
        if size < len(telling):
            yield frozenset(telling[-size:]), frozenset(telling[:-size])
