"""The smaller parts that a page's front matter is made of. Layout and meaning: docs/writing-content.md."""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webapp.library.front_matter.fields import PicturePath, SitePath, Text, Url, term


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class LinkTo(Strict):
    """Where a fact comes from."""

    title: Text
    publisher: Text | None = None
    url: Url | None = None


class Fact(Strict):
    """A claim of law, date, number or name: where it was read, and when someone last compared page and source."""

    claim: Text
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]  # as a reader would find them
    checked: datetime.date
    # Written from the law or guideline that it names, without opening that on the day: read it at the next review.
    general_knowledge: bool = False
    relied_on_by: Text | None = Field(default=None, description="who is misled if it is wrong")


class OfferedAssets(Strict):
    """Which listings a page of guidance offers at its end."""

    activities: tuple[Annotated[str, term("activities")], ...] = ()
    audiences: tuple[Annotated[str, term("audiences")], ...] = ()
    outcomes: tuple[Annotated[str, term("outcomes")], ...] = ()


class Photograph(Strict):
    """A photograph or a painted scene under /media/. The site makes the sizes it is shown in, and knows them."""

    path: PicturePath
    alt: Annotated[str, Field(min_length=1, max_length=300)] = Field(description="what it shows, in a sentence or two")
    credit: Text | None = Field(default=None, description="who made it, and that those in it agreed")


class Picture(Strict):
    """A picture under /media/, as wide and high as its file says, so that a page does not jump when it loads."""

    path: PicturePath
    alt: Annotated[str, Field(min_length=1, max_length=300)] = Field(description="what it shows, in a sentence or two")
    width: Annotated[int, Field(ge=1, le=4000)]  # pixels, or units of an SVG file's viewBox
    height: Annotated[int, Field(ge=1, le=4000)]


class Illustration(Picture):
    """A picture above the text of a page, with the same in words beside it."""

    title: Text
    beside: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="the same in words, step by step")


class DeviceCard(Strict):
    """One device on a card to hand to the person: a picture, and five short sentences."""

    title: Text = Field(description="what the person calls it, as in `Your alarm button`")
    picture: Picture
    sentences: Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)]


class EasyPart(Strict):
    """A picture, and the one or two short sentences that it goes with."""

    picture: Picture | None = None
    say: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]


class Film(Strict):
    """A film that plays on the page: two files, so that every browser has one, and what is said in it."""

    title: Text
    seconds: Annotated[int, Field(ge=5, le=600)]
    webm: SitePath
    mp4: SitePath
    captions: SitePath = Field(description="a WebVTT file of what is said")
    chapters: SitePath | None = Field(default=None, description="a WebVTT file of its parts")
    poster: Picture = Field(description="what stands there before it plays")
    transcript: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="what is said and seen, in order")

    @property
    def files(self) -> tuple[str, ...]:
        """The addresses of everything it is made of, without the poster."""
        return tuple(filter(None, (self.webm, self.mp4, self.captions, self.chapters)))


class Video(Strict):
    title: Text
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    url: Url | None = None


class Material(Strict):
    title: Text
    path: SitePath
