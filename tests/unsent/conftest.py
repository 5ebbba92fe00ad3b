"""Ways to be signed out while a form is open, and the way back in."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.support.client import Answer, Client
from tests.support.people import PASSWORD, PEOPLE
from webapp.accounts.models import Draft
from webapp.db.engine import db, now

LONG_AGO = timedelta(hours=3)


@pytest.fixture
def run(app: Flask) -> Callable[..., None]:
    """Run one statement on the database, behind everybody's back."""

    def execute(statement: str, **values: object) -> None:
        with app.app_context():
            db.session.connection(execution_options={"writes": True})
            db.session.execute(text(statement), values)
            db.session.commit()

    return execute


@pytest.fixture
def sign_out(run: Callable[..., None], browser_of: Callable[[str], Client]) -> Callable[[Client, str], None]:
    """Sign `person` out, in one of WAYS, without a word to the page that they have open."""

    def out(person: Client, way: str) -> None:
        if way == "unused for too long":
            run("update sign_ins set last_seen = :then", then=now() - LONG_AGO)
        elif way == "forgotten by us":
            run("delete from sign_ins")
        elif way == "signed out everywhere":
            elsewhere = browser_of(person.name)
            elsewhere.get("/account").send("/account/sign-ins/end-others")
        elif way == "a password changed":
            run("update people set generation = generation + 1")
        else:
            person.http.delete_cookie("signpost")

    return out


WAYS = ("unused for too long", "forgotten by us", "signed out everywhere", "a password changed", "a lost cookie")


@pytest.fixture
def kept(app: Flask) -> Callable[[], Sequence[Draft]]:
    """Every form that is kept, oldest first."""

    def rows() -> Sequence[Draft]:
        with app.app_context():
            return db.session.scalars(select(Draft).order_by(Draft.id)).all()

    return rows


def sign_in(browser: Client, name: str) -> Answer:
    """Sign in at the sign-in page, and go where that leads."""
    sent = browser.get("/sign-in").send("Sign in", email=PEOPLE[name].email, password=PASSWORD)
    assert sent.status == 303, sent.words
    return browser.get(sent.location)
