"""The forms in which an editor decides about what a reader sent."""

from wtforms import HiddenField

from webapp.upkeep.corrections import CorrectionState
from webapp.upkeep.suggestions import SuggestionState
from webapp.web.forms import Form, GuardedTextArea, Radios


class CorrectionDecisionForm(Form):
    state = Radios(
        "What did you do?",
        choices=[
            (CorrectionState.DONE.value, "The page is changed"),
            (CorrectionState.NOT_CHANGED.value, "I did not change it"),
        ],
        required="Choose what you did",
    )
    reason = GuardedTextArea(
        "What should they know?",
        max_length=500,
        hint="Whoever told us reads this. If you did not change the page, say why.",
        params={"rows": 3},
    )
    seen = HiddenField()


class SuggestionDecisionForm(Form):
    state = Radios(
        "What did you do?",
        choices=[
            (SuggestionState.ADDED.value, "It is added"),
            (SuggestionState.DECLINED.value, "I did not add it"),
        ],
        required="Choose what you did",
    )
    reason = GuardedTextArea(
        "What should they know?",
        max_length=500,
        hint="Whoever found it reads this. If you did not add it, say why.",
        params={"rows": 3},
    )
    seen = HiddenField()
