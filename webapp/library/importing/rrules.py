"""A feed's rule as RFC 5545 writes it, where days of the week and a word for how often do not say all of it."""

from webapp.library.importing.recurrence import RecurrenceRule
from webapp.library.importing.repair import Front
from webapp.library.occurrences import fault, is_counted


def parts(rule: RecurrenceRule) -> Front:
    """`rrule`, and `dtstart` where it is counted from a day; empty where a session's own words are enough."""
    if rule.unclear or not rule.frequency or _is_plain(rule) or _is_loose(rule):
        return {}
    written = _written(rule)
    if fault(written):
        return {}
    found: Front = {"rrule": written}
    if rule.begins and is_counted(written):
        found["dtstart"] = rule.begins.isoformat()
    return found


def _is_plain(rule: RecurrenceRule) -> bool:
    """Whether it is every day, or on some days of every week."""
    limited = rule.months or rule.month_days or rule.positions or rule.weeks or rule.year_days or rule.count
    often = rule.frequency == "daily" or (rule.frequency == "weekly" and bool(rule.days))
    return often and rule.interval == 1 and not limited and not any(nth for nth, _ in rule.days)


def _is_loose(rule: RecurrenceRule) -> bool:
    """Every Saturday of a year by the standard; who writes it means one Saturday, and does not say which."""
    plain_days = bool(rule.days) and not any(nth for nth, _ in rule.days)
    limited = rule.months or rule.month_days or rule.positions or rule.weeks or rule.year_days
    return rule.frequency == "yearly" and plain_days and not limited


def _written(rule: RecurrenceRule) -> str:
    fields = {
        "FREQ": rule.frequency.upper(),
        "INTERVAL": str(rule.interval) if rule.interval > 1 else "",
        "BYMONTH": _numbers(rule.months),
        "BYMONTHDAY": _numbers(rule.month_days),
        "BYYEARDAY": _numbers(rule.year_days),
        "BYWEEKNO": _numbers(rule.weeks),
        "BYDAY": ",".join(f"{nth or ''}{name[:2].upper()}" for nth, name in rule.days),
        "BYSETPOS": _numbers(rule.positions),
        "COUNT": str(rule.count) if rule.count else "",
        "WKST": rule.week_start[:2].upper(),
    }
    return ";".join(f"{name}={value}" for name, value in fields.items() if value)


def _numbers(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))
