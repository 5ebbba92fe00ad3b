from collections.abc import Callable

import pytest
from flask import Flask

from tests.gaps.site import Visitor
from tests.support.client import Client
from webapp.accounts import sign_in
from webapp.db.engine import db, now
from webapp.people.models import User, give_roles


@pytest.fixture
def amina(browser_of: Callable[[str], Client]) -> Visitor:
    """A practitioner in Gorton and Levenshulme."""
    return Visitor(browser_of("priya"))


@pytest.fixture
def ben(browser_of: Callable[[str], Client]) -> Visitor:
    """A practitioner of another team."""
    return Visitor(browser_of("stranger"))


@pytest.fixture
def cara(browser_of: Callable[[str], Client]) -> Visitor:
    """A commissioner."""
    return Visitor(browser_of("carol"))


@pytest.fixture
def edie(browser_of: Callable[[str], Client]) -> Visitor:
    """A content editor."""
    return Visitor(browser_of("ed"))


@pytest.fixture
def dev(app: Flask) -> Visitor:
    """A second commissioner."""
    with app.app_context():
        person = User(email="dev@example.org", name="Dev Rao", created_at=now())
        give_roles(person, frozenset({"commissioner"}))
        db.session.add(person)
        db.session.flush()
        token = sign_in.begin(db.session, person, "Firefox on Linux", now())
        db.session.commit()
        return Visitor(Client(app, "dev", token, person.id))
