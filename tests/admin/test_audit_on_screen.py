"""The audit trail as an administrator sees it: found, turned page by page, taken away, checked meanwhile."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from itertools import chain

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support import world
from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from webapp.admin import trail, verification
from webapp.db.engine import db, now
from webapp.people import audit

PAGE = "/admin/audit"
pytestmark = pytest.mark.both_databases


def write(app: Flask, count: int, actor: int | None = PEOPLE["carol"].id, **about: str) -> None:
    with app.app_context():
        for number in range(count):
            audit.append(
                db.session,
                now=now(),
                actor=actor,
                action=about.get("action", "gap.status"),
                subject=(about.get("kind", "gap"), about.get("ref", f"GAP-{number + 1:04}")),
                before={"status": "new"},
                after={"status": "met", "owner_id": PEOPLE["ed"].id},
            )
        db.session.commit()


def step(app: Flask, most: int = 1000) -> str:
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        said = verification.step(db.session, now(), most)
        db.session.commit()
        return said


def entries(page: Answer) -> list[int]:
    return [int(tag.text) for tag in page.soup.select("tbody th")]


def test_it_says_who_did_what_in_words(ada: Client, app: Flask):
    write(app, 1)
    write(app, 1, actor=None, kind="listing", ref="/directory/x", action="listing.closed")
    (listing, gap) = [row.get_text(" ", strip=True) for row in ada.get(PAGE).soup.select("tbody tr")][:2]
    assert "Status changed Carol Whitfield Gap GAP-0001" in gap
    assert "status: New Met" in gap
    assert "owner: Ed Marsh" in gap
    assert "Listing: closed The command line Listing /directory/x" in listing


def test_it_is_found_by_who_what_when_and_subject(ada: Client, app: Flask):
    write(app, 3)
    write(app, 1, actor=PEOPLE["ed"].id, action="listing.closed", kind="listing", ref="/directory/x")
    write(app, 1, actor=None, ref="GAP-0009")
    today = now().date().isoformat()
    for query, count in (
        ("who=whitfield", 3),
        ("who=ED%40example.org", 1),
        ("who=program", 1),
        ("who=nobody+here", 0),
        ("action=listing.closed", 1),
        ("kind=gap&ref=GAP-0002", 1),
        ("kind=gap", 4),
        (f"from={today}&to={today}", 5),
        ("to=2020-01-01", 0),
    ):
        assert len(entries(ada.get(f"{PAGE}?{query}"))) == count, query
    assert "not a date we can read" in ada.get(f"{PAGE}?from=soon").words


def test_who_asked_is_not_named_nor_found(ada: Client, browser_of: Callable[[str], Client]):
    world.report(browser_of("priya"), "A choir")
    row = ada.get(f"{PAGE}?action=gap.reported").soup.select_one("tbody tr").get_text(" ", strip=True)
    assert "Reported Not shown Gap GAP-0001" in row
    assert entries(ada.get(f"{PAGE}?who=priya")) == []
    assert "Priya" not in ada.get(f"{PAGE}.csv").text


def test_pages_are_turned_without_a_gap_or_a_repeat(ada: Client, app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trail, "PAGE_SIZE", 3)
    write(app, 8)
    page, seen = ada.get(f"{PAGE}?kind=gap"), []
    while True:
        seen.append(entries(page))
        if not (older := page.soup.select_one("a[rel=next]")):
            break
        page = ada.get(str(older["href"]))
    every = list(chain.from_iterable(seen))
    assert [len(those) for those in seen] == [3, 3, 2]
    assert every == sorted(set(every), reverse=True)
    write(app, 2)  # what is added meanwhile moves no page
    back = ada.get(str(page.soup.select_one("a[rel=prev]")["href"]))
    assert entries(back) == seen[1]


def test_all_that_is_found_can_be_taken_away(ada: Client, app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trail, "AT_ONCE", 2)
    write(app, 5)
    write(app, 1, ref="=1+1")
    lines = list(csv.DictReader(io.StringIO(ada.get(f"{PAGE}.csv?kind=gap").text.removeprefix("\ufeff"))))
    assert [line["subject"] for line in lines] == ["'=1+1", *(f"GAP-{number:04}" for number in (5, 4, 3, 2, 1))]
    assert lines[1]["who"] == "Carol Whitfield"
    assert len(lines[1]["hash"]) == 64


def test_it_is_checked_a_few_entries_at_a_time_up_to_the_newest(ada: Client, app: Flask):
    write(app, 7)
    assert "Not checked yet" in ada.get(PAGE).words
    step(app, 3)
    assert "Verified up to entry 3 of 7 so far" in ada.get(PAGE).words
    for _ in range(2):
        step(app, 3)
    assert "The trail is whole" in ada.get(PAGE).words
    assert "Verified up to entry 7" in ada.get(PAGE).words
    write(app, 1)
    assert "Entries after it wait" in ada.get(PAGE).words
    step(app)
    assert "Verified up to entry 8" in ada.get(PAGE).words


def harm(app: Flask, statement: str) -> None:
    """As somebody with the database's own tools would, who first takes the triggers away. Here till the commit."""
    with app.app_context():
        off = {
            "sqlite": ("drop trigger audit_no_update", "drop trigger audit_no_delete"),
            "postgresql": ("set local session_replication_role = replica",),
        }[db.engine.dialect.name]
        for said in (*off, statement):
            db.session.execute(text(said))
        db.session.commit()


def test_a_change_of_what_was_whole_is_found_the_next_day_or_when_asked(ada: Client, app: Flask):
    write(app, 4)
    step(app)
    harm(app, "update audit set action = 'gap.statut' where id = 2")
    assert step(app) == "", "what was looked at is looked at again once a day"
    page = ada.get(PAGE).send("Check all of it again").follow()
    assert "Entry 2: it was changed after it was written" in page.words
    assert "last found whole" in page.words
    assert "The audit trail does not fit" in ada.get("/").words
    assert step(app) == "", "it is said once a day"


def test_every_day_it_begins_anew(app: Flask):
    write(app, 4)
    step(app)
    harm(app, "delete from audit where id = 3")
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        said = verification.step(db.session, now() + timedelta(days=1))
        db.session.commit()
    assert "does not fit at entry 4" in said
