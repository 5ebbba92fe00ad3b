"""Bringing something to a meeting, and asking a commissioner to come."""

from collections.abc import Iterable, Sequence
from datetime import date

from webapp.community.meetings import Meeting
from webapp.community.models import LONGEST_ABOUT, LONGEST_NOTE
from webapp.english.dates import long_date
from webapp.people.models import User
from webapp.web.forms import Form, GuardedText, GuardedTextArea, Select
from webapp.web.text import number


def _days(meetings: Iterable[Meeting]) -> list[tuple[str, str]]:
    return [(meeting.day.isoformat(), long_date(meeting.day)) for meeting in meetings]


def day_of(text: str | None) -> date | None:
    """The day that a form names as 2026-12-03; None where it is no day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


class RotaForm(Form):
    """Put me on for a meeting."""

    day = Select("Meeting", choices=[], required="Choose a meeting")
    about = GuardedText(
        "What you will bring",
        max_length=LONGEST_ABOUT,
        hint="A few words, about nobody in particular. For example: a package that was larger than anyone wanted.",
    )

    def offer(self, meetings: Sequence[Meeting]) -> None:
        """Give the meetings to choose from."""
        self.day.choices = _days(meetings)


class InvitationForm(Form):
    """Ask a commissioner to a meeting."""

    commissioner = Select("Commissioner", choices=[], required="Choose whom to ask")
    day = Select("Meeting", choices=[], required="Choose a meeting")
    note = GuardedTextArea(
        "Why you ask them (optional)", max_length=LONGEST_NOTE, hint="What you would like to talk about, in a sentence."
    )

    def offer(self, people: Iterable[User], meetings: Iterable[Meeting]) -> None:
        """Give the commissioners and the meetings to choose from."""
        self.commissioner.choices = [("", "Choose a commissioner"), *((str(p.id), p.name) for p in people)]
        self.day.choices = _days(meetings)

    @property
    def whom(self) -> int:
        """The id of who is asked."""
        return number(self.commissioner.data) or 0
