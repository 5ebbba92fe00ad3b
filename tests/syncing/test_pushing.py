"""An editor pushes, and it is live. Whatever an editor pushes, or the remote does, the site stays whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.syncing.remote import Editor
from webapp.library.generation import disk
from webapp.library.generation.origin import by_whom
from webapp.library.generation.reader import Generation
from webapp.library.syncing import following, state
from webapp.library.syncing.following import Synced, SyncFault

TODAY = date(2026, 11, 2)
Sync = Callable[[], Synced]
Live = Callable[[], Generation]


def title_of(gen: Generation, slug: str = "walking-group-1") -> str:
    page = gen.page(f"/directory/{slug}", TODAY)
    return page.title if page else ""


def test_what_is_pushed_is_live(editor: Editor, sync: Sync, live: Live):
    sync()
    assert title_of(live()) == "Walking group 1"
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    commit = editor.push()
    synced = sync()
    assert synced.outcome
    assert synced.outcome.changed == 1
    assert title_of(live()) == "Walkers of the canal"
    assert live().origin.commit == commit


@pytest.mark.parametrize("at_the_top", [False, True])
def test_editors_hear_where_a_page_went_that_links_lead_to(at_the_top: bool, editor: Editor, sync: Sync):
    editor.corpus.toolkit("good-questions", "What would make life good?\n\n" * 5)
    editor.corpus.toolkit("linking", "See [what to ask](/toolkit/good-questions).\n")
    if at_the_top:
        editor.flatten()
    editor.push()
    assert not [problem for problem in sync().outcome.problems if "good-questions" in problem.message]
    folder = "toolkit" if at_the_top else "content/toolkit"
    editor._git("mv", f"{folder}/good-questions.md", f"{folder}/better-questions.md")
    editor.push("Rename it")
    told = [problem.message for problem in sync().outcome.problems if "good-questions" in problem.message]
    assert len(told) == 1
    assert told[0].startswith("the page /toolkit/good-questions is now /toolkit/better-questions: link there")


def test_nothing_is_compiled_where_nothing_was_pushed(sync: Sync, live: Live):
    sync()
    before = live().id
    assert sync().outcome is None
    assert live().id == before


def test_a_commit_that_changes_no_page_is_still_the_one_that_is_live(editor: Editor, sync: Sync, live: Live):
    sync()
    commit = editor.push("Change nothing")
    assert sync().outcome.changed == 0
    assert live().origin.commit == commit


def test_a_broken_file_keeps_its_last_good_page_and_the_rest_is_live(editor: Editor, sync: Sync, live: Live):
    sync()
    editor.corpus.write("assets/citywide/walking-group-1.md", "---\ntitle: [\n---\n")
    editor.corpus.asset("walking-group-2", title="Walkers of the park")
    editor.push()
    synced = sync()
    assert synced.files_with_faults == ["content/assets/citywide/walking-group-1.md"]
    assert title_of(live(), "walking-group-2") == "Walkers of the park"
    assert title_of(live()) == "Walking group 1"
    assert live().kept == {"/directory/walking-group-1"}


def test_conflict_markers_change_nothing_that_readers_see(editor: Editor, sync: Sync, live: Live):
    sync()
    editor.conflict("assets/citywide/walking-group-1.md", "We walk on Mondays.", "We walk on Fridays.")
    editor.push()
    synced = sync()
    page = live().page("/directory/walking-group-1", TODAY)
    assert "friendly group" in page.html
    assert "&lt;&lt;&lt;" not in page.html
    assert synced.files_with_faults == ["content/assets/citywide/walking-group-1.md"]


def test_a_broken_vocabulary_keeps_its_last_good_version(editor: Editor, sync: Sync, live: Live):
    sync()
    editor.corpus.write("vocabulary/places.yml", "terms: [")
    editor.corpus.asset("walking-group-2", title="Walkers of the park")
    editor.push()
    assert sync().files_with_faults == ["content/vocabulary/places.yml"]
    assert title_of(live(), "walking-group-2") == "Walkers of the park"


def test_a_rewritten_history_is_followed_and_said(editor: Editor, sync: Sync, live: Live, served_from: Path):
    editor.corpus.asset("walking-group-1", title="Pushed in error")
    editor.push()
    sync()
    editor.back(1)
    editor.corpus.asset("walking-group-2", title="Walkers of the park")
    commit = editor.push(force=True)
    assert "was rewritten" in sync().note
    assert title_of(live()) == "Walking group 1"
    assert live().origin.commit == commit
    assert "was rewritten" in state.read(served_from).note
    assert sync().note == ""


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (Editor.delete_branch, "no branches at all"),
        (Editor.hide, "is not a git repository, or this machine may not see it"),
        (Editor.empty, "no branches at all"),
        (Editor.wreck, "is not a git repository"),
        (Editor.clear, "has no pages"),
        (lambda editor: editor.rename_branch("trunk"), "has no branch main"),
    ],
    ids=["branch deleted", "out of reach", "emptied", "no repository", "all pages deleted", "branch renamed"],
)
def test_what_is_live_stays_live(
    happens: Callable[[Editor], None], said: str, editor: Editor, sync: Sync, live: Live, served_from: Path
):
    sync()
    before = live().id
    happens(editor)
    with pytest.raises(SyncFault, match=said) as fault:
        sync()
    assert str(fault.value).count(". ") == 0, "one sentence"
    assert live().id == before
    assert state.read(served_from).fault == str(fault.value)
    assert state.read(served_from).fault_since


def test_the_next_sync_heals(editor: Editor, sync: Sync, live: Live, served_from: Path):
    sync()
    editor.hide()
    with pytest.raises(SyncFault):
        sync()
    editor.show()
    editor.corpus.asset("walking-group-1", title="Back again")
    editor.push()
    sync()
    assert title_of(live()) == "Back again"
    assert state.read(served_from).fault == ""


def test_a_remote_that_never_had_a_commit_is_said_to_be_empty(tmp_path: Path, served_from: Path):
    with pytest.raises(SyncFault, match="no branches at all: push a commit to the branch main"):
        following.sync(Editor(tmp_path).remote, served_from)
    assert disk.pointed(served_from) is None


def test_the_content_may_be_the_whole_repository(editor: Editor, sync: Sync, live: Live):
    sync()
    editor.flatten()
    editor.push("Move everything up")
    sync()
    assert title_of(live()) == "Walking group 1"
    assert live().origin.in_repository("content/assets/citywide/walking-group-1.md").startswith("assets/")


def test_editors_can_tell_when_a_page_changed_and_by_whom(editor: Editor, sync: Sync, live: Live):
    sync()
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push("Say what they are called\n\nTeam: gorton-levenshulme", day="2026-05-04")
    sync()
    changes = live().changes
    changed, other = (changes[f"content/assets/citywide/walking-group-{n}.md"] for n in (1, 2))
    assert datetime.fromtimestamp(changed.at, UTC).date() == date(2026, 5, 4)
    assert by_whom(changed, live().site, live().vocabulary) == "Gorton and Levenshulme neighbourhood team"
    assert datetime.fromtimestamp(other.at, UTC).date() == date(2026, 3, 3)
    assert by_whom(other, live().site, live().vocabulary) == "Jo Bloggs"


def test_site_yml_may_say_whose_commits_are_whose(editor: Editor, sync: Sync, live: Live, served_from: Path):
    site = editor.corpus.content / "site.yml"
    site.write_text(site.read_text() + "authors: {Jo Bloggs: gorton-levenshulme}\n")
    editor.push()
    sync()
    assert state.read(served_from).by == "Gorton and Levenshulme neighbourhood team"
    kept = (live().folder / "changes.json").read_text() + (live().folder / "meta.json").read_text()
    assert "jo@council.example" not in kept, "nobody's own address is kept"
