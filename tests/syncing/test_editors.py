"""What editors are told: faults of a commit, once; what is due, once a week; what the content needs, on one page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from tests.syncing.remote import Editor
from webapp.config.settings import ROOT, Settings
from webapp.db.engine import db, now
from webapp.editor import health, reminders
from webapp.library.generation.reader import Reader
from webapp.machines import library_sync
from webapp.mail.outbox import IN_PRODUCT, Message
from webapp.searches.models import CountedSearch

ED = PEOPLE["ed"].id
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def follow(app: Flask, settings: Settings) -> Callable[[], library_sync.Synced]:
    """What the worker does each minute."""

    def run() -> library_sync.Synced:
        with app.app_context():
            return library_sync.sync(settings)

    return run


@pytest.fixture
def told(app: Flask) -> Callable[[int], list[str]]:
    """What somebody was told in the product."""

    def texts(person: int = ED) -> list[str]:
        with app.app_context():
            mine = select(Message.text).where(Message.to_id == person, Message.channel == IN_PRODUCT)
            return list(db.session.scalars(mine.order_by(Message.id)))

    return texts


def section(page: Answer, slug: str) -> str:
    """What the page says under the heading of a section."""
    heading = page.soup.find(id=slug)
    return " ".join(heading.parent.get_text(" ").split()) if heading else ""


def test_a_commit_with_a_fault_is_told_once_to_editors_alone(editor: Editor, follow, told):
    editor.corpus.write("assets/citywide/walking-group-1.md", "---\ntitle: [\n---\n")
    editor.push()
    follow()
    follow()
    assert told() == ["1 file of the newest content has a fault, so its page stays as it was."]
    assert told(PEOPLE["priya"].id) == []
    editor.corpus.write("assets/citywide/walking-group-2.md", "---\ntitle: [\n---\n")
    editor.push()
    follow()
    assert told()[1:] == ["2 files of the newest content have faults, so their pages stay as they were."]


def test_a_sound_commit_is_not_told(editor: Editor, follow, told):
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    follow()
    assert told() == []


def test_the_page_names_the_file_the_line_and_where_to_mend_it(editor: Editor, follow, ed: Client):
    editor.corpus.asset("walking-group-1", status="sleeping")
    editor.push()
    follow()
    page = ed.get("/editor")
    assert "content/assets/citywide/walking-group-1.md:" in section(page, "faults")
    assert "use one of active" in section(page, "faults")
    assert any(link.startswith("/editor/files/assets/citywide/walking-group-1.md?line=") for link in page.links())
    assert "Walking group 1" in section(page, "kept")
    assert "by Jo Bloggs." in section(page, "faults")


def test_the_page_says_which_commit_is_live_and_why_a_newer_one_is_not(editor: Editor, follow, ed: Client):
    page = ed.get("/editor")
    assert f"Commit {editor.head()[:12]}" in page.words
    assert "Jo Bloggs" in page.words
    editor.delete_branch()
    with pytest.raises(library_sync.SyncFault):
        follow()
    page = ed.get("/editor")
    assert "The newest content was not taken." in page.words
    assert "no branches at all" in page.words


def test_the_footer_names_the_commit_to_editors_alone(editor: Editor, ed: Client, priya: Client):
    assert editor.head()[:12] in ed.get("/").text
    assert editor.head()[:12] not in priya.get("/").text


def test_editors_see_beside_a_listing_when_it_last_changed(editor: Editor, ed: Client, priya: Client):
    path = "/directory/walking-group-1"
    assert "Last changed 3 March 2026 by Jo Bloggs." in ed.get(path).words
    assert "Last changed" not in priya.get(path).words


def test_every_section_finds_what_it_is_for(editor: Editor, follow, ed: Client):
    day = now().date()
    corpus = editor.corpus
    corpus.asset("late", title="Checked long ago", verified={"date": "2024-01-05", "by": "North team"})
    soon = (day - timedelta(days=20)).isoformat()
    corpus.asset("soon", title="Due before long", verified={"date": soon, "by": "North team"}, review_every="1 month")
    corpus.asset("going", title="Nearly over", expires=(day + timedelta(days=5)).isoformat())
    corpus.asset("draft", title="Half written", draft=True)
    corpus.asset("later", title="Starts later", publish_from=(day + timedelta(days=50)).isoformat())
    corpus.toolkit("linked", title="A page that is linked to")
    corpus.toolkit("alone", title="A page on its own", body="See [the other](/toolkit/linked).\n")
    editor.push()
    follow()
    page = ed.get("/editor")
    assert "Checked long ago" in section(page, "listings-due")
    assert "North team" in section(page, "listings-due")
    assert "Due before long" in section(page, "due-soon")
    assert "Nearly over" in section(page, "going")
    assert "Half written" in section(page, "not-shown")
    assert "Starts later" in section(page, "not-shown")
    assert "A page on its own" in section(page, "orphans")
    assert "A page that is linked to" not in section(page, "orphans")
    assert "Every file is sound." in page.words


def test_a_long_section_has_a_page_of_its_own(editor: Editor, follow, ed: Client):
    for number in range(60):
        editor.corpus.asset(f"late-{number}", verified={"date": "2024-01-05", "by": "North team"})
    editor.push()
    follow()
    page = ed.get("/editor")
    assert section(page, "listings-due").count("North team") == 8
    assert "See all 60" in page.words
    whole = ed.get("/editor/health/listings-due")
    assert whole.words.count("North team") == 50
    assert ed.get("/editor/health/listings-due?page=2").words.count("North team") == 10
    ed.get("/editor/health/no-such-thing", status=404)


def test_words_that_find_nothing_are_shown_once_three_people_searched_for_them(app: Flask, ed: Client):
    def search(words: str, *people: str) -> None:
        for person in people:
            row = {"kind": "asset", "words": words, "phrase": words, "filters": {}, "places": [], "outcomes": []}
            db.session.add(CountedSearch(at=now(), person=person, activities=[], found=0, **row))

    with app.app_context():
        search("kiln", "a", "b", "c", "c")
        search("somebody rare", "a", "b")
        db.session.commit()
    shown = section(ed.get("/editor"), "nothing-found")
    assert "kiln" in shown
    assert "several people" in shown
    assert "rare" not in ed.get("/editor").words


def test_what_readers_report_most_comes_first(editor: Editor, ed: Client, priya: Client):
    for path, times in (("/directory/walking-group-1", 1), ("/directory/walking-group-2", 2)):
        for _ in range(times):
            sent = priya.get(f"/feedback/new?about={path}").send("/feedback/new", topic="closed")
            assert sent.status == 303, sent.words
    shown = section(ed.get("/editor"), "reported")
    assert shown.index("Walking group 2") < shown.index("Walking group 1")
    assert "2 times" in shown


def test_pages_that_did_not_help_are_told_apart_from_what_is_wrong(
    editor: Editor, app: Flask, ed: Client, priya: Client
):
    about = "/directory/walking-group-1"
    listing = priya.get(f"/feedback/new?about={about}")
    assert "It did not help me" not in listing.words
    for _ in range(2):
        page = priya.get("/feedback/new?about=/accessibility&topic=not-useful")
        assert [box["value"] for box in page.soup.select("input[name=topic][checked]")] == ["not-useful"]
        assert page.send("/feedback/new").status == 303  # nothing more need be said
    listing.send("/feedback/new", topic="closed")
    page = ed.get("/editor")
    assert "2 times" in section(page, "least-useful")
    assert "Walking group 1" not in section(page, "least-useful")
    assert "/accessibility" not in section(page, "reported")


def test_words_nobody_uses_lead_to_their_line(app: Flask, ed: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health.unmet, "ENOUGH", 1)
    with app.app_context():
        row = {"kind": "asset", "words": "kiln", "phrase": "kiln", "filters": {}, "places": [], "outcomes": []}
        db.session.add(CountedSearch(at=now(), person="a", activities=[], found=3, **row))
        db.session.commit()
    page = ed.get("/editor/health/unused-words")
    lines = (ROOT / "content/vocabulary/thesaurus.yml").read_text().split("\n")
    first = page.soup.select_one("tbody th")
    assert first
    names, _, number = first.get_text(" ", strip=True).rpartition(":")
    assert names.split(", ")[0].strip() in lines[int(number) - 1]
    assert "https://git.example/edit/content/vocabulary/thesaurus.yml" in page.links()


def test_editors_are_told_each_monday_what_is_due_and_never_of_nothing(
    app: Flask, editor: Editor, follow, settings: Settings, told, monkeypatch: pytest.MonkeyPatch
):
    reader = Reader(settings.index_dir)

    def week(at: datetime) -> str:
        monkeypatch.setattr(reminders, "now", lambda: at)
        with app.app_context():
            return reminders.notify_of_week(reader.current())

    assert week(MONDAY) == ""
    editor.corpus.asset("late", verified={"date": "2024-01-05", "by": "North team"})
    editor.corpus.toolkit("late", reviewed="2024-01-05")
    editor.push()
    follow()
    assert week(MONDAY - timedelta(days=1)) == ""
    assert week(MONDAY) == "1 told what is due"
    assert week(MONDAY + timedelta(hours=1)) == ""
    assert week(MONDAY + timedelta(days=7)) != ""
    assert told()[0].startswith("1 page and 1 listing are due for review. They are looked after by ")
    assert len(told()) == 2


@pytest.mark.parametrize("who", ["priya", "carol"])
def test_others_may_not_look(who: str, browser_of: Callable[[str], Client]):
    browser_of(who).get("/editor/health/faults", status=403)
