"""From a word of a reader to the page that says it: shown beside the text, seen by a colleague, closed by itself."""

import re
from collections.abc import Callable

import pytest

from tests.editing.conftest import ADDRESS, FILE, branch_of, push, read
from tests.editing.test_writing_here import SAVE, WORDS, text_of
from tests.support.client import Client
from tests.support.world import find_group
from tests.syncing.remote import Editor

pytestmark = pytest.mark.one_database
PAGE = "/directory/walking-group-1"
Worker = Callable[[], int]


def correct(priya: Client, **said: object) -> None:
    sent = priya.get(f"/feedback/new?about={PAGE}").send("/feedback/new", topic="out-of-date", **said)
    assert sent.status == 303, sent.errors


def change_for(ed: Client, correction: str = "/editor/corrections/1"):
    """The page that is changed for a correction."""
    return ed.get(next(link for link in ed.get(correction).links() if "?correction=" in link))


@pytest.mark.usefixtures("straight")
def test_a_correction_closes_when_readers_see_the_change_and_its_reporter_hears_it(
    ed: Client, priya: Client, pusher: Editor, worker: Worker
):
    correct(priya, text="They are calm, not friendly any more", phone="0161 496 0555")
    page = change_for(ed)
    assert "They are calm, not friendly any more" in page.words
    assert "A friendly group." in page.soup.select_one(".panel").get_text(), "the place is found"
    assert "0161 496 0555" in text_of(page), "what was said in a field is filled in"
    page.send(SAVE, text=text_of(page).replace(*WORDS))
    assert "Waiting for an editor" in ed.get("/editor/corrections/1").words
    assert worker() == 1
    told = priya.get("/notices").soup.select_one("main h2").get_text()
    assert re.fullmatch("An editor changed “.+” because of what you told us.", told.strip()), "and which page"
    done = ed.get("/editor/corrections/1")
    assert "Done" in done.words
    assert "Ed Marsh" in done.words
    assert worker() == 0, "it is told once"


def test_on_a_branch_it_closes_once_that_is_merged_however_it_is_merged(
    ed: Client, priya: Client, pusher: Editor, worker: Worker
):
    correct(priya, text="They are calm now")
    change_for(ed).send(SAVE, text=text_of(ed.get(ADDRESS)).replace(*WORDS))
    assert worker() == 0
    push(pusher, *WORDS)  # what a squashed merge leaves: the same file, by another commit
    assert worker() == 1
    assert "Done" in ed.get("/editor/corrections/1").words


@pytest.mark.usefixtures("straight")
def test_what_is_live_with_a_fault_or_decided_by_hand_is_not_said_to_be_done(
    ed: Client, priya: Client, pusher: Editor, worker: Worker
):
    correct(priya, text="They are calm now")
    page = change_for(ed)
    page.send(SAVE, text=text_of(page).replace(*WORDS))
    pusher._git("pull", "-q", "origin", "main")
    push(pusher, "status: active", "status: sleeping")
    assert worker() == 0, "readers see the page as it was before"
    decided = ed.get("/editor/corrections/1")
    decided.send("/editor/corrections/1", state="not-changed", reason="They were always calm")
    push(pusher, "status: sleeping", "status: active")
    assert worker() == 1
    assert "Not changed" in ed.get("/editor/corrections/1").words


@pytest.mark.usefixtures("straight")
def test_a_group_that_a_colleague_found_is_added_in_the_browser(
    ed: Client, priya: Client, pusher: Editor, worker: Worker
):
    find_group(priya)
    address = next(link for link in ed.get("/editor/suggestions/1").links() if "?suggestion=1" in link)
    page = ed.get(address)
    assert "Bobbin Ukuleles" in text_of(page)
    assert page.send(SAVE).status == 303
    assert worker() == 1
    assert "was added to the directory" in priya.get("/notices").words
    assert "Bobbin Ukuleles" in priya.get("/directory/bobbin-ukuleles").h1


def test_what_was_marked_as_closed_is_filled_in(ed: Client, pusher: Editor):
    ed.post(f"{PAGE}/closure", {"status": "temporarily closed"}, status=303)
    address = next(link for link in ed.get("/editor/listings/walking-group-1").links() if "?known=closed" in link)
    assert "status: temporarily closed" in text_of(ed.get(address))
    assert "status: active" in text_of(ed.get(ADDRESS))


def test_a_preview_is_the_page_itself_and_changes_nothing(ed: Client, priya: Client, pusher: Editor):
    page = ed.get(ADDRESS)
    shown = ed.post(f"/editor/previews/{FILE}", {"text": text_of(page).replace(*WORDS), "base": ""})
    assert shown.h1 == "Walking group 1"
    assert WORDS[1] in shown.words
    assert "This is a preview of what you typed" in shown.text
    assert WORDS[0] in priya.get(PAGE).words
    broken = ed.post(f"/editor/previews/{FILE}", {"text": "---\ntitle: [\n", "base": ""})
    assert broken.status == 422
    assert "No page can be made of this yet" in broken.h1


def test_a_colleague_opens_the_link_signed_in_until_it_is_thrown_away(
    ed: Client, priya: Client, client: Client, pusher: Editor
):
    page = ed.get(ADDRESS)
    draft = page.send(SAVE, text=text_of(page).replace(*WORDS), do="share").follow()
    link = draft.soup.select_one("#preview-link").get_text().removeprefix("http://localhost")
    seen = priya.get(link)
    assert WORDS[1] in seen.words
    assert "a change by Ed Marsh" in seen.text
    assert client.get(link).status == 303, "whoever is not signed in signs in first"
    priya.get(f"{link}x", status=404)
    assert not pusher._git("branch", "--list", "edits/*", at=pusher.bare)
    draft.send("Throw this draft away")
    assert "This link has ended" in priya.get(link, status=404).words
    assert WORDS[0] in text_of(ed.get(ADDRESS))


def test_a_page_is_begun_as_a_draft_that_passes_every_check(ed: Client, pusher: Editor):
    page = ed.get("/editor/edits/new")
    assert "Choose the session" in page.send("Begin it", kind="handout", title="One sheet").errors[0]
    taken = page.send("Begin it", kind="asset", title="Walking group 1")
    assert "There is such a page already" in taken.errors[0]
    begun = page.send("Begin it", kind="handout", title="One sheet", session="falls").follow()
    assert begun.path == "/editor/files/spotlights/falls/one-sheet.md"
    assert begun.send(SAVE).status == 303
    assert "title: One sheet" in read(pusher, branch_of(pusher), "spotlights/falls/one-sheet.md")
