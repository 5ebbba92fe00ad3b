"""When a listing says in words that it is on: `every Tuesday from 2 - 4pm`, `Thursday evenings`, `10.30 to noon`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from webapp.english.dates import WEEKDAYS
from webapp.library.search.parts_of_day import parts_of_day

FAR = 150  # letters: what stands further apart in a sentence does not belong together
LONGEST = 5 * 60  # minutes: from nine to five an office is open, which says nothing of what goes on there
_EARLIEST = 8  # hours: what begins before, with no word for which half of the day, is in the afternoon
_NOON = 12 * 60
_HOUR = r"(1[0-2]|0?\d)(?:[.:](\d\d))?"
_END = rf"(?:{_HOUR}\s?([ap])m\b|(?:12 )?(?:noon|midday)\b)"
_TO = r"\s?(?:-|–|—|to|until|till)\s?"
_BEGIN = r"(?<![£\d.:/])\b"
# In one pattern, as each part of a text is then read once. The first that fits is meant.
_SAID = re.compile(
    "|".join(
        (
            rf"(?P<span>{_BEGIN}{_HOUR}(?:\s?([ap])m\b)?{_TO}{_END})",
            rf"(?P<clock>{_BEGIN}(\d\d?)[.:](\d\d){_TO}(\d\d?)[.:](\d\d)(?![\d/]))",
            # With no word for which half of the day, only what a small word tells to be a time: "Mondays from 10-11".
            rf"(?P<hours>\b(?:from|between) {_HOUR}(?:{_TO}| and ){_HOUR}(?![\d/£%])"
            r"(?!\s?(?:[ap]m|years|people|weeks|months|miles)\b))",
            rf"(?P<time>{_BEGIN}{_END})",
            r"\b(?P<part>morning|afternoon|evening)s?\b",
        )
    )
)
_DAY = re.compile(rf"\b(?:({'|'.join(WEEKDAYS)})s?\b|(?-i:(Mon|Tue|Wed|Thu|Fri|Sat|Sun))(?:s|r|rs)?\b)", re.IGNORECASE)
_LIKE_A_TIME = re.compile(r"\d(?:\s?[ap]\.?\s?m\b|[.:]\d\d)|(?:from|between) \d")
_DOTTED = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
_SENTENCE = re.compile(r"[!?;\n]|\.(?=\s)")
_BETWEEN = re.compile(r"[\s,&/+]*(?:and|or)?\s*(?:on )?", re.IGNORECASE)  # two days of one list
_THROUGH = re.compile(r"\s?(?:-|–|to|through|until)\s?", re.IGNORECASE)  # from one day to another


class Said(NamedTuple):
    """Where a day or parts of one stand in a sentence."""

    start: int
    end: int
    days: tuple[str, ...]
    parts: tuple[str, ...]


def term(part: str, day: str = "") -> str:
    """What is indexed for a part of a day: nobody can type it, and no word of a listing is it."""
    return f"~{day}-{part}" if day else f"~{part}"


def terms(text: str) -> set[str]:
    """What is indexed for the times that a text names: each part of a day, and with the days it is said of."""
    found: set[str] = set()
    lower = text.lower()
    if not _may_name_one(lower):
        return found
    if "m." in lower:
        text = _DOTTED.sub(r"\1m", text)
    for sentence in _SENTENCE.split(text):
        lower = sentence.lower()
        parts = list(_parts(lower)) if _may_name_one(lower) else []
        days = list(_days(sentence)) if parts else []
        times_lead = bool(days) and min(said.start for said in parts) < days[0].start
        for said in parts:
            for part in said.parts:
                found.add(term(part))
                found.update(term(part, day) for day in _of(said, days, times_lead))
    return found


def _may_name_one(lower: str) -> bool:
    """A quick look, as most texts name no time: a fifth of what it takes to read them all."""
    named = "noon" in lower or "midday" in lower or "morning" in lower or "evening" in lower
    return named or _LIKE_A_TIME.search(lower) is not None


def _of(said: Said, days: list[Said], times_lead: bool) -> tuple[str, ...]:
    """The days that a time is said of: "Tuesdays 2pm", or where `times_lead` "2pm on Tuesdays"."""
    if times_lead:
        near = (day for day in days if 0 <= day.start - said.end <= FAR)
    else:
        near = (day for day in reversed(days) if 0 <= said.start - day.end <= FAR)
    return next((day.days for day in near), ())


def _days(sentence: str) -> Iterator[Said]:
    """The days of a sentence; those that stand in one list, or from one to another, together."""
    whole: Said | None = None
    for match in _DAY.finditer(sentence):
        day = next(name for name in WEEKDAYS if name.startswith(match[0][:3].lower()))
        if whole and _THROUGH.fullmatch(between := sentence[whole.end : match.start()]):
            first, last = WEEKDAYS.index(whole.days[-1]), WEEKDAYS.index(day)
            more = tuple(WEEKDAYS[(first + n) % 7] for n in range(1, (last - first) % 7 + 1))
            whole = Said(whole.start, match.end(), whole.days + more, ())
        elif whole and _BETWEEN.fullmatch(between):
            whole = Said(whole.start, match.end(), (*whole.days, day), ())
        else:
            if whole:
                yield whole
            whole = Said(match.start(), match.end(), (day,), ())
    if whole:
        yield whole


def _parts(sentence: str) -> Iterator[Said]:
    for match in _SAID.finditer(sentence):
        kind, first = match.lastgroup, (match.lastindex or 0) + 1
        if kind == "part":
            yield Said(match.start(), match.end(), (), (match["part"],))
            continue
        begins, ends = _span(match, kind, first)
        if begins <= ends < 24 * 60 and ends - begins <= LONGEST:
            yield Said(match.start(), match.end(), (), tuple(parts_of_day(_written(begins), _written(ends))))


def _span(match: re.Match[str], kind: str | None, first: int) -> tuple[int, int]:
    """From when and until when, in minutes since midnight. `first` is the number of the first group of that kind."""
    if kind == "time":
        at = _minutes(*match.group(first, first + 1, first + 2))
        return at, at
    if kind == "span":
        ends = _minutes(*match.group(first + 3, first + 4, first + 5))
        hours, minutes, half = match.group(first, first + 1, first + 2)
        begins = _minutes(hours, minutes, half or ("p" if ends >= _NOON else "a"))
        return (begins - _NOON if not half and begins > ends else begins), ends  # from eleven to one
    begins, ends = (int(match[at]) * 60 + int(match[at + 1] or 0) for at in (first, first + 2))
    if begins < _EARLIEST * 60:
        begins += _NOON
    return begins, ends if ends >= begins else ends + _NOON


def _minutes(hours: str | None, minutes: str | None, half: str | None) -> int:
    """Minutes since midnight; noon where no hour is said."""
    if hours is None:
        return _NOON
    return int(hours) % 12 * 60 + int(minutes or 0) + _NOON * (half == "p")


def _written(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
