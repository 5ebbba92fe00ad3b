"""The forms of barriers: what everyone fills in, and what the lead of a workstream does."""

from typing import Any

from webapp.barriers.models import LONGEST_TEXT, Barrier, BarrierSource
from webapp.barriers.report import BarrierReport
from webapp.barriers.statuses import Status
from webapp.gaps.models import WHOLE_CITY
from webapp.gaps.prototype_models import Prototype
from webapp.gaps.queries import CITYWIDE
from webapp.library.vocabulary import Vocabulary
from webapp.web.forms import Checkbox, Form, GuardedText, GuardedTextArea, Radios, Select, Versioned
from webapp.web.handover import LEFT
from webapp.web.triage_forms import NewStatusForm, answer, closing_answer

USUAL = "Not sure: send it where it usually goes"
QUOTE = "It may be quoted, without my name"
QUOTE_HINT = "For example in a meeting, or when a spotlight session is planned."


class BarrierForm(Form):
    """What gets in the way, what kind of thing it is, and who could act on it."""

    text = GuardedTextArea(
        "What gets in the way?",
        read_by_all=True,
        max_length=LONGEST_TEXT,
        required="Say what gets in the way",
        hint="One or two sentences about the work, never about a person.",
        params={"rows": 3},
    )
    kind = Radios("What kind of thing is it?", choices=[], required="Choose what kind of thing it is")
    workstream = Select("Who could act on it?", choices=[])
    place = Select("Where?", choices=[])
    may_quote = Checkbox(QUOTE, hint=QUOTE_HINT)

    def __init__(self, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self.kind.choices = choices(vocabulary, "barrier-kinds")
        self.workstream.choices = [("", USUAL), *choices(vocabulary, "workstreams")]
        self.place.choices = [(CITYWIDE, "Anywhere in the city"), *choices(vocabulary, "places")]

    @property
    def hints(self) -> list[dict[str, Any]]:
        """What stands beside each kind, as GOV.UK's radios take it."""
        return hints(self.vocabulary)

    def raised(self) -> BarrierReport:
        """What was sent. Only for a form that is valid."""
        assert self.text.clean is not None
        kind = self.kind.data or ""
        return BarrierReport(
            text=self.text.clean,
            kind=kind,
            workstream=self.workstream.data or usual(self.vocabulary, kind),
            place=WHOLE_CITY if self.place.data == CITYWIDE else self.place.data or WHOLE_CITY,
            source=BarrierSource.DIRECT,
            may_quote=bool(self.may_quote.data),
        )


class BarrierStatusForm(NewStatusForm):
    closing_answer = closing_answer("Answer to the people who raised it", (Status.ANSWERED, Status.CANNOT))

    def __init__(self, barrier: Barrier, **kwargs: Any) -> None:
        others = [status for status in Status if status not in (Status.NEW, barrier.status)]
        super().__init__(barrier, others, **kwargs)


class BarrierAnswerForm(Versioned):
    answer = answer("Say what was found, what will change, and from when.")

    def __init__(self, barrier: Barrier, **kwargs: Any) -> None:
        super().__init__(barrier, data={"answer": barrier.answer}, **kwargs)


class BarrierAssignmentForm(Versioned):
    workstream = Select("Workstream that can act", choices=[], required="Choose a workstream")
    owner = Select("Looked after by", choices=[])
    kind = Select("Kind", choices=[], required="Choose a kind")
    theme = Select("Theme", choices=[])

    def __init__(self, barrier: Barrier, words: Vocabulary, people: list[tuple[int, str]], **kwargs: Any) -> None:
        kept = {name: getattr(barrier, name) for name in ("workstream", "kind", "theme")}
        super().__init__(barrier, data={**kept, "owner": str(barrier.owner_id or "")}, **kwargs)
        self.workstream.choices = choices(words, "workstreams", barrier.workstream)
        self.owner.choices = [("", "Nobody yet"), *((str(number), name) for number, name in people)]
        if barrier.owner_id and barrier.owner_id not in dict(people):
            self.owner.choices.append((str(barrier.owner_id), LEFT))
        self.kind.choices = choices(words, "barrier-kinds", barrier.kind)
        self.theme.choices = [("", "Not decided"), *choices(words, "themes", barrier.theme)]

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen, as `triage.assign` takes it. Only for a form that is valid."""
        codes = {name: self[name].data or "" for name in ("workstream", "kind", "theme")}
        return {**codes, "owner": int(self.owner.data) if self.owner.data else None}


class IntoGapForm(Versioned):
    """A button: put it in the gap log."""


class SpotlightForm(Versioned):
    title = GuardedText(
        "What should the session be called?",
        max_length=110,
        required="Give the session a title",
        hint="For example: “Recording risk in strengths language”. Conveners find it among what is proposed.",
    )


class TrialForm(Versioned):
    prototype = Select("Something that is being tried already", choices=[], required="Choose what is being tried")

    def __init__(self, barrier: Barrier, going: list[Prototype], **kwargs: Any) -> None:
        super().__init__(barrier, **kwargs)
        self.prototype.choices = [("", "Choose a prototype"), *((str(p.id), p.title) for p in going)]


def choices(vocabulary: Vocabulary, name: str, kept: str = "") -> list[tuple[str, str]]:
    """The terms of one vocabulary as a select shows them, and `kept` even where the vocabulary has dropped it."""
    terms = {slug: term.label for slug, term in vocabulary.terms(name).items()}
    if kept:
        terms.setdefault(kept, vocabulary.label(name, kept))
    return list(terms.items())


def hints(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The hint of each kind of barrier, in the order of the choices."""
    return [{"hint": {"text": term.hint}} if term.hint else {} for term in vocabulary.terms("barrier-kinds").values()]


def usual(vocabulary: Vocabulary, kind: str) -> str:
    """The workstream that a barrier of this kind usually goes to; the first there is where none is named."""
    streams = vocabulary.terms("workstreams")
    term = vocabulary.terms("barrier-kinds").get(kind)
    return term.workstream if term and term.workstream in streams else next(iter(streams))
