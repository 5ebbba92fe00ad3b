"""Two people changed the same file: what each did is put together, and where both changed the same lines, named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from webapp.library.three_way import stretches

LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Keep(StrEnum):
    """What is to stand where both changed the same lines. The value is what forms send."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


@dataclass(frozen=True)
class Clash:
    """Lines that both changed, each with its end. `line` counts from 1, in their version."""

    was: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    line: int

    def lines(self, keep: Keep) -> tuple[str, ...]:
        """What stands here then."""
        if keep is Keep.THEIRS:
            return self.theirs
        return self.mine if keep is Keep.MINE else (*_ended(self.theirs), *self.mine)


@dataclass(frozen=True)
class Merged:
    """Both changes put together: lines that are settled, and clashes in their places."""

    parts: tuple[str | Clash, ...]

    @property
    def clashes(self) -> list[Clash]:
        return [part for part in self.parts if isinstance(part, Clash)]

    def text(self, keep: Sequence[Keep] = ()) -> str:
        """The whole text, with what is to stand at each clash in turn; mine where nothing is said."""
        said = iter(keep)
        made: list[str] = []
        for part in self.parts:
            made += part.lines(next(said, Keep.MINE)) if isinstance(part, Clash) else (part,)
        return "".join(made)


def merge(base: str | None, theirs: str, mine: str) -> Merged:
    """`theirs` and `mine`, each made from `base`, put together. Lines end with a newline, but perhaps the last.

    Where nobody knows `base` any more, what either has alone is kept and what differs is a clash.
    """
    their_lines, my_lines = LINE.findall(theirs), LINE.findall(mine)
    was = _common(their_lines, my_lines) if base is None else LINE.findall(base)
    return Merged(tuple(_parts(was, their_lines, my_lines)))


def _parts(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[str | Clash]:
    clash: Clash | None = None
    line = 1
    for was, my, their in stretches(base, mine, theirs):
        if their in (was, my) or my == was:
            if (my or their) and clash:
                yield from _narrowed(clash)
                clash = None
            yield from their if my == was else my
        elif clash is None:
            clash = Clash(tuple(was), tuple(their), tuple(my), line)
        else:  # lines that follow each other are one question
            clash = Clash((*clash.was, *was), (*clash.theirs, *their), (*clash.mine, *my), clash.line)
        line += len(their)
    if clash:
        yield from _narrowed(clash)


def _narrowed(clash: Clash) -> Iterator[str | Clash]:
    """`clash` without the lines on which both agree; nothing of it where one only added to what both wrote."""
    theirs, mine = clash.theirs, clash.mine
    head = _shared(theirs, mine)
    tail = _shared(theirs[head:][::-1], mine[head:][::-1])
    left, right = theirs[head : len(theirs) - tail], mine[head : len(mine) - tail]
    yield from theirs[:head]
    if head + tail >= len(clash.was) and not (left and right):
        yield from left or right
    else:
        yield Clash(clash.was, left, right, clash.line + head)
    yield from theirs[len(theirs) - tail :]


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (line, same) in pairs if line != same), min(len(one), len(other)))


def _common(one: list[str], other: list[str]) -> list[str]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [line for block in blocks for line in one[block.a : block.a + block.size]]


def _ended(lines: tuple[str, ...]) -> tuple[str, ...]:
    """`lines` where another may follow."""
    return (*lines[:-1], lines[-1] if lines[-1].endswith("\n") else f"{lines[-1]}\n") if lines else ()
