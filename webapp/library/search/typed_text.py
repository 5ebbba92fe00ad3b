"""What was typed, made ready for the phrases of a thesaurus to be looked for in it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from webapp.library.search.phrase_match import PhraseMatch
from webapp.library.search.text import STOP_WORDS, stem
from webapp.library.search.word_forms import CANNOT, in_full

LEAD_BETWEEN = 3  # other words that may stand between those of a need
CHILD = ("{youngster}",)  # the class of words for a child, whom an age names too

Forms = tuple[str, ...]  # folded words in the form that phrases are compared in; a class in braces


class TypedText:
    """What was typed, ready for many phrases to be looked for in it."""

    def __init__(
        self,
        typed: Sequence[str],
        word_form: Any,
        classes: Mapping[str, Sequence[str]],
        little: Collection[str],
        child: int | None = None,
    ) -> None:
        self._full = in_full(typed)
        self.places: dict[str, list[int]] = {}  # form, class or stem → positions, ascending
        self._rank: dict[int, int] = {}  # position → how many compared words stand before it
        self._telling: set[int] = set()
        self._negations = {at for at, word in enumerate(typed) if word_form(word) == CANNOT}
        self._joints = [at for at, word in enumerate(typed) if word == "and"]
        forms: list[str] = []
        for at, word in enumerate(typed):
            if word not in little and word not in STOP_WORDS and word_form(word) not in ("", CANNOT):
                self._telling.add(at)
            if form := word_form(word):
                self._rank[at] = len(self._rank)
                forms.append(form)
                # "outings" has the stem of "out", but who types "out" names nothing.
                of_stem = () if word in little else (by_stem(word),)
                for name in (form, *of_stem, *(CHILD if at == child else classes.get(form, ()))):
                    self.places.setdefault(name, []).append(at)
        self._forms = tuple(forms)

    def in_a_row(self, wanted: Forms) -> frozenset[int]:
        """Positions of the `wanted` forms where they stand in this order with only small words between."""
        size = len(wanted)
        for start in range(len(self._forms) - size + 1):
            if self._forms[start : start + size] == wanted:
                return frozenset(list(self._rank)[start : start + size])
        return frozenset()

    def where(self, wanted: Forms, between: int = LEAD_BETWEEN) -> frozenset[int]:
        """Positions of all `wanted` forms with so many others between at most, in any order; else empty."""
        if any(form not in self.places for form in wanted):
            return frozenset()
        if len(wanted) == 1:
            return frozenset(self.places[wanted[0]][:1])
        for start in sorted({at for form in wanted for at in self.places[form]}):
            end = self._rank[start] + len(wanted) + between
            taken: set[int] = set()
            for form in wanted:
                free = (p for p in self.places[form] if p >= start and self._rank[p] < end and p not in taken)
                taken |= {at for at in (next(free, None),) if at is not None}
            if len(taken) == len(wanted):
                return frozenset(taken)
        return frozenset()

    def in_order(self, wanted: Forms, between: int = LEAD_BETWEEN) -> frozenset[int]:
        """The same where they stand in the order of `wanted`: who "lost mum" mourns, and not who says "mum lost"."""
        for start in self.places.get(wanted[0], ()):
            end, taken = self._rank[start] + len(wanted) + between, [start]
            for form in wanted[1:]:
                later = (p for p in self.places.get(form, ()) if p > taken[-1] and self._rank[p] < end)
                taken += [at for at in (next(later, None),) if at is not None]
            if len(taken) == len(wanted):
                return frozenset(taken)
        return frozenset()

    def tells_between(self, at: Collection[int]) -> bool:
        """Whether a telling word stands between the first and last of `at`: "too shy for big groups" is not too big."""
        return any(place in self._telling for place in range(min(at), max(at)) if place not in at)

    def negates_what_follows(self, at: Collection[int]) -> bool:
        """Whether `at` ends in a negation behind an "and": of "lost her job and can't pay", "no job" is not told."""
        last = max(at)
        return last in self._negations and any(min(at) < joint < last for joint in self._joints)

    def tells_no_more(self, match: PhraseMatch, other: PhraseMatch) -> bool:
        """Whether a need is told by words of a longer one: "keeps forgetting" in "keeps forgetting his tablets"."""
        if len(match.at) > 2 or match.at == other.at:
            return False
        telling, of_other = match.at & self._telling, other.at & self._telling
        is_told_there = bool(telling) and telling < of_other and not self.tells_between(other.at)
        return is_told_there and not match.at & self._negations

    def holds(self, phrase: Forms) -> bool:
        """Whether a phrase stands there word for word, whoever it is about."""
        return any(self._full[i : i + len(phrase)] == phrase for i in range(len(self._full) - len(phrase) + 1))


def by_stem(word: str) -> str:
    return f"={stem(word)}"
