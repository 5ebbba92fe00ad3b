"""The service key: it opens the tables and nothing else, and no one's leaving ends it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.client import Client, filled
from tests.support.people import PEOPLE
from webapp.accounts import administration, service_keys
from webapp.accounts.service_keys import ServiceKey
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import User

PAGE = "/admin/service-key"
Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(app: Flask) -> Ask:
    """A program without a cookie asks for a file: the status and the text of what it gets."""

    def fetch(path: str, key: str) -> tuple[int, str]:
        with app.test_client().get(path, headers={"Authorization": f"Bearer {key}"}) as response:
            return response.status_code, response.get_data().decode(errors="replace")

    return fetch


def make(ada: Client, button: str = "Make a key", **typed: str) -> str:
    answer = ada.get(PAGE).send(button, **typed)
    assert answer.status == 200
    return answer.soup.select_one("code.key").text


@pytest.mark.both_databases
def test_it_opens_every_table_and_nothing_else(ada: Client, ask: Ask):
    key = make(ada)
    for path in ("/data/gaps.csv", "/data/barriers.json", "/data/terms.xlsx", "/data/datapackage.json"):
        assert ask(path, key)[0] == 200, path
    for path in ("/data", "/commissioning/gaps", "/gaps", PAGE, "/admin/audit.csv"):
        assert ask(path, key)[0] == 303, f"{path}: to sign in"
    for path in ("/commissioning/gaps.csv", "/commissioning/gaps.json"):
        assert ask(path, key)[0] == 401, "what a person's filters show is for a person's own key"
    for wrong in (key[:-1], key + "x", service_keys.PREFIX, service_keys.PREFIX + "a" * 5000):
        assert ask("/data/gaps.csv", wrong) == (401, "This key does not work. Ask an administrator for a new one.\n")
    assert "Last used on" in ada.get(PAGE).words


def test_it_is_shown_once_and_kept_as_a_hash(ada: Client, app: Flask):
    key = make(ada)
    assert key not in ada.get(PAGE).text
    with app.app_context():
        row = db.session.scalars(select(ServiceKey)).one()
        assert key not in str(vars(row))
        (entry,) = audit.about(db.session, "service-key", str(row.id))
        assert (entry.action, entry.actor) == ("service-key.made", ada.id)
        assert key not in str(entry.after)


@pytest.mark.both_databases
def test_it_works_on_when_whoever_made_it_is_stopped_or_removed(ada: Client, ask: Ask, app: Flask):
    key = make(ada)
    with app.app_context():
        made_by = db.session.get_one(User, ada.id)
        administration.set_roles(
            db.session, db.session.get_one(User, PEOPLE["ed"].id), frozenset({"admin"}), by=ada.id, now=now()
        )
        administration.disable(db.session, made_by, reason="Left", by=PEOPLE["ed"].id, now=now())
        db.session.commit()
    assert ask("/data/gaps.csv", key)[0] == 200
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        db.session.delete(db.session.get_one(User, ada.id))
        db.session.commit()
    assert ask("/data/gaps.csv", key)[0] == 200


def test_a_renewed_key_lets_the_one_before_work_for_a_week_or_not_at_all(ada: Client, ask: Ask, app: Flask):
    first = make(ada)
    second = make(ada, "Make a new key", before="overlap")
    assert [ask("/data/gaps.csv", key)[0] for key in (first, second)] == [200, 200]
    with app.app_context():
        assert service_keys.live(db.session, now() + timedelta(days=8))[0].key_hash
        assert len(service_keys.live(db.session, now() + timedelta(days=6))) == 2
        assert len(service_keys.live(db.session, now() + timedelta(days=8))) == 1
        assert service_keys.live(db.session, now() + timedelta(days=366)) == []
    third = make(ada, "Make a new key", before="at-once")
    assert [ask("/data/gaps.csv", key)[0] for key in (first, second, third)] == [401, 401, 200]
    assert "choose" in ada.post(PAGE, {"form_id": "1" * 32}, status=422).errors[0].lower()


def test_an_administrator_ends_it_and_is_told_in_time_that_it_ends(ada: Client, ask: Ask, app: Flask):
    key = make(ada)
    with app.app_context():
        db.session.scalars(select(ServiceKey)).one().ends_at = now() + timedelta(days=29)
        db.session.commit()
    assert "The service key ends on" in ada.get("/").words
    number = ada.get(PAGE).soup.select_one('form[action$="/end"]')["action"]
    assert "The key is ended" in ada.post(str(number)).follow().words
    assert ask("/data/gaps.csv", key)[0] == 401
    assert "had ended already" in ada.post(str(number)).follow().words


def test_it_is_not_used_without_end(ada: Client, ask: Ask, app: Flask):
    key = make(ada)
    with app.app_context():
        db.session.scalars(select(ServiceKey)).one().used = service_keys.MOST
        db.session.commit()
    assert ask("/data/gaps.csv", key)[0] == 429


def test_sending_the_form_twice_makes_one_key(ada: Client, app: Flask):
    sent = filled(ada.get(PAGE).form(PAGE))
    assert ada.post(PAGE, sent).status == 200
    assert "shown only once" in ada.post(PAGE, sent).follow().words
    with app.app_context():
        assert len(db.session.scalars(select(ServiceKey)).all()) == 1
