"""Many people at the same moment: no number twice, no "me too" lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from tests.support.client import Client
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.people import audit

pytestmark = pytest.mark.both_databases


EVERYBODY = ("priya", "femi", "carol", "ed", "ada", "stranger")


def test_reports_at_once_get_numbers_of_their_own(app: Flask, browser_of: Callable[[str], Client]) -> None:
    people = [Visitor(browser_of(name)) for name in EVERYBODY]
    with ThreadPoolExecutor(len(people)) as pool:
        sent = pool.map(lambda p: p.post("/gaps/new", needed=f"Need number {p.id}", place="citywide").location, people)
        assert sorted(sent) == [f"/gaps/GAP-000{n}" for n in range(1, len(people) + 1)]
    with app.app_context():
        assert audit.verify(db.session) is None


def test_everyone_who_joins_at_once_is_counted(app: Flask, browser_of: Callable[[str], Client]) -> None:
    reporter, *others = (Visitor(browser_of(name)) for name in EVERYBODY)
    reporter.post("/gaps/new", needed="Somewhere to sing", place="citywide")
    with ThreadPoolExecutor(2 * len(others)) as pool:
        list(pool.map(lambda person: person.post("/gaps/GAP-0001/support"), [*others, *others]))
    with app.app_context():
        assert db.session.scalar(select(Gap.people)) == len(EVERYBODY)
