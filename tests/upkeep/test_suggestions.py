"""A group that a colleague found becomes a file, ready to commit; whoever found it hears once what became of it."""

from pathlib import Path

import pytest
from flask import Flask

from tests.support import compiled
from tests.support.client import Client
from tests.support.world import find_group
from webapp.db.engine import db
from webapp.library.authoring import checking
from webapp.upkeep.suggestions import SuggestedListing

GROUP = {
    "name": "Loom Street Ukuleles",
    "what": "People of any age learn the ukulele together and nobody minds a wrong note.",
    "place": "gorton-levenshulme",
    "check": "went",
    "phone": "0161 496 0777",
    "days": ["tuesday", "friday"],
    "starts": "9.30",
    "ends": "11am",
    "often": "weekly",
    "venue": "Loom Street Hall",
    "address": "4 Loom Street",
    "postcode": "m18 9zd",
    "cost": "free",
    "activity": "music-and-singing",
    "note": "Not in August",
}


def sent(app: Flask) -> SuggestedListing:
    with app.app_context():
        return db.session.query(SuggestedListing).order_by(SuggestedListing.id.desc()).first()  # type: ignore[return-value]


@pytest.mark.one_database
@pytest.mark.parametrize("check", ["went", "not-yet"])
def test_what_is_downloaded_is_a_file_that_the_check_passes(priya: Client, ed: Client, tmp_path: Path, check: str):
    find_group(priya, **{**GROUP, "check": check})
    address = next(link for link in ed.get("/editor/suggestions").links("main a") if link.endswith("/1"))
    shown = ed.get(address)
    assert "The checker found no fault" in shown.words
    assert "content/assets/gorton-levenshulme/loom-street-ukuleles.md" in shown.words
    file = ed.get(f"{address}/listing.md")
    assert "loom-street-ukuleles.md" in file.headers["Content-Disposition"]
    assert ("draft: true" in file.text) == (check == "not-yet")
    content = compiled.copy(tmp_path / "content")
    (content / "assets" / "gorton-levenshulme" / "loom-street-ukuleles.md").write_bytes(file.data)
    faults = [p for p in checking.check(content).problems if p.level == "error"]
    assert not faults, faults


def test_what_was_said_stands_in_the_file(priya: Client, app: Flask):
    find_group(priya, **GROUP)
    front = sent(app).front
    (session,) = front["sessions"]
    assert session == {**session, "days": ["tuesday", "friday"], "starts": "09:30", "ends": "11:00"}
    assert session["note"] == "Not in August"
    assert front["locations"] == [{"name": "Loom Street Hall", "address": "4 Loom Street", "postcode": "M18 9ZD"}]
    assert front["verified"]["by"].startswith("Gorton")


def test_what_lacks_or_is_wrong_is_said_at_its_field_and_nothing_is_lost(priya: Client, app: Flask):
    page = priya.get("/directory/new")
    back = page.send("/directory/new", **{**GROUP, "phone": "", "what": "word " * 40, "ends": "9:00"})
    assert back.status == 422
    assert "Give a phone number, an e-mail address or a web address" in back.errors
    assert "It ends before it begins: check both times" in back.errors
    assert back.soup.select_one("#name")["value"] == GROUP["name"]
    assert page.send("/directory/new", **{**GROUP, "what": "word " * 40}).status == 422
    known = page.send("/directory/new", **{**GROUP, "name": "Bobbin Larder"})
    assert "Is it this one?" in known.words
    about_somebody = page.send("/directory/new", **{**GROUP, "what": "Good for Mrs Brown, date of birth 3/4/1950."})
    assert about_somebody.status == 422
    refuge = {"name": "Haven House", "what": "A women's refuge for those who flee domestic abuse."}
    assert "address must stay secret" in " ".join(page.send("/directory/new", **{**GROUP, **refuge}).errors)
    assert sent(app) is None


def test_the_finder_is_told_once_with_the_reason(priya: Client, ed: Client):
    find_group(priya)
    page = ed.get("/editor/suggestions/1")
    assert "Whoever found it reads this. If you did not add it, say why." in page.words
    assert page.send("Save this decision", state="declined").status == 422, "they must hear why"
    assert page.send("Save this decision", state="declined", reason="It stopped in May").status == 303
    late = page.send("Save this decision", state="added", form_id="f" * 32)
    assert late.status == 409, "another editor was first"
    mine = priya.get("/feedback")
    assert "Not added" in mine.words
    assert "It stopped in May" in mine.words
    assert "There is a new reply." in mine.words
    assert priya.get("/").words.count("reply to what you told us") == 1
    ed.get("/editor/suggestions/1").send("Save this decision", state="declined", reason="Sorry, it stopped in May")
    assert "1 reply to what you told us" in priya.get("/").words
