"""The words of a search as they are written here: two written as one, misspelt ones, half-typed ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from webapp.english import words as english
from webapp.library.search import ranking
from webapp.library.search.lexicon import Lexicon, distance, is_slip
from webapp.library.search.place_names import PlaceNames
from webapp.library.search.text import STOP_WORDS, stem
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.search.word_forms import word_form

Spelt = tuple[tuple[str, ...], tuple[str, ...]]  # what is searched for a word, and what is likelier: itself, mostly


@dataclass(frozen=True, slots=True)
class Speller:
    """`together` says whether two stems stand side by side in some page, or in a name that the thesaurus knows."""

    lexicon: Lexicon
    thesaurus: Thesaurus
    together: Callable[[str, str], bool]
    places: PlaceNames

    def as_written(self, typed: Sequence[str]) -> list[str]:
        """Words as they are written here where only spaces and hyphens differ: `e s o l` as `esol`, `dropin` as two."""
        found: list[str] = []
        at = 0
        while at < len(typed):
            end = at
            while end < len(typed) and len(typed[end]) == 1:
                end += 1
            letters = "".join(typed[at:end])
            if len(letters) > 1 and self.lexicon.knows(letters):
                found.append(letters)
                at = end
                continue
            found += self.thesaurus.compounds.get(typed[at]) or self._apart(typed[at])
            at += 1
        return found

    def _apart(self, word: str) -> tuple[str, ...]:
        """A word that is not known as the two that stand side by side in the thesaurus: `lunchclub` as `lunch club`."""
        if self.lexicon.knows(word) or self.lexicon.beginning(word):
            return (word,)
        parts = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
        names = self.thesaurus.pairs
        return next(((a, b) for a, b in parts if f"{stem(a)} {stem(b)}" in names), (word,))

    def mend(self, typed: Sequence[str], half_typed: str) -> Iterator[Spelt]:
        """Each of the words; `half_typed` is the last where it may go on.

        A word of the language is searched as it is typed, though no page holds it. Only what is no word is searched as
        another: as one that stands beside its neighbour here ("repare cafe"), or as one so near that nothing else can
        be meant.
        """
        for at, word in enumerate(typed):
            if self._is_right(word):
                yield (word,), (word,)
                continue
            is_word = english.is_word(word)
            goes_on = word is half_typed and not is_word
            if goes_on and (self.lexicon.beginning(word) or self.lexicon.known_beginning(word)):
                yield (word,), (word,)
            elif meant := self._fitting(typed, at, is_word):
                yield (meant,), (meant,)
            else:
                yield self._by_itself(word, is_word)

    def completions(self, typed: Sequence[str], at: int) -> tuple[list[str], bool]:
        """The words that a half-typed one may stand for, and whether they are known by the word before it: where some
        stand beside that one here, they are meant ("carers su" is support).
        """
        longer = self.lexicon.beginning(typed[at])
        before = self._neighbours(typed, at)
        fitting = [word for word in longer if any(self.together(a, b) for a, b in _side_by_side(before, stem(word)))]
        return fitting or longer, bool(fitting)

    def begun_name(self, typed: Sequence[str]) -> list[str]:
        """The words with the last one as it goes on in the name of a place (`lunch club wythens`), or in one that the
        thesaurus knows: `food par` as `food parcel`.

        As they are where pages go on with the words in another way, or no such name does.
        """
        if place := self.places.going_on(typed, self._going_on):
            return [*typed[:-1], place]
        before, word = self._neighbours(typed, len(typed) - 1)[0], typed[-1]
        if before and len(word) > 1:
            for longer in self.lexicon.known_beginning(word, ranking.MAX_KNOWN_WORDS):
                if f"{before} {stem(longer)}" in self.thesaurus.pairs:
                    goes_on_here = self.completions(typed, len(typed) - 1)[1]
                    return list(typed) if goes_on_here else [*typed[:-1], longer]
        return list(typed)

    def _going_on(self, word: str) -> list[str]:
        return self.lexicon.beginning(word) + self.lexicon.known_beginning(word, ranking.MAX_KNOWN_WORDS)

    def _is_right(self, word: str) -> bool:
        little = word in STOP_WORDS or word in self.thesaurus.little
        return little or not word_form(word) or (self.lexicon.knows(word) and not self._is_stem_alone(word))

    def _is_stem_alone(self, word: str) -> bool:
        """Whether a word that is none has the stem of one far from it by accident, and is meant for another:
        `councilling` for `counselling`, and no form of `council`.
        """
        if self.lexicon.has(word) or english.is_word(word):
            return False
        near = self.lexicon.nearest(word)
        return near is not None and stem(near) != stem(word) and near[-3:] == word[-3:] and is_slip(word, near)

    def _fitting(self, typed: Sequence[str], at: int, is_word: bool) -> str | None:
        """What was meant by a word that no page holds, as far as its neighbours say it; `is_word` of the language."""
        if is_word:
            return self._beside(typed, at, ranking.SOUNDS_ALIKE) or self._in_a_name(typed, at)
        return self._beside(typed, at, ranking.SLIPS_BESIDE)

    def _beside(self, typed: Sequence[str], at: int, most: float) -> str | None:
        """The likeliest word, so many slips away at `most`, that stands beside a neighbour of the misspelt one."""
        neighbours = self._neighbours(typed, at)
        if not any(neighbours):
            return None
        for word in self.lexicon.likely(typed[at]):
            if distance(typed[at], word, most) > most:
                continue
            if any(self.together(a, b) for a, b in _side_by_side(neighbours, stem(word))):
                return word
        return None

    def _in_a_name(self, typed: Sequence[str], at: int) -> str | None:
        """What makes a name of two words with the one before, a slip from what was typed: `food panty` for a pantry.

        Said of two words alone: in a longer text a word that no page holds is mostly part of what is told.
        """
        if len(typed) != 2 or not at:
            return None
        before, names = self._neighbours(typed, at)[0], self.thesaurus.pairs
        likely = (w for w in self.lexicon.likely(typed[at]) if distance(typed[at], w, ranking.SLIP) <= ranking.SLIP)
        return next((word for word in likely if before and f"{before} {stem(word)}" in names), None)

    def _neighbours(self, typed: Sequence[str], at: int) -> tuple[str, str]:
        """The stems before and after a word; empty for none, for a small word, and for one that is misspelt itself."""
        places = (at - 1 if at else -1, at + 1 if at + 1 < len(typed) else -1)
        words = (typed[i] if i >= 0 else "" for i in places)
        before, after = (stem(w) if w and w not in STOP_WORDS and self.lexicon.knows(w) else "" for w in words)
        return before, after

    def _by_itself(self, word: str, is_word: bool) -> Spelt:
        itself = (word,)
        near, apart = self.lexicon.nearest(word), self.lexicon.split(word)
        if is_word:
            return itself, ((near,) if near and is_slip(word, near) else itself)
        if near and apart and min(map(len, apart)) > 3 and distance(word, near, 2) > 1:
            near = None  # `bellringing` is two words written as one before it is two slips from `belonging`
        likelier = (near,) if near else apart or itself
        is_meant = not near or is_slip(word, near) or self.places.is_meant(word, near)
        return (likelier if is_meant else itself), likelier


def _side_by_side(neighbours: tuple[str, str], word: str) -> Iterator[tuple[str, str]]:
    return ((a, b) for a, b in pairwise((neighbours[0], word, neighbours[1])) if a and b)
