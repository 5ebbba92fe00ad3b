"""The forms of packs: what one is called, and why something fits. Neither may name anybody."""

from webapp.packs.models import LONGEST_NAME, LONGEST_NOTE
from webapp.web.forms import Form, GuardedText, GuardedTextArea


class NameForm(Form):
    name = GuardedText(
        "What to call it",
        max_length=LONGEST_NAME,
        required="Say what to call it",
        hint="Such as “Tuesday visits” or “Walks in Northenden”. Never the name of a person.",
    )


class NoteForm(Form):
    note = GuardedTextArea(
        "Why it might suit",
        max_length=LONGEST_NOTE,
        hint="In plain words, for the person: “You said you miss singing. This choir takes beginners.” Name nobody.",
    )
