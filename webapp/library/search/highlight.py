"""Marks the words of a search in a text."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from webapp.library.search.text import STOP_WORDS, fold, stem, words

_PART = re.compile(r"(?:[^\W_]|['’‘`´ʼ\u0300-\u036f])+")
MOST_TERMS = 64
SHORTEST_BEGINNING = 3  # letters of a half-typed word that is marked inside longer ones


def mark(text: str, terms: Iterable[str]) -> str:
    """`text` as HTML, escaped, with `<mark>` round the words that `terms` (of `Results.terms`) stand for.

    A term of one word marks its other forms and the words it begins; a term of several marks them in a row.
    """
    singles: set[str] = set()
    beginnings: set[str] = set()
    rows: set[tuple[str, ...]] = set()
    for term in list(terms)[:MOST_TERMS]:
        of_term = [w for w in words(term) if w not in STOP_WORDS]
        if len(of_term) == 1:
            singles.add(stem(of_term[0]))
            if len(of_term[0]) >= SHORTEST_BEGINNING:
                beginnings.add(of_term[0])
        elif of_term:
            rows.add(tuple(stem(w) for w in of_term))
    found = list(_PART.finditer(text))
    folded = [fold(m[0]) for m in found]
    marked = _in_rows([stem(w) for w in folded], rows)
    begun = tuple(beginnings)
    pieces, end = [], 0
    for number, match in enumerate(found):
        if number in marked or stem(folded[number]) in singles or (begun and folded[number].startswith(begun)):
            pieces += [escape(text[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
            end = match.end()
    return "".join([*pieces, escape(text[end:])])


def _in_rows(text: Sequence[str], rows: Iterable[tuple[str, ...]]) -> set[int]:
    marked: set[int] = set()
    for row in rows:
        for at in (i for i, s in enumerate(text) if s == row[0]):
            if tuple(text[at : at + len(row)]) == row:
                marked.update(range(at, at + len(row)))
    return marked
