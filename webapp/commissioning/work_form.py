"""The one form of a gap: its status, its answer, whose it is, what it is about and a note. What is not sent stays."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request

from webapp.commissioning.forms import choices
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.prototype_models import Prototype
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.statuses import CLOSED, Status
from webapp.gaps.working import GapWork
from webapp.library.vocabulary import Vocabulary
from webapp.web.amount_fields import Pounds
from webapp.web.forms import Checkbox, Checkboxes, GuardedTextArea, Select, Versioned
from webapp.web.handover import LEFT
from webapp.web.triage_forms import LONGEST_ANSWER, met_by, planned_for

CODES = ("theme", "workstream", "outcome")
SMALL = {"params": {"classes": "govuk-checkboxes--small"}}


class KeptTextArea(GuardedTextArea):
    """Text that was published already: as it stood, `kept`, the guard has read it, and nothing is to be said again."""

    kept = ""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data == self.kept:
            self.clean, self.matches, self.insisted = None, (), ()
        else:
            super().post_validate(form, validation_stopped)


class GapWorkForm(Versioned):
    status = Select("Status", choices=[])
    reason = GuardedTextArea(
        "Why this status?",
        max_length=500,
        hint="Needed for a new status. Everyone can read this.",
        params={"rows": 2},
    )
    prototype = Select("Which prototype tries it?", choices=[], hint="Needed for “Prototype”.")
    target_on = planned_for()
    budget = Pounds("Budget", hint="Whole pounds. Only commissioners can read this.")
    met_by = met_by()
    answer = KeptTextArea(
        "Answer to the people who asked",
        max_length=LONGEST_ANSWER,
        hint="Needed for “Met” and “Not now”. Say what was found, tried and happens now. Everyone can read it.",
        params={"rows": 5},
    )
    owner = Select("Looked after by", choices=[])
    theme = Select("Theme", choices=[])
    workstream = Select("Workstream that can act", choices=[])
    place = Select("Place", choices=[])
    audience = Checkboxes("Who it is for", choices=[], hint="None means anyone.", render_kw=SMALL)
    outcome = Select("It would help with", choices=[])
    note = GuardedTextArea(
        "Private note",
        max_length=2000,
        hint="Only commissioners can read notes. They are about services, never about a person.",
        params={"rows": 2},
    )
    quiet = Checkbox("Tell nobody: nothing changes for the people who asked", render_kw=SMALL)

    def __init__(
        self,
        gap: Gap,
        words: Vocabulary,
        people: Sequence[tuple[int, str]],
        running: Sequence[Prototype],
        **kwargs: Any,
    ) -> None:
        kept = {name: getattr(gap, name) for name in ("answer", *CODES)}
        kept |= {"status": gap.status.value, "owner": str(gap.owner_id or ""), "place": gap.place or CITYWIDE}
        kept |= {"target_on": gap.target_on.isoformat() if gap.target_on else "", "audience": gap.audiences}
        kept |= {"budget": "" if gap.budget is None else f"{gap.budget:,}"}
        super().__init__(gap, data=kept, **kwargs)
        self._gap, self.answer.kept = gap, gap.answer
        if self.is_submitted() and not {"audience", "audience_shown"} & request.form.keys():
            self.audience.data = gap.audiences
        others = [status for status in Status if status not in (Status.NEW, gap.status)]
        self.status.choices = [(status.value, status.label) for status in (gap.status, *others)]
        self.prototype.choices = [("", "Choose a prototype"), *((str(one.id), one.title) for one in running)]
        for name in CODES:
            self[name].choices = choices(words, f"{name}s", getattr(gap, name))
        self.owner.choices = [("", "Nobody yet"), *((str(number), name) for number, name in people)]
        if gap.owner_id and gap.owner_id not in dict(people):
            self.owner.choices.append((str(gap.owner_id), LEFT))
        self.place.choices = [(CITYWIDE, "Whole city"), *choices(words, "places", gap.place)[1:]]
        self.audience.choices = choices(words, "audiences", *gap.audiences)[1:]

    def check(self, today: date) -> bool:
        """Whether it can be done; otherwise the fields say what is missing. What only the log knows, it says itself."""
        good = self.validate()
        to = Status(self.status.data) if good else self._gap.status
        if to is not self._gap.status and not (self.reason.data or self.quiet.data or to is Status.PROTOTYPE):
            self.reason.errors = ["Say why, in a sentence or two"]
        if to in CLOSED and not self.answer.data:
            self.answer.errors = [
                f"Write the answer: “{to.label}” closes the gap, and the people who asked must hear why"
            ]
        elif self._gap.answer and not self.answer.data:
            self.answer.errors = ["Write the answer. One that people have been told cannot be emptied"]
        day = self.target_on.day
        if good and day and day < today and day != self._gap.target_on:
            self.target_on.errors = ["This day has passed. Give the day by which it will be there"]
        return good and not any(field.errors for field in self)

    def work(self, met_by: str) -> GapWork:
        """What was sent, with the path of the listing that was named. Only for a form that `check` found good."""
        about = {name: self[name].data or "" for name in CODES}
        about["audiences"] = sorted(self.audience.data or ())
        about["place"] = WHOLE_CITY if self.place.data == CITYWIDE else self.place.data
        about["owner"] = int(self.owner.data) if self.owner.data else None
        return GapWork(
            status=Status(self.status.data),
            reason=self.reason.clean,
            answer=self.answer.clean,
            note=self.note.clean,
            met_by=met_by,
            prototype=int(self.prototype.data) if self.prototype.data else None,
            quiet=bool(self.quiet.data),
            about={**about, "target_on": self.target_on.day, "budget": self.budget.amount},
        )
