"""The smaller forms of a commissioner's desk; the one of a gap itself is in `work_form`."""

from typing import Any

from webapp.gaps.models import Gap
from webapp.library.vocabulary import Vocabulary
from webapp.web.forms import Checkbox, Form, GuardedText, GuardedTextArea, Select, Text, Versioned


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
    shared = Checkbox("Share it with every commissioner", hint="Only you can change or delete it.")


def choices(words: Vocabulary, name: str, *kept: str) -> list[tuple[str, str]]:
    """Nothing, the terms of a vocabulary, and what the gap has even where the vocabulary has dropped it."""
    terms = {slug: term.label for slug, term in words.terms(name).items()}
    for slug in filter(None, kept):
        terms.setdefault(slug, words.label(name, slug))
    return [("", "Not decided"), *terms.items()]
