"""An editor without git changes a page in the browser: saved by name, checked, never over somebody else's change."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.editing.conftest import ADDRESS, FILE, branch_of, push, read
from tests.support.client import Client
from tests.syncing.remote import Editor
from webapp.db.engine import db
from webapp.people.audit import AuditEntry

SAVE, ACTION = "Save this change", f"/editor/files/{FILE}"
WORDS = ("A friendly group.", "A calm group.")
pytestmark = pytest.mark.one_database


def text_of(page) -> str:
    return page.soup.select_one("#text").get_text().removeprefix("\n")


def test_a_saved_change_is_a_commit_on_a_branch_by_who_wrote_it(ed: Client, pusher: Editor, app: Flask):
    page = ed.get(ADDRESS)
    assert text_of(page) == read(pusher)
    typed = text_of(page).replace(*WORDS).replace("\n", "\r\n")
    saved = page.send(SAVE, text=typed, change="A calmer word")
    assert saved.status == 303
    assert "once that is merged into main" in saved.follow().words
    assert read(pusher, branch_of(pusher)) == read(pusher).replace(*WORDS)
    said = pusher._git("log", "-1", "--format=%an <%ae>|%s", branch_of(pusher), at=pusher.bare).strip()
    assert said == "Ed Marsh <ed@example.org>|A calmer word"
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "edit.saved")).one()
        assert entry.after["file"] == FILE
    again = ed.get(ADDRESS)
    assert WORDS[1] in text_of(again), "what waits on the branch is gone on with"
    assert again.send(SAVE, text=text_of(again).replace("calm", "quiet")).status == 303
    assert "A quiet group." in read(pusher, branch_of(pusher))


@pytest.mark.usefixtures("straight")
def test_straight_to_readers_it_is_live_with_the_next_look(
    ed: Client, priya: Client, pusher: Editor, worker, nobody_fetches: list[str]
):
    page = ed.get(ADDRESS)
    page.send(SAVE, text=text_of(page).replace(*WORDS))
    assert nobody_fetches == ["wake"]
    assert WORDS[1] in read(pusher)
    assert worker() == 1
    assert WORDS[1] in priya.get("/directory/walking-group-1").words


@pytest.mark.usefixtures("straight")
def test_two_people_and_a_push_on_other_lines_are_put_together(
    browser_of: Callable[[str], Client], ed: Client, pusher: Editor
):
    first, second = ed.get(ADDRESS), ed.again().get(ADDRESS)
    push(pusher, "0161 496 0123", "0161 496 0999")
    first.send(SAVE, text=text_of(first).replace(*WORDS))
    done = second.send(SAVE, text=text_of(second).replace("Walkers together", "Walkers and talkers"))
    assert "together with what a colleague changed" in done.follow().text
    now = read(pusher)
    assert all(words in now for words in ("0161 496 0999", WORDS[1], "Walkers and talkers"))


@pytest.mark.usefixtures("straight")
def test_the_same_line_is_a_choice_and_neither_version_is_lost(ed: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    push(pusher, WORDS[0], "A lively group.")
    asked = page.send(SAVE, text=text_of(page).replace(*WORDS))
    assert asked.status == 409
    assert "A lively group." in read(pusher)
    assert all(words in asked.words for words in ("Jo Bloggs wrote", "A lively group.", "You wrote", WORDS[1]))
    choose = f"/editor/choices/{FILE}"
    unanswered = asked.send(choose)
    line = read(pusher).split("\n").index("A lively group.") + 1
    assert (unanswered.status, unanswered.errors) == (422, [f"Choose what stays at line {line}"])
    both = asked.send(choose, **{"keep-0": "both"})
    assert "A lively group.\nA calm group." in text_of(both)
    assert "A calm group." not in read(pusher), "nothing is saved before it was read"
    assert both.send(SAVE).status == 303
    assert "A lively group.\nA calm group." in read(pusher)


def test_a_fault_is_told_with_its_line_and_what_was_typed_comes_back(ed: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    typed = text_of(page).replace("status: active", "status: actve")
    back = page.send(SAVE, text=typed)
    assert back.status == 422
    line = typed.split("\n").index("status: actve") + 1
    assert f"Line {line} : " in back.words.replace(f"Line {line} Line {line}", f"Line {line}")
    assert "did you mean active?" in back.words.replace("`", "").replace("active ?", "active?")
    assert text_of(back) == typed
    part = ed.post(f"/editor/checks/{FILE}", {"text": typed, "base": ""}, part=True)
    assert "status: actve" in part.text
    checked = page.send(SAVE, text=text_of(page) + "[gone](/toolkit/no-such-page)\n", do="check")
    assert "no-such-page" in checked.words
    assert not pusher._git("branch", "--list", "edits/*", at=pusher.bare)


def test_a_remote_that_is_away_loses_nothing(ed: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    pusher.hide()
    typed = text_of(page).replace(*WORDS)
    failed = page.send(SAVE, text=typed)
    assert failed.status == 503
    assert "It was not saved." in failed.words
    assert text_of(failed) == typed
    later = ed.get(ADDRESS)
    assert "may be an older one" in later.words
    assert text_of(later) == typed
    pusher.show()
    assert failed.send(SAVE).status == 303, "the same page can be sent again"
    assert WORDS[1] in read(pusher, branch_of(pusher))


def test_pressing_twice_commits_once(ed: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    typed = text_of(page).replace(*WORDS)
    first, second = page.send(SAVE, text=typed), page.send(SAVE, text=typed)
    assert (second.status, second.location) == (303, first.location)
    assert pusher._git("rev-list", "--count", f"main..{branch_of(pusher)}", at=pusher.bare).strip() == "1"


def test_a_page_that_a_colleague_took_away_comes_back_only_if_asked(ed: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    (pusher.corpus.content / FILE).unlink()
    pusher.push("Away with it")
    gone = page.send(SAVE, text=text_of(page).replace(*WORDS))
    assert gone.status == 409
    assert "Jo Bloggs took this page away" in gone.words
    assert gone.send(SAVE).status == 303
    assert WORDS[1] in read(pusher, branch_of(pusher))


def test_no_browser_is_shown_an_address_that_must_stay_secret_and_none_may_send_one(ed: Client, pusher: Editor):
    place = [{"name": "Haven House", "address": "4 Sample Street", "postcode": "M22 9ZA"}]
    pusher.corpus.asset("haven", locations=[{**place[0], "confidential": True}])
    pusher.push("A refuge")
    shown = ed.get("/editor/files/assets/citywide/haven.md")
    assert "must stay secret" in shown.words
    assert "Sample Street" not in shown.text
    page = ed.get(ADDRESS)
    secret = "locations:\n- {name: Haven, address: 4 Sample Street, confidential: true}\n---\nA"
    back = page.send(SAVE, text=text_of(page).replace("---\nA", secret))
    assert back.status == 422
    assert "must stay secret" in back.words
    assert "You have no drafts" in ed.get("/editor/edits").words, "it is kept nowhere"


@pytest.mark.parametrize("file", ["vocabulary/places.yml", "../site.yml", "assets/.git/x.md", "assets/a b.md", "x.md"])
def test_nothing_but_a_page_is_written_here(ed: Client, file: str):
    ed.get(f"/editor/files/{file}", status=404)


def test_it_is_for_editors_and_may_be_switched_off(ed: Client, priya: Client, ada: Client, app: Flask):
    assert ADDRESS in ed.get("/directory/walking-group-1").links()
    assert ADDRESS not in ada.get("/directory/walking-group-1").links()
    priya.get(ADDRESS, status=403)
    off = app.extensions["signpost.settings"]
    app.extensions["signpost.settings"] = type(off)(**{**vars(off), "edits": "off"})
    assert ADDRESS not in ed.get("/directory/walking-group-1").links()
    ed.get(ADDRESS, status=404)


def test_what_names_somebody_goes_into_no_history(ed: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    sent = page.send(SAVE, text=text_of(page).replace(*WORDS), change="For Mrs Khan, NHS number 943 476 5919")
    assert sent.status == 422
    assert WORDS[1] in text_of(sent), "what was typed is still there"
    assert not pusher._git("branch", "--list", "edits/*", at=pusher.bare)
    begun = ed.get("/editor/edits/new").send("Begin it", kind="toolkit", title="NHS number 943 476 5919")
    assert begun.status == 422
