"""Whoever leaves hands over the gaps they look after; until somebody takes them they are nobody's, and say so."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.people import audit
from webapp.people.models import User

CAROL = PEOPLE["carol"].id
STOP = f"/admin/users/{CAROL}/standing"
OVER = f"/admin/users/{CAROL}/handover"


@pytest.fixture
def gaps(amina: Visitor, carol: Client) -> None:
    """Three gaps: Carol looks after 1 and 2, of which 2 is closed; nobody looks after 3."""
    for needed in ("A choir", "A shed", "A walking group"):
        amina.post("/gaps/new", needed=needed, place="citywide")
    for ref in ("GAP-0001", "GAP-0002"):
        carol.get(f"/commissioning/gaps/{ref}").send("Save this gap", owner=str(CAROL))
    closes = {"status": "not-now", "reason": "There is one near by", "answer": "Ask at the library"}
    carol.get("/commissioning/gaps/GAP-0002").send("Save this gap", **closes)


def owners(app: Flask) -> list[int | None]:
    with app.app_context():
        return list(db.session.scalars(select(Gap.owner_id).order_by(Gap.id)))


def stop(ada: Client, **fields: str) -> Answer:
    return ada.get(STOP).send(STOP, do="disable", reason="left the service", **fields)


@pytest.mark.usefixtures("gaps")
def test_stopping_somebody_asks_who_takes_their_open_gaps(ada: Client, app: Flask, dev: Visitor) -> None:
    page = ada.get(STOP)
    assert "Who takes their 1 open gap?" in page.words
    offered = [option.text for option in page.soup.select("#gaps_to option")]
    assert offered == ["Choose who takes them", "Dev Rao", "Nobody yet: say “Owner has left” until somebody does"]
    refused = stop(ada)
    assert refused.status == 422
    assert refused.errors == ["Choose who takes their open gaps, or nobody yet"]
    assert not _is_stopped(app)
    done = stop(ada, gaps_to=str(dev.id))
    assert "Dev Rao takes 1 open gap." in done.follow().words
    assert owners(app) == [dev.id, CAROL, None], "what is closed stays as it was"
    assert "1 open gap is now yours to look after." in dev.get("/notices")
    assert "A choir" in dev.get("/commissioning/gaps?mine=1")
    with app.app_context():
        entry = audit.about(db.session, "gap", "GAP-0001")[-1]
        assert (entry.action, entry.actor) == ("gap.assigned", PEOPLE["ada"].id)
        assert (entry.before, entry.after) == ({"owner": CAROL}, {"owner": dev.id})
        assert audit.verify(db.session) is None


@pytest.mark.usefixtures("gaps")
def test_until_somebody_takes_them_they_are_nobodys_and_say_so(ada: Client, app: Flask, dev: Visitor) -> None:
    assert _shown(dev, "owner=nobody") == ["GAP-0003"]
    stop(ada, gaps_to="nobody")
    assert _is_stopped(app)
    assert owners(app)[0] == CAROL, "nothing is lost"
    assert _shown(dev, "owner=nobody") == ["GAP-0001", "GAP-0002", "GAP-0003"]
    assert _shown(dev, "owner=nobody&status=open") == ["GAP-0001", "GAP-0003"]
    rows = {row["Reference"]: row["Owner"] for row in _csv(dev)}
    assert rows == {"GAP-0001": "Owner has left", "GAP-0002": "Owner has left", "GAP-0003": ""}
    table = dev.client.get("/commissioning/gaps").soup.select("td.dense__owner")
    assert sorted(cell.text for cell in table) == ["Nobody yet", "Owner has left", "Owner has left"]
    page = dev.client.get("/commissioning/gaps/GAP-0001")
    assert "Looked after by Owner has left" in page.words
    assert "1 open gap whose owner has left" in dev.client.get("/").words
    page.send("Save this gap", theme="carers")
    assert owners(app)[0] == CAROL, "another choice of the same form does not take it away"
    page = dev.client.get("/commissioning/gaps/GAP-0001")
    page.send("Save this gap", owner=str(dev.id))
    assert _shown(dev, "owner=nobody") == ["GAP-0002", "GAP-0003"]
    assert "owner has left" not in dev.client.get("/").words


@pytest.mark.usefixtures("gaps")
def test_they_are_handed_over_later_as_well(ada: Client, app: Flask, dev: Visitor) -> None:
    stop(ada, gaps_to="nobody")
    page = ada.get(f"/admin/users/{CAROL}")
    assert "Carol Whitfield looks after 1 open gap. Until somebody takes it, it counts as nobody’s." in page.words
    assert ada.get(OVER).send(OVER).status == 422
    done = ada.get(OVER).send(OVER, gaps_to=str(dev.id))
    assert "Dev Rao takes 1 open gap." in done.follow().words
    assert owners(app) == [dev.id, CAROL, None]
    assert "Open work" not in ada.get(f"/admin/users/{CAROL}").words
    assert "looks after no open gap" in ada.get(OVER).words


@pytest.mark.usefixtures("gaps")
def test_who_comes_back_has_what_nobody_took(ada: Client, dev: Visitor) -> None:
    stop(ada, gaps_to="nobody")
    ada.get(STOP).send(STOP, do="enable", reason="a mistake")
    assert _shown(dev, "owner=nobody") == ["GAP-0003"]
    assert _shown(dev, f"owner={CAROL}") == ["GAP-0001", "GAP-0002"]


@pytest.mark.usefixtures("gaps")
def test_who_is_no_commissioner_any_more_looks_after_nothing(ada: Client, dev: Visitor) -> None:
    roles = f"/admin/users/{CAROL}/roles"
    ada.get(f"/admin/users/{CAROL}").send(roles, roles=["practitioner"])
    assert _shown(dev, "owner=nobody&status=open") == ["GAP-0001", "GAP-0003"]
    assert "Hand it over to somebody" in ada.get(f"/admin/users/{CAROL}").words


@pytest.mark.usefixtures("gaps")
@pytest.mark.parametrize("taker", ["1", str(CAROL), "999999", "x", ""])
def test_only_a_commissioner_can_take_them(ada: Client, app: Flask, dev: Visitor, taker: str) -> None:
    assert stop(ada, gaps_to=taker).status == 422
    assert not _is_stopped(app)
    assert owners(app) == [CAROL, CAROL, None]


def test_where_there_is_nothing_to_hand_over_nothing_is_asked(ada: Client, app: Flask) -> None:
    assert "Who takes" not in ada.get(STOP).words
    assert stop(ada).status == 303
    assert _is_stopped(app)


@pytest.mark.usefixtures("gaps")
def test_the_command_line_hands_over_too(app: Flask, dev: Visitor) -> None:
    def run(*args: str) -> str:
        return str(app.test_cli_runner().invoke(args=["users", *args]).output)

    carol = ["--email", "carol@example.org"]
    said = run("disable", *carol, "--reason", "left")
    assert "Until somebody takes 1 open gap, nobody looks after them" in said
    assert "priya@example.org is not somebody who can look after open gaps" in run(
        "hand-over", *carol, "--to", "priya@example.org"
    )
    assert owners(app)[0] == CAROL
    assert run("hand-over", *carol, "--to", "dev@example.org") == "dev@example.org takes 1 open gap.\n"
    assert owners(app)[0] == dev.id
    assert "looks after nothing that is open" in run("hand-over", *carol, "--to", "dev@example.org")
    assert "The command line" in dev.get("/commissioning/gaps/GAP-0001")


@pytest.mark.usefixtures("gaps")
def test_the_command_line_hands_over_with_stopping(app: Flask, dev: Visitor) -> None:
    args = ["--email", "carol@example.org", "--reason", "left", "--hand-over-to"]
    wrong = app.test_cli_runner().invoke(args=["users", "disable", *args, "nobody@example.org"])
    assert wrong.exit_code == 1
    assert not _is_stopped(app), "both or neither"
    app.test_cli_runner().invoke(args=["users", "disable", *args, "dev@example.org"])
    assert owners(app)[0] == dev.id
    assert _is_stopped(app)


def _shown(who: Visitor, query: str) -> list[str]:
    return sorted(row["Reference"] for row in _csv(who, query))


def _csv(who: Visitor, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(who.get(f"/commissioning/gaps.csv?{query}").removeprefix("\ufeff"))))


def _is_stopped(app: Flask) -> bool:
    with app.app_context():
        return db.session.get_one(User, CAROL).disabled


def test_a_view_that_they_shared_stays_and_is_handed_over(ada: Client, carol: Client, dev: Visitor) -> None:
    for name, shared in (("Whole city", "1"), ("Carers", "1"), ("My own", "")):
        carol.get("/commissioning/gaps?status=open").send("Save this view", called=name, shared=shared)
    dev.client.get("/commissioning/gaps?place=citywide").send("Save this view", called="whole CITY")
    stop(ada, views_to="nobody")
    assert _views(dev) == ["whole CITY", "Carers", "Whole city"], "nobody has to do without it"
    ada.get(OVER).send(OVER, views_to=str(dev.id))
    page = dev.client.get("/commissioning/gaps")
    assert _views(dev) == ["Carers", "whole CITY", "Whole city (2)"], "and what is their own alone is not given away"
    assert page.send("/commissioning/views/1/delete").status == 303, "it can be changed again"


def _views(who: Visitor) -> list[str]:
    links = who.client.get("/commissioning/gaps").soup.select(".saved-views__mine a")
    return [link.text.split(",")[0].strip() for link in links]
