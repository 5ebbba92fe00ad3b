"""The form in which commissioners write the opening words and the recommendations of a report."""

from typing import Any

from wtforms import HiddenField

from webapp.commissioning.report.models import ReportWords
from webapp.web.forms import Form, GuardedTextArea
from webapp.web.text import number

LONGEST = 6000


class ReportWordsForm(Form):
    opening = GuardedTextArea(
        "Opening words",
        max_length=LONGEST,
        hint="What this is for, and what the figures say. They stand before the figures.",
        params={"rows": 8},
    )
    recommendations = GuardedTextArea(
        "Recommendations",
        max_length=LONGEST,
        hint="What you propose, by whom and by when. They stand at the end. An empty line begins a new paragraph.",
        params={"rows": 8},
    )
    seen = HiddenField()

    def __init__(self, written: ReportWords | None, **kwargs: Any) -> None:
        kept = {"seen": str(written.id if written else 0)}
        if written:
            kept |= {"opening": written.opening, "recommendations": written.recommendations}
        super().__init__(data=kept, **kwargs)

    @property
    def before(self) -> int:
        """The id of what was on the screen; -1, which nothing has, where it is missing or no number."""
        sent = self.seen.raw_data or [None]
        return 0 if sent[0] == "0" else number(sent[0]) or -1
