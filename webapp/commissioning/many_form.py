"""What is to become of the gaps that are ticked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from webapp.commissioning.forms import choices
from webapp.gaps import handing_over
from webapp.gaps.bulk import WantedChange
from webapp.gaps.models import Gap
from webapp.gaps.queries import NOBODY, NOT_DECIDED
from webapp.gaps.statuses import CLOSED, Status
from webapp.library.vocabulary import Vocabulary
from webapp.web.day_fields import Day
from webapp.web.forms import Checkbox, Form, GuardedTextArea, Select
from webapp.web.triage_forms import LONGEST_ANSWER

LEAVE = ("", "Leave as it is")
# A gap is tried by a prototype of its own, which is chosen on the gap.
MOVES = [status for status in Status if status not in (Status.NEW, Status.PROTOTYPE)]
ASKED = ("status", "reason", "target_on", "answer", "quiet", "owner", "handover", "theme", "workstream")


class ManyForm(Form):
    status = Select("New status", choices=[])
    reason = GuardedTextArea(
        "Why this status?", max_length=500, hint="Everyone can read this on each gap.", params={"rows": 2}
    )
    answer = GuardedTextArea(
        "Answer to the people who asked",
        max_length=LONGEST_ANSWER,
        hint="Needed for “Met” and “Not now”. It goes to each of these gaps that has no answer yet.",
        params={"rows": 4},
    )
    target_on = Day(
        "By when should they be there?", required="", hint="Needed for “In commissioning plan”, where a gap has no day."
    )
    owner = Select("Looked after by", choices=[])
    handover = GuardedTextArea(
        "A word to whoever looks after them now",
        max_length=handing_over.LONGEST_NOTE,
        hint="They are told, with this, which gaps are theirs. Write about services, never about a person.",
        params={"rows": 2},
    )
    theme = Select("Theme", choices=[])
    workstream = Select("Workstream that can act", choices=[])
    quiet = Checkbox("Tell nobody: nothing changes for the people who asked")

    def __init__(self, words: Vocabulary, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.status.choices = [LEAVE, *((s.value, s.label) for s in MOVES)]
        self.owner.choices = [LEAVE, (NOBODY, "Nobody"), *((str(number), name) for number, name in people)]
        for field, name in ((self.theme, "themes"), (self.workstream, "workstreams")):
            field.choices = [LEAVE, (NOT_DECIDED, "Not decided"), *choices(words, name)[1:]]

    def check(self, gaps: Sequence[Gap], today: date) -> bool:
        """Whether it can be done to `gaps`; otherwise the fields say what is missing."""
        good = self.validate()
        if good and not any((self.status.data, self.owner.data, self.theme.data, self.workstream.data)):
            self.status.errors = ["Choose what to change: a status, who looks after them, a theme or a workstream"]
        if self.status.data and not (self.reason.data or self.quiet.data):
            self.reason.errors = ["Say why, in a sentence or two"]
        if self.status.data in CLOSED and self.quiet.data:
            self.quiet.errors = ["This closes gaps, so the people who asked must hear it. Take the tick away"]
        if self.status.data == Status.IN_PLAN and not self.target_on.data and any(not g.target_on for g in gaps):
            self.target_on.errors = ["Say by when they should be there: the people who asked read it"]
        if self.target_on.day and self.target_on.day < today:
            self.target_on.errors = ["This day has passed. Give the day by which they will be there"]
        if self.status.data in CLOSED and not self.answer.data and any(not gap.answer for gap in gaps):
            closes = Status(self.status.data).label
            self.answer.errors = [f"Write the answer: “{closes}” closes gaps, and the people who asked must hear why"]
        return good and not any(field.errors for field in self)

    def change(self) -> WantedChange:
        """What was chosen. Only for a form that `check` found good."""
        return WantedChange(
            status=Status(self.status.data) if self.status.data else None,
            reason=self.reason.clean if self.status.data else None,
            answer=self.answer.clean if self.status.data in CLOSED else None,
            target_on=self.target_on.day if self.status.data == Status.IN_PLAN else None,
            quiet=bool(self.quiet.data),
            theme=_code(self.theme.data),
            workstream=_code(self.workstream.data),
            owner=None if not self.owner.data else 0 if self.owner.data == NOBODY else int(self.owner.data),
        )

    def kept(self) -> list[tuple[str, str]]:
        """(name, value) of all that was answered, for the page that asks whether to do it."""
        answered = [(name, "y" if name == "quiet" and self.quiet.data else self[name].data) for name in ASKED]
        guarded = (self.reason, self.answer, self.handover)
        marked = [(field.override_name, text) for field in guarded for text in sorted(field.marked)]
        return [(name, value) for name, value in (*answered, *marked) if value]


def _code(value: str | None) -> str | None:
    return None if not value else "" if value == NOT_DECIDED else value
