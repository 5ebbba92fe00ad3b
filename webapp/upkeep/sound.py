"""Fields for what a listing's file may say: each is checked as `signpost content check` would."""

import re
from typing import Any

from wtforms import ValidationError

from webapp.library.front_matter.fields import overnight
from webapp.library.listings.proposals import wrong_with
from webapp.web.day_fields import read_clock
from webapp.web.forms import Text
from webapp.web.text import tidy

ENDS_TOO_SOON = "It ends before it begins: check both times"
BARE_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", re.IGNORECASE)  # www.example.org


class Sound:
    """The answer must be what a listing's file may say: see `proposals.KINDS`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, form: Any, field: Any) -> None:
        wrong = wrong_with(self.kind, field.data)
        if wrong:
            raise ValidationError(wrong[:1].upper() + wrong[1:])


def phone(label: str, hint: str) -> Text:
    """A field for a phone line."""
    params = {"type": "tel", "inputmode": "tel", "classes": "govuk-input--width-20"}
    return Text(label, max_length=40, hint=hint, validators=[Sound("phone")], params=params)


def email(label: str, hint: str = "") -> Text:
    """A field for an address of mail."""
    params = {"type": "email", "spellcheck": False}
    return Text(label, max_length=254, hint=hint, validators=[Sound("email")], params=params)


def web_address(label: str) -> Text:
    """A field for an address of the web."""
    return Text(
        label, max_length=2000, validators=[Sound("url")], filters=[tidy, whole_address], params={"type": "url"}
    )


def whole_address(typed: str) -> str:
    """`www.example.org` with the `https://` that nobody types. Anything else stays as it was typed."""
    return f"https://{typed}" if BARE_ADDRESS.fullmatch(typed) else typed


def clock(label: str, example: str) -> Text:
    """A field for a time of day; `example` is one, as in 10:30 or 2pm. Its `data` is as a file says it."""
    params = {"classes": "govuk-input--width-5"}
    hint, filters = f"As in {example}", [tidy, clock_time]
    return Text(label, max_length=10, hint=hint, validators=[Sound("clock")], filters=filters, params=params)


def clock_time(typed: str) -> str:
    """`9.30` and `2pm` as a file says them: 09:30, 14:00. What is no time stays as it was typed."""
    read = read_clock(typed)
    return f"{read:%H:%M}" if read else typed


def ends_too_soon(starts: str | None, ends: str | None) -> bool:
    """Whether two times of a day have the end before the beginning, and no night between them."""
    begins, over = read_clock(starts or ""), read_clock(ends or "")
    return bool(begins and over and over <= begins) and not overnight(f"{begins:%H:%M}", f"{over:%H:%M}")
