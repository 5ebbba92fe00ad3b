"""Text cut into words, with what stands between them."""

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
ENDS_SENTENCE = re.compile(r"[.!?:;\n•*]|\"|^\s*[-(]")


@dataclass(slots=True)
class Word:
    """One word. `small` is in small letters without a possessive ending; `gap` is what stands before it."""

    text: str
    start: int
    end: int
    gap: str
    small: str
    owns: bool
    capital: bool
    shouted: bool

    @property
    def begins(self) -> bool:
        """Whether a sentence begins here, so that a capital says nothing."""
        return (not self.gap and self.start == 0) or bool(ENDS_SENTENCE.search(self.gap))

    @property
    def close(self) -> bool:
        """Whether only a space parts it from the word before."""
        return self.gap in (" ", "  ")

    @property
    def near(self) -> bool:
        """Whether a space, a comma, a quotation mark or a bracket parts it from the word before."""
        return len(self.gap) <= 3 and not self.gap.strip(" ,\"'(-:")


def words(text: str) -> list[Word]:
    """The words of `text`, in order."""
    found: list[Word] = []
    at = 0
    for m in WORD.finditer(text):
        word = m[0]
        small = word.lower()
        owns = small.endswith("'s")
        if owns:
            small = small[:-2]
        elif small.endswith("s") and text[m.end() : m.end() + 2] == "' ":
            owns = True
        found.append(
            Word(
                text=word,
                start=m.start(),
                end=m.end(),
                gap=text[at : m.start()],
                small=small,
                owns=owns,
                capital=word[0].isupper(),
                shouted=len(small) > 1 and word[: len(small)].isupper(),
            )
        )
        at = m.end()
    return found
