"""The smaller parts that a page's front matter is made of. Layout and meaning: docs/writing-content.md."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webapp.library.front_matter.fields import SitePath, Text, Url, term


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class LinkTo(Strict):
    """Where a fact comes from."""

    title: Text
    publisher: Text | None = None
    url: Url | None = None


class OfferedAssets(Strict):
    """Which listings a page of guidance offers at its end."""

    activities: tuple[Annotated[str, term("activities")], ...] = ()
    audiences: tuple[Annotated[str, term("audiences")], ...] = ()
    outcomes: tuple[Annotated[str, term("outcomes")], ...] = ()


class Video(Strict):
    title: Text
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    url: Url | None = None


class Material(Strict):
    title: Text
    path: SitePath
