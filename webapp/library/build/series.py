"""Which listings are one thing that is held several times: six courses alike at six venues or on six days."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from hashlib import blake2b

from webapp.english import words as english
from webapp.english.dates import WEEKDAYS
from webapp.library.front_matter.model import Asset
from webapp.library.search.text import STOP_WORDS, fold, stem, words
from webapp.library.vocabulary import Vocabulary

_DAYS = " ".join(WEEKDAYS)
_MONTHS = "january february march april may june july august september october november december"
_WHEN = frozenset(
    stem(word)
    for word in f"{_DAYS} {_MONTHS} morning afternoon evening evenings night weekly fortnightly monthly daily".split()
)
# `10am`, `7.30 pm`, `2-4pm`, `3rd`: a number without a sign of time is a level or an age, and tells courses apart.
_CLOCK = r"\d{1,2}(?:[.:]\d\d)?"
_TIME = re.compile(rf"\b{_CLOCK}(?:\s*(?:-|–|to)\s*{_CLOCK})?\s*(?:[ap]m|st|nd|rd|th)\b")
_DATE = re.compile(rf"\b\d{{1,2}}\s+(?={'|'.join(month[:3] for month in _MONTHS.split())})|\b20\d\d\b")
_BEHIND = re.compile(r"\s+[-–—]\s+|[(,:]\s*")
_BETWEEN = re.compile(r"[,;\n]|\band\b")


def series_of(asset: Asset, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Names of series (16 hexadecimal digits each): listings that share any of them are one thing held several times.

    They have one organisation, or where they name none, summaries alike; and their titles are the same, or differ in
    nothing but the day, the time or a place that the listing or the vocabulary knows. A name behind the title
    ("Dementia café - Ashby") that is no English word is a place where the summaries are alike as well.
    """
    elsewhere = place_words(vocabulary) | _venue_words(asset)
    summary = _core(asset.summary, elsewhere)
    by = _core(asset.organisation) or summary
    ways = [(_core(asset.title), by), (_core(asset.title, elsewhere), by)]
    head, *behind = _BEHIND.split(asset.title, maxsplit=1)
    if behind and not any(english.is_word(word) for word in words(behind[0]) if word not in elsewhere):
        ways.append((_core(head, elsewhere), f"{by}|{summary}"))
    # A title that is but a place or a day is not like any other.
    texts = dict.fromkeys(f"{title}|{rest}" for title, rest in ways if title and by)
    return tuple(blake2b(text.encode(), digest_size=8).hexdigest() for text in texts)


def _core(text: str, elsewhere: Collection[str] = ()) -> str:
    """The stems that say what it is, in one order whatever theirs was."""
    plain = _DATE.sub(" ", _TIME.sub(" ", fold(text)))
    telling = {stem(word) for word in words(plain) if word not in STOP_WORDS and word not in elsewhere}
    return " ".join(sorted(telling - _WHEN))


@lru_cache(maxsize=2)
def place_words(vocabulary: Vocabulary) -> frozenset[str]:
    """The words by which places are called, which tell no two listings apart."""
    terms = vocabulary.terms("places").values()
    return frozenset(word for term in terms for name in (term.label, *term.also) for word in _names_in(name))


def _venue_words(asset: Asset) -> frozenset[str]:
    # "Ashby Library": who has a reading group there has it in Ashby; a library is not a place by itself.
    venues = (word for at in asset.locations for word in words(at.name or "") if not english.is_word(word))
    streets = (word for at in asset.locations for word in _names_in(f"{at.address or ''}, {at.postcode or ''}"))
    return frozenset((*venues, *streets))


def _names_in(text: str) -> Iterator[str]:
    """The words of a text about a place that mean nothing else: what is no English word, or stands there alone."""
    for part in _BETWEEN.split(text):
        here = words(part)
        is_one = len(part.split()) == 1  # Barton, Barton-upon-Humber
        yield from here if is_one else (word for word in here if not english.is_word(word))
