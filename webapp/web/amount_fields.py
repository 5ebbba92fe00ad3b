"""Fields of a form in which an amount is said: of money, or of people."""

import re
from typing import Any

from wtforms.validators import ValidationError

from webapp.web.forms import Text

MOST = 999_999_999  # what a column of the database holds, with room for sums


class Amount(Text):
    """A whole number of something, with or without commas. `amount` is it after a validation; None for nothing."""

    amount: int | None = None
    prefix = ""

    def __init__(self, label: str, **kwargs: Any) -> None:
        signs: dict[str, Any] = {"inputmode": "numeric", "classes": "govuk-input--width-10", "spellcheck": False}
        signs |= {"prefix": {"text": self.prefix}} if self.prefix else {}
        super().__init__(label, max_length=20, params={**signs, **kwargs.pop("params", {})}, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        self.amount = None
        if validation_stopped or self.errors or not self.data:
            return
        typed = self.data.removeprefix(self.prefix).replace(",", "").replace(" ", "")
        typed = typed.removesuffix(".00") if self.prefix else typed
        if not re.fullmatch(r"\d{1,9}", typed, re.ASCII):
            raise ValidationError(f"{self.label.text}: enter a whole number, like 1,500")
        self.amount = int(typed)


class Pounds(Amount):
    """Whole pounds."""

    prefix = "£"
