"""What is searched: things asked for, each in all the ways it may be said."""

from dataclasses import dataclass, replace

from webapp.library.search import ranking


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of saying a thing: stems that must all be there. `label` names it; empty for what was typed.

    Where the stems do not stand side by side, the page keeps the share `apart` of its score. What is `beside` the
    matter may help, but is not what was asked for: it does not make it found.
    """

    stems: tuple[str, ...]
    weight: float = 1.0
    label: str = ""
    apart: float = ranking.APART
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for, in all the ways it may be said. `typed` are its words.

    `importance` 1 counts in full; less is an aside. A `need` was described in plain words, not named.
    """

    alternatives: tuple[Alternative, ...]
    importance: float = 1.0
    need: bool = False
    typed: tuple[str, ...] = ()

    @property
    def whole(self) -> "Unit | None":
        """The same without the single words of a phrase and its kind; None where there are none to leave out."""
        left_out = (ranking.ALONE, ranking.ALONE_IN_NEED, ranking.KIND)
        kept = tuple(a for a in self.alternatives if a.weight not in left_out)
        return replace(self, alternatives=kept) if kept and len(kept) < len(self.alternatives) else None
