"""An editor marks a listing as closed, and from that moment nobody is sent to a closed door."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from tests.gaps.site import Visitor
from tests.support.client import Client
from tests.support.corpus import TODAY, Corpus
from webapp.db.engine import db, now
from webapp.library.generation.reader import Reader
from webapp.people import audit
from webapp.people.models import User
from webapp.upkeep import closures

LARDER = "/directory/bobbin-larder"
FOR_NOW = {"status": "temporarily closed", "since": "2026-11-03"}
SAID = "Closed for now: reported on 3 November 2026, being checked"


def closes(editor: Visitor, **said: str) -> str:
    answer = editor.tries(f"{LARDER}/closure", FOR_NOW | said)
    assert answer.status == 303, answer.words
    return answer.follow().text


def test_everyone_sees_it_at_once_and_everywhere(amina: Visitor, edie: Visitor):
    assert "Mark as closed" not in amina.get(LARDER)
    assert "Mark as closed for now" in edie.get(LARDER)
    closes(edie)
    assert SAID in amina.get(LARDER)
    assert "It is closed for now. Ring before you tell someone about it." in amina.get(LARDER)
    for path in ("/directory", "/search"):
        found = amina.get(f"{path}?q=bobbin+larder")
        assert "Reported on 3 November 2026, being checked" in found
        assert "Temporarily closed" in found
    assert "(reported closed)" in amina.get("/directory/points?q=bobbin+larder")


def test_guidance_that_leads_to_it_says_so_and_offers_another(
    app: Flask, tmp_path: Path, priya: Client, ed: Client, monkeypatch: pytest.MonkeyPatch
):
    corpus = Corpus(tmp_path, assets=4)
    for number in range(4):
        corpus.asset(f"walking-group-{number}", activities=["walking"])
    links = "Try [a walk](/directory/walking-group-1#times), or [another](/directory/walking-group-11).\n"
    corpus.toolkit("out-and-about", body=links, assets={"activities": ["walking"]})
    corpus.asset("walking-group-11")
    corpus.build()
    monkeypatch.setitem(app.extensions, "signpost.content", Reader(corpus.index_dir))

    def offered() -> set[str]:
        return {str(link["href"]) for link in priya.get("/toolkit/out-and-about").soup.select(".cards .card h3 a")}

    first = sorted(offered())[0]
    assert "closed now" not in priya.get("/toolkit/out-and-about").words
    for path in ("/directory/walking-group-1", first):
        ed.post(f"{path}/closure", FOR_NOW, status=303)
    said = priya.get("/toolkit/out-and-about").words
    assert f"Walking group 1 . {SAID}." in said
    assert "Walking group 11 . Closed" not in said
    assert first not in offered()
    assert "/directory/walking-group-1" not in offered()


def test_it_is_not_among_those_that_take_people(amina: Visitor, edie: Visitor):
    taking = "/directory?q=bobbin+larder&open=1"
    assert f'href="{LARDER}"' in amina.get(taking)
    closes(edie)
    assert f'href="{LARDER}"' not in amina.get(taking)
    assert LARDER not in amina.get("/directory/points?q=bobbin+larder&open=1")


def test_the_number_of_those_that_take_people_leaves_it_out(amina: Visitor, edie: Visitor):
    def number() -> int:
        heading = amina.client.get("/directory?q=larder&open=1").soup.select_one(".results__found")
        assert heading
        return int(heading.get_text().split()[0].replace("No", "0"))

    before = number()
    closes(edie)
    assert number() == before - 1
    edie.sends(f"{LARDER}/closure/undo")
    assert number() == before


def test_undo_brings_it_back(amina: Visitor, edie: Visitor, app: Flask):
    assert "Undo: it is not closed" in closes(edie)
    edie.sends(f"{LARDER}/closure/undo")
    assert "being checked" not in amina.get(LARDER)
    assert "being checked" not in amina.get("/directory?q=bobbin+larder")
    with app.app_context():
        acts = [entry.action for entry in audit.about(db.session, "listing", LARDER)]
        assert acts == ["listing.closed", "listing.closure-ended"]
        assert audit.verify(db.session) is None


def test_it_is_marked_from_what_a_reader_said(amina: Visitor, edie: Visitor):
    amina.tries("/feedback/new", {"topic": "closed", "about": LARDER, **FOR_NOW})
    page = edie.client.get("/editor/corrections/1")
    assert "Has it closed?" in page.words
    page = page.send("Mark as closed for now").follow()
    assert page.path == "/editor/corrections/1"
    assert SAID in page.words
    assert "-status: active" in page.words


@pytest.mark.parametrize("odd", ["open", ""])
def test_only_two_ways_to_be_closed(edie: Visitor, odd: str):
    assert edie.tries(f"{LARDER}/closure", {"status": odd}).status == 400
    assert edie.tries("/directory/no-such-listing/closure", FOR_NOW).status == 404


def test_a_day_to_come_is_today(edie: Visitor, amina: Visitor):
    closes(edie, since="2999-01-01")
    assert "2999" not in amina.get(LARDER)
    assert "being checked" in amina.get(LARDER)


def test_only_editors_mark(amina: Visitor, cara: Visitor):
    for person in (amina, cara):
        assert person.tries(f"{LARDER}/closure", FOR_NOW).status == 403
        assert person.tries(f"{LARDER}/closure/undo", {}).status == 403


def test_the_mark_goes_once_the_file_says_the_same(app: Flask, tmp_path: Path):
    corpus = Corpus(tmp_path, assets=1)
    path = "/directory/walking-group-0"
    corpus.build()
    with app.app_context():
        editor = db.session.get_one(User, 4)
        closures.close(db.session, path, "temporarily closed", date(2026, 11, 1), editor, now())
        assert closures.drop_published(db.session, corpus.read(), now()) == 0
        corpus.asset("walking-group-0", status="temporarily closed")
        corpus.build()
        gen = corpus.read()
        page = gen.page(path, TODAY)
        assert page
        assert closures.of(closures.recorded(db.session), path, page.front.status) is None
        assert closures.drop_published(db.session, gen, now()) == 1
        assert closures.recorded(db.session) == {}
        db.session.commit()
