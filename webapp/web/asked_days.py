"""The days from and to which somebody asks for something in an address. What cannot be read is left out and told."""

from datetime import date

from webapp.web.day_fields import YEARS


def day(value: str, notices: list[str]) -> date | None:
    """`value` as a day; None where it is empty, or is none of our years, for which a sentence goes to `notices`."""
    if not value:
        return None
    try:
        asked = date.fromisoformat(value)
    except ValueError:
        asked = date.min
    if asked.year not in YEARS:  # also keeps sums of days within the calendar
        notices.append(f"“{value[:20]}” is not a date we can read, so it was left out.")
        return None
    return asked


def in_order(since: date, until: date, notices: list[str]) -> tuple[date, date]:
    """Both days, the earlier first; a sentence goes to `notices` where they were asked for the other way round."""
    if since <= until:
        return since, until
    notices.append("The first day was after the last, so they were exchanged.")
    return until, since
