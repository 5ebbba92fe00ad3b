"""Three versions of one text laid beside each other: as it was, and as two people changed it since."""

from collections.abc import Iterator
from difflib import SequenceMatcher


def stretches(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three texts in stretches: items that all have, and between them one by one where there are as many.

    An item is a paragraph, or a line. Each stretch is what stands there in `base`, in `ours` and in `theirs`.
    """
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    at = (0, 0, 0)
    for number in range(len(base) + 1):
        end = number == len(base)
        if not end and not (number in in_ours and number in in_theirs):
            continue
        here = (number, len(ours) if end else in_ours[number], len(theirs) if end else in_theirs[number])
        between = base[at[0] : here[0]], ours[at[1] : here[1]], theirs[at[2] : here[2]]
        if len({len(side) for side in between}) == 1:
            yield from (([was], [our], [their]) for was, our, their in zip(*between, strict=True))
        else:
            yield between
        if not end:
            yield [base[number]], [base[number]], [base[number]]
        at = (here[0] + 1, here[1] + 1, here[2] + 1)


def _places(base: list[str], other: list[str]) -> dict[int, int]:
    """Where items of `base` stand in `other`, in the same order."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
