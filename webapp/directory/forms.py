"""Add a group I found: what a practitioner knows of it, as the front matter of the file it will be."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import ValidationError

from webapp.english.dates import short_date
from webapp.library.build.pages import Page
from webapp.library.confidential import listings as confidential
from webapp.library.listings import new_listing
from webapp.library.search.places import tidy
from webapp.library.vocabulary import Vocabulary
from webapp.upkeep import sound
from webapp.upkeep.sound import Sound
from webapp.web.forms import Checkboxes, Form, GuardedText, GuardedTextArea, Radios, Select, Text

CITYWIDE = "citywide"
MOST_WORDS = 25
NOT_CHECKED = "nobody yet: ring, then write your team here"
AT_A_REFUGE = "This looks like a place whose address must stay secret. Leave out where it is: the phone line is enough"
OFTEN = (
    ("weekly", "Every week"),
    ("fortnightly", "Every other week"),
    ("monthly", "Once a month"),
    ("varies", "It varies"),
)
CHECKED = (("went", "I have been there"), ("rang", "I have rung or written to them"), ("not-yet", "Not yet"))


class OrganisationText(GuardedText):
    """One line about an organisation: its own address and contacts are what is asked for."""

    of_organisation = True


class FoundGroupForm(Form):
    """Five questions must be answered; the rest saves an editor a call. `known` is a listing of the same name."""

    known: Page | None = None

    name = OrganisationText("What is it called?", max_length=120, required="Say what it is called")
    what = GuardedTextArea(
        "What happens there, and for whom?",
        max_length=300,
        of_organisation=True,
        required="Say what happens there, in one sentence",
        hint="One sentence of 25 words or fewer, never about a person.",
        params={"rows": 2},
    )
    place = Select("Which area does it serve?", choices=[], required="Choose an area, or the whole city")
    check = Radios(
        "Have you made sure that it is running?", choices=list(CHECKED), required="Say whether you have made sure of it"
    )
    phone = sound.phone("Phone number", "The group’s own, never a person’s.")
    email = sound.email("E-mail address")
    url = sound.web_address("Web address")
    organisation = OrganisationText("Who runs it?", max_length=120, hint="If that is somebody else than its name says.")
    venue = OrganisationText("Where is it held?", max_length=120, hint="The name of the building.")
    address = OrganisationText("Street and number", max_length=200)
    postcode = Text(
        "Postcode", max_length=10, validators=[Sound("postcode")], params={"classes": "govuk-input--width-10"}
    )
    days = Checkboxes("On which days?", choices=[])
    starts = sound.clock("Starts at", "10:30 or 2pm")
    ends = sound.clock("Ends at", "12:00 or 4pm")
    often = Select("How often?", choices=list(OFTEN))
    note = OrganisationText(
        "Anything else about when", max_length=200, hint="For example: first Tuesday, or not in August."
    )
    cost = Select("What does it cost?", choices=[])
    activity = Select("What kind of thing is it?", choices=[])
    audience = Select("Who is it for?", choices=[])
    first_time = GuardedTextArea(
        "What happens the first time somebody comes?",
        max_length=500,
        of_organisation=True,
        hint="Who meets them, what to bring.",
        params={"rows": 3},
    )

    def __init__(self, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(**kwargs)

        def of(words: str) -> list[tuple[str, str]]:
            return [(slug, term.label) for slug, term in vocabulary.terms(words).items()]

        self.place.choices = [("", "Choose an area"), (CITYWIDE, "The whole city"), *of("places")]
        self.days.choices = of("days")
        self.cost.choices = [("", "Not known"), *of("costs")]
        self.activity.choices = [("", "Not sure"), *of("activities")]
        self.audience.choices = [("", "Everyone"), *of("audiences")]
        self.vocabulary = vocabulary

    def validate_what(self, field: Any) -> None:
        """A list shows it whole."""
        number = len((field.data or "").split())
        if number > MOST_WORDS:
            raise ValidationError(f"Use {MOST_WORDS} words or fewer: these are {number}")

    def validate(self, extra_validators: Any = None) -> bool:
        passes = super().validate(extra_validators)
        if not (self.phone.data or self.email.data or self.url.data):
            self.phone.errors = ["Give a phone number, an e-mail address or a web address"]
            passes = False
        if sound.ends_too_soon(self.starts.data, self.ends.data):
            self.ends.errors = [sound.ENDS_TOO_SOON]
            passes = False
        return bool(passes)

    def refuse(self, today: date) -> bool:
        """Whether the file would have a fault, or tell a secret address; says so at the field. After `validate`."""
        front = self.front(today, "a team")
        hides = confidential.verdict(front, "")
        if hides and hides.hidden:
            self.address.errors = [AT_A_REFUGE]
            return True
        faults = new_listing.faults(front, self.body(today), self.vocabulary, today)
        for fault in faults:
            field = self.what if "summary" in fault.message else self.name
            field.errors = [*field.errors, fault.message[:1].upper() + fault.message[1:]]
        return bool(faults)

    def body(self, today: date) -> str:
        """The text of its file: what readers of a listing that nobody has written more of should know."""
        return f"A colleague added this group on {short_date(today)}. Ring before you send someone."

    def front(self, today: date, by: str) -> dict[str, Any]:
        """The front matter of its file. `by` is the team that made sure of it today, if anybody did."""
        where = {"name": self.venue.clean, "address": self.address.clean, "postcode": self._postcode}
        session = {
            "days": self.days.data, "starts": self.starts.data, "ends": self.ends.data, "note": self.note.clean,
        }  # fmt: skip
        session = _said(session)
        contact = _said({"phone": self.phone.data, "email": self.email.data})
        is_checked = self.check.data != "not-yet"
        front = {
            "title": str(self.name.clean),
            "summary": str(self.what.clean),
            "organisation": str(self.organisation.clean or self.name.clean),
            "status": "active",
            "places": [self.place.data] if self.place.data != CITYWIDE else None,
            "citywide": self.place.data == CITYWIDE or None,
            "locations": [_said(where)] if _said(where) else None,
            "activities": [self.activity.data] if self.activity.data else None,
            "audiences": [self.audience.data] if self.audience.data else None,
            "cost": self.cost.data,
            "sessions": [{**session, "frequency": self.often.data}] if session else None,
            "first_time": self.first_time.clean,
            "contacts": [contact] if contact else None,
            "url": self.url.data,
            "verified": {"date": today.isoformat(), "by": by if is_checked else NOT_CHECKED},
            "review_every": "6 months",
            "draft": None if is_checked else True,
        }
        said = _said(front)
        return confidential.marked(said) if confidential.verdict(said, "") else said

    @property
    def _postcode(self) -> str:
        return tidy(self.postcode.data) if self.postcode.data else ""

    @property
    def says_more(self) -> bool:
        """Whether any of what may be left out was said, so that it is shown open."""
        names = ("organisation", "venue", "address", "postcode", "days", "starts", "ends", "note", "cost", "activity",
                 "audience", "first_time")  # fmt: skip
        return any(getattr(self, name).data or getattr(self, name).errors for name in names)


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was not said; text as plain strings, for JSON."""
    return {key: str(value) if isinstance(value, str) else value for key, value in values.items() if value}
