"""The pieces of addresses: numbers in figures and words, roads, and what says that somebody lives there."""

import re

from webapp.pii.word_list import alternatives, read

SURE = alternatives("roads")
ALSO = alternatives("roads_also_words")
ROAD = rf"(?:{SURE[3:-1]}|{ALSO[3:-1]})"
NOT_STREET = read("not_streets")

_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = r"(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
# Numbers that nobody says of how many there are, before a road: "one hundred and six", "twenty two", "one oh four".
LONG_NUMBER = (
    rf"(?:(?:{_UNIT}|a)\shundred(?:\s(?:and\s)?(?:{_TENS}(?:[ -]{_UNIT})?|{_TEEN}|{_UNIT}))?"
    rf"|{_TENS}[ -]{_UNIT}|{_UNIT}(?:\s(?:oh|o|zero|nought)\s{_UNIT}|\s{_TEEN}"
    rf"|\s{_TENS}(?:[ -]{_UNIT})?|(?:\s{_UNIT}){{2}}))"
)
SHORT_NUMBER = rf"(?:{_TENS}|{_TEEN}|{_UNIT})"
LETTER = r"(?:\s?[a-h](?=[\s,]))?"
IN_WORDS = rf"(?:{LONG_NUMBER}|{SHORT_NUMBER})"
# A flat's, a room's or a pitch's: figures, a capital, or a number in words.
ID = rf"(?:\d{{1,4}}\s?[a-z]?|(?-i:[A-H])\d?|{IN_WORDS})(?!\w)"
NUMBERED = r"(?:no\.?\s?|number\s|nr\.?\s?|#)?"

PERSON = re.compile(
    r"\b(?:s?he|his|hers?|him|mum|mam|mom|dad|mother|father|nana?|gran(?:ny|dad|dma|ma)?|son|daughter|brother|sister"
    r"|husband|wife|aunt(?:ie|y)?|uncle|client|resident|tenant|patient|citizen|service user|lady|gent(?:leman)?|chap"
    r"|lad|bloke|couple|family|lives?|lived|living|sleeps|sleeping|stays|staying|key ?safe|home address|his|they live"
    r"|deliver|carers? (?:call|go|visit)|visit(?:ed|s)? (?:to|him|her)|rough|mrs?|miss)(?:'?s)?\b",
    re.I,
)
VENUE = re.compile(
    r"\b(?:meets?|meeting|held|session|sessions|class|classes|workshop|training|drop[ -]in|clinic|cafe|café|choir|group"
    r"|club|hub|centre|center|service|services|volunteers?|charity|bookings?|hire|hired|tea ?rooms?|allotments?|market"
    r"|course|forum|timetable|open(?:s|ing)?|football|cricket|stall|exhibition)\b",
    re.I,
)
SERVICE = re.compile(
    r"\b(?:centre|center|hub|clinic|surgery|practice|pharmacy|chemist|library|church|mosque|temple|chapel|hall|club|group"
    r"|caf[eé]|shop|store|office|school|college|charity|food ?bank|pantry|drop[ -]in|service|dentist"
    r"|opticians?|gym|baths|pool|market|museum|hospice|gallery|theatre|cinema|job ?centre"
    r"|town hall|showroom|warehouse|choir|branch)s?"
    r"(?:,|:|\s(?:is|are|now|still|at|on|in|over|has|have|moved|moving|opened?|opens|based|to|the|just|down|up|by))*,?\s$",
    re.I,
)
# Straight before an address, these say that it is one.
LEADS = re.compile(
    r"(?:\b(?:lives?|lived|living|resid(?:es?|ing)|stay(?:s|ing|ed)|sleep(?:s|ing)|based|found|home|house|address|addr"
    r"|moved|moving|visit(?:ed|s|ing)?|went|going|go|called|deliver(?:y|ed)?|delivered|sent|post|keysafe|key ?safe|bed"
    r"|collect(?:ed)?|taxi|pick(?:ed)? up|property|parcel|fitted|installed)"
    r"(?:\s(?:is|was|now|still|out|alone|with \w+|it|them|him|her|round|up|back))?,?"
    r"(?:\s?:|\s(?:at|to|from|in|on|is|for))?|\b(?:at|from)|\b(?:pop|nip|come|round|over|out|back) to"
    r"|:)\s(?:number\s|no\.?\s?|nr\s|house\s)?$",
    re.I,
)


def speaks_of_a_home(text: str, start: int, end: int) -> bool:
    """Whether the words round a place speak of somebody who lives there, and not of what is held there."""
    near = text[max(0, start - 90) : start] + " " + text[end : end + 70]
    return bool(PERSON.search(near)) and not VENUE.search(near)
