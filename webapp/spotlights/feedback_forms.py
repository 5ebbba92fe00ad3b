"""The one-minute form after a session."""

from typing import Any

from webapp.barriers.forms import QUOTE, QUOTE_HINT, USUAL, choices, hints, usual
from webapp.barriers.models import LONGEST_TEXT
from webapp.library.vocabulary import Vocabulary
from webapp.spotlights.feedback import Given
from webapp.spotlights.models import SessionFeedback, Useful
from webapp.web.forms import Checkbox, Form, GuardedTextArea, Radios, Select

USEFUL = {Useful.YES: "Yes", Useful.PARTLY: "Partly", Useful.NO: "No"}


class SessionFeedbackForm(Form):
    """Three questions. What was passed on already is asked no more: it has a page of its own."""

    useful = Radios(
        "Was it useful?",
        choices=[(useful.value, label) for useful, label in USEFUL.items()],
        required="Say whether it was useful",
    )
    will_try = GuardedTextArea(
        "What will you try? (optional)",
        max_length=LONGEST_TEXT,
        hint="One thing, in a sentence. Leave out whatever could identify somebody.",
        params={"rows": 2},
    )
    in_the_way = GuardedTextArea(
        "What is in the way? (optional)",
        max_length=LONGEST_TEXT,
        hint="It goes to whoever can act on it, and everyone can read it, without your name.",
        params={"rows": 2},
    )
    kind = Radios("What kind of thing is in the way?", choices=[])
    workstream = Select("Who could act on it?", choices=[])
    may_quote = Checkbox(QUOTE, hint=QUOTE_HINT)

    def __init__(self, words: Vocabulary, given: SessionFeedback | None, theme: str, **kwargs: Any) -> None:
        kept = {"useful": given.useful.value, "will_try": given.will_try, "may_quote": given.may_quote} if given else {}
        if given and given.barrier_id is None:
            kept["in_the_way"] = given.in_the_way
        super().__init__(data=kept, **kwargs)
        self.vocabulary, self.theme = words, theme
        self.kind.choices = choices(words, "barrier-kinds")
        self.workstream.choices = [("", USUAL), *choices(words, "workstreams")]
        if given and given.barrier_id is not None:
            for name in ("in_the_way", "kind", "workstream"):
                del self[name]

    @property
    def hints(self) -> list[dict[str, Any]]:
        """What stands beside each kind, as GOV.UK's radios take it."""
        return hints(self.vocabulary)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        good = super().validate(*args, **kwargs)
        if "in_the_way" in self and self.in_the_way.data and not self.kind.data:
            self.kind.errors = ["Choose what kind of thing is in the way"]
            return False
        return good

    def given(self) -> Given:
        """What was sent. Only for a form that is valid."""
        barrier: dict[str, Any] = {}
        if "in_the_way" in self and self.in_the_way.clean:
            kind = self.kind.data or ""
            workstream = self.workstream.data or usual(self.vocabulary, kind)
            barrier = {"in_the_way": self.in_the_way.clean, "kind": kind, "workstream": workstream, "theme": self.theme}
        quote = bool(self.may_quote.data)
        return Given(Useful(self.useful.data), self.will_try.clean, may_quote=quote, **barrier)
