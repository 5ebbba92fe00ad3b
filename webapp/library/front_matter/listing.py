"""The parts of a listing's front matter: where and when it is, what it costs, whom to ask, who runs it.

Names match Open Referral UK terms where one exists. Layout and meaning: docs/writing-content.md.
"""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import Field

from webapp.library.front_matter.fields import Clock, Email, Paragraph, Phone, Postcode, Rule, Text, Title, Url, term
from webapp.library.front_matter.pieces import Strict


class Verified(Strict):
    date: datetime.date
    by: Text = Field(description="a role or team, as in `Wythenshawe neighbourhood team`")


class Identifier(Strict):
    """What somebody else's register calls it, as in `{scheme: GB-CHC, value: "1163899"}` or a UPRN."""

    scheme: Text
    value: Text


class Location(Strict):
    name: Text | None = None
    address: Text | None = None
    postcode: Postcode | None = None
    latitude: Annotated[float, Field(ge=49.0, le=61.0)] | None = None  # the United Kingdom
    longitude: Annotated[float, Field(ge=-9.0, le=2.0)] | None = None
    access: tuple[Annotated[str, term("access")], ...] = ()
    access_note: Paragraph | None = Field(default=None, description="what makes it easy or hard to get in, in words")
    transport: Paragraph | None = Field(default=None, description="how to get there")
    description: Paragraph | None = None
    identifier: Identifier | None = None
    id: uuid.UUID | None = None
    confidential: bool | None = None  # None: nobody has decided, so the words of the listing do

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, never of a confidential place."""
        if self.confidential or self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class Session(Strict):
    """When it is held. `days` and `frequency` are what filters and words need; where `rrule` says more, it decides."""

    days: tuple[Annotated[str, term("days")], ...] = ()
    starts: Clock | None = None
    ends: Clock | None = None
    all_day: bool = False
    frequency: Literal["daily", "weekly", "fortnightly", "monthly", "varies"] = "weekly"
    rrule: Rule | None = Field(default=None, description="which days exactly, as RFC 5545 says it, without UNTIL")
    dtstart: datetime.date | None = Field(default=None, description="the day from which `rrule` is counted")
    valid_from: datetime.date | None = Field(default=None, description="the first day, where it has not begun yet")
    valid_to: datetime.date | None = Field(default=None, description="the last day, where it is known")
    term_time: bool = False
    at: Text | None = Field(default=None, description="which of its locations: the name, as written there")
    note: Text | None = None

    def is_over(self, today: datetime.date) -> bool:
        """Whether its last day, which counts, was before `today`."""
        return self.valid_to is not None and self.valid_to < today


class Age(Strict):
    """In years; `min_months` and `max_months` come on top: a year and a half is `{min: 1, min_months: 6}`."""

    min: Annotated[int, Field(ge=0, le=120)] | None = None
    max: Annotated[int, Field(ge=0, le=120)] | None = None
    min_months: Annotated[int, Field(ge=1, le=11)] | None = None
    max_months: Annotated[int, Field(ge=1, le=11)] | None = None


class Cost(Strict):
    band: Annotated[str, term("costs")]
    note: Text | None = None


class Price(Strict):
    """One price as its publisher has it; `cost` says all of them in words."""

    option: Text | None = Field(default=None, description="for whom or for what: `Under 18s`")
    amount: Annotated[float, Field(ge=0, le=1_000_000)] | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "GBP"
    text: Text | None = Field(default=None, description="`per session`; or the whole price where it is no number")
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = Field(default=None, description="the last day on which it holds")


class Referral(Strict):
    routes: Annotated[tuple[Annotated[str, term("referral")], ...], Field(min_length=1)]
    note: Text | None = None


class Capacity(Strict):
    status: Annotated[str, term("capacity")]
    waiting_weeks: Annotated[int, Field(ge=0, le=260)] | None = None
    note: Text | None = None


class Contact(Strict):
    name: Text | None = Field(default=None, description="a role, never a person")
    phone: Phone | None = None
    email: Email | None = None
    at: Text | None = Field(default=None, description="which of its locations: the name, as written there")
    of: Literal["organisation"] | None = Field(default=None, description="`organisation`: not the service's own")
    note: Text | None = None


class Link(Strict):
    """A further address on the web: times and booking, a page of the same group elsewhere."""

    url: Url
    title: Text | None = None


class Organisation(Strict):
    """What is known of who runs it, beside the name under `organisation`."""

    id: Text | None = None
    parent: Text | None = Field(default=None, description="the organisation that it belongs to: its name, else its id")
    description: Paragraph | None = None
    url: Url | None = None
    email: Email | None = None
    logo: Url | None = None
    uri: Url | None = None
    legal_status: Text | None = None
    identifiers: tuple[Identifier, ...] = ()


class Imported(Strict):
    """Where an imported listing comes from, and hashes that show whether the feed or an editor has changed it since.

    `record` is a hash of the feed's record, `file` of this file as it was written. See library/importing/writing.py.
    """

    source: Text
    record: Text
    file: Text

    @property
    def published(self) -> str:
        """Who verified the listing at its source; nobody here has checked it."""
        return f"{self.source} (as published)"


class About(Strict):
    """The keys of a listing that are mostly a feed's, and that an editor may write too."""

    alternate_name: Title | None = Field(default=None, description="what it is also called")
    alert: Paragraph | None = Field(default=None, description="what everybody must know now, said above all else")
    prices: tuple[Price, ...] = Field(default=(), description="each price as published; `cost` says them in words")
    wait_time: Text | None = Field(default=None, description="how long people wait, in words")
    required_documents: tuple[Text, ...] = Field(default=(), description="what people must bring or show")
    interpretation: Text | None = Field(default=None, description="which interpreters there are, in words")
    other_languages: tuple[Text, ...] = Field(default=(), description="languages that the vocabulary does not have")
    service_areas: tuple[Text, ...] = Field(default=(), description="areas served that are none of our places")
    accreditations: Paragraph | None = Field(default=None, description="by whom its quality was found good")
    programme: Text | None = Field(default=None, description="the programme that it is part of")
    funding: tuple[Text, ...] = Field(default=(), description="who pays for it")
    links: tuple[Link, ...] = Field(default=(), description="further pages on the web")
    listed_as: tuple[Text, ...] = Field(default=(), description="what else its publisher classes it as")
    organisation_details: Organisation | None = Field(default=None, description="what is known of who runs it")
    last_modified: datetime.date | None = Field(default=None, description="when its publisher last changed it")
