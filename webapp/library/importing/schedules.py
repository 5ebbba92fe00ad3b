"""When a service is held: a feed's schedules as sessions."""

import re
from typing import Any

from webapp.library.importing.matching import Matcher
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTE, Front, cut, stopped, text

DAYS = {
    "MO": "monday", "TU": "tuesday", "WE": "wednesday", "TH": "thursday", "FR": "friday", "SA": "saturday",
    "SU": "sunday",
}  # fmt: skip
ORDINALS = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth", "-1": "Last"}


def sessions(given: list[dict[str, Any]], matcher: Matcher, notes: Notes) -> list[Front]:
    """Schedules (RFC 5545 in pieces) as sessions, each once."""
    known = matcher.terms("days")
    found: list[Front] = []
    for schedule in given:
        days, which = _days(text(schedule.get("byday"), "schedule byday", notes), notes)
        session: Front = {}
        if kept := [day for day in days if day in known]:
            session["days"] = kept
        for key, names in (("starts", ("opens_at", "start_time")), ("ends", ("closes_at", "end_time"))):
            if clock := _clock(next((schedule[n] for n in names if schedule.get(n)), None), notes):
                session[key] = clock
        frequency = _frequency(schedule, notes)
        said = [which, *(text(schedule.get(key), f"schedule {key}", notes) for key in ("description", "notes"))]
        note = cut(" ".join(dict.fromkeys(stopped(part) for part in said if part)), NOTE, "schedule", notes)
        if not session and not note:
            continue
        session["frequency"] = frequency or ("weekly" if kept else "varies")
        if note:
            session["note"] = note
        if session not in found:
            found.append(session)
    return found


def _days(byday: str, notes: Notes) -> tuple[list[str], str]:
    """`2MO,FR` as (days, what to note of which of them in the month)."""
    days, which = [], []
    for part in filter(None, re.split(r"[,;\s]+", byday.upper())):
        match = re.fullmatch(r"([+-]?\d)?([A-Z]{2})[A-Z]*", part)
        if not match or match[2] not in DAYS:
            notes.mended("a day of the week that is none: left out", part)
            continue
        days.append(DAYS[match[2]])
        if match[1] and (ordinal := ORDINALS.get(match[1].lstrip("+"))):
            which.append(f"{ordinal} {DAYS[match[2]].capitalize()} of the month")
    return list(dict.fromkeys(days)), ", ".join(which)


def _clock(value: Any, notes: Notes) -> str:
    written = text(value, "schedule times", notes)
    match = re.match(r"^(?:\d{4}-\d\d-\d\dT)?([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]\d\d.*|Z|\+.*)?$", written)
    if written and not match:
        notes.mended("a time that is none: left out", written)
    return f"{int(match[1]):02d}:{match[2]}" if match else ""


def _frequency(schedule: dict[str, Any], notes: Notes) -> str:
    freq = text(schedule.get("freq"), "schedule freq", notes).lower()
    interval = text(schedule.get("interval"), "schedule interval", notes)
    if freq == "weekly" and interval in {"2", "2.0"}:
        return "fortnightly"
    return freq if freq in {"daily", "weekly", "monthly"} else ""
