"""The forms of signing in."""

from wtforms import HiddenField

from webapp.accounts.forms import NEW_PASSWORD_HINT, NewPassword
from webapp.web.forms import Email, Form, Password, Text


class SignInForm(Form):
    """E-mail and password; `next` is where the person was going."""

    next = HiddenField()
    email = Email("E-mail address", required="Enter your e-mail address", params={"autocomplete": "username"})
    password = Password("Password", autocomplete="current-password", required="Enter your password")


class ForgottenForm(Form):
    """Whose password was forgotten."""

    email = Email("E-mail address", required="Enter your e-mail address", params={"autocomplete": "username"})


class ResetForm(NewPassword, Form):
    """The new password. Set `own_words` before it is validated."""

    new_password = Password(
        "New password", autocomplete="new-password", required="Enter a new password", hint=NEW_PASSWORD_HINT
    )


class CodeForm(Form):
    """The second step of signing in."""

    code = Text(
        "Code",
        max_length=40,
        required="Enter the code",
        hint="Six digits from the app on your phone, or one of your recovery codes.",
        params={"autocomplete": "one-time-code", "spellcheck": False, "classes": "govuk-input--width-10"},
    )
