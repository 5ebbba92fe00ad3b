"""What front matter may say: a model for each kind of page.

Names match Open Referral UK terms where one exists. Layout and meaning: docs/writing-content.md.
"""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from webapp.library.front_matter.fields import (
    Alias,
    Clock,
    GapReference,
    Period,
    SitePath,
    Summary,
    Text,
    Title,
    Url,
    after,
    shorthand,
    term,
)
from webapp.library.front_matter.listing import (
    About,
    Age,
    Capacity,
    Contact,
    Cost,
    Imported,
    Location,
    Referral,
    Session,
    Verified,
)
from webapp.library.front_matter.pieces import (
    DeviceCard,
    EasyPart,
    Fact,
    Film,
    Illustration,
    LinkTo,
    Material,
    OfferedAssets,
    Photograph,
    Strict,
    Video,
)

# Every identifier that is made, not written, is made under this name, so that it never changes.
NAMESPACE = uuid.UUID("6f0f6a3e-6d0b-5c55-9f0e-0c1a5f1f5a10")
DEFAULT_REVIEW = "6 months"  # an asset that does not say how often it is checked
USUAL_MINUTES = 60  # of a spotlight session that does not say how long it lasts
ATTENTION = "needs attention: "  # begins a message to editors about an imported listing


class Listed(Strict):
    """What every page may say, whatever its kind."""

    title: Title = Field(description="what readers call it")
    summary: Summary = Field(description="one sentence of 25 words or fewer")
    aliases: tuple[Alias, ...] = ()
    publish_from: datetime.date | None = None
    expires: datetime.date | None = None
    draft: bool = False

    def visible(self, today: datetime.date) -> bool:
        """Whether readers see this page on `today`; `expires` is the last day on which they do."""
        started = self.publish_from is None or self.publish_from <= today
        return not self.draft and started and (self.expires is None or today <= self.expires)

    @property
    def checked(self) -> datetime.date | None:
        """When somebody last made sure that this page is right; None for an imported listing nobody has."""
        raise NotImplementedError

    @property
    def next_review(self) -> datetime.date | None:
        raise NotImplementedError


class Asset(Listed, About):
    """One listing of the directory."""

    organisation: Title = Field(description="who runs it")
    status: Literal["active", "inactive", "defunct", "temporarily closed"] = Field(
        description="one of active, inactive, defunct, temporarily closed"
    )
    verified: Verified | None = None  # only an imported listing may lack it: see `cross_checks`
    imported: Imported | None = None
    sample: bool = False
    id: uuid.UUID | None = None
    places: tuple[Annotated[str, term("places")], ...] = ()
    citywide: bool = False
    locations: tuple[Location, ...] = ()
    activities: tuple[Annotated[str, term("activities")], ...] = ()
    outcomes: tuple[Annotated[str, term("outcomes")], ...] = ()
    audiences: tuple[Annotated[str, term("audiences")], ...] = ()
    age: Age | None = None
    cost: Annotated[Cost, shorthand("band")] | None = None
    sessions: tuple[Session, ...] = ()
    referral: Annotated[Referral, shorthand("routes", many=True)] | None = None
    first_time: Annotated[str, Field(max_length=1000)] | None = None
    languages: tuple[Annotated[str, term("languages")], ...] = ()
    capacity: Annotated[Capacity, shorthand("status")] | None = None
    contacts: tuple[Contact, ...] = ()
    url: Url | None = None
    image: Photograph | None = Field(default=None, description="what one sees on arriving, or what goes on there")
    review_every: Period = DEFAULT_REVIEW
    publish: bool | None = Field(default=None, description="whether it is open data; else as `site.yml` says for all")

    @property
    def checked(self) -> datetime.date | None:
        return self.verified.date if self.verified else None

    @property
    def next_review(self) -> datetime.date | None:
        return after(self.verified.date, self.review_every) if self.verified else None

    @property
    def unchecked(self) -> bool:
        """Whether it was brought in from a feed and nobody here has put their team's name to it."""
        by = self.verified.by if self.verified else None
        return self.imported is not None and by in (None, self.imported.published)

    @property
    def has_gaps(self) -> bool:
        """Whether it lacks what every listing written here has. Only an imported one can."""
        return any(True for _ in gaps(self.model_dump(mode="json", exclude_defaults=True)))

    @property
    def access(self) -> tuple[str, ...]:
        """Access features of any of its locations, each once."""
        return tuple(dict.fromkeys(slug for location in self.locations for slug in location.access))

    @property
    def open_locations(self) -> tuple[Location, ...]:
        """The locations that may be shown."""
        return tuple(location for location in self.locations if not location.confidential)


class Guidance(Listed):
    """A page that a team owns and reviews."""

    owner: Title = Field(description="the team that keeps it right")
    reviewed: datetime.date = Field(description="the date of the last review, as in 2026-10-06")
    review_every: Period = Field(description="as in `12 months`")
    order: int = 100
    themes: tuple[Annotated[str, term("themes")], ...] = ()
    related: tuple[SitePath, ...] = ()
    assets: OfferedAssets | None = None
    ask: tuple[Annotated[str, term("contacts")], ...] = Field(
        default=(), description="whom the page sends readers to: slugs of vocabulary/contacts.yml"
    )
    sources: tuple[LinkTo, ...] = ()
    facts: tuple[Fact, ...] = ()
    images: tuple[Illustration, ...] = ()

    @property
    def checked(self) -> datetime.date:
        return self.reviewed

    @property
    def next_review(self) -> datetime.date:
        return after(self.reviewed, self.review_every)


class ToolkitPage(Guidance):
    category: Annotated[str, term("toolkit-categories")] | None = None


class TecPage(Guidance):
    category: Annotated[str, term("tec-categories")] | None = None
    outcomes: tuple[Annotated[str, term("outcomes")], ...] = ()
    how_to_issue: Annotated[str, Field(max_length=1000)] | None = None
    where: Annotated[str, Field(max_length=1000)] | None = None
    video: Video | None = None
    film: Film | None = None
    card: DeviceCard | None = Field(default=None, description="what is printed and handed to the person")


class SpotlightPage(Guidance):
    date: datetime.date = Field(description="the day of the session, as in 2026-11-26")
    themes: Annotated[tuple[Annotated[str, term("themes")], ...], Field(min_length=1)] = Field(
        description="at least one theme"
    )
    materials: tuple[Material, ...] = ()
    time: Clock | None = Field(default=None, description="when it begins, as in 14:00; the time of Great Britain")
    minutes: Annotated[int, Field(ge=10, le=480)] | None = Field(default=None, description="how long it lasts")
    venue: Text | None = Field(default=None, description="the room, or the place and the room")
    join: Url | None = Field(default=None, description="the address at which one joins from afar")
    presenters: tuple[Title, ...] = Field(default=(), description="roles or teams, never the name of a person")
    booking: Text | None = Field(default=None, description="how one books a place, in a sentence")

    @property
    def length(self) -> int:
        """How many minutes a session lasts: as said, or an hour."""
        return self.minutes or USUAL_MINUTES


class UpdatePage(Guidance):
    date: datetime.date | None = None
    answers: tuple[GapReference, ...] = ()
    outcome: Literal["under-review", "prototype", "in-plan", "met", "not-now"] | None = Field(
        default=None, description="what became of the gap; `met` names the listings in `met_by`"
    )
    met_by: tuple[SitePath, ...] = ()

    @property
    def told_on(self) -> datetime.date:
        """The day this was published to readers: `date`, or else the day of its last review."""
        return self.date or self.reviewed


class ChangePage(Guidance):
    """One change of law or practice. With neither `takes_effect` nor `expected` nobody can confirm when it comes."""

    date: datetime.date = Field(description="the day it was told here, as in 2026-11-26")
    takes_effect: datetime.date | None = Field(default=None, description="the day from which it holds, or held")
    expected: Text | None = Field(default=None, description="when it comes where no day is known: `by March 2027`")


class MessagePage(Guidance):
    """A few words from a leader to everyone."""

    date: datetime.date = Field(description="the day it was written, as in 2026-11-26")
    sender: Title = Field(description="the role or team it is from, never the name of a person")


class EasyReadPage(Guidance):
    """A page again in easy words, for people who read with help: a picture beside each thought."""

    parts: Annotated[tuple[EasyPart, ...], Field(min_length=1)] = Field(
        description="one thought each: `picture`, and the sentences in `say`"
    )


class PlainPage(Guidance):
    """A handout, a statement, or the words above a section's index."""


Front = Asset | ToolkitPage | TecPage | SpotlightPage | UpdatePage | ChangePage | MessagePage | EasyReadPage | PlainPage
MODELS: dict[str, type[Any]] = {
    "asset": Asset,
    "toolkit": ToolkitPage,
    "tec": TecPage,
    "spotlight": SpotlightPage,
    "handout": PlainPage,
    "easy-read": EasyReadPage,
    "update": UpdatePage,
    "change": ChangePage,
    "message": MessagePage,
    "section": PlainPage,
    "statement": PlainPage,
}


def identity(path: str) -> str:
    """The UUID (version 5) of the page at `path`, where its front matter names none."""
    return str(uuid.uuid5(NAMESPACE, path))


def gaps(front: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What an asset must say and `front` does not: the key it belongs to (empty: the page) and what to do.

    A fault in what is written here; in what was imported, something for an editor to find out.
    """
    if not (front.get("places") or front.get("locations") or front.get("citywide")):
        yield "", "it says nowhere: add `places`, `locations` or `citywide: true`"
    contacts = front.get("contacts")
    contacts = contacts if isinstance(contacts, list) else []
    reachable = any(isinstance(c, dict) and (c.get("phone") or c.get("email")) for c in contacts)
    if not reachable and not front.get("url"):
        yield "contacts", "there is no way to get in touch: add a phone or e-mail under `contacts`, or a `url`"
    if front.get("verified") is None:
        as_in = "as in `verified: {date: 2026-10-06, by: Wythenshawe neighbourhood team}`"
        yield "verified", f"`verified` is missing: add it, {as_in}"
