"""The forms that everyone may fill in about gaps."""

from typing import Any

from wtforms import HiddenField

from webapp.gaps.known import of_page
from webapp.gaps.looked_for import looked_for
from webapp.gaps.models import WHOLE_CITY
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.report import GapReport, Told
from webapp.gaps.residents import ANSWERS, Band
from webapp.library.build.pages import Page
from webapp.library.search.places import around
from webapp.library.vocabulary import Vocabulary
from webapp.pii import guard
from webapp.web import page_refs
from webapp.web.forms import Checkbox, Checkboxes, Form, GuardedTextArea, Select
from webapp.web.text import tidy

# Similar gaps are shown while this is typed. Sent in the body, so that no log of addresses holds it.
AS_YOU_TYPE = {
    "hx-post": "/gaps/similar",
    "hx-trigger": "input changed delay:500ms",
    "hx-target": "#similar",
    "hx-swap": "innerHTML",
}
LONGEST_WORDS = 200
HOW_MANY = "How many residents would it help?"
OF_YOURS = "Of those you work with yourself. A rough number is enough."
MAY_QUOTE = "Commissioners may quote this in reports, without my name"


class GapForm(Form):
    """Two questions must be answered; the others help commissioners."""

    needed = GuardedTextArea(
        "What was needed?",
        read_by_all=True,
        max_length=500,
        required="Say what was needed",
        hint="One sentence about the service, never about a person. For example: “Somewhere to sing in the evening”.",
        params={"rows": 3, "attributes": AS_YOU_TYPE},
    )
    place = Select("Where?", choices=[], required="Choose a neighbourhood, or anywhere in the city")
    residents = Select(HOW_MANY, choices=[("", "Choose a number"), *ANSWERS], hint=OF_YOURS)
    audience = Checkboxes("Who is it for?", choices=[], hint="Leave all empty where it is for anyone.")
    outcome = Select("What would it help with?", choices=[])
    activity = Select("What kind of thing is it?", choices=[])
    evidence = GuardedTextArea(
        "What did you try?",
        read_by_all=True,
        max_length=1000,
        hint="For example, a group that was full, or too far away. Everyone can read this.",
        params={"rows": 3},
    )
    may_quote = Checkbox(MAY_QUOTE)
    words = HiddenField()
    about = HiddenField()

    def __init__(self, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        anywhere = (CITYWIDE, "Anywhere in the city")
        self.place.choices = [("", "Choose a place"), anywhere, *choices(vocabulary, "places")]
        self.audience.choices = choices(vocabulary, "audiences")
        self.outcome.choices = [("", "Not sure"), *choices(vocabulary, "outcomes")]
        self.activity.choices = [("", "Not sure"), *choices(vocabulary, "activities")]

    @classmethod
    def prefilled(cls, vocabulary: Vocabulary, args: Any, page: Page | None = None) -> "GapForm":
        """From an address (a MultiDict) and the page it is about: what both know. What does not exist is left out."""
        known = of_page(page, vocabulary)
        searched = tidy(args.get("q"))[:LONGEST_WORDS]
        near = list(dict.fromkeys(around([tidy(args.get("near"))], vocabulary)))
        here = near[0] if len(near) == 1 else ""  # a postcode district may lie in two neighbourhoods
        form = cls(
            vocabulary,
            data={
                "needed": searched,
                "words": searched,
                "about": page_refs.site_path(args.get("about")),
                "place": args.get("place", "") or here or known.get("place", ""),
                **{name: args.get(name, "") or known.get(name, "") for name in ("outcome", "activity")},
                "audience": args.getlist("audience") or known.get("audiences", []),
                "evidence": looked_for(args, vocabulary, asked_in_full=bool(args.get("place") or here)),
            },
        )
        for field in (form.place, form.outcome, form.activity):
            if field.data not in {value for value, _ in field.choices}:
                field.data = ""
        there = {value for value, _ in form.audience.choices}
        form.audience.data = [slug for slug in dict.fromkeys(form.audience.data) if slug in there]
        return form

    @property
    def more(self) -> bool:
        """Whether any of the optional questions has an answer or a fault, so that it must be seen."""
        optional = (self.audience, self.outcome, self.activity, self.evidence)
        return any(field.data or field.errors for field in optional)

    @property
    def where(self) -> str:
        """The chosen place as the log keeps it."""
        return WHOLE_CITY if self.place.data == CITYWIDE else self.place.data or WHOLE_CITY

    def report(self) -> GapReport:
        """What was sent. Only for a form that is valid."""
        assert self.needed.clean is not None
        return GapReport(
            needed=self.needed.clean,
            place=self.where,
            audiences=tuple(self.audience.data or ()),
            outcome=self.outcome.data,
            activity=self.activity.data,
            about=page_refs.site_path(self.about.data),
            words=_clean_or_nothing(self.words.data),
            evidence=self.evidence.clean,
            may_quote=bool(self.may_quote.data),
            residents=Band(self.residents.data or ""),
        )


class SupportForm(Form):
    """Me too, with a line about it for those who have one."""

    evidence = GuardedTextArea(
        "What did you try?",
        read_by_all=True,
        max_length=500,
        hint="For example, a group that was full, or too far away. Everyone can read this.",
        params={"rows": 2},
    )
    may_quote = Checkbox(MAY_QUOTE)
    residents = Select(HOW_MANY, choices=[("", "Choose a number"), *ANSWERS], hint=OF_YOURS)

    @property
    def told(self) -> Told:
        """What was sent. Only for a form that is valid."""
        return Told(self.evidence.clean, bool(self.may_quote.data), Band(self.residents.data or ""))


def choices(vocabulary: Vocabulary, name: str) -> list[tuple[str, str]]:
    """The terms of one vocabulary as a select shows them."""
    return [(slug, term.label) for slug, term in vocabulary.terms(name).items()]


def _clean_or_nothing(words: str | None) -> guard.CleanText | None:
    """Search words that could identify somebody are dropped: the reader did not type them into this form."""
    try:
        return guard.clean(tidy(words)[:LONGEST_WORDS]) if words else None
    except guard.Identifying:
        return None
