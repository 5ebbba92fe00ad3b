"""The feeds that are read by themselves: `content/feeds.yml`.

feeds:
  - {name: North Town, address: "https://api.north-town.example/services", every: 1 day}
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from webapp.library.authoring.scaffold import slugify
from webapp.library.front_matter.fields import Text, Url
from webapp.library.front_matter.pieces import Strict
from webapp.library.front_matter.source import Fault, read_yaml
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem

FILE = "feeds.yml"
MOST = 50  # feeds
EVERY = re.compile(r"([1-9]\d{0,2}) (hour|day|week)s?")
INTO = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")


def _how_often(value: str) -> str:
    if not EVERY.fullmatch(value):
        raise ValueError("say how often as in `6 hours`, `1 day` or `2 weeks`")
    return value


def _folder(value: str) -> str:
    if not INTO.fullmatch(value):
        raise ValueError("name a folder below assets in lower-case letters, as in imported/north-town")
    return value


def _named(value: str) -> str:
    if not slugify(value):
        raise ValueError("give it a name with letters in it")
    return value


class ConfiguredFeed(Strict):
    """One feed. `into` is the folder below `content/assets` for new listings; `folder` is that, or one by its name."""

    name: Annotated[Text, AfterValidator(_named)]
    address: Url
    every: Annotated[str, AfterValidator(_how_often)] = "1 day"
    into: Annotated[str, AfterValidator(_folder)] = ""

    @property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def folder(self) -> str:
        """Below `content/assets`."""
        return self.into or f"imported/{self.slug}"

    @property
    def how_often(self) -> str:
        return f"every {self.every.removeprefix('1 ')}"

    @property
    def interval(self) -> timedelta:
        match = EVERY.fullmatch(self.every)
        assert match
        return int(match[1]) * timedelta(**{f"{match[2]}s": 1})


class ConfiguredFeeds(Strict):
    feeds: Annotated[tuple[ConfiguredFeed, ...], Field(max_length=MOST)] = ()


def load(content: Path) -> tuple[tuple[ConfiguredFeed, ...], list[Problem]]:
    """The feeds of the content folder; none, and why, where the file has a fault."""
    path = content / FILE
    if not path.exists():
        return (), []
    try:
        source = read_yaml(path, content.parent)
    except Fault as fault:
        return (), fault.problems
    made, problems = problems_of(ConfiguredFeeds, source)
    feeds = made.feeds if made else ()
    for number, feed in enumerate(feeds):
        if any(feed.slug == other.slug for other in feeds[:number]):
            where = source.line("feeds", number)
            problems.append(Problem(source.file, where, f"two feeds are called {feed.name}: give each its own name"))
    return (() if problems else feeds), problems
