"""Fields of a form in which a day or a time of day is said."""

import re
from datetime import date, time
from typing import Any

from wtforms.validators import ValidationError

from webapp.web.forms import Text

YEARS = range(2000, 2101)
CLOCK = re.compile(
    r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]00)?\s*(am|pm)?|(1[0-2]|0?[1-9])\s*(am|pm)", re.IGNORECASE | re.ASCII
)


class Day(Text):
    """A day, typed or picked. `day` is it as a date after a validation, or None."""

    day: date | None = None

    def __init__(self, label: str, *, required: str, **kwargs: Any) -> None:
        params = {"type": "date", "classes": "govuk-input--width-10", **kwargs.pop("params", {})}
        super().__init__(label, max_length=10, required=required, params=params, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        self.day = None
        if validation_stopped or self.errors or not self.data:
            return
        try:
            self.day = date.fromisoformat(self.data)
        except ValueError:
            raise ValidationError(f"{self.label.text}: enter a day like 2026-03-31") from None
        if self.day.year not in YEARS:
            self.day = None
            raise ValidationError(f"{self.label.text}: enter a year between {YEARS[0]} and {YEARS[-1]}")


class TimeOfDay(Text):
    """A time of day, typed or picked: 14:00, 2.30pm or 2pm. `clock` is it after a validation, or None."""

    clock: time | None = None

    def __init__(self, label: str, *, required: str, **kwargs: Any) -> None:
        params = {"type": "time", "classes": "govuk-input--width-10", **kwargs.pop("params", {})}
        super().__init__(label, max_length=10, required=required, params=params, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        self.clock = None
        if validation_stopped or self.errors or not self.data:
            return
        self.clock = read_clock(self.data)
        if self.clock is None:
            raise ValidationError(f"{self.label.text}: enter a time like 14:00")


def read_clock(text: str) -> time | None:
    """The time of day that somebody typed as 14:00, 2.30pm or 2pm; None where it is none."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), (found[3] or found[5] or "").lower()
    if half and not 1 <= hour <= 12:
        return None  # 14:00am
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)
