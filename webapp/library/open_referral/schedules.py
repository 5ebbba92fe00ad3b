"""When a service is held: a session as a schedule of HSDS-UK 3.0, by the parts of an RRULE that the profile has."""

from typing import Any

from webapp.library.front_matter.listing import Session
from webapp.library.open_referral.ids import Owner

BYDAY = {
    "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA",
    "sunday": "SU",
}  # fmt: skip
DAYS = tuple(BYDAY.values())
WEEKLY = {"weekly": 1, "fortnightly": 2}
PROFILE_FREQ = ("WEEKLY", "MONTHLY")  # all that HSDS-UK 3.0 knows
NUMBERS = {"INTERVAL": "interval", "COUNT": "count"}
LISTS = {
    "BYDAY": "byday", "BYMONTHDAY": "bymonthday", "BYSETPOS": "bysetpos", "BYWEEKNO": "byweekno",
    "BYYEARDAY": "byyearday", "WKST": "wkst",
}  # fmt: skip
IN_PROFILE = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY"}  # what of a rule the profile can say
RULE_FIELDS = {"dtstart", "freq", *NUMBERS.values(), *LISTS.values()}
HOW_OFTEN = {
    "daily": "Every day", "weekly": "Every week", "fortnightly": "Every other week", "monthly": "Once a month",
    "varies": "Days vary",
}  # fmt: skip


def schedule(session: Session, owner: Owner, at: str | None = None) -> dict[str, Any]:
    """One schedule; `at` is the id of the service at the location that it names.

    What the parts of a rule cannot say exactly is said in `description` alone, never by a rule that says more. A whole
    rule stands in `rrule` too, which the profile does not have: see `in_profile`.
    """
    made: dict[str, Any] = {"service_at_location_id": at} if at else {}
    if session.valid_from:
        made["valid_from"] = session.valid_from.isoformat()
    if session.valid_to:
        made["valid_to"] = session.valid_to.isoformat()
    rule = _rule(session)
    made |= rule
    # Where a rule says it, words would only say it again; where none can, they say all.
    is_vague = session.frequency == "varies" and not session.days
    words = ["In term time" if session.term_time else "", session.note or ""]
    if not rule:
        words.insert(0, "" if is_vague and session.note else in_words(session))
    if said := ". ".join(word.rstrip(".") for word in words if word):
        made["notes" if rule else "description"] = f"{said}."
    if session.starts:
        made["opens_at"] = f"{session.starts}:00"
    if session.ends:
        made["closes_at"] = f"{session.ends}:00"
    if session.all_day:
        made |= {"opens_at": "00:00:00", "closes_at": "23:59:00"}
    return {"id": owner.part("schedule", made), **made}


def days_of(session: Session) -> list[str]:
    """The days of the week on which it may be held, `MO` to `SU`; all where it is daily."""
    if session.frequency == "daily" and not session.days:
        return list(DAYS)
    return [BYDAY[day] for day in session.days if day in BYDAY]


def in_words(session: Session) -> str:
    """`Every week on Tuesday and Thursday, 10:30 to 12:00`."""
    days = [day.capitalize() for day in session.days]
    named = f" on {' and '.join(filter(None, [', '.join(days[:-1]), days[-1]]))}" if days else ""
    times = " to ".join(filter(None, [session.starts, session.ends]))
    if session.all_day:
        times = "all day"
    elif session.starts and not session.ends:
        times = f"from {session.starts}"
    elif session.ends and not session.starts:
        times = f"until {session.ends}"
    return ", ".join(filter(None, [f"{HOW_OFTEN[session.frequency]}{named}", times]))


def in_profile(schedule: dict[str, Any]) -> dict[str, Any]:
    """`schedule` without parts of a rule that would say more than the whole of it, which is said in words instead.

    Without its BYSETPOS "the last weekday of a month" is every weekday, and without its COUNT a course never ends.
    """
    rule = schedule.get("rrule")
    parts = _parts(rule) if rule else {}
    # The day on which a week begins tells which weeks are meant, where some are left out.
    said = IN_PROFILE if "INTERVAL" in parts else IN_PROFILE | {"WKST"}
    if not rule or ("freq" in schedule and not parts.keys() - said):
        return schedule
    made = {key: value for key, value in schedule.items() if key not in RULE_FIELDS}
    made["description"] = " ".join(filter(None, [f"By the rule {rule}.", made.pop("notes", "")]))
    return made


def _rule(session: Session) -> dict[str, Any]:
    if session.rrule:
        return _of_rrule(session)
    days = days_of(session)
    if session.frequency == "daily":
        return {"freq": "WEEKLY", "interval": 1, "byday": ",".join(days)}
    if session.frequency in WEEKLY and days:
        begins = session.dtstart or session.valid_from
        start = {"dtstart": begins.isoformat()} if begins else {}
        return {**start, "freq": "WEEKLY", "interval": WEEKLY[session.frequency], "byday": ",".join(days)}
    return {}  # a month's Tuesday, without saying which, would be every Tuesday


def _of_rrule(session: Session) -> dict[str, Any]:
    """The rule, and its parts where they can say it. By the month of the year, every day and every year they cannot."""
    assert session.rrule
    parts = _parts(session.rrule)
    made: dict[str, Any] = {"dtstart": session.dtstart.isoformat()} if session.dtstart else {}
    made["rrule"] = session.rrule
    if parts.get("FREQ") == "DAILY" and parts.get("INTERVAL", "1") == "1" and "BYDAY" not in parts:
        parts |= {"FREQ": "WEEKLY", "BYDAY": ",".join(DAYS)}
    if parts.get("FREQ") not in PROFILE_FREQ or "BYMONTH" in parts:
        return made
    made["freq"] = parts["FREQ"]
    made |= {name: int(parts[part]) for part, name in NUMBERS.items() if part in parts}
    made.setdefault("interval", 1)
    return made | {name: parts[part] for part, name in LISTS.items() if part in parts}


def _parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.split(";"))
