"""The forms in which an editor writes a file, begins one, and chooses between two versions of the same lines."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, TextAreaField
from wtforms.validators import ValidationError

from webapp.library.authoring.scaffold import KINDS
from webapp.library.editing import typed
from webapp.web.forms import Form, GuardedText, Radios, Select, Text

BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
KIND_NAMES = {
    "asset": "A listing of the directory",
    "toolkit": "A page of the toolkit",
    "tec": "A page about TEC",
    "spotlight": "A spotlight session",
    "handout": "A handout of a session",
    "update": "You asked, we did",
    "change": "A change of law or practice",
    "message": "A message to staff",
}


class FileText(TextAreaField):
    """The whole text of a file: nothing in it is tidied, and nothing in it is guarded, for it is published."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if len((self.data or "").encode()) > typed.MOST:
            raise ValidationError(f"Keep the text under {typed.MOST // 1024} kB, or change the file in the repository")


class FileForm(Form):
    text = FileText("The file")
    change = GuardedText(
        "What did you change?",
        max_length=120,
        hint="One line for the history of the page, for example “New day and time”. You may leave it empty.",
    )
    base = HiddenField()

    @property
    def made_from(self) -> str:
        """The blob that the text was made from; empty for a new file, `unknown` where it says anything else."""
        sent = self.base.data or ""
        return sent if not sent or BLOB.fullmatch(sent) else "unknown"

    @property
    def typed(self) -> str:
        return typed.one_way(self.text.data or "")


class NewFileForm(Form):
    kind = Radios("What is it?", choices=[], required="Choose what it is")
    title = GuardedText("Its title", max_length=120, required="Give it a title")
    session = Select("For which session?", choices=[], hint="A handout alone needs one.")
    slug = Text(
        "Its address",
        max_length=80,
        hint="Lower-case letters, digits and hyphens. Made from the title where you leave it empty.",
    )

    def __init__(self, *args: Any, sessions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind, KIND_NAMES.get(kind, kind)) for kind in KINDS]
        self.session.choices = [("", "None"), *((name, name) for name in sessions)]

    def validate(self, extra_validators: Any = None) -> bool:
        passes = super().validate(extra_validators)
        if self.kind.data == "handout" and not self.session.data:
            self.session.errors = ["Choose the session that the handout is for"]
            return False
        return bool(passes)
