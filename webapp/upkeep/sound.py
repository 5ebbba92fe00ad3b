"""The check that what was typed is what a listing's file may say."""

from typing import Any

from wtforms import ValidationError

from webapp.library.listings.proposals import wrong_with


class Sound:
    """The answer must be what a listing's file may say: see `proposals.KINDS`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, form: Any, field: Any) -> None:
        wrong = wrong_with(self.kind, field.data)
        if wrong:
            raise ValidationError(wrong[:1].upper() + wrong[1:])
