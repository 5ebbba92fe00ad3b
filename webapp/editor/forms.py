"""The forms in which an editor decides about what a reader sent."""

from typing import Any

from wtforms import HiddenField

from webapp.upkeep.corrections import CorrectionState
from webapp.upkeep.suggestions import SuggestionState
from webapp.web.forms import Form, GuardedTextArea, Radios


class DecisionForm(Form):
    """`CHOICES` are the decisions; `HINT` says who reads the reason, and when one must be given."""

    CHOICES: tuple[tuple[str, str], ...] = ()
    HINT = ""

    state = Radios("What did you do?", choices=[], required="Choose what you did")
    reason = GuardedTextArea("What should they know?", max_length=500, params={"rows": 3})
    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = list(self.CHOICES)
        self.reason.description = self.HINT


class CorrectionDecisionForm(DecisionForm):
    CHOICES = (
        (CorrectionState.DONE.value, "The page is changed"),
        (CorrectionState.NOT_CHANGED.value, "I did not change it"),
    )
    HINT = "Whoever told us reads this. If you did not change the page, say why."


class SuggestionDecisionForm(DecisionForm):
    CHOICES = (
        (SuggestionState.ADDED.value, "It is added"),
        (SuggestionState.DECLINED.value, "I did not add it"),
    )
    HINT = "Whoever found it reads this. If you did not add it, say why."
