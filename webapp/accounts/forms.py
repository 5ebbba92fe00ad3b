"""The forms of one's own account, and what those of signing in and of looking after people share with them."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from webapp.accounts import breached, passwords
from webapp.web import current
from webapp.web.forms import Form, Password, Radios, Text

NEW_PASSWORD_HINT = "12 characters or more. Three or four words that do not belong together work well."  # nosec B105 # noqa: S105
# The option of a choice of place that stands for no answer.
TEAMS, EVERYWHERE = "my-team", "everywhere"
ROLE_WORDS = {
    "practitioner": "Practitioner: finds, reads, reports gaps",
    "facilitator": "Facilitator: also runs a Community of Practice",
    "commissioner": "Commissioner: also answers the gap log",
    "editor": "Editor: also looks after content and corrections",
    "admin": "Administrator: looks after people and their roles",
}


class NewPassword:
    """A field for a new password, and the words it must not be made of."""

    own_words: tuple[str, ...] = ()

    def validate_new_password(self, field: Any) -> None:
        """Raises ValidationError with all that is wrong with it."""
        if faults := passwords.faults(field.data or "", self._words()):
            raise ValidationError(". ".join(faults))
        if fault := breached.fault(current.settings().breached_passwords, field.data or ""):
            raise ValidationError(fault)

    def _words(self) -> Iterable[str]:
        return self.own_words


class ChangePasswordForm(NewPassword, Form):
    """My password. Set `own_words` before it is validated."""

    password = Password("Your password now", autocomplete="current-password", required="Enter your password now")
    new_password = Password(
        "New password",
        autocomplete="new-password",
        required="Enter a new password",
        hint=NEW_PASSWORD_HINT,
    )


class NewFactorForm(Form):
    """Somebody at their own account says that the phone is theirs."""

    code = Text(
        "Code from your phone",
        max_length=10,
        required="Enter the six digits that the app shows",
        params={"autocomplete": "one-time-code", "inputmode": "numeric", "classes": "govuk-input--width-10"},
    )
    password = Password("Your password", autocomplete="current-password", required="Enter your password")


class PasswordForm(Form):
    """Somebody at their own account says once more that it is they."""

    password = Password("Your password", autocomplete="current-password", required="Enter your password")


class StartingPlaceForm(Form):
    """Where somebody's pages begin; `next` is the page that they came from."""

    next = HiddenField()
    place = Radios("Where should they begin?", choices=[], required="Choose where to begin")

    def offer(self, of_team: str, places: Iterable[tuple[str, str]]) -> None:
        """Give the places, as pairs of slug and name; `of_team` is what the team's patch is called, or empty."""
        first = f"My team’s patch: {of_team}" if of_team else "My team’s patch, once I am in a team that has one"
        self.place.choices = [(TEAMS, first), (EVERYWHERE, "The whole city"), *places]
