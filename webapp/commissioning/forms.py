"""The forms that commissioners fill in about one gap."""

from typing import Any

from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.statuses import Status
from webapp.library.vocabulary import Vocabulary
from webapp.web.forms import Checkboxes, Form, GuardedText, GuardedTextArea, Select, Text, Versioned
from webapp.web.handover import LEFT
from webapp.web.triage_forms import NewStatusForm, answer, closing_answer, met_by


class GapStatusForm(NewStatusForm):
    closing_answer = closing_answer("Answer to the people who asked", (Status.MET, Status.NOT_NOW))
    met_by = met_by()

    def __init__(self, gap: Gap, **kwargs: Any) -> None:
        others = [status for status in Status if status not in (Status.NEW, gap.status)]
        super().__init__(gap, others, **kwargs)


class GapAnswerForm(Versioned):
    answer = answer("Say what was found, what was tried and what happens now.")

    def __init__(self, gap: Gap, **kwargs: Any) -> None:
        super().__init__(gap, data={"answer": gap.answer}, **kwargs)


class GapAssignmentForm(Versioned):
    theme = Select("Theme", choices=[])
    workstream = Select("Workstream that can act", choices=[])
    owner = Select("Looked after by", choices=[])
    place = Select("Place", choices=[])
    audience = Checkboxes("Who it is for", choices=[], hint="None means anyone.")
    outcome = Select("It would help with", choices=[])

    def __init__(self, gap: Gap, words: Vocabulary, people: list[tuple[int, str]], **kwargs: Any) -> None:
        kept = {name: getattr(gap, name) for name in ("theme", "workstream", "outcome")}
        kept |= {"audience": gap.audiences, "owner": str(gap.owner_id or ""), "place": gap.place or CITYWIDE}
        super().__init__(gap, data=kept, **kwargs)
        self.theme.choices = choices(words, "themes", gap.theme)
        self.workstream.choices = choices(words, "workstreams", gap.workstream)
        self.owner.choices = [("", "Nobody yet"), *((str(number), name) for number, name in people)]
        if gap.owner_id and gap.owner_id not in dict(people):
            self.owner.choices.append((str(gap.owner_id), LEFT))
        self.place.choices = [(CITYWIDE, "Whole city"), *choices(words, "places", gap.place)[1:]]
        self.audience.choices = choices(words, "audiences", *gap.audiences)[1:]
        self.outcome.choices = choices(words, "outcomes", gap.outcome)

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen, as `triage.assign` takes it. Only for a form that is valid."""
        codes = {name: self[name].data or "" for name in ("theme", "workstream", "outcome")}
        codes["audiences"] = sorted(self.audience.data or ())
        place = WHOLE_CITY if self.place.data == CITYWIDE else self.place.data
        return {**codes, "owner": int(self.owner.data) if self.owner.data else None, "place": place}


class PageLinkForm(Form):
    path = Text(
        "Address of the page",
        max_length=600,
        required="Give the address of a page of this site",
        hint="For example: /directory/levenshulme-mens-shed",
        params={"autocomplete": "off", "spellcheck": False},
    )


class SplitForm(Versioned):
    stays = GuardedTextArea("What stays in this gap", max_length=500, required="Say what stays", params={"rows": 3})
    goes = GuardedTextArea(
        "What becomes a new gap", max_length=500, required="Say what the new gap is about", params={"rows": 3}
    )
    reporter = Select("Did the reporter ask for both?", choices=[("yes", "Yes"), ("no", "No, only for the first")])
    supporters = Select("Did the others ask for both?", choices=[("yes", "Yes"), ("no", "No, only for the first")])

    def __init__(self, gap: Gap, **kwargs: Any) -> None:
        texts = {"stays": gap.needed, "goes": gap.needed}
        super().__init__(gap, data={**texts, "reporter": "yes", "supporters": "yes"}, **kwargs)


class ViewForm(Form):
    called = GuardedText(
        "Name of this view",
        max_length=60,
        required="Give the view a name",
        params={"classes": "govuk-input--width-20", "autocomplete": "off"},
    )


class GapNoteForm(Form):
    note = GuardedTextArea(
        "Add a note",
        max_length=2000,
        required="Write the note",
        hint="Only commissioners can read notes. They are about services, never about a person.",
        params={"rows": 3},
    )


def choices(words: Vocabulary, name: str, *kept: str) -> list[tuple[str, str]]:
    """Nothing, the terms of a vocabulary, and what the gap has even where the vocabulary has dropped it."""
    terms = {slug: term.label for slug, term in words.terms(name).items()}
    for slug in filter(None, kept):
        terms.setdefault(slug, words.label(name, slug))
    return [("", "Not decided"), *terms.items()]
