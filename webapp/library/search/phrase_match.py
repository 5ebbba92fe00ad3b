"""A phrase of the thesaurus as it was found in what somebody typed, and how two of them get on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase of the thesaurus found in what was typed. `at` are the positions of its words.

    `kind` is `same`, `kinds` (of the thing), `lead`, `hint` or `name`; `others` are names or leads, the best first.
    """

    kind: str
    phrase: str
    at: frozenset[int]
    others: tuple[str, ...]

    @property
    def is_need(self) -> bool:
        """Whether it describes a need and does not name what is wanted."""
        return self.kind in ("lead", "hint")

    def stretches_over(self, other: "PhraseMatch") -> bool:
        """Whether it takes a word from a closer match to join it to one further off: in "lost his wife and the dog"
        "lost his wife" is meant, and "adults with learning disabilities" asks for no adult learning.
        """
        if self.is_need != other.is_need or not self.at & other.at or len(other.at) < len(self.at):
            return False
        if not self.is_need:  # words between its own, none between those of the other
            return [max(m.at) - min(m.at) >= len(m.at) for m in (self, other)] == [True, False]
        first, last = min(self.at), max(self.at)
        return first <= min(other.at) and max(other.at) <= last and last - first > max(other.at) - min(other.at) + 1


def told_once(found: Sequence[PhraseMatch]) -> list[PhraseMatch]:
    """Two tellings of one need that share a word as one: "drinking every day and wants to cut down"."""
    told: list[PhraseMatch] = []
    for match in found:
        if match.is_need and len(match.at) > 1:
            same = [m for m in told if m.others == match.others and len(m.at) > 1 and m.at & match.at]
            told = [m for m in told if m not in same]
            match = replace(match, at=match.at.union(*(m.at for m in same)))
        told.append(match)
    return told
