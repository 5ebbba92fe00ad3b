from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from tests.support.client import Answer, Client
from webapp.db.engine import db, now
from webapp.searches import counting
from webapp.searches.finished import FinishedSearch
from webapp.searches.models import CountedSearch

Finish = Callable[[Client, str], Answer]


@pytest.fixture
def finish() -> Finish:
    """Opens a page of results and stays until its script has said so; returns the page."""

    def search(person: Client, address: str) -> Answer:
        page = person.get(address)
        assert page.send("/searches").status == 204
        return page

    return search


@pytest.fixture
def counted(app: Flask) -> Callable[[], list[CountedSearch]]:
    """What has been counted, oldest first."""

    def read() -> list[CountedSearch]:
        with app.app_context():
            return list(db.session.query(CountedSearch).order_by(CountedSearch.id))

    return read


@pytest.fixture
def searched(app: Flask) -> Callable[..., None]:
    """Counts a search by each of some people, as their pages would have told it."""

    def count(words: str, people: int, *, at: datetime | None = None, first: int = 100, **said: object) -> None:
        known = {"found": 0, "phrase": words, "places": [], "outcomes": [], "activities": [], **said}
        with app.app_context():
            db.session.connection(execution_options={"writes": True})
            for person in range(first, first + people):
                moment = at or now()
                row = CountedSearch(
                    at=moment.replace(minute=0, second=0, microsecond=0),
                    person=counting.person_of(person, "a key", moment),
                    kind="asset",
                    words=words,
                    filters={},
                    **known,
                )
                db.session.add(row)
            db.session.commit()

    return count


def asked(words: str = "choir", **said: object) -> FinishedSearch:
    return FinishedSearch("asset", words=words, phrase=words, **said)  # type: ignore[arg-type]
