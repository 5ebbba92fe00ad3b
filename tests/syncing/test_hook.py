"""The git host says that somebody pushed: who is believed, and how soon it is live."""

import hashlib
import hmac
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from tests.support.pace import eventually
from tests.syncing.conftest import BODY, HOOK_SECRET, signature
from tests.syncing.remote import Editor
from tests.syncing.test_pushing import Live, title_of
from webapp.config.settings import Settings
from webapp.editor import hook_views as views
from webapp.library.syncing import state
from webapp.machines import library_sync

pytestmark = pytest.mark.reads_only


@pytest.fixture
def worker(app: Flask, settings: Settings):
    """A worker that is running."""
    stopping = threading.Event()
    thread = library_sync.follow(app, settings, stopping)
    yield
    stopping.set()
    thread.join(10)


def until_live(live: Live, title: str) -> None:
    eventually(lambda: title_of(live()) == title, "it is not live")


def test_a_push_is_live_soon_and_its_sender_does_not_wait_for_it(
    editor: Editor, tell, live: Live, worker: None, settings: Settings
):
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    with state.alone(settings.index_dir, wait=60):  # nobody can do the work while this is held
        assert tell().status_code == 202
    until_live(live, "Walkers of the canal")


def test_without_a_worker_the_web_process_does_it(editor: Editor, tell, live: Live):
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    assert tell().status_code == 202
    until_live(live, "Walkers of the canal")


def test_a_commit_in_the_middle_of_a_sync_is_not_missed(editor: Editor, tell, live: Live):
    for number in range(3):
        editor.corpus.asset("walking-group-1", title=f"Walkers {number}")
        editor.push()
        tell()
    until_live(live, "Walkers 2")


@pytest.mark.parametrize(
    ("signed", "status"),
    [
        ("", 400),
        ("sha256=", 403),
        ("sha256=" + "0" * 64, 403),
        (signature(b"another body"), 403),
        (signature(secret="another secret"), 403),
        ("sha1=" + hmac.new(HOOK_SECRET.encode(), BODY, hashlib.sha1).hexdigest(), 403),
        (signature().upper(), 403),
        ("sha256=é", 403),
    ],
)
def test_only_the_right_signature_is_believed(signed: str, status: int, tell, settings: Settings):
    assert tell(signed).status_code == status
    assert not state.is_asked(settings.index_dir)


def test_a_large_body_is_refused(tell):
    assert tell(body=b"x" * (views.LONGEST + 1)).status_code == 413
    assert tell(body=b"x" * (views.LONGEST // 2)).status_code == 202


def test_replaying_it_changes_nothing(tell, live: Live, editor: Editor):
    before = live().id
    for _ in range(5):
        assert tell().status_code == 202
    time.sleep(library_sync.WORKER_MAY_TAKE + 1)
    assert live().id == before


def test_readyz_names_the_commit(client, editor: Editor):
    assert editor.head() in client.get("/readyz").text


def test_the_command_says_what_is_served(app: Flask, editor: Editor):
    run = app.test_cli_runner().invoke
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    commit = editor.push()
    result = run(args=["content", "sync"])
    assert result.exit_code == 0, result.output
    assert f"Commit {commit[:12]} is served: 3 pages, 1 changed." in result.output
    editor.delete_branch()
    result = run(args=["content", "sync"])
    assert result.exit_code == 1
    assert "no branches at all" in result.output
    assert "What was served before is still served." in result.output


def test_a_build_keeps_to_what_was_fetched(
    app: Flask, editor: Editor, settings: Settings, live: Live, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SIGNPOST_CONTENT_REMOTE", str(editor.bare))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(settings.index_dir))
    result = app.test_cli_runner().invoke(args=["content", "build"])
    assert result.exit_code == 0, result.output
    assert live().counts == {"asset": 3}
    assert live().origin.commit == editor.head()


def test_the_worker_round_follows_too(app: Flask, editor: Editor, live: Live, tmp_path: Path):
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert "commits: commit" in result.output
    assert result.exit_code == 0, result.output
    assert title_of(live()) == "Walkers of the canal"


def test_a_worker_round_in_which_something_could_not_be_done_ends_with_status_1(app: Flask, editor: Editor):
    editor.bare.rename(editor.bare.with_name("moved-away"))
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert "commits: not done" in result.output
    assert result.exit_code == 1
