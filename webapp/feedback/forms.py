"""Something wrong or missing on this page?"""

from typing import Any

from wtforms import HiddenField

from webapp.corrections import Topic
from webapp.forms import Form, GuardedTextArea, Radios


class FeedbackForm(Form):
    topic = Radios(
        "What is it about?",
        choices=[(topic.value, topic.label) for topic in Topic],
        required="Choose what it is about",
    )
    text = GuardedTextArea(
        "What should we know?",
        max_length=1000,
        hint="For example, the new day or time, and how you know. Leave out anything about a person.",
        params={"rows": 4},
    )
    about = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.topic.data != Topic.CLOSED and not self.text.data:
            self.text.errors = ["Say what should change, in a sentence"]
            return False
        return bool(sound)
