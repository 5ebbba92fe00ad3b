"""The forms of packs: what one is called and why something fits, which name nobody; links, and to whom they go."""

import re
from typing import Any, ClassVar

from wtforms import HiddenField
from wtforms.validators import ValidationError

from webapp.packs import keeping, links
from webapp.packs.models import LONGEST_NAME, LONGEST_NOTE
from webapp.web.forms import Email, Form, GuardedText, GuardedTextArea, Radios, Text

CHANGED = "This was changed in another window, or on another device. Read both, then choose what to keep"


class NameForm(Form):
    name = GuardedText(
        "What to call it",
        max_length=LONGEST_NAME,
        required="Say what to call it",
        hint="Such as “Tuesday visits” or “Walks in Northenden”. The person sees it too. Never anybody’s name.",
    )


class _Rewriting(Form):
    """Changes words that may have been changed elsewhere since its page was opened: it knows which ones that showed."""

    about: ClassVar[str]  # the name of the field with the words
    seen = HiddenField()
    beside = HiddenField()  # filled where the page shows what it says now beside what was typed

    def __init__(self, there: str, **kwargs: Any) -> None:
        super().__init__(data={self.about: there, "seen": keeping.mark(there)}, **kwargs)

    @property
    def was_seen(self) -> str:
        """The mark of those words; empty, which none have, where it is missing."""
        return str((self.seen.raw_data or [""])[0])

    def show_both(self, there: str) -> None:
        """After Stale: what is sent next was written by somebody who has read the words that are `there` now."""
        self.seen.data, self.beside.data = keeping.mark(there), "1"
        self[self.about].errors = [CHANGED]


class RenameForm(_Rewriting, NameForm):
    about = "name"


class NoteForm(_Rewriting):
    about = "note"
    note = GuardedTextArea(
        "Why it might suit",
        max_length=LONGEST_NOTE,
        hint="In plain words, for the person: “You said you miss singing. This choir takes beginners.” Name nobody.",
    )


class LinkForm(Form):
    days = Radios(
        "How long should the link work?",
        choices=[(str(days), words) for days, words in links.LIVES.items()],
        default=str(links.USUAL_LIFE),
        required="Choose how long it should work",
    )


# Else the browser offers the address of whoever sends, and on a shared computer keeps that of whoever is sent to.
UNKEPT = {"autocomplete": "off"}


class Recipient(Email):
    """An address that is used once: no draft keeps it either, nor the browser."""

    is_never_kept = True


class RecipientPhone(Text):
    """A number that is used once, as a recipient's address is."""

    is_never_kept = True

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not re.fullmatch(r"(?:(?:\+|00)?440?|0)7[0-9]{9}", re.sub(r"[\s().-]", "", self.data)):
            raise ValidationError("Enter a UK mobile number, like 07700 900123")


class EmailForm(Form):
    to_email = Recipient(
        "Their e-mail address", required="Enter an e-mail address", hint="Used once, and not kept.", params=UNKEPT
    )


class TextForm(Form):
    to_phone = RecipientPhone(
        "Their mobile number",
        max_length=30,
        required="Enter a mobile number",
        hint="Used once, and not kept.",
        params={"type": "tel", **UNKEPT},
    )
