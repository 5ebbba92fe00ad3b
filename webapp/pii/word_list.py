"""Word lists as people read them: paragraphs of words, in code where they are short, else in `lists/*.txt`.

In a file, a line that begins with `#` says what follows it.
"""

from pathlib import Path

LISTS = Path(__file__).parent / "lists"


def listed(*paragraphs: str) -> frozenset[str]:
    """The words of `paragraphs`, which are parted by spaces and new lines."""
    return frozenset(word for paragraph in paragraphs for word in paragraph.split())


def read(name: str) -> frozenset[str]:
    """The words of `lists/<name>.txt`."""
    return listed(*lines(name))


def alternatives(name: str) -> str:
    """The patterns of `lists/<name>.txt`, one a line, as one group of a regular expression; a space may be missing."""
    return "(?:" + "|".join(line.strip().replace(" ", r"\s?") for line in lines(name) if line.strip()) + ")"


def lines(name: str) -> list[str]:
    """The lines of `lists/<name>.txt` that say nothing about it."""
    every = (LISTS / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in every if not line.startswith("#")]
