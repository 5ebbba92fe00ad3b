"""How hard a text is to read, by a published formula, and which of its sentences are long."""

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 25  # words: GOV.UK content design, "Writing for GOV.UK"
ENOUGH_WORDS = 100  # the formula was made on passages of this length; below it a few names decide everything
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeiouy]es|[^dtaeiouy]ed|[^l]e)$")
# Where a sentence ends: a full stop, question or exclamation mark, then white space. Not after `Dr.` or `e.g.`.
END = re.compile(r"(?<!\b[A-Z])(?<!\b[DM]r)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!e\.g)(?<!i\.e)[.?!:][\"'”’)]*\s+(?=\S)")


def reading_age(prose: str) -> float | None:
    """The age in years at which most people can read `prose`; None where it is too short to say.

    Flesch-Kincaid grade: 0.39 × words a sentence + 11.8 × syllables a word − 15.59, and five years more for the age
    of that grade. J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of new readability
    formulas for Navy enlisted personnel", Research Branch Report 8-75, 1975.
    """
    words = WORD.findall(prose)
    if len(words) < ENOUGH_WORDS:
        return None
    count = sum(1 for sentence in sentences(prose) if WORD.search(sentence)) or 1
    return 0.39 * len(words) / count + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, without a silent ending."""
    spelt = word.lower().replace("’", "'").split("'")[0]
    return max(1, len(VOWELS.findall(spelt)) - (1 if SILENT.search(spelt) else 0))


def sentences(prose: str) -> Iterator[str]:
    """The sentences of `prose`, whose blocks (headings, list items, cells) are parted by line breaks."""
    for block in prose.split("\n"):
        start = 0
        for end in END.finditer(block):
            yield block[start : end.end()].strip()
            start = end.end()
        if block[start:].strip():
            yield block[start:].strip()


def long_sentences(prose: str) -> Iterator[tuple[str, int]]:
    """Each sentence of more than LONGEST_SENTENCE words, and how many it has."""
    for sentence in sentences(prose):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            yield sentence, count
