"""What an editor marks as closed is closed for everybody who reuses our data, before the file says so."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from tests.support.client import Client
from tests.support.open_referral import API
from tests.support.people import PEOPLE, ROLES
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.upkeep import closures

WALK = "/directory/walk"


def test_a_closure_shows_in_every_answer_at_once_and_goes_with_its_undo(
    app: Flask, client: Client, ask: Callable[..., Any], unhurried: None
):
    walk = next(one for one in ask("/services")["contents"] if one["name"] == "Walk")
    tag = client.get(f"{API}/services").headers["ETag"]
    with app.app_context():
        editor = db.session.get_one(User, PEOPLE[ROLES["editor"]].id)
        closures.close(db.session, WALK, "temporarily closed", date(2026, 11, 1), editor, now())
        db.session.commit()
    listed = {way: ask("/services", **way_of) for way, way_of in WAYS.items()}
    for way, answer in listed.items():
        statuses = {one["id"]: one["status"] for one in answer["contents"]}
        assert statuses[walk["id"]] == "temporarily closed", way
        assert list(statuses.values()).count("active") > 3, "the others are as they were"
    assert ask(f"/services/{walk['id']}")["status"] == "temporarily closed"
    there = ask("/service_at_locations", full="true", per_page=1000)["contents"]
    assert {one["service"]["status"] for one in there if one["service"]["id"] == walk["id"]} <= {"temporarily closed"}
    runs_it = ask(f"/organizations/{walk['organization_id']}")
    assert "temporarily closed" in {one["status"] for one in runs_it["services"] if one["id"] == walk["id"]}
    client.get(f"{API}/services", 200, headers={"If-None-Match": tag})
    with app.app_context():
        closures.undo(db.session, WALK, db.session.get_one(User, PEOPLE[ROLES["editor"]].id), now())
        db.session.commit()
    assert ask(f"/services/{walk['id']}")["status"] == "active"
    client.get(f"{API}/services", 304, headers={"If-None-Match": tag})


WAYS = {
    "as usual": {"per_page": 1000},
    "in full": {"per_page": 1000, "full": "true"},
    "extended": {"per_page": 1000, "extended": "true"},
}
