"""The form in which an editor decides about a reader's correction."""

from wtforms import HiddenField

from webapp.upkeep.corrections import CorrectionState
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
