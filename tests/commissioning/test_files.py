"""The gap log as files: what the filters show, safe in a spreadsheet, and read by a tool that has a key."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from tests.gaps.site import Visitor, form_ids
from tests.support.client import Client
from webapp.accounts import administration, api_keys, keys
from webapp.accounts.api_keys import DataKey
from webapp.data import batches
from webapp.data.tables.gaps import FOR_PEOPLE
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import User, give_roles

KEY = "/commissioning/data-key"
ADMIN = 5
FILES = ("/commissioning/gaps.csv", "/commissioning/gaps.json")
Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def three(amina: Visitor) -> None:
    amina.post("/gaps/new", needed="Somewhere to sing", place="gorton-levenshulme")
    amina.post("/gaps/new", needed="=1+1 sheds", place="ardwick-longsight", evidence="#N/A")
    amina.post("/gaps/new", needed="Ciepły posiłek, گرم کھانا", place="citywide")


@pytest.fixture
def key(cara: Visitor) -> str:
    """A key that Carol has just made."""
    page = cara.client.get(KEY).send("Make a key")
    assert page.status == 200
    return page.soup.select_one("code.key").text


@pytest.fixture
def ask(app: Flask) -> Ask:
    """A program without a cookie asks for a file: the status and the text of what it gets."""

    def fetch(path: str, key: str = "", **headers: str) -> tuple[int, str]:
        said = {"Authorization": f"Bearer {key}"} if key else {}
        with app.test_client().get(path, headers={**said, **headers}) as response:
            return response.status_code, response.get_data(as_text=True)

    return fetch


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["", "status=new&sort=oldest", "place=citywide", "q=sing", "status=met"])
def test_every_file_has_the_same_gaps_and_columns(cara: Visitor, query: str) -> None:
    lines = cara.get(f"/commissioning/gaps.csv?{query}").removeprefix("\ufeff")
    texts = list(csv.DictReader(io.StringIO(lines, newline="")))
    objects = json.loads(cara.get(f"/commissioning/gaps.json?{query}"))["gaps"]
    sheet = load_workbook(io.BytesIO(cara.client.get(f"/commissioning/gaps.xlsx?{query}").data)).active
    heads, *cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    refs = [row["Reference"] for row in texts]
    assert refs == [gap["ref"] for gap in objects] == [row[0] for row in cells]
    assert heads == [column.heading for column in FOR_PEOPLE]
    assert all(list(gap) == [column.name for column in FOR_PEOPLE] for gap in objects)
    assert all(isinstance(gap["people"], int) for gap in objects)


@pytest.mark.usefixtures("three")
def test_no_cell_of_a_workbook_is_a_formula(cara: Visitor) -> None:
    answer = cara.client.get("/commissioning/gaps.xlsx?place=ardwick-longsight")
    assert re.search(r'filename="gaps-\d{4}-\d\d-\d\d\.xlsx"', answer.headers["Content-Disposition"])
    (row,) = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(min_row=2))
    said = {cell.value: cell.data_type for cell in row if cell.value}
    assert said["=1+1 sheds"] == "s"
    assert said["#N/A"] == "s"
    assert said[1] == "n"


@pytest.mark.usefixtures("three")
def test_other_scripts_survive(cara: Visitor) -> None:
    assert "Ciepły posiłek, گرم کھانا" in cara.get("/commissioning/gaps.csv")
    gaps = json.loads(cara.get("/commissioning/gaps.json?place=citywide"))["gaps"]
    assert gaps[0]["needed"] == "Ciepły posiłek, گرم کھانا"
    assert gaps[0]["answered"] is None


def test_an_empty_log_makes_whole_files(cara: Visitor) -> None:
    assert json.loads(cara.get("/commissioning/gaps.json"))["gaps"] == []
    sheet = load_workbook(io.BytesIO(cara.client.get("/commissioning/gaps.xlsx").data)).active
    assert sheet.max_row == 1


@pytest.mark.usefixtures("three")
def test_more_gaps_than_are_read_at_once_keep_their_order(cara: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    refs = [gap["ref"] for gap in json.loads(cara.get("/commissioning/gaps.json?sort=oldest"))["gaps"]]
    assert refs == ["GAP-0001", "GAP-0002", "GAP-0003"]


@pytest.mark.usefixtures("three")
def test_a_tool_reads_the_files_with_a_key(ask: Ask, key: str) -> None:
    for path in FILES:
        status, text = ask(f"{path}?place=citywide", key)
        assert (status, "GAP-0003" in text, "GAP-0001" in text) == (200, True, False)
        assert ask(f"{path}?token={key}")[0] == 200


@pytest.mark.usefixtures("three")
def test_without_a_good_key_nothing_is_told(ask: Ask, key: str, cara: Visitor, amina: Visitor) -> None:
    for path in FILES:
        assert ask(path)[0] == 303  # to sign in, as any page
        for wrong in ("x", key[:-1], key + "x", "signpost-", "signpost-" + "a" * 5000, "' or 1=1 --"):
            status, text = ask(path, wrong)
            assert (status, text) == (401, "This key does not work. Make a new one.\n")
        amina.get(path, status=403)
        amina.get(f"{path}?token=x", status=401)
    for path in ("/commissioning", "/commissioning/gaps", "/commissioning/gaps.xlsx", KEY, "/gaps"):
        assert ask(f"{path}?token={key}")[0] == 303, "a key opens two files and nothing else"
        assert ask(path, key)[0] == 303


def test_a_renewed_key_ends_the_one_before(cara: Visitor, ask: Ask, key: str) -> None:
    newer = cara.client.get(KEY).send("Make a new key").soup.select_one("code.key").text
    assert newer != key
    assert ask(FILES[0], key)[0] == 401
    assert ask(FILES[0], newer)[0] == 200
    cara.client.get(KEY).send("End my key")
    assert ask(FILES[0], newer)[0] == 401
    assert "You have no key yet." in cara.get(KEY)


def test_the_key_is_shown_once_and_kept_as_a_hash(cara: Visitor, app: Flask, key: str) -> None:
    assert key not in cara.get(KEY)
    with app.app_context():
        row = db.session.scalars(select(DataKey)).one()
        assert key not in str(vars(row))
        trail = [(e.action, e.actor) for e in audit.about(db.session, "data-key", str(cara.id))]
        assert trail == [("data-key.made", cara.id)]
        assert audit.verify(db.session) is None


def test_sending_the_form_twice_makes_one_key(cara: Visitor, app: Flask) -> None:
    sent = {"form_id": form_ids(cara.get(KEY))[0]}
    assert cara.tries(KEY, sent).status == 200
    assert "shown only once" in cara.tries(KEY, sent).follow().text
    with app.app_context():
        assert len(audit.about(db.session, "data-key", str(cara.id))) == 1


def test_a_key_ends_with_the_role_and_does_not_come_back_with_it(app: Flask, ask: Ask, key: str, cara: Visitor) -> None:
    def change(*roles: str) -> None:
        with app.app_context():
            administration.set_roles(
                db.session, db.session.get_one(User, cara.id), frozenset(roles), by=ADMIN, now=now()
            )
            db.session.commit()

    change("practitioner", "editor", "commissioner")
    assert ask(FILES[1], key)[0] == 200, "other roles are nothing to the key"
    change("practitioner")
    assert ask(FILES[1], key)[0] == 401
    change("commissioner")
    assert ask(FILES[1], key)[0] == 401, "whoever found it meanwhile must not be let in"
    with app.app_context():
        trail = [(entry.action, entry.actor) for entry in audit.about(db.session, "data-key", str(cara.id))]
    assert trail == [("data-key.made", cara.id), ("data-key.ended", ADMIN)]


def test_a_key_ends_with_the_account_and_does_not_come_back_with_it(
    app: Flask, ask: Ask, key: str, cara: Visitor
) -> None:
    for act in (administration.disable, administration.enable):
        with app.app_context():
            act(db.session, db.session.get_one(User, cara.id), reason="Away", by=ADMIN, now=now())
            db.session.commit()
        assert ask(FILES[1], key)[0] == 401


def test_a_key_ends_with_the_role_whoever_takes_it_away(app: Flask, ask: Ask, key: str, cara: Visitor) -> None:
    for roles in ({"practitioner"}, {"commissioner"}):
        with app.app_context():
            give_roles(db.session.get_one(User, cara.id), frozenset(roles))
            db.session.commit()
        assert ask(FILES[1], key)[0] == 401


def test_a_key_is_not_used_without_end(app: Flask, key: str, ask: Ask) -> None:
    with app.app_context():
        row = db.session.scalars(select(DataKey)).one()
        row.used = api_keys.MOST - 1
        db.session.commit()
    assert ask(FILES[1], key)[0] == 200
    status, text = ask(FILES[1], key)
    assert (status, "too often" in text) == (429, True)
    with app.app_context():
        row = db.session.scalars(select(DataKey)).one()
        row.window_at = now() - keys.WINDOW - timedelta(seconds=1)
        db.session.commit()
    assert ask(FILES[1], key)[0] == 200


@pytest.mark.usefixtures("three")
def test_mine_means_the_keys_owner(ask: Ask, key: str, cara: Visitor, dev: Visitor) -> None:
    sent = {"theme": "", "workstream": "", "owner": str(cara.id), "version": "1"}
    dev.tries("/commissioning/gaps/GAP-0002/work", sent)
    gaps = json.loads(ask(f"{FILES[1]}?mine=1", key)[1])["gaps"]
    assert [gap["ref"] for gap in gaps] == ["GAP-0002"]


def test_a_key_is_no_way_round_a_forgotten_session(browser_of: Callable[[str], Client], key: str) -> None:
    """A practitioner's own cookie beside a commissioner's key: the key decides, for the file alone."""
    amina = browser_of("priya")
    amina.get(f"/commissioning/gaps.json?token={key}", status=200)
    amina.get(f"/commissioning/gaps?token={key}", status=403)
