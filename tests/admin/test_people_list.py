"""The list of people: who came last when, and finding those who do not come."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.people import PASSWORD, PEOPLE
from webapp.admin import people_list
from webapp.db.engine import db, now
from webapp.people.models import User

PAGE = "/admin/users"


def names(ada: Client, query: str = "") -> list[str]:
    return [tag.text for tag in ada.get(f"{PAGE}{query}").soup.select("tbody th a")]


def last_in(app: Flask, name: str, days: int) -> None:
    with app.app_context():
        db.session.get_one(User, PEOPLE[name].id).last_sign_in_at = now() - timedelta(days=days)
        db.session.commit()


@pytest.fixture
def long_ago(app: Flask) -> None:
    for number, name in enumerate(PEOPLE):
        last_in(app, name, 10 + number)
    last_in(app, "ed", 91)


@pytest.mark.usefixtures("long_ago")
def test_it_is_found_by_name_role_and_sign_in(ada: Client):
    assert names(ada, "?q=WHIT") == names(ada, "?q=carol%40example.org") == ["Carol Whitfield"]
    assert names(ada, "?role=editor") == ["Ed Marsh"] == names(ada, "?state=away")
    assert names(ada, "?role=practitioner&q=sam") == ["Sam Stranger"]
    assert names(ada, "?state=stopped") == names(ada, "?state=never") == []
    assert names(ada, "?sort=longest")[0] == "Ed Marsh"
    assert "Nobody like this" in ada.get(f"{PAGE}?q=zzz").words


def test_signing_in_is_noted(ada: Client, app: Flask):
    with app.app_context():
        db.session.get_one(User, PEOPLE["priya"].id).last_sign_in_at = None
        db.session.commit()
    assert "Priya Nair" in names(ada, "?state=never")
    sent = {"email": PEOPLE["priya"].email, "password": PASSWORD}
    assert Client(app, "priya").get("/sign-in").send("/sign-in", **sent).status == 303
    assert "Priya Nair" not in names(ada, "?state=never")
    assert "Last signed in" in ada.get(f"{PAGE}/{PEOPLE['priya'].id}").words


def test_it_comes_in_pages(ada: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(people_list, "PAGE_SIZE", 5)
    first, second = names(ada), names(ada, "?page=2")
    assert (len(first), len(first + second), len(set(first + second))) == (5, len(PEOPLE), len(PEOPLE))
    assert names(ada, "?page=99") == second
