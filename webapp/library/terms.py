"""What one vocabulary file may say: its terms, and for teams when and where each of them meets."""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webapp.library.front_matter.fields import SLUG, Clock, Email, Phone, SitePath, Text, Url, term

Point = tuple[float, float]  # latitude and longitude in degrees


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(_Strict):
    """One choice. `also` holds other names that people use for it; they are searched too.

    `short` is what it is called where there is little room: in a line of a list, on a map.
    """

    slug: str = Field(pattern=SLUG)
    label: str = Field(min_length=1)
    short: str = ""
    also: tuple[str, ...] = ()
    group: str = ""
    locality: str = ""
    centre: Point | None = None
    outward: tuple[str, ...] = ()
    hint: str = ""
    exact: bool = False  # meant only where a feed says its own name: of other names one cannot be sure
    workstream: Annotated[str, term("workstreams")] = ""  # who can usually act on it
    page: SitePath = ""  # where one reads more of it


class Team(Term):
    """A team, and the Community of Practice that meets in it each week on `day` at `time`, for `minutes`."""

    kind: str = ""  # a slug of `kinds`
    places: tuple[Annotated[str, term("places")], ...] = ()  # where the people it works with live: its patch
    day: Annotated[str, term("days")] = ""
    time: Clock | None = None
    minutes: Annotated[int, Field(ge=10, le=480)] = 60
    room: Text | None = None
    join: Url | None = None
    skips: tuple[datetime.date, ...] = ()  # days on which it does not meet
    sample: bool = False  # when and where it meets is made up, and its page says so


class Group(_Strict):
    """A heading over some terms."""

    slug: str
    label: str


class VocabularyFile(_Strict):
    """One file: terms in the order they are offered. `localities` and `outward` are for places alone."""

    title: str
    terms: tuple[Term, ...] = Field(min_length=1)
    groups: tuple[Group, ...] = ()
    localities: tuple[Group, ...] = ()
    outward: dict[str, Point] = {}


class TeamsFile(VocabularyFile):
    """The teams. `kinds` of team are shown under a heading each."""

    terms: tuple[Team, ...] = Field(min_length=1)
    kinds: tuple[Group, ...] = ()


class Danger(Term):
    """A kind of danger, known by the phrases in `when`, except with those in `unless`, and the page to read.

    A phrase may hold a class of words, as in `hits {someone}`.
    """

    when: tuple[Text, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    guidance: tuple[SitePath, ...] = ()


class DangerFile(VocabularyFile):
    """The words of danger: who searches with them is shown the numbers of `site.yml`."""

    terms: tuple[Danger, ...] = Field(min_length=1)
    classes: dict[str, str] = {}


class ContactPoint(Term):
    """Whom to ring and how to request something. A page names those it sends readers to under `ask`."""

    what: Text  # what they do for whoever rings, in a sentence
    phone: Phone | None = None
    email: Email | None = None
    form: Url | None = None  # an online request
    hours: Text | None = None
    request: tuple[Text, ...] = ()  # the steps of a request, in order
    called: tuple[Text, ...] = ()  # what pages call them, after "your" or "the"
    sample: bool = False  # made up, and marked so wherever it is shown
    checked: datetime.date | None = None  # the day somebody made sure that it is right

    @property
    def reachable(self) -> bool:
        return bool(self.phone or self.email or self.form)


class ContactsFile(VocabularyFile):
    """Local contacts and request routes."""

    terms: tuple[ContactPoint, ...] = Field(min_length=1)


class SupersededRule(Term):
    """A rule that no longer holds, and the phrases by which a page cites it. `page` explains what holds instead."""

    says: tuple[Text, ...] = Field(min_length=1)  # whatever their capitals and line breaks
    unless: tuple[Text, ...] = ()  # longer phrases that hold one of those and speak of something else
    since: datetime.date
    instead: Text  # what holds now, in a few words
    history: tuple[SitePath, ...] = ()  # pages that may speak of it as what used to hold


class SupersededFile(VocabularyFile):
    """Rules that pages must no longer give as the law."""

    terms: tuple[SupersededRule, ...] = Field(min_length=1)


class FeedTerm(Term):
    """What feeds class services by, and which of our terms it means: vocabulary → slugs. With none it is left out."""

    says: tuple[Text, ...] = Field(min_length=1)  # names, or addresses and codes of a taxonomy; capitals do not matter
    means: dict[str, tuple[str, ...]] = {}


class FeedTermsFile(VocabularyFile):
    """The words of other directories, for `signpost content import`."""

    terms: tuple[FeedTerm, ...] = Field(min_length=1)


# Of a shape of their own.
FILES: dict[str, type[VocabularyFile]] = {
    "teams": TeamsFile,
    "danger": DangerFile,
    "superseded": SupersededFile,
    "contacts": ContactsFile,
    "feed-terms": FeedTermsFile,
}


def model_of(name: str) -> type[VocabularyFile]:
    """What the file called `name` is checked against."""
    return FILES.get(name, VocabularyFile)
