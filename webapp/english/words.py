"""Whether a word is English, though nothing on this site may hold it."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("words.txt")
LONGEST = 24  # letters; longer words are not looked up, as their spelling is not corrected


def is_word(word: str) -> bool:
    """Whether a folded word, or that of which it is the plural, is in the list: `karate`, `nepalis`."""
    return _holds(word) or (word.endswith("s") and _holds(word[:-1]))


def _holds(word: str) -> bool:
    if not word.isascii() or not 3 <= len(word) <= LONGEST:
        return False
    sought, every = word.encode(), _words()
    at = int(np.searchsorted(every, np.bytes_(sought)))
    return at < len(every) and every[at] == sought


@cache  # 3 MB as an array, where a set would take four times as much
def _words() -> NDArray[np.bytes_]:
    lines = FILE.read_text("ascii").splitlines()
    every = [word for line in lines if not line.startswith("#") for word in line.split() if len(word) <= LONGEST]
    return np.array(every, f"S{LONGEST}")
