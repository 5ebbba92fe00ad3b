"""Stories by which people nearby could tell who is meant, though nobody is named in them.

"A man in Sample Street who had a stroke after his wife died": the street, the illness and the death in the family are
each shared by many, and together by one. No rule can be sure of that, so whoever wrote it is asked to read it again.
"""

import re

from webapp.pii.word_list import read

ENOUGH = 3  # kinds of clue in one text
SOMEBODY = re.compile(
    r"\b(?:he|she|his|hers?|him|man|woman|lady|gentleman|gent|chap|bloke|couple|widow|widower"
    r"|mother|father|mum|dad|son|daughter|brother|sister|wife|husband)\b",
    re.I,
)
RELATIVE = "wife|husband|son|daughter|mother|father|mum|dad|brother|sister|partner|baby|child"


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.I)


CLUES = (
    # A street or a building, without a number.
    re.compile(
        r"\b(?:[A-Z][a-z']+ ){1,3}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Crescent|Terrace|Court|Grove|Place"
        r"|Way|House|Walk|Gardens|Estate)\b"
    ),
    # An illness or a disability.
    _words(*sorted(read("conditions"))),
    # A death, or how somebody was lost.
    _words(
        "died|dies|dead|death|killed|murdered|suicide|funeral|bereaved|widow(?:ed|er)?|passed away",
        rf"lost (?:his|her|their) (?:{RELATIVE})",
    ),
    # What only one person is, or was.
    _words("the only|the first|former|retired|used to (?:be|work|run|teach|play)|in the (?:news|papers?)"),
    # An age to the year, or a day.
    _words(
        r"aged \d{2}|\d{2}[- ]year[- ]old|\d{2} years old",
        "last (?:christmas|easter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    ),
    # What happened to the home, or before the law.
    _words("house fire|evicted|arrested|prison|court case|sectioned|asylum|crash|accident"),
)


def could_tell_who(text: str) -> bool:
    """Whether `text` speaks of somebody and has clues of ENOUGH kinds to who that is."""
    return bool(SOMEBODY.search(text)) and sum(bool(clue.search(text)) for clue in CLUES) >= ENOUGH
