"""When somebody is removed the record stays and the person goes."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.client import Client
from tests.support.people import PEOPLE
from tests.support.world import LOG, furnish, raise_barrier, report, write_log
from webapp.accounts.holdings import OF_A_PERSON, tables_of_people
from webapp.db.engine import Base, db
from webapp.gaps.models import Gap
from webapp.learning_logs.models import LearningLog
from webapp.people import audit

Open = Callable[[str], Client]


def everything(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with app.app_context():
        return {
            table.name: [dict(row) for row in db.session.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }


def stop(ada: Client, who: str) -> None:
    page = ada.get(f"/admin/users/{PEOPLE[who].id}/standing")
    page.send(f"Stop {PEOPLE[who].name} signing in", reason="left the service")


def remove(ada: Client, who: str, **said: str):
    page = ada.get(f"/admin/users/{PEOPLE[who].id}/removal")
    return page.send(f"Remove {PEOPLE[who].name}", **said)


@pytest.fixture
def history(browser_of: Open) -> str:
    """The gap of a history in which Priya and the stranger take part; the stranger's own gap has Priya in it."""
    gap = furnish(browser_of).gap
    raise_barrier(browser_of)
    write_log(browser_of)
    priya = browser_of("priya")
    priya.post(f"/gaps/{report(browser_of('stranger'), 'Swimming for women alone')}/support", status=303)
    priya.post("/pack/items", {"path": "/toolkit/"})
    priya.get("/account/place").send("Begin from here", place="everywhere")
    return gap


def test_nothing_says_who_priya_was_and_everything_she_reported_is_there(
    app: Flask, ada: Client, browser_of: Open, history: str
):
    before = everything(app)
    stop(ada, "priya")
    assert remove(ada, "priya", sure="y").location == "/admin/users"
    after, number = everything(app), PEOPLE["priya"].id
    for table, rows in after.items():
        for row in rows:
            for name, value in row.items():
                said = value.isoformat() if isinstance(value, date | datetime) else str(value)
                assert "Priya" not in said, f"{table}.{name}"
                assert "priya@" not in said, f"{table}.{name}"
    mentions = {
        table.name
        for table, columns in tables_of_people()
        for row in after[table.name]
        if any(row[column.name] == number for column in columns)
    }
    assert mentions == {"gap_supports", "learning_logs"}
    for table in ("gaps", "gap_supports", "barriers", "barrier_supports", "corrections", "suggested_listings"):
        assert len(after[table]) == len(before[table]), f"{table}: the record stays"
    with app.app_context():
        assert db.session.query(Gap).filter_by(needed="A choir that meets in the evening").one().people == 2
        log = db.session.query(LearningLog).one()
        assert (log.team, log.helped.value, log.tries) == (PEOPLE["priya"].team, "partly", True)
        assert [getattr(log, name) for name in LOG if name not in ("helped", "themes")] == [""] * 6
        assert audit.verify(db.session) is None, "the trail is whole"
        (entry,) = [e for e in audit.about(db.session, "person", str(number)) if e.action == "person.removed"]
        assert entry.actor == PEOPLE["ada"].id
    assert "Priya Nair was removed" in ada.get("/admin/users").words
    assert "Priya" not in ada.get("/admin/users").text
    ada.get(f"/admin/users/{number}", status=404)
    carol = browser_of("carol")
    assert "A choir that meets in the evening" in carol.get(f"/commissioning/gaps/{history}").text


def test_it_takes_two_steps_and_says_first_what_goes_and_what_stays(ada: Client, priya: Client, app: Flask):
    address = f"/admin/users/{PEOPLE['priya'].id}/removal"
    page = ada.get(address)
    assert "Stop their sign-in first" in page.words
    assert "every word of their learning logs" in page.words
    assert "the audit trail, which nothing may change" in page.words
    assert ada.post(address, {"sure": "y"}).status == 422
    assert priya.get("/account").status == 200
    stop(ada, "priya")
    assert "Tick that you have read" in remove(ada, "priya").errors[0]
    assert remove(ada, "priya", sure="y").status == 303
    ada.post(address, {"sure": "y"}, status=404)
    with app.app_context():
        assert audit.count(db.session) == 2


def test_what_a_commissioner_looks_after_is_handed_over_before(ada: Client, carol: Client, history: str, app: Flask):
    with app.app_context():
        db.session.query(Gap).first().owner_id = PEOPLE["carol"].id
        db.session.commit()
    page = ada.get(f"/admin/users/{PEOPLE['carol'].id}/standing")
    page.send("Stop Carol Whitfield signing in", reason="left the service", gaps_to="nobody")
    assert "Hand over what they look after first" in ada.get(f"/admin/users/{PEOPLE['carol'].id}/removal").words


def test_i_take_along_all_that_i_wrote_and_read_what_each_part_is(priya: Client, history: str, app: Flask):
    data = priya.get("/account/data.json")
    held = json.loads(data.text)
    filled = {name for name, rows in everything(app).items() if rows}
    mine = {
        table.name
        for table, columns in tables_of_people()
        for row in everything(app)[table.name]
        if any(row[column.name] == PEOPLE["priya"].id for column in columns)
    }
    assert mine <= set(held)
    assert mine <= filled
    assert set(held["what_this_is"]) == set(held) - {"made", "what_this_is"}
    assert LOG["experience"] in data.text
    assert "A choir that meets in the evening" in data.text
    for other in ("Swimming for women alone", "stranger@example.org", "Sam Stranger"):
        assert other not in data.text


def test_every_table_with_a_person_in_it_is_said_to_them():
    found = {table.name for table, _ in tables_of_people()} | {"people", "audit"}
    assert found == set(OF_A_PERSON), "say in accounts/holdings.py and docs/data-protection.md what it is"
