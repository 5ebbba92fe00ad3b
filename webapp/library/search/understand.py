"""From what a person typed to what is searched."""

from dataclasses import dataclass, field

from webapp.library.search import ranking
from webapp.library.search.lexicon import Lexicon
from webapp.library.search.places import Places, Point
from webapp.library.search.query import Recognised
from webapp.library.search.text import STOP_WORDS, stem, words


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of saying a thing: stems that must all be there. `label` names it; empty for what was typed."""

    stems: tuple[str, ...]
    weight: float = 1.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for, in all the ways it may be said. `importance` 1 counts in full; less is an aside."""

    alternatives: tuple[Alternative, ...]
    importance: float = 1.0


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


@dataclass(frozen=True, slots=True)
class Understander:
    """Knows the index's words, the thesaurus and the places."""

    lexicon: Lexicon
    places: Places = field(default_factory=lambda: Places({}))

    def read(self, text: str, exact: bool = False) -> Understanding:
        """What is meant by `text`; with `exact`, no spelling is mended."""
        short = text[: ranking.MAX_CHARACTERS]
        every = words(short)
        kept = every[: ranking.MAX_WORDS]
        cut = len(short) < len(text.strip()) or len(kept) < len(every)
        meant = [w for w in kept if w not in STOP_WORDS]
        half_typed = meant[-1] if meant and kept[-1] == meant[-1] and not text[-1:].isspace() else ""
        units = tuple(self._unit(word, word is half_typed) for word in meant)
        return Understanding(units, tuple(stem(w) for w in meant), terms=tuple(meant), cut=cut)

    def _unit(self, word: str, half_typed: bool) -> Unit:
        alternatives = [Alternative((stem(word),))]
        if half_typed:
            alternatives += [Alternative((s,), 0.8) for s in self.lexicon.beginning(word) if s != stem(word)]
        return Unit(tuple(alternatives))
