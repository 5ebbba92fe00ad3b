"""Statuses: how they are stored, and those that carry the words and the colour in which every page shows them."""

from enum import StrEnum
from typing import Self

from sqlalchemy import Enum


class WordedStatus(StrEnum):
    """A status with its words, one line each: `NEW = "new", "New", "A commissioner will read this next.", "blue"`.

    The value is what the database and addresses hold. `label` is what it is called, `meaning` one sentence to the
    people it concerns or empty, and `colour` one of the GOV.UK tag, which never says more than the label does.
    """

    label: str
    meaning: str
    colour: str

    def __new__(cls, value: str, label: str = "", meaning: str = "", colour: str = "") -> Self:
        # The defaults are for type checkers, who take a look-up by value, `Status("new")`, for a call of this.
        status = str.__new__(cls, value)
        status._value_ = value
        status.label, status.meaning, status.colour = label, meaning, colour
        return status


def stored(kind: type[StrEnum]) -> Enum:
    """The column type that holds the values of `kind`: plain text, so that a new value needs no change of type."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
