"""Dates of birth: a date beside a word that says somebody was born on it."""

import re
from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.windows import lowered, windows

MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|[o0]ct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
DAY_WORD = (
    rf"(?:(?:twenty|thirty)[- ])?(?:{ONES})|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
DAY = rf"(?:\d{{1,2}}\s?(?:st|nd|rd|th)?|{DAY_WORD})"
NUMBER_WORD = (
    r"(?:hundred|and|oh|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine)"
)
YEAR_WORD = rf"(?:nineteen|two thousand|twenty)(?:[ -]{NUMBER_WORD}){{0,4}}"
YEAR = rf"(?:'?\d{{2}}\b|(?:1[89]|20)\d{{2}}\b|{YEAR_WORD})"
SEP = r"\s{0,2}(?:[/.\-\\,:;_|*~+=•· ]{1,2}|\b(?:slash|stroke|dash|dot|of)\b)\s{0,2}"
ROMAN = r"(?:viii|vii|vi|iv|v|ix|xii|xi|x|iii|ii|i)"  # the month, as many lands write it
# A letter for a digit ("l2.O3.1941"), believed after "dob" alone.
SLIPPED = rf"[\dOol]{{1,2}}{SEP}[\dOol]{{1,2}}{SEP}[\dOol]{{2,4}}(?![\w])"
NUMERIC = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?{SEP}(?:\d{{1,2}}(?:st|nd|rd|th)?|{ROMAN}){SEP}(?:(?:19|20)\d{{2}}"
    rf"|\d{{2}})|(?:19|20)\d{{2}}{SEP}\d{{1,2}}{SEP}\d{{1,2}})(?!\d)"
)
COMPACT = r"(?:[0-3]\d[01]\d(?:19|20)\d{2}|(?:19|20)\d{2}[01]\d[0-3]\d|[0-3]\d[01]\d\d{2})(?!\d)"
WRITTEN = (
    rf"(?:{DAY}(?:\s?[-/.,]?\s?|\s(?:day\s)?(?:of\s)?){MONTH}[\s,./-]{{0,3}}{YEAR}"
    rf"|{MONTH}[\s/-]{{0,2}}(?:the\s)?{DAY}[\s,/-]{{1,3}}(?:in\s)?{YEAR}"
    rf"|(?:19|20)\d\d[\s/-]{MONTH}[\s/-]{DAY})"
)
FEAST = (
    r"(?:christmas(?:\s(?:day|eve))?|xmas(?:\s(?:day|eve))?|boxing\sday|new\syear'?s?'?\s(?:day|eve)|hogmanay"
    r"|valentine'?s?(?:\sday)?|st\.?\s(?:patrick|george|david|andrew)'?s\sday|leap\s(?:day|year(?:'s)?\sday)|may\sday"
    r"|midsummer(?:'?s\sday)?|hallowe'?en|bonfire\snight|easter(?:\s(?:sunday|monday|day))?|good\sfriday"
    r"|whit\s(?:sunday|monday)|v\.?[ej]\.?\sday|armistice\sday|all\ssaints'?(?:\sday)?|eid|diwali|shrove\stuesday"
    r"|ash\swednesday|mother'?s'?\sday|father'?s'?\sday|april\sfool'?s'?(?:\sday)?|twelfth\snight|burns\snight)"
)
FEAST_DAY = rf"{FEAST}(?:\s(?:in|of))?[\s,]{{1,2}}{YEAR}"
YEAR_FIRST = (
    rf"(?:in\s)?(?:19|20)\d\d,?\s(?:on\s|in\s)?(?:the\s)?(?:{DAY}\s(?:of\s)?{MONTH}"
    rf"|{MONTH}(?:\s(?:the\s)?{DAY})?|{FEAST})(?!\w)"
)
# "twelve three forty-one": each part in words.
IN_WORDS = rf"(?:{NUMBER_WORD}(?:\s|[,/.-]\s?|\s(?:of\s)?the\s)){{2,6}}{NUMBER_WORD}(?!\w)"
# "1 5 . 0 4 . 1 9 3 3", after a label alone.
APART = r"(?:\d[\s./-]{0,3}){5,7}\d(?!\d)"
FULL = rf"(?:{NUMERIC}|{WRITTEN}|{FEAST_DAY})"
MONTH_YEAR = rf"{MONTH}[\s,]{{1,2}}(?:of\s)?(?:19|20)\d{{2}}"
DAY_MONTH = rf"(?:(?:the\s)?{DAY}\s(?:of\s)?{MONTH}|{MONTH}\s(?:the\s)?{DAY})\b"

LABEL = (
    r"(?<![A-Za-z])(?:d\s?[./\\-]?\s?o\s?[./\\-]?\s?b(?![A-Za-z])\.?|date[\s-](?:of[\s-])?birth|d(?:ate)?\sof\sb(?:irth)?\b"
    r"|birth\s?-?dates?|date born|b\s?'?day|year of birth|yob\b)"
)
BORN = r"\b(?:born|birthday|b\.|born'd|birth)"
LINK = r"[^\w\n]{0,4}(?:(?:is|was|on|in|as|the|of|given|recorded|being|date|falls|which|listed|down|shown)[\s:,]+){0,4}"
LABELLED = re.compile(
    rf"{LABEL}{LINK}(?P<date>{FULL}|{COMPACT}|{YEAR_FIRST}|{MONTH_YEAR}|{DAY_MONTH}|{IN_WORDS}|(?:19)\d\d\b|{SLIPPED}|{APART})",
    re.I,
)
# "date of birth on system is wrong, should be 30 Sept 1955": further on in the sentence, a day in a year long past.
FURTHER = re.compile(rf"{LABEL}(?P<between>[^\d\n!?;]{{0,45}}?)(?<!\w)(?P<date>{FULL}|{YEAR_FIRST}|{COMPACT})", re.I)
BEFORE = re.compile(
    rf"{BORN}{LINK}(?P<date>{FULL}|{YEAR_FIRST}|{MONTH_YEAR}|(?-i:[0-3]\d[01]\d(?:19|20)\d\d)(?!\d))", re.I
)
TURNS = re.compile(
    rf"\b(?:s?he(?:'ll|\swill)?\sbe|turn(?:s|ed|ing)?|will be|is)\s(?:\d\d\d?|{NUMBER_WORD}(?:[ -]{NUMBER_WORD})?)"
    rf"\s(?:years?\sold\s)?(?:on|this|next)\s(?:the\s)?(?P<date>{DAY_MONTH})",
    re.I,
)
AGED = re.compile(
    r"\b(?:aged|age|turned|turns|turning|years? old|yrs|y/?o)\b[^\w\n]{0,3}"
    rf"(?:\d{{2,3}}|{NUMBER_WORD}(?:[ -]{NUMBER_WORD})?)?"
    rf"[^\w\n]{{0,4}}(?:(?:on|in|born|since)\s)?(?P<date>{FULL})",
    re.I,
)
HERS = re.compile(rf"\b(?:his|her|their|my|mum's|dad's)\s(?:\w+\s)?birthday(?:'s)?{LINK}(?P<date>{DAY_MONTH})", re.I)
BORN_DAY = re.compile(rf"\b(?:she|he|was|were)\s(?:was\s)?born{LINK}(?P<date>{DAY_MONTH})", re.I)
# "12/03/1941 (dob)". What follows the date is looked for first: it is rare, and days and months are not.
AFTER = re.compile(rf"[\s,(\[-]{{1,4}}(?:{LABEL}|is (?:his|her|their) (?:birthday|date of birth|dob))", re.I)
DATE_BEFORE = re.compile(rf"(?P<date>{NUMERIC}|{WRITTEN})$", re.I)
LONGEST = 70  # "the twenty-third day of September nineteen hundred and forty-seven"
# Meetings are not held in 1941: a day in that century, as forms print it, is a birth.
LAST_CENTURY = re.compile(r"(?<![\d/.-])(?P<date>[0-3]?\d\s?([/.\-_\\|])\s?[01]?\d\s?\2\s?19\d\d)(?![\d/.-]*\d)")
# The same with the month in letters or a short year, near who it is: "the passport says 31 AUG 1958".
LONG_AGO = re.compile(
    rf"(?<![\w/.-])(?P<date>\d{{1,2}}(?:st|nd|rd|th)?[\s./-]?{MONTH}[\s./-]{{0,2}}(?:19\d\d|'?[3-6]\d)\b)", re.I
)
SOMEBODY = re.compile(r"\b(?:s?he|hi[ms]|hers?|passport|gp|patient|client|resident|licence|verify)\b", re.I)
SEX = re.compile(r"\b(?:male|female|M|F)[\s,]{1,2}(?P<date>[0-3]?\d([/.-])[01]?\d\2\d\d)(?![\d/.-]*\d)")
RECENT = re.compile(r"20(?:1[5-9]|[2-9]\d)")
CUED = (LABELLED, BEFORE, AGED, HERS, BORN_DAY, TURNS, FURTHER)
CUE = re.compile(
    r"b\.|d of b|yob|(?:will|he|ll) be|b\W{0,3}day"
    r"|d\W{0,3}o\W{0,3}b(?![a-z])|birth|born|\bage|turn|\bold\b|\byrs|\by/?o\b"
)


def find(text: str) -> Iterator[Span]:
    """Every date of birth in `text`, which is plain; the span is the date itself."""
    for start, end in windows(lowered(text), CUE, LONGEST + 5, 110):
        yield from _within(text, start, end)
    for m in LONG_AGO.finditer(text):
        if SOMEBODY.search(text, max(0, m.start() - 50), m.end() + 30):
            yield Span("date-of-birth", m.start("date"), m.end("date"))
    for m in SEX.finditer(text):
        yield Span("date-of-birth", m.start("date"), m.end("date"))
    for m in LAST_CENTURY.finditer(text) if "19" in text else ():
        yield Span("date-of-birth", m.start("date"), m.end("date"))


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    for pattern in CUED:
        for m in pattern.finditer(text, start, end):
            if pattern is BEFORE and m[0].lower().startswith("birthday") and RECENT.search(m["date"]):
                continue  # a group has birthdays too
            if pattern is FURTHER and RECENT.search(m["date"]):
                continue  # "ask the date of birth before the visit on 3 May 2026"
            yield Span("date-of-birth", m.start("date"), m.end("date"))
    for m in AFTER.finditer(text, start, end):
        place = max(0, m.start() - LONGEST)
        if date := DATE_BEFORE.search(text[place : m.start()]):
            yield Span("date-of-birth", place + date.start("date"), place + date.end("date"))
