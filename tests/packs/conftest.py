"""Listings that any content has, and what is done with a pack in most tests."""

import pytest

from tests.support.client import Answer, Client
from webapp.db.engine import now
from webapp.english.dates import day_of
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query


@pytest.fixture
def listings(content: Generation) -> list[str]:
    """The addresses of three listings that run."""
    return found(content, 3)


@pytest.fixture
def many(content: Generation) -> list[str]:
    """Ten of them."""
    return found(content, 10)


def found(content: Generation, count: int, *, open_only: bool = True) -> list[str]:
    """The addresses of so many listings, by name."""
    asked = {"kinds": frozenset({"asset"}), "sort": "name", "size": count, "today": day_of(now())}
    return [hit.card["path"] for hit in content.search(Query(open_only=open_only, **asked)).hits]


@pytest.fixture
def packed(priya: Client, listings: list[str]) -> Answer:
    """Priya's first pack, with three listings in it."""
    for path in listings:
        add(priya, path)
    return priya.get(priya.get("/pack").links("h2 a")[0])


def add(person: Client, path: str) -> Answer:
    """What comes of one press on the page at `path`."""
    return person.get(path).send("/pack/items")


@pytest.fixture
def link(packed: Answer) -> Answer:
    """Priya's page of a link to her pack."""
    return packed.send("Make a link").follow()


def address(link: Answer) -> str:
    """The path that is given away."""
    return link.soup.select_one("#link-address").get_text().removeprefix("http://localhost")
