"""From what a person typed to what is searched: spelling, half-typed words, other names, needs in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from webapp.library.search import ranking
from webapp.library.search.lexicon import Lexicon, distance
from webapp.library.search.places import Places, Point
from webapp.library.search.query import Recognised
from webapp.library.search.recognise import Recogniser
from webapp.library.search.telling import is_told, tell
from webapp.library.search.text import STOP_WORDS, stem, stems, words
from webapp.library.search.thesaurus import Match, Thesaurus

WHO = "who"  # the thesaurus's class of words that say who it is about


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of saying a thing: stems that must all be there. `label` names it; empty for what was typed.

    Where the stems do not stand side by side, the page keeps the share `apart` of its score.
    """

    stems: tuple[str, ...]
    weight: float = 1.0
    label: str = ""
    apart: float = ranking.APART


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for, in all the ways it may be said.

    `importance` 1 counts in full; less is an aside. A `need` was told in plain words, not named.
    """

    alternatives: tuple[Alternative, ...]
    importance: float = 1.0
    need: bool = False

    @property
    def whole(self) -> "Unit | None":
        """The same without the single words of a phrase; None where there are none to leave out."""
        kept = tuple(a for a in self.alternatives if a.weight not in (ranking.ALONE, ranking.ALONE_IN_NEED))
        return replace(self, alternatives=kept) if kept and len(kept) < len(self.alternatives) else None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the words mean. No units: everything is browsed."""

    units: tuple[Unit, ...] = ()
    typed: tuple[str, ...] = ()  # stems in order, for words side by side
    corrected: str | None = None
    also: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    terms: tuple[str, ...] = ()
    near: Point | None = None
    cut: bool = False
    pinned: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())  # addresses to put first, never to show


@dataclass(frozen=True, slots=True)
class Understander:
    """Knows the index's words, the thesaurus, the vocabularies and the places."""

    lexicon: Lexicon
    thesaurus: Thesaurus
    recogniser: Recogniser
    places: Places

    def read(self, text: str, exact: bool = False, widely: bool = False) -> Understanding:
        """What is meant by `text`; with `exact`, no spelling is mended and no other name is searched.

        `widely`, for words that nothing fits, follows every lead, whether or not a service was named.
        """
        short = text[: ranking.MAX_CHARACTERS]
        placed = self.places.in_words(short)
        if placed:
            start, end = placed[2]
            short = f"{short[:start]} {short[end:]}"
        every = words(short)
        kept = [w[: 2 * ranking.MAX_WORD] for w in every[: ranking.MAX_WORDS]]
        cut = len(text.strip()) > ranking.MAX_CHARACTERS or len(kept) < len(every)
        half_typed = kept[-1] if kept and not placed and not text[-1:].isspace() else ""
        mended = kept if exact else [w for word in kept for w in self._mend(word, word is half_typed)]
        units = tuple(self._units(mended, half_typed if mended and mended[-1] == half_typed else "", exact, widely))
        every_name = [
            (a.weight * unit.importance, a.label)
            for unit in units
            for a in unit.alternatives
            if a.label and self.lexicon.writes(a.stems)
        ]
        names = dict.fromkeys(label for _, label in sorted(every_name, key=lambda name: -name[0]))
        meant = [w for w in mended if w not in STOP_WORDS and w not in self.thesaurus.little]
        return Understanding(
            units=units,
            typed=tuple(stem(w) for w in meant or mended if w not in STOP_WORDS),
            corrected=" ".join(mended) if mended != kept else None,
            also=tuple(names)[: ranking.NAMES_SHOWN],
            recognised=self._recognised(mended, placed),
            terms=tuple(dict.fromkeys([*meant, *names])),
            near=placed[1] if placed else None,
            cut=cut,
            pinned=self.thesaurus.pinned(mended),
        )

    def _mend(self, word: str, half_typed: bool) -> tuple[str, ...]:
        if word in STOP_WORDS or word in self.thesaurus.little or self.lexicon.knows(word) or not tell(word):
            return (word,)
        if half_typed and (self.lexicon.beginning(word) or self.lexicon.known_beginning(word)):
            return (word,)
        near, apart = self.lexicon.nearest(word), self.lexicon.split(word)
        if near and apart and min(map(len, apart)) > 3 and distance(word, near, 2) > 1:
            return apart  # `bellringing` is two words written as one before it is two slips from `belonging`
        return (near,) if near else apart or (word,)

    def _recognised(
        self, typed: Sequence[str], placed: tuple[str, Point, tuple[int, int]] | None
    ) -> tuple[Recognised, ...]:
        found = self.recogniser.find(typed)
        return (Recognised("near", placed[0], placed[0], placed[0]), *found) if placed else found

    def _units(self, typed: Sequence[str], half_typed: str, exact: bool, widely: bool) -> Iterator[Unit]:
        """A unit for each phrase of the thesaurus, and one for each word left over."""
        matches = [] if exact else self.thesaurus.find(typed)
        if half_typed and not widely and len(typed) < 3 and len(self.lexicon.beginning(half_typed)) > 1:
            # Of a word that may go on ("foot"), nothing is concluded yet.
            matches = [m for m in matches if m.kind != "hint" or len(typed) - 1 not in m.at]
        told = [m for m in matches if m.told]
        longest = max((len(m.at) for m in told if m.kind == "lead"), default=0)
        story = is_told(typed)
        covered: set[int] = set()
        for at in sorted({m.at for m in matches}, key=min):
            of_here = [m for m in matches if m.at == at]
            if not story and not widely and not all(m.told for m in of_here):
                of_here = [m for m in of_here if not m.told]  # who names a service is not told of others
            covered |= at
            half = half_typed if len(at) == 1 and len(typed) - 1 in at else ""
            whole = self._known(typed, at, of_here, half, widely)
            yield replace(whole, importance=self._importance(typed, of_here, longest, told))
        left = [i for i, w in enumerate(typed) if i not in covered and w not in STOP_WORDS and tell(w) != ""]
        telling = [i for i in left if typed[i] not in self.thesaurus.little]
        if not matches and not telling:
            telling = left or [i for i, w in enumerate(typed) if w not in STOP_WORDS]
        aside = bool(told) or (bool(matches) and story)
        for i in telling:
            unit = self._word(typed, i, typed[i] == half_typed and i == len(typed) - 1, exact)
            yield replace(unit, importance=ranking.ASIDE) if aside else unit

    def _importance(self, typed: Sequence[str], here: Sequence[Match], longest: int, told: Sequence[Match]) -> float:
        """How much one phrase counts beside the others: of all that is told, the surest is meant."""
        at, kinds = here[0].at, {m.kind for m in here}
        if kinds == {"hint"}:
            return ranking.HINT_BESIDE_NEED if longest else 1.0
        if kinds <= {"lead", "hint"}:
            return ranking.ONE_WORD_NEED if len(at) < min(longest, 2) else 1.0
        who = len(at) == 1 and self.thesaurus.is_in(WHO, typed[min(at)])
        return ranking.ASIDE if who and (told or is_told(typed)) else 1.0

    def _known(
        self, typed: Sequence[str], at: frozenset[int], matches: Sequence[Match], half_typed: str, widely: bool
    ) -> Unit:
        """The typed words, and the other names or leads that the thesaurus gives for them."""
        every = [typed[i] for i in sorted(at)]
        telling = [w for w in every if w not in self.thesaurus.little and w not in STOP_WORDS] or every
        own = tuple(stem(w) for w in telling)
        found = {own: Alternative(own, apart=0.8)}
        need = any(m.told for m in matches) if widely else all(m.told for m in matches)
        if len(own) > 1:
            alone = ranking.ALONE_IN_NEED if need else ranking.ALONE
            found |= {(s,): Alternative((s,), alone) for s in own}
        if need and half_typed:
            longer = self.lexicon.beginning(half_typed)
            found |= {(stem(w),): Alternative((stem(w),), ranking.HALF_TYPED) for w in longer if stem(w) not in own}
        for alternative in self._other_names(matches):
            known = found.get(alternative.stems)
            if known is None or known.weight < alternative.weight:
                found[alternative.stems] = alternative
        return Unit(tuple(found.values())[: ranking.MAX_OTHER_NAMES], need=need)

    def _other_names(self, matches: Sequence[Match]) -> Iterator[Alternative]:
        for match in matches:
            for place, name in enumerate(match.others):
                if own := tuple(stems(name)):
                    yield Alternative(own, _weight(match, place), name)
        for match in matches:
            if match.told:
                for place, name in enumerate(match.others):
                    for other in self.thesaurus.same_as(name):
                        if own := tuple(stems(other)):
                            yield Alternative(own, _weight(match, place) * ranking.LEAD_SAME, other)

    def _word(self, typed: Sequence[str], at: int, half_typed: bool, exact: bool) -> Unit:
        """One word by itself: its stem, words that it begins, and it and its neighbour written as one."""
        word = typed[at]
        found: dict[tuple[str, ...], Alternative] = {(stem(word),): Alternative((stem(word),))}
        for joined in (word + typed[at + 1] if at + 1 < len(typed) else "", typed[at - 1] + word if at else ""):
            if self.lexicon.times(joined):
                found.setdefault((stem(joined),), Alternative((stem(joined),), ranking.JOINED))
        if half_typed:
            for longer in self.lexicon.beginning(word):
                found.setdefault((stem(longer),), Alternative((stem(longer),), ranking.HALF_TYPED))
            if not exact and not self.lexicon.knows(word):
                for longer in self.lexicon.known_beginning(word):
                    sure = [m for m in self.thesaurus.find([longer]) if m.kind != "hint"]
                    for alternative in self._other_names(sure):
                        dimmed = replace(alternative, weight=alternative.weight * ranking.HALF_TYPED)
                        found.setdefault(dimmed.stems, dimmed)
        return Unit(tuple(found.values())[: ranking.MAX_OTHER_NAMES])


def _weight(match: Match, place: int) -> float:
    """How much the other name at `place` of a match counts."""
    if match.told:
        first = ranking.LEAD if match.kind == "lead" else ranking.HINT
        return max(ranking.LEAD_LEAST, first - ranking.LEAD_STEP * place)
    return ranking.SAME
