"""The form of a learning log: one question that must be answered, and the rest as far as its writer likes."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField

from webapp.barriers.forms import QUOTE, QUOTE_HINT, USUAL, choices, usual
from webapp.barriers.models import LONGEST_TEXT, BarrierSource
from webapp.barriers.report import BarrierReport
from webapp.gaps.models import WHOLE_CITY
from webapp.gaps.queries import CITYWIDE
from webapp.learning_logs import drafts
from webapp.learning_logs.models import Helped, LearningLog, LearningLogDraft
from webapp.learning_logs.writing import STEPS, TEXTS, LogContent
from webapp.library.vocabulary import Vocabulary
from webapp.web.forms import Checkbox, Checkboxes, Form, GuardedTextArea, Radios, Select

LONGEST_STEP = 4000
LONGEST_TRY = 500
OTHER = "other"  # the kind of barrier that is none of the others
NOT_SAID = "Not sure"


@dataclass(frozen=True)
class Prompt:
    """A question that helps to fill in a field. `lens` is one of the five of KcVETS, as its letters say it.

    The lenses are those of the strengths-based practice framework (Department of Health and Social Care, February
    2019), which content/toolkit/kcvets-reflection.md explains: co-produced knowledge and research, values and ethics,
    experience, theories and methods, skills. Which step each fits is our choice.
    """

    lens: str
    name: str
    ask: str


PROMPTS = {
    "experience": (
        Prompt("Kc", "Knowledge", "What did the person know about their life that nobody else did?"),
        Prompt("S", "Skills", "What did you do, with your words, your silence, your hands?"),
    ),
    "reflection": (
        Prompt("V", "Values", "Whose values won? Where were you uncomfortable?"),
        Prompt("E", "Experience", "What did this remind you of? Was that a help?"),
    ),
    "concept": (
        Prompt("T", "Theories", "Which model, law or method were you using, even if you never named it?"),
        Prompt("Kc", "Research", "What does research say, and where does the person’s own account differ?"),
    ),
    "experiment": (
        Prompt("S", "Skills", "What would you say or do in another way?"),
        Prompt("V", "Values", "Would the person call it better too?"),
    ),
}


def _step(label: str, hint: str) -> GuardedTextArea:
    return GuardedTextArea(label, max_length=LONGEST_STEP, hint=hint, params={"rows": 3})


class LogForm(Form):
    """A week’s log. The four steps are those of Kolb’s cycle (1984), in the plain words of the toolkit."""

    helped = Radios(
        "Did your Community of Practice help you to work from strengths this week?",
        choices=[(helped.value, helped.label) for helped in Helped],
        required="Choose whether it helped",
    )
    themes = Checkboxes("What was it about?", choices=[], params={"classes": "govuk-checkboxes--small"})
    experience = _step("What happened?", "A moment you could film. Nobody’s name, address or number.")
    reflection = _step("What did you notice?", "In yourself, in the person, in what others saw.")
    concept = _step("What might it mean?", "The idea, the law or the evidence that explains it.")
    experiment = _step("What would you do differently?", "What it changes in your work.")
    will_try = GuardedTextArea(
        "What will you try before the next meeting?",
        read_by_all=True,
        max_length=LONGEST_TRY,
        hint="The smallest thing, in one sentence.",
        params={"rows": 2},
    )
    in_the_way = GuardedTextArea(
        "What got in the way?",
        read_by_all=True,
        max_length=LONGEST_TEXT,
        hint="One or two sentences about the work. It goes to whoever can act, and everyone signed in can read it.",
        params={"rows": 2},
    )
    kind = Select("What kind of thing is it?", choices=[])
    workstream = Select("Who could act on it?", choices=[])
    place = Select("Where?", choices=[])
    share = Checkbox(
        "Share with my community what I will try and what got in the way",
        hint="On your team’s page, without your name. The rest of your log stays yours.",
    )
    may_quote = Checkbox(QUOTE, hint=QUOTE_HINT)

    def __init__(self, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self.themes.choices = choices(vocabulary, "themes")
        self.kind.choices = [("", NOT_SAID), *choices(vocabulary, "barrier-kinds")]
        self.workstream.choices = [("", USUAL), *choices(vocabulary, "workstreams")]
        self.place.choices = [(CITYWIDE, "Anywhere in the city"), *choices(vocabulary, "places")]

    @property
    def steps(self) -> Iterator[tuple[Any, tuple[Prompt, ...]]]:
        """Each field of the four steps, and the prompts that stand beside it."""
        return ((self[name], PROMPTS[name]) for name in STEPS)

    @property
    def says_who_acts(self) -> bool:
        """Whether something is chosen, or wrong, in the part about who could act."""
        fields = (self.kind, self.workstream, self.place)
        return any(field.errors or field.data not in (None, "", CITYWIDE) for field in fields)

    def content(self) -> LogContent:
        """What was sent, but for a barrier. Only for a form that is valid."""
        return LogContent(
            helped=Helped(self.helped.data),
            themes=tuple(dict.fromkeys(self.themes.data or ())),
            texts={name: self[name].clean for name in TEXTS},
            may_quote=bool(self.may_quote.data),
            share=bool(self.share.data),
        )

    def raised(self) -> BarrierReport | None:
        """The barrier that was written down, None where nothing got in the way. Only for a form that is valid.

        Where nobody said what kind of thing it is, or who could act, it goes where `other` things go.
        """
        if self.in_the_way.clean is None:
            return None
        themes = self.themes.data or []
        kind = self.kind.data or OTHER
        return BarrierReport(
            text=self.in_the_way.clean,
            kind=kind,
            workstream=self.workstream.data or usual(self.vocabulary, kind),
            place=WHOLE_CITY if self.place.data in (None, "", CITYWIDE) else self.place.data,
            theme=themes[0] if len(themes) == 1 else "",
            source=BarrierSource.LOG,
            may_quote=bool(self.may_quote.data),
        )


class NewLogForm(LogForm):
    """A log that is being written. Two pages must not overwrite each other's words: see `drafts.keep`."""

    from_page = HiddenField()
    saw_draft = HiddenField()

    def __init__(self, vocabulary: Vocabulary, draft: LearningLogDraft | None = None, **kwargs: Any) -> None:
        if draft:
            kwargs["formdata"] = drafts.fields_of(draft)
        super().__init__(vocabulary, **kwargs)
        self.from_page.data = self.from_page.data or uuid.uuid4().hex
        if draft and not self.back:
            self.saw_draft.data = drafts.stamp(draft)


class EditForm(LogForm):
    """The same of a log that is kept. What got in the way is not asked again where it was raised."""

    def __init__(self, vocabulary: Vocabulary, log: LearningLog, **kwargs: Any) -> None:
        names = ("helped", *TEXTS, "in_the_way", "may_quote", "share")
        data = {name: getattr(log, name) for name in names}
        data |= {"helped": log.helped.value, "themes": [row.theme for row in log.themes], "place": CITYWIDE}
        super().__init__(vocabulary, data=data, **kwargs)
        held = {row.theme for row in log.themes} - vocabulary.terms("themes").keys()
        self.themes.choices += [(slug, vocabulary.label("themes", slug)) for slug in sorted(held)]
