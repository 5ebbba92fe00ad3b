"""The forms that commissioners fill in about one gap."""

from typing import Any

from wtforms import HiddenField

from webapp.forms import Form, GuardedTextArea, Select
from webapp.gap_log.models import Gap
from webapp.gap_log.statuses import Status
from webapp.library.vocabulary import Vocabulary

LONGEST_ANSWER = 2000


class GapForm(Form):
    """Says which version of the gap was on the screen when it was filled in."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """That version; 0, which no gap has, where it is missing or no number."""
        said = self.version.data or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


class StatusForm(GapForm):
    status = Select("New status", choices=[], required="Choose a status")
    reason = GuardedTextArea(
        "Why?",
        max_length=500,
        required="Say why, in a sentence or two",
        hint="Everyone can read this.",
        params={"rows": 2},
    )
    closing_answer = GuardedTextArea(
        "Answer to the people who asked",
        max_length=LONGEST_ANSWER,
        hint="Needed for “Met” and “Not now”. Everyone can read this.",
        params={"rows": 4},
    )

    def __init__(self, gap: Gap, **kwargs: Any) -> None:
        super().__init__(data={"version": str(gap.version)}, **kwargs)
        others = [status for status in Status if status not in (Status.NEW, gap.status)]
        self.status.choices = [("", "Choose a status"), *((s.value, s.label) for s in others)]


class AnswerForm(GapForm):
    answer = GuardedTextArea(
        "Answer",
        max_length=LONGEST_ANSWER,
        required="Write the answer. One that people have been told cannot be emptied",
        hint="Say what was found, what was tried and what happens now. Everyone can read this.",
        params={"rows": 6},
    )

    def __init__(self, gap: Gap, **kwargs: Any) -> None:
        super().__init__(data={"version": str(gap.version), "answer": gap.answer}, **kwargs)


class AssignmentForm(GapForm):
    theme = Select("Theme", choices=[])
    workstream = Select("Workstream that can act", choices=[])
    owner = Select("Looked after by", choices=[])

    def __init__(self, gap: Gap, words: Vocabulary, people: list[tuple[int, str]], **kwargs: Any) -> None:
        kept = {"theme": gap.theme, "workstream": gap.workstream, "owner": str(gap.owner_id or "")}
        super().__init__(data={"version": str(gap.version), **kept}, **kwargs)
        self.theme.choices = _choices(words, "themes", gap.theme)
        self.workstream.choices = _choices(words, "workstreams", gap.workstream)
        self.owner.choices = [("", "Nobody yet"), *((str(number), name) for number, name in people)]


class NoteForm(Form):
    note = GuardedTextArea(
        "Add a note",
        max_length=2000,
        required="Write the note",
        hint="Only commissioners can read notes. They are about services, never about a person.",
        params={"rows": 3},
    )


def _choices(words: Vocabulary, name: str, kept: str) -> list[tuple[str, str]]:
    """The terms of a vocabulary, and the one that the gap has even where the vocabulary has dropped it."""
    terms = {slug: term.label for slug, term in words.terms(name).items()}
    if kept:
        terms.setdefault(kept, words.label(name, kept))
    return [("", "Not decided"), *terms.items()]
