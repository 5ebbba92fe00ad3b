"""The days that a listing names by a short form: `Sun 2pm`, `Tues & Thurs`."""

import re

from webapp.english.dates import WEEKDAYS
from webapp.library.search.text import stem

_STEMS = {day[:3].title(): stem(day) for day in WEEKDAYS}
_SHORT = r"(Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)s?"
# A capital letter, and a time, a number or another day after it: "we sat in the sun", "Sun Street" are no days.
# From Monday to Friday an office is open, which says nothing of what goes on there on a Tuesday.
_DAY = re.compile(
    rf"(?<![-–] )(?<![-–])(?<!\bto )\b{_SHORT}\b(?!\s?[-–]\s?[A-Z]| to [A-Z])"
    r"(?=\.?\s?(?:[-–&/,:.(]|\d|and\b|at\b|from\b|am\b|pm\b|eve|morn|after|of\b|$))"
)


def terms(text: str) -> set[str]:
    """What is indexed for them: the stems of the days' names."""
    return {_STEMS[short[:3]] for short in _DAY.findall(text)}
