"""What somebody takes away of theirs tells them nothing that the pages do not."""

import json
from collections.abc import Callable

from flask import Flask

from tests.support.client import Client
from tests.support.people import PEOPLE
from tests.support.world import furnish
from webapp.db.engine import db
from webapp.gaps.models import Gap

Open = Callable[[str], Client]


def _data(person: Client) -> dict:
    return json.loads(person.get("/account/data.json").text)


def _plan(app: Flask, ref: str) -> None:
    """Carol looks after the gap and has money for it."""
    with app.app_context():
        gap = db.session.query(Gap).one()
        assert gap.ref == ref
        gap.owner_id, gap.budget = PEOPLE["carol"].id, 25_000
        db.session.commit()


def test_carol_does_not_learn_who_reported_the_gaps_that_she_looks_after(app: Flask, browser_of: Open):
    _plan(app, furnish(browser_of).gap)
    (gap,) = _data(browser_of("carol"))["gaps"]
    assert gap["owner_id"] == PEOPLE["carol"].id
    assert gap["reporter_id"] == "a colleague"
    assert gap["budget"] == 25_000


def test_ed_does_not_learn_who_sent_what_he_dealt_with(browser_of: Open):
    furnish(browser_of)
    ed = browser_of("ed")
    page = ed.get("/editor/corrections/1")
    assert page.send("/editor/corrections/1", state="done", reason="We rang them").status == 303
    (correction,) = _data(ed)["corrections"]
    assert (correction["sender_id"], correction["handled_by_id"]) == ("a colleague", PEOPLE["ed"].id)


def test_priya_reads_her_gap_without_what_commissioners_keep_to_themselves(app: Flask, browser_of: Open):
    _plan(app, furnish(browser_of).gap)
    (gap,) = _data(browser_of("priya"))["gaps"]
    assert (gap["reporter_id"], gap["owner_id"]) == (PEOPLE["priya"].id, "a colleague")
    assert "budget" not in gap
