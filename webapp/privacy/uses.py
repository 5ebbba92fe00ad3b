"""Names put to another use, and words put to use as names: what only their neighbours in the sentence tell."""

import re

from webapp.privacy.listed import listed
from webapp.privacy.tokens import Word
from webapp.privacy.words import NOT_NAMES, RELATIONS, SURELY_DOES

# "the Alexander technique", "Bobath method": nothing that a person owns, so without a possessive ending.
IDEAS = listed("technique method approach theory cycle model scale test index")
SHOWN = listed("film films exhibition concert museum statue biography novels")
# "Rob the bus of passengers", "Nick your neighbour's ladder": an order, or a joke, begins with them.
ORDERS = listed("rob nick pat jack peg chase tom")
DETERMINERS = listed("the a an your our their people everyone someone")
COMPANIES = listed("partner partners twin ex sibling sister")  # "our partner, Southway, …"
FOR_WHOM = listed("for with about like help")
GOES_ON = listed("but because since when now again who whose")
FROM_SOMEWHERE = re.compile(
    r"\s(?:from|in|at)\s(?:the\s)?(?:[A-Z][\w'-]+|[A-Z]{1,2}\d{1,2})(?:\s[A-Z][\w'-]+)?,?\s"
    r"(?:" + "|".join(sorted(SURELY_DOES)) + r"|would like|is looking|needs)\b"
)
NEXT_DOOR = re.compile(
    r"\s(?:(?:from|at|in)\s(?:number|no\.?|flat|upstairs|downstairs|across the|over the road|up the road|down the road)"
    r"|next door|upstairs|downstairs|over the road)\b"
)


def another(found: list[Word], at: int) -> bool:
    """Whether the name at `at` is an order or the name of an idea, a prize or a building."""
    word = found[at]
    after = found[at + 1] if at + 1 < len(found) else None
    if after is None or not after.close or word.owns:
        return False
    if after.small in IDEAS and not after.owns:
        return True
    if after.capital and at + 2 < len(found) and found[at + 2].close and found[at + 2].small in SHOWN:
        return True  # "Stan Lee film night", and the second half of it
    if after.small in SHOWN and at and word.close and found[at - 1].capital:
        return True
    if word.begins and word.small in ORDERS and after.small in DETERMINERS and not after.capital:
        return True
    # "The John Rylands has free talks": nobody says "the" before somebody's first name and surname.
    if not at or found[at - 1].small != "the" or not (word.close and word.capital and after.capital):
        return False
    return not after.owns and all(near.small != "family" for near in found[at + 1 : at + 4])


def wanted_for(found: list[Word], at: int, last: int) -> bool:
    """Whether a word with a capital is whom a thing is for: "a group for Precious but all were full"."""
    word = found[at]
    if not at or last > at or not word.close or word.owns or word.shouted or word.small in NOT_NAMES:
        return False
    before, after = found[at - 1], found[at + 1] if at + 1 < len(found) else None
    return bool(before.small in FOR_WHOM and after and after.close and after.small in GOES_ON)


def from_somewhere(text: str, word: Word) -> bool:
    """Whether what follows is a place and then what only somebody does: "Ray from Moston wants"."""
    return word.capital and not word.owns and word.small not in NOT_NAMES and bool(FROM_SOMEWHERE.match(text, word.end))


def apposed(text: str, found: list[Word], at: int) -> bool:
    """Whether a capital stands between commas after a relation: "the daughter, Monique, asked"."""
    if not at or found[at].gap != ", " or text[found[at].end : found[at].end + 2] != ", ":
        return False
    return found[at - 1].small in RELATIONS - COMPANIES and not found[at - 1].owns


def neighbour(text: str, word: Word) -> bool:
    """Whether a name in small letters is a neighbour's: "jean from number four"."""
    return word.begins and bool(NEXT_DOOR.match(text, word.end))
