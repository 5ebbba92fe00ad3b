"""How often something happens, in words that readers know, with a note for all that these words do not say."""

from dataclasses import dataclass
from itertools import groupby

from webapp.english.dates import short_date
from webapp.library.importing.recurrence import DAYS, MONTHS, ORDINALS, WEEKEND, WORKING, RecurrenceRule

UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}


@dataclass(frozen=True)
class SessionTimes:
    """`frequency` is one of a session's; `exact` says whether it needs no note to be right."""

    frequency: str
    days: list[str]
    note: str = ""
    exact: bool = True


def from_rule(rule: RecurrenceRule) -> SessionTimes:
    """`rule` in the words of a session."""
    if rule.unclear:
        return SessionTimes(
            "varies", rule.week, f"Published as {', '.join(rule.unclear)}: ask them which days", exact=False
        )
    frequency, days = rule.frequency or ("weekly" if rule.days else ""), rule.week
    if not frequency:
        return _without_frequency(rule)
    if frequency == "weekly" and not days and rule.begins:
        days = [DAYS[rule.begins.weekday()]]
    limited = rule.months or rule.positions or rule.month_days or rule.weeks or rule.year_days
    if frequency == "daily" and rule.interval == 1 and not limited:
        return _counted(SessionTimes("weekly" if days else "daily", days), rule)
    if frequency == "weekly" and rule.interval <= 2 and not limited:
        times = SessionTimes("fortnightly" if rule.interval == 2 else "weekly", days)
        return _counted(times, rule, from_when=rule.interval == 2)
    if frequency == "monthly" and rule.interval == 1 and not (rule.months or rule.weeks or rule.year_days):
        return _counted(_monthly(rule), rule)
    return _counted(
        SessionTimes("varies", days, _rare(rule, frequency, days), exact=False), rule, from_when=rule.interval > 1
    )


def _without_frequency(rule: RecurrenceRule) -> SessionTimes:
    if rule.begins:
        return SessionTimes("varies", [DAYS[rule.begins.weekday()]], f"On {_day(rule)} only", exact=False)
    if rule.month_days:
        return SessionTimes("monthly", [], f"Held {_on_dates(rule.month_days)} of the month", exact=False)
    return SessionTimes("varies", [])


def _monthly(rule: RecurrenceRule) -> SessionTimes:
    """Once a month: on which of its days."""
    days, nth = rule.week, any(number for number, _ in rule.days)
    if rule.month_days and days:
        return SessionTimes("varies", days, f"Held {_days_that_are(rule, days)}", exact=False)
    if rule.month_days:
        return SessionTimes("monthly", [], f"Held {_on_dates(rule.month_days)} of the month", exact=False)
    if rule.positions and days and not nth:
        if len(days) == 1 and all(number in ORDINALS for number in rule.positions):
            return SessionTimes(
                "monthly", days, f"{_which([(number, days[0]) for number in rule.positions])} of the month"
            )
        return SessionTimes("monthly", days, f"Held {_positions(rule, days)} of the month", exact=False)
    if nth and not rule.positions and all(number in ORDINALS for number, _ in rule.days):
        return SessionTimes("monthly", days, f"{_which(rule.days)} of the month")
    if days or rule.positions:
        named = _and([day.capitalize() for day in days]) or "day"
        return SessionTimes("monthly", days, f"Which {named} of the month is not said: ask them", exact=False)
    if rule.begins:
        return SessionTimes("monthly", [], f"Held {_on_dates([rule.begins.day])} of the month", exact=False)
    return SessionTimes("monthly", [], "Which day of the month is not said: ask them", exact=False)


def _rare(rule: RecurrenceRule, frequency: str, days: list[str]) -> str:
    """`Held every 2 months on the first Wednesday`."""
    unit = UNITS[frequency]
    nth = any(number for number, _ in rule.days)
    often = "once a year" if (frequency, rule.interval) == ("yearly", 1) else _every(rule.interval, unit)
    parts = [f"Held {often}"]
    if rule.month_days and days:
        parts.append(_days_that_are(rule, days))
    elif rule.month_days:
        parts.append(f"{_on_dates(rule.month_days)} of the month")
    elif rule.positions and days:
        parts.append(_positions(rule, days))
    elif nth:
        parts.append(f"on the {_lower(_which(rule.days))}")
    elif days:
        article = "a " if frequency == "yearly" else ""
        parts.append(f"on {article}{_and([f'{day.capitalize()}' for day in days])}")
    if rule.months:
        parts.append(f"in {_and([MONTHS[month - 1] for month in rule.months])}")
    if rule.weeks:
        parts.append(f"in week {_and([str(week) for week in rule.weeks])} of the year")
    if rule.year_days:
        parts.append(f"on day {_and([str(number) for number in rule.year_days])} of the year")
    if frequency == "yearly" and rule.begins and not (rule.month_days or rule.year_days or rule.weeks or nth):
        return f"{' '.join(parts)}, as on {_day(rule)}"
    return " ".join(parts)


def _every(interval: int, unit: str) -> str:
    return f"every {unit}" if interval == 1 else f"every {interval} {unit}s"


def _counted(times: SessionTimes, rule: RecurrenceRule, *, from_when: bool = False) -> SessionTimes:
    """With from when it is counted, where that tells which weeks, and how many times where no day says so."""
    parts = [times.note]
    if from_when and rule.begins and rule.frequency != "yearly":
        parts.append(f"counted from {short_date(rule.begins)}")
    if rule.count and not rule.begins:
        parts.append(f"{rule.count} times in all" if rule.count > 1 else "once in all")
    note = ", ".join(filter(None, parts))
    return SessionTimes(times.frequency, times.days, note[:1].upper() + note[1:], times.exact and len(parts) == 1)


def _which(days: list[tuple[int, str]]) -> str:
    """`First and third Monday`, `Second Tuesday and last Friday`."""
    groups = [(name, [nth for nth, _ in group]) for name, group in groupby(days, key=lambda one: one[1])]
    text = _and(
        [f"{_and([ORDINALS[nth] for nth in numbers if nth])} {name.capitalize()}".strip() for name, numbers in groups]
    )
    return text[:1].upper() + text[1:]


def _positions(rule: RecurrenceRule, days: list[str]) -> str:
    """`on the last weekday (Monday to Friday)`."""
    kinds = {WORKING: "weekday, Monday to Friday,", WEEKEND: "day of a weekend", DAYS: "day"}
    named = kinds.get(tuple(days), f"{_or([day.capitalize() for day in days])}")
    which = [ORDINALS.get(n) or (f"{_ordinal(-n)} to last" if n < 0 else _ordinal(n)) for n in rule.positions]
    return f"on the {_and(which)} {named}"


def _days_that_are(rule: RecurrenceRule, days: list[str]) -> str:
    named = _and([f"{day.capitalize()}s" for day in days])
    return f"on {named} that are {_dates(rule.month_days, 'or')} of the month"


def _on_dates(numbers: list[int]) -> str:
    return f"on {_dates(numbers, 'and')}"


def _dates(numbers: list[int], word: str) -> str:
    """`the 1st and 15th`, `the last day`."""
    names = [_ordinal(number) for number in numbers]
    joined = _and(names) if word == "and" else _or(names)
    return f"the {joined}"


def _ordinal(number: int) -> str:
    if number < 0:
        return "last day" if number == -1 else f"{_ordinal(-number)} to last day"
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _day(rule: RecurrenceRule) -> str:
    assert rule.begins
    return f"{rule.begins:%A} {short_date(rule.begins)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""
