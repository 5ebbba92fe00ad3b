"""Whether words that somebody searches with speak of danger: `content/vocabulary/danger.yml`, ready to be looked up.

Unlike a need, danger is told in an order and about somebody: "hit him" is not "hit the gym". So pronouns count here,
and the words of a phrase must follow each other. To miss it costs more than to show numbers that nobody needed; what
surely is no danger (`unless`) is left out, so that people do not learn to look past them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from webapp.english import words as english
from webapp.library.search.lexicon import distance, letters_of, may_be_near
from webapp.library.search.text import stem, words
from webapp.library.search.word_forms import word_form
from webapp.library.terms import Danger, DangerFile, VocabularyFile

BETWEEN = 2  # other words that may stand between two of a phrase: "wants, she says, to die"
LETTERS_A_SLIP = 4  # in a long word one letter in so many may be wrong: "suicidle" is not looked up first
LONG = 6
MOST_WORDS = 60
KEPT_WORDS = 5_000  # what people type most, each alone
CLASS = re.compile(r"\{([a-z-]+)\}")
_ARTICLES = frozenset({"a", "an", "the"})
_WHO = "me him her them us my his their our hes shes theyre im you your he she they i we"
_SOMEBODY = frozenset(_WHO.split())
_WAS_DONE = "be been being get gets getting got gotten was"  # "is being hit", "got hit", "was hit"
_HAPPENS = frozenset(_WAS_DONE.split())

Phrase = tuple[frozenset[str], ...]  # the forms that each of its words may have
ByFirst = dict[str, list[tuple[Phrase, str]]]  # how a phrase goes on after its first form, and the kind it speaks of


class Dangers:
    """Finds the kinds of danger that words speak of."""

    def __init__(self, file: VocabularyFile | None) -> None:
        """`file` is the vocabulary `danger`; None where a site has none, and then nothing is found."""
        self._kinds, classes = (file.terms, file.classes) if isinstance(file, DangerFile) else ((), {})
        self._classes = {name: frozenset(_form(word) for word in words(phrase)) for name, phrase in classes.items()}
        self._when = _by_first((self._phrase(phrase), kind.slug) for kind in self._kinds for phrase in kind.when)
        self._unless = _by_first((self._phrase(phrase), "") for kind in self._kinds for phrase in kind.unless)
        self._long = {w: letters_of(w) for kind in self._kinds for phrase in kind.when if (w := _alone(phrase))}
        self._form_of = lru_cache(KEPT_WORDS)(lambda word: _form(self._spelt(word)))

    def find(self, typed: str) -> tuple[Danger, ...]:
        """The kinds that `typed` speaks of, in the order of the file."""
        if not self._kinds:
            return ()
        forms = [self._form_of(word) for word in words(typed)[:MOST_WORDS] if word not in _ARTICLES]
        harmless = {at for _, found in _places(self._unless, forms) for at in found}
        met = {kind for kind, found in _places(self._when, forms) if not harmless.intersection(found)}
        return tuple(kind for kind in self._kinds if kind.slug in met)

    def _phrase(self, phrase: str) -> Phrase:
        """A phrase as the forms that each of its words may have."""
        found: list[frozenset[str]] = []
        for part in CLASS.split(phrase):  # every second one is the name of a class
            if part in self._classes and f"{{{part}}}" in phrase:
                found.append(self._classes[part])
            else:
                found += [frozenset({_form(word)}) for word in words(part) if word not in _ARTICLES]
        return tuple(found)

    def _spelt(self, word: str) -> str:
        """The word of danger that a misspelt one means: people in distress misspell, and need the numbers."""
        if word in self._long or len(word) < LONG or english.is_word(word):
            return word
        most = len(word) / LETTERS_A_SLIP
        letters = letters_of(word)
        able = [other for other, others in self._long.items() if may_be_near(word, letters, other, others, most)]
        near = min(able, key=lambda other: (distance(word, other, most), other), default=word)
        return near if distance(word, near, most) <= most else word


def _by_first(phrases: Iterable[tuple[Phrase, str]]) -> ByFirst:
    found: ByFirst = {}
    for phrase, kind in phrases:
        for form in phrase[0] if phrase else ():
            found.setdefault(form, []).append((phrase[1:], kind))
    return found


def _places(phrases: ByFirst, forms: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each kind whose phrase stands among `forms`, and where its words are."""
    for start, form in enumerate(forms):
        for rest, kind in phrases.get(form, ()):
            if (found := _onward(rest, forms, start)) is not None:
                yield kind, (start, *found)


def _onward(rest: Sequence[frozenset[str]], forms: Sequence[str], at: int) -> tuple[int, ...] | None:
    """Where the rest of a phrase stands, each word soon after the one before; None where it does not."""
    found: list[int] = []
    for wanted in rest:
        near = range(at + 1, min(at + 2 + BETWEEN, len(forms)))
        following = next((n for n in near if forms[n] in wanted), None)
        if following is None:
            return None
        found.append(following)
        at = following
    return tuple(found)


def _form(word: str) -> str:
    """A word as phrases are compared: endings and irregular forms do not matter, nor who it is about."""
    if word in _SOMEBODY:
        return "~somebody"
    if word in _HAPPENS:
        return "~be"
    return word_form(word) or stem(word)


def _alone(phrase: str) -> str:
    tokens = words(phrase)
    return tokens[0] if len(tokens) == 1 and len(tokens[0]) >= LONG else ""
