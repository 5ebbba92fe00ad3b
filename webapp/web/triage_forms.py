"""The forms in which somebody decides about what others asked for, and answers them."""

from collections.abc import Iterable
from typing import Any

from webapp.db.statuses import WordedStatus
from webapp.web.day_fields import Day
from webapp.web.forms import GuardedTextArea, Select, Text, Versioned

LONGEST_ANSWER = 2000  # characters


class NewStatusForm(Versioned):
    """A new status, one of those `offered`, and a reason that everyone can read."""

    status = Select("New status", choices=[], required="Choose a status")
    reason = GuardedTextArea(
        "Why?",
        max_length=500,
        required="Say why, in a sentence or two",
        hint="Everyone can read this.",
        params={"rows": 2},
    )

    def __init__(self, row: Any, offered: Iterable[WordedStatus], **kwargs: Any) -> None:
        super().__init__(row, **kwargs)
        self.status.choices = [("", "Choose a status"), *((status.value, status.label) for status in offered)]


def closing_answer(label: str, closing: Iterable[WordedStatus]) -> GuardedTextArea:
    """A field for the answer without which nothing becomes one of `closing`."""
    names = " and ".join(f"“{status.label}”" for status in closing)
    return GuardedTextArea(
        label, max_length=LONGEST_ANSWER, hint=f"Needed for {names}. Everyone can read this.", params={"rows": 4}
    )


def answer(hint: str) -> GuardedTextArea:
    """A field for the answer to everybody who asked."""
    return GuardedTextArea(
        "Answer",
        max_length=LONGEST_ANSWER,
        required="Write the answer. One that people have been told cannot be emptied",
        hint=f"{hint} Everyone can read this.",
        params={"rows": 6},
    )


def met_by() -> Text:
    """A field for the address of the listing that meets a gap."""
    return Text(
        "Listing that meets it",
        max_length=600,
        hint="Needed for “Met”. Its address, for example: /directory/levenshulme-mens-shed",
        params={"autocomplete": "off", "spellcheck": False},
    )


def planned_for() -> Day:
    """A field for the day by which what is planned will be there."""
    hint = "Needed for “In commissioning plan”. Everyone can read it."
    return Day("By when should it be there?", required="", hint=hint)
