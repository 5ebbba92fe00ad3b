"""When a service is held: a feed's schedules as sessions, and what cannot be kept as it was said in a note."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from webapp.english.dates import clock, short_date
from webapp.library.front_matter.fields import overnight
from webapp.library.front_matter.listing import Session
from webapp.library.importing import clocks, recurrence, repair, rrules, session_times
from webapp.library.importing.clocks import DAY_END
from webapp.library.importing.contacts import place_named
from webapp.library.importing.notes import Notes
from webapp.library.importing.recurrence import DAYS, RecurrenceRule
from webapp.library.importing.repair import NOTE, Front, cut, objects, stopped, text
from webapp.library.importing.tagging import Feed
from webapp.library.open_referral.schedules import in_words

RULE = (
    "freq", "interval", "byday", "weekday", "bymonthday", "bymonth", "bysetpos", "byyearday", "byweekno", "byhour",
    "byminute", "byeaster", "exdate", "rdate", "until", "count", "wkst", "dtstart", "valid_from", "valid_to", "rrule",
)  # fmt: skip
TERM_TIME = "In term time"
OURS = re.compile(r"[+-]?0?[01]|0|gmt|utc|bst|z|gb|europe/(london|belfast|guernsey|jersey|isle_of_man)", re.IGNORECASE)
ALL_DAY = {("00:00", DAY_END), ("00:00", "23:59"), ("00:00", "00:00"), (DAY_END, DAY_END)}


def sessions(service: dict[str, Any], where: list[Front], feed: Feed) -> list[Front]:
    """Every session that `service` still has, those at one of several places with that place's name.

    `where` are the locations as they will be shown. Schedules that ended are left out and noted.
    """
    known, notes = feed.matcher.terms("days"), feed.notes
    found: list[Front] = []
    over: list[RecurrenceRule] = []
    for place, schedule in _schedules(service, where, notes):
        rule = recurrence.read({key: _as_text(schedule.get(key), key, notes) for key in RULE if key in schedule})
        if recurrence.is_over(rule, feed.today):
            over.append(rule)
            _hours(schedule, Notes())
            continue
        session = _session(schedule, rule, place, feed)
        if kept := [day for day in session.pop("days") if day in known]:
            session = {"days": kept, **session}
        if session.keys() - {"frequency", "at"} and session not in found:
            found.append(session)
    if over:
        _report_ended(over, found, feed.today, notes)
    return _joined(found)


def holidays(service: dict[str, Any], feed: Feed) -> list[str]:
    """When it is closed, or open at other times, on days still to come: a sentence each."""
    found: list[str] = []
    for given in objects(service.get("holiday_schedules"), "holiday_schedules", feed.notes):
        first, last = (clocks.day(_as_text(given.get(key), key, feed.notes)) for key in ("start_date", "end_date"))
        hours, _ = _hours(given, Notes())
        closed = given.get("closed") in (True, "true", "Y", "yes") or not hours
        if first is None or (last or first) < feed.today:
            continue
        days = short_date(first) if last in (None, first) else f"{short_date(first)} to {short_date(last)}"
        times = " to ".join(clock(time.fromisoformat(hours[key])) for key in ("starts", "ends") if key in hours)
        found.append(f"Closed {days}." if closed else f"Open {times} on {days}.")
    return list(dict.fromkeys(found))


def _schedules(service: dict[str, Any], where: list[Front], notes: Notes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each schedule, and the name of the place it belongs to where there are several."""
    at = objects(service.get("service_at_locations"), "service_at_locations", Notes())
    names = {str(held.get("id")): place_named(held, where) for held in at if held.get("id")}
    for schedule in _listed(service, notes):
        yield names.get(str(schedule.get("service_at_location_id")), ""), schedule
    for held in at:
        place = place_named(held, where)
        for holder in (held, held.get("location")):
            if isinstance(holder, dict):
                yield from ((place, schedule) for schedule in _listed(holder, notes))


def _listed(holder: dict[str, Any], notes: Notes) -> Iterator[dict[str, Any]]:
    yield from objects(holder.get("schedules"), "schedules", notes)


def _session(schedule: dict[str, Any], rule: RecurrenceRule, place: str, feed: Feed) -> Front:
    notes = feed.notes
    times = session_times.from_rule(rule)
    session: Front = {"days": times.days}
    hours, unclear = _hours(schedule, notes)
    session |= hours
    session["frequency"] = times.frequency
    session |= rrules.parts(rule) | _between(rule, feed.today)
    if place:
        session["at"] = place
    said = [text(schedule.get(key), f"schedule {key}", notes) for key in ("description", "notes", "attending_type")]
    if said[0] and said[0] == in_words(Session.model_validate(session)):
        said[0] = ""  # as we publish it ourselves: what the rest of the schedule says
    if said[1].startswith(TERM_TIME):
        session["term_time"], said[1] = True, said[1].removeprefix(TERM_TIME).lstrip(". ")
    words = " ".join(stopped(part) for part in dict.fromkeys(said) if part)
    # What we say of a rule in words may come back to us with those of its publisher.
    ours = [stopped(part) for part in (times.note, *unclear, _zone(schedule, notes)) if part]
    note = " ".join([*(part for part in ours if part not in words), *([words] if words else [])])
    if note := cut(note, NOTE, "schedule", notes):
        session["note"] = note
    if not times.exact and "rrule" not in session:
        notes.kept_in_words("times that our words do not say exactly: said in a note", times.note)
    if link := repair.web_address(text(schedule.get("schedule_link"), "schedule_link", notes), "schedule_link", notes):
        remark = f'<a href="{link}">Times and booking</a>'
        notes.kept_in_words("a link to the times: said in the text", link, remark)
    return session


def _hours(schedule: dict[str, Any], notes: Notes) -> tuple[Front, list[str]]:
    """When it starts and ends, and in words what of this cannot be said so."""
    opens, closes = (
        next((found for key in keys if (found := text(schedule.get(key), "schedule times", notes))), "")
        for keys in (("opens_at", "start_time"), ("closes_at", "end_time"))
    )
    if opens and not closes and not clocks.clock(opens) and (both := clocks.RANGE.fullmatch(opens)):
        opens, closes = both[1], both[2]
    starts, ends = clocks.clock(opens), clocks.clock(closes)
    unclear = [
        f"{what} at “{value}”, as published: ask them"
        for what, value, known in (("Starts", opens, starts), ("Ends", closes, ends))
        if value and not known
    ]
    if any(known and known.zone for known in (starts, ends)):
        notes.mended("a time with a time zone: taken as what the clock there shows", opens)
    hours: Front = {}
    first, last = starts.time if starts else "", ends.time if ends else ""
    if (first, last) in ALL_DAY:
        return {"all_day": True}, []
    if first:
        hours["starts"] = "00:00" if first == DAY_END else first
    if last and not first:
        unclear.append(f"Ends at {last}")
    elif last and (last == DAY_END or last > first or overnight(first, last)):
        hours["ends"] = "00:00" if last == DAY_END else last
    elif last and last != first:
        unclear.append(f"Ends at “{closes}”, as published, which is before it starts: ask them")
    if unclear:
        notes.kept_in_words("times that are none, or not clear: said in a note", f"{opens} to {closes}")
    return hours, unclear


def _between(rule: RecurrenceRule, today: date) -> Front:
    """The first and the last day, where these are still to come."""
    first = max((day for day in (rule.first, rule.begins) if day), default=None)
    last = min((day for day in (rule.last, recurrence.last_counted(rule, today)) if day), default=None)
    if not rule.frequency and not rule.days and rule.begins:
        return {"valid_to": rule.begins.isoformat()}  # held once, and its note says when
    found = {"valid_from": first if first and first > today else None, "valid_to": last}
    return {key: day.isoformat() for key, day in found.items() if day}


def _zone(schedule: dict[str, Any], notes: Notes) -> str:
    zone = text(schedule.get("timezone"), "schedule timezone", notes)
    return "" if not zone or OURS.fullmatch(zone) else f"In the time zone {zone}"


def _report_ended(over: list[RecurrenceRule], left: list[Front], today: date, notes: Notes) -> None:
    for rule in over:
        when = short_date(_ended(rule, today))
        notes.kept_in_words("times that ended: left out", f"{' '.join(rule.week)} {when}".strip())
    if not left:
        last = short_date(max(_ended(rule, today) for rule in over))
        notes.look("all of its times have ended: does it still run?", last)
        notes.warnings.append(f"Its published times ended on {last}. Ask whether it still runs.")


def _ended(rule: RecurrenceRule, today: date) -> date:
    """The last day of a rule that is over."""
    only = rule.begins if not rule.frequency and not rule.days else None
    return min(day for day in (rule.last, only, recurrence.last_counted(rule, today)) if day)


def _joined(found: list[Front]) -> list[Front]:
    """One session of several that differ in their day of the week alone, as most feeds have one a day."""
    joined: list[Front] = []
    for session in found:
        rest = {key: value for key, value in session.items() if key != "days"}
        alike = next((one for one in joined if {k: v for k, v in one.items() if k != "days"} == rest), None)
        if alike and session.get("days") and alike.get("days") and session["frequency"] == "weekly":
            alike["days"] = [day for day in DAYS if day in {*alike["days"], *session["days"]}]
        else:
            joined.append(session)
    return joined


def _as_text(value: Any, key: str, notes: Notes) -> str:
    if isinstance(value, list):
        return ",".join(text(part, f"schedule {key}", notes) for part in value)
    return text(value, f"schedule {key}", notes)
