"""Fields for what a listing's file may say: each is checked as `signpost content check` would."""

from typing import Any

from wtforms import ValidationError

from webapp.library.front_matter.fields import overnight
from webapp.library.listings.proposals import wrong_with
from webapp.web.forms import Text

ENDS_TOO_SOON = "It ends before it begins: check both times"


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
    return Text(label, max_length=2000, validators=[Sound("url")], params={"type": "url"})


def clock(label: str, example: str) -> Text:
    """A field for a time of day; `example` is one, as in 10:30."""
    params = {"classes": "govuk-input--width-5"}
    return Text(label, max_length=5, hint=f"As in {example}", validators=[Sound("clock")], params=params)


def clock_time(typed: str | None) -> str:
    """`9.30` as a file says it: 09:30. Empty where nothing was typed."""
    return typed.replace(".", ":").zfill(5) if typed else ""


def ends_too_soon(starts: str | None, ends: str | None) -> bool:
    """Whether what was typed as two times of a day has its end before its beginning, and no night between them."""
    begins, over = clock_time(starts), clock_time(ends)
    return bool(begins and over) and over <= begins and not overnight(begins, over)
