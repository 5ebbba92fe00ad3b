"""The forms of prototypes."""

import re
from typing import Any

from wtforms.validators import ValidationError

from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.prototype_models import Decision, Prototype
from webapp.gaps.prototypes import MOST_GAPS, PrototypeDecision, PrototypePlan
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.statuses import CLOSED, Status
from webapp.library.vocabulary import Vocabulary
from webapp.web.amount_fields import Amount, Pounds
from webapp.web.day_fields import Day
from webapp.web.forms import Form, GuardedText, GuardedTextArea, Radios, Select, Text, Versioned
from webapp.web.triage_forms import NewStatusForm, closing_answer, met_by


class PrototypePlanForm(Versioned):
    title = GuardedText(
        "Title", max_length=110, required="Give it a title", hint="For example: “Thursday singing in Gorton”."
    )
    public = GuardedText(
        "In one sentence, what is being tried?",
        max_length=300,
        required="Say in one sentence what is being tried",
        hint="Everyone can read this on the page of each linked gap.",
    )
    hypothesis = GuardedTextArea(
        "What do we think will happen?",
        max_length=2000,
        required="Write what you think will happen",
        hint="We believe that … will lead to … because …",
        params={"rows": 3},
    )
    tries = GuardedTextArea(
        "What will be tried?",
        max_length=2000,
        required="Write what will be tried",
        hint="Who does what, and for how many people.",
        params={"rows": 3},
    )
    measure = GuardedTextArea(
        "How will we know?",
        max_length=2000,
        required="Write how you will know",
        hint="What you will count or ask, and which result would be good enough.",
        params={"rows": 3},
    )
    place = Select("Where?", choices=[], required="Choose a neighbourhood, or anywhere in the city")
    starts_on = Day("First day", required="Say when it starts")
    ends_on = Day("Last day", required="Say when it ends, so that a decision is not forgotten")
    cost = Pounds("What may it cost?", hint="Whole pounds, as far as you know. Only commissioners can read this.")

    def __init__(self, vocabulary: Vocabulary, prototype: Prototype | None = None, **kwargs: Any) -> None:
        super().__init__(data={**_kept(prototype), **kwargs.pop("data", {})}, **kwargs)
        places = {slug: term.label for slug, term in vocabulary.terms("places").items()}
        if prototype and prototype.place:
            places.setdefault(prototype.place, vocabulary.label("places", prototype.place))
        self.place.choices = [("", "Choose a place"), (CITYWIDE, "Anywhere in the city"), *places.items()]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        good = super().validate(*args, **kwargs)
        starts, ends = self.starts_on.day, self.ends_on.day
        if starts and ends and ends < starts:
            self.ends_on.errors = ["The last day is before the first day"]
            return False
        return good

    def plan(self) -> PrototypePlan:
        """What was written. Only after a validation that found nothing wrong."""
        title, public, tries = self.title.clean, self.public.clean, self.tries.clean
        hypothesis, measure = self.hypothesis.clean, self.measure.clean
        starts, ends = self.starts_on.day, self.ends_on.day
        assert title and public and tries and hypothesis and measure and starts and ends  # noqa: PT018 - one fact
        place = WHOLE_CITY if self.place.data == CITYWIDE else self.place.data or ""
        return PrototypePlan(title, public, hypothesis, tries, measure, place, starts, ends, self.cost.amount)


class NewPrototypeForm(PrototypePlanForm):
    gaps = Text(
        "Which gaps is it about?",
        max_length=600,
        hint="Their numbers, such as GAP-0001, GAP-0007. Each becomes “Prototype”, and the people who asked are told.",
    )

    @property
    def refs(self) -> list[str]:
        """The references that were typed, each once."""
        return list(dict.fromkeys(re.findall(r"[^\s,;]+", (self.gaps.data or "").upper())))

    def validate_gaps(self, field: Any) -> None:
        if len(self.refs) > MOST_GAPS:
            raise ValidationError(f"A prototype can be about {MOST_GAPS} gaps at the most")


class LinkGapForm(Form):
    ref = Text(
        "Add a gap",
        max_length=20,
        required="Enter the number of a gap, such as GAP-0001",
        hint="Its number, such as GAP-0001. It becomes “Prototype”, and the people who asked are told.",
        params={"classes": "govuk-input--width-10"},
    )


class PrototypeNoteForm(Form):
    note = GuardedTextArea(
        "Add what you learned",
        max_length=2000,
        required="Write what you learned",
        hint="It is kept with today's date. Only commissioners can read it, but it goes into the report.",
        params={"rows": 3},
    )


class PrototypeDecisionForm(Versioned):
    decision = Radios(
        "What is decided?",
        choices=[(kind.value, f"{kind.label}: {kind.meaning[0].lower()}{kind.meaning[1:]}") for kind in Decision],
        required="Choose what is decided",
    )
    cost = Pounds("What did it cost?", hint="Whole pounds. Leave it empty where nobody knows.")
    reached = Amount(
        "How many people did it reach?",
        hint="Residents who took part. Fewer than five are told to nobody else as a number.",
    )
    became = GuardedTextArea(
        "What became of it?",
        max_length=2000,
        required="Write what became of it",
        hint="For example, a contract, a change of service, another prototype, or nothing and why.",
        params={"rows": 3},
    )
    learned = GuardedTextArea(
        "What was learned, for everyone to read?",
        max_length=1000,
        required="Write what was learned, in a sentence or two",
        hint="It is shown on the page of each linked gap.",
        params={"rows": 3},
    )

    def __init__(self, prototype: Prototype, **kwargs: Any) -> None:
        kept = {name: getattr(prototype, name) for name in ("decision", "became", "learned")}
        kept |= {name: in_figures(getattr(prototype, name)) for name in ("cost", "reached")}
        super().__init__(prototype, data=kept, **kwargs)

    def decided(self) -> PrototypeDecision:
        """What was written. Only after a validation that found nothing wrong."""
        became, learned = self.became.clean, self.learned.clean
        assert became and learned  # noqa: PT018 - one fact
        figures = (self.cost.amount, self.reached.amount)
        return PrototypeDecision(Decision(self.decision.data), became, learned, *figures)


class MoveForm(NewStatusForm):
    status = Select("What does it become?", choices=[], required="Choose a status")
    target_on = Day(
        "By when should it be there?", required="", hint="Needed for “In commissioning plan”. Everyone can read it."
    )
    closing_answer = closing_answer("Answer to the people who asked", (Status.MET, Status.NOT_NOW))
    met_by = met_by()

    def __init__(self, prototype: Prototype, gap: Gap, **kwargs: Any) -> None:
        decision = prototype.decision
        offers = [status for status in decision.offers if status is not gap.status] if decision else []
        first = offers[0].value if offers else ""
        day = gap.target_on.isoformat() if gap.target_on else ""
        kept = {"status": first, "reason": prototype.learned[:500], "target_on": day}
        super().__init__(gap, offers, data=kept, **kwargs)
        self.status.choices = [(status.value, status.label) for status in offers]
        self.may_be_met = Status.MET in offers
        self.may_be_planned = Status.IN_PLAN in offers
        self.may_close = any(status in CLOSED for status in offers) and not gap.answer


def in_figures(amount: int | None) -> str:
    """`1,500`; nothing where it is not known."""
    return "" if amount is None else f"{amount:,}"


def _kept(prototype: Prototype | None) -> dict[str, Any]:
    if prototype is None:
        return {}
    names = ("title", "public", "hypothesis", "tries", "measure")
    return {
        **{name: getattr(prototype, name) for name in names},
        "place": prototype.place or CITYWIDE,
        "starts_on": prototype.starts_on.isoformat(),
        "ends_on": prototype.ends_on.isoformat(),
        "cost": in_figures(prototype.cost),
        "version": str(prototype.version),
    }
