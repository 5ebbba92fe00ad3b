"""Feeds that `content/feeds.yml` names are read by themselves, and what they change is proposed on a branch of git."""

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.feeds.server import Asked, Directory
from tests.syncing.remote import WHO, Editor
from webapp.cli.content_group import content
from webapp.config.settings import Settings
from webapp.library.authoring import checking
from webapp.library.feeds import client, configured, state
from webapp.library.feeds.configured import ConfiguredFeed
from webapp.library.feeds.limits import FeedLimits
from webapp.library.feeds.reading import Reading
from webapp.library.feeds.state import FeedState
from webapp.library.syncing import following

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
LISTING = "content/assets/imported/north-town/tea-and-talk-{}.md"
Read = Callable[..., FeedState]


class Repository:
    """A git repository with a content folder, and whoever works in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "content" / "assets").mkdir(parents=True)
        (home / "content" / "assets" / "README.md").write_text("Listings stand here.\n")
        self.git("init", "-q", "-b", "main")
        self.commit()

    def git(self, *words: str) -> str:
        return _git(self.home, *words)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Change something")

    def proposed(self, number: int) -> str:
        return self.git("show", f"feeds/north-town:{LISTING.format(number)}")

    def take(self) -> None:
        self.git("merge", "-q", "--no-edit", "feeds/north-town")

    def edit(self, number: int, old: str, new: str) -> None:
        path = self.home / LISTING.format(number)
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
        self.commit()


def _git(home: Path, *words: str) -> str:
    env = {"PATH": os.environ["PATH"], **WHO}
    return subprocess.run(["git", *words], cwd=home, env=env, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


@pytest.fixture
def settings(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(client, "WAITS", ())
    return Settings(
        secret_key="",
        content_dir=repository.home / "content",
        index_dir=tmp_path / "index",
        feed_networks=(ip_network("127.0.0.1"),),
    )


@pytest.fixture
def read(directory: Directory, settings: Settings) -> Read:
    def run(later: timedelta = timedelta(0), otherwise: Settings | None = None) -> FeedState:
        feed = ConfiguredFeed(name="North Town", address=directory.address)
        at = NOW + later
        return Reading(feed, otherwise or settings, at, at.date(), FeedLimits(pause=0)).run()

    return run


WEEK = timedelta(days=7)


def test_what_a_feed_has_is_proposed_on_a_branch_and_nothing_else_is_touched(repository: Repository, read: Read):
    head = repository.git("rev-parse", "main")
    came = read()
    assert (came.fault, came.branch, came.new, came.services) == ("", "feeds/north-town", 5, 5)
    assert "title: Tea and talk 3" in repository.proposed(3)
    assert repository.git("status", "--porcelain") == ""
    assert repository.git("rev-parse", "main") == head
    assert "5 new" in repository.git("log", "-1", "--format=%s", "feeds/north-town")


def test_once_it_is_merged_nothing_is_proposed(repository: Repository, read: Read):
    read()
    repository.take()
    came = read(later=WEEK)
    assert (came.commit, came.branch) == ("", "")
    assert "feeds/north-town" not in repository.git("branch")


def test_a_field_is_proposed_into_an_edited_listing_and_nothing_over_it(
    repository: Repository, read: Read, directory: Directory
):
    directory.services[0]["url"] = "https://a.example.org"
    read()
    repository.take()
    repository.edit(1, "https://a.example.org", "https://ours.example.org")
    directory.services[0] |= {"url": "https://b.example.org", "email": "new@example.org"}
    came = read(later=WEEK)
    assert "https://ours.example.org" in repository.proposed(1)
    assert "new@example.org" in repository.proposed(1)
    assert came.conflicts == 1
    assert "url: yours “https://ours.example.org”" in repository.git("log", "-1", "--format=%b", "feeds/north-town")


def test_what_was_proposed_and_not_merged_is_proposed_again(repository: Repository, read: Read, directory: Directory):
    read()
    first = repository.git("rev-parse", "feeds/north-town")
    assert read(later=WEEK).commit == first.strip(), "the same branch, not another commit each day"
    directory.services[1]["email"] = "new@example.org"
    read(later=2 * WEEK)
    assert "new@example.org" in repository.proposed(2)
    assert "title: Tea and talk 1" in repository.proposed(1)


def test_a_reading_of_changes_alone_keeps_what_was_proposed_before(
    repository: Repository, read: Read, directory: Directory
):
    read()
    repository.take()
    directory.services[0]["email"] = "first@example.org"
    directory.services = directory.services[:4]
    read(later=WEEK)
    assert "first@example.org" in repository.proposed(1)
    newer = directory.services[1] | {"email": "second@example.org"}

    def answer(asked: Asked) -> Any:
        changed = {"total_items": 1, "total_pages": 1, "page_number": 1, "last_page": True, "contents": [newer]}
        return changed if "modified_after" in asked.query else directory.page(asked)

    directory.answer = answer
    came = read(later=WEEK + timedelta(days=1))
    assert "first@example.org" in repository.proposed(1)
    assert "second@example.org" in repository.proposed(2)
    assert (came.changed, came.retired) == (2, 1)


def test_what_left_the_feed_is_proposed_as_inactive_after_a_whole_reading_alone(
    repository: Repository, read: Read, directory: Directory
):
    read()
    repository.take()
    directory.services = directory.services[1:]
    directory.answer = lambda asked: directory.page(asked) | {"total_items": 5}
    came = read(later=WEEK)
    assert (came.retired, came.commit) == (0, "")
    assert "4 of 5 services" in came.note
    directory.answer = None
    came = read(later=2 * WEEK)
    assert came.retired == 1
    assert "status: inactive" in repository.proposed(1)


def test_where_most_of_a_feed_is_gone_that_is_said_and_not_proposed(
    repository: Repository, read: Read, directory: Directory, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("webapp.library.importing.bring_in.MANY", 2)
    read()
    repository.take()
    directory.services = directory.services[4:]
    came = read(later=WEEK)
    assert (came.retired, came.commit) == (0, "")
    assert "would mark as inactive 4 of the 5 listings" in came.note


def test_what_cannot_be_merged_is_named(repository: Repository, read: Read, directory: Directory):
    read()
    repository.take()
    (repository.home / "content" / ".imported" / "north-town.jsonl").unlink()
    repository.edit(1, "Just turn up.", "Ring first.")
    directory.services[0]["email"] = "new@example.org"
    assert "To be merged by hand: tea-and-talk-1.md." in read(later=WEEK).note


def test_a_reading_that_fails_leaves_what_was_proposed_and_says_why(
    repository: Repository, read: Read, directory: Directory
):
    read()
    before = repository.git("rev-parse", "feeds/north-town")
    directory.answer = lambda asked: asked.send(500)
    came = read(later=WEEK)
    assert "answers 500" in came.fault
    assert (came.commit, came.services) == (before.strip(), 5)
    assert repository.git("rev-parse", "feeds/north-town") == before
    directory.answer = None
    assert read(later=2 * WEEK).fault == ""


def test_without_git_it_says_so(read: Read, settings: Settings, tmp_path: Path):
    (tmp_path / "plain").mkdir()
    came = read(otherwise=Settings(**{**vars(settings), "content_dir": tmp_path / "plain"}))
    assert "is in no git repository" in came.fault


def test_a_branch_is_pushed_to_the_remote_and_one_that_an_editor_works_on_is_left(
    read: Read, settings: Settings, tmp_path: Path, directory: Directory
):
    editor = Editor(tmp_path, assets=1)
    editor.push()
    following.sync(editor.remote, settings.index_dir, fallback=Settings.content_dir)
    follows = Settings(**{**vars(settings), "content_remote": editor.remote, "push_proposals": True})
    came = read(otherwise=follows)
    assert (came.fault, came.pushed) == ("", came.commit)

    git = partial(_git, editor.home)
    git("fetch", "-q", "origin")
    assert "tea-and-talk-1.md" in git("ls-tree", "-r", "--name-only", "origin/feeds/north-town")
    git("checkout", "-q", "-b", "feeds/north-town", "origin/feeds/north-town")
    git("commit", "-q", "--allow-empty", "-m", "Looked at it")
    git("push", "-q", "origin", "feeds/north-town")
    mine = git("rev-parse", "HEAD")
    directory.services[0]["email"] = "new@example.org"
    came = read(later=WEEK, otherwise=follows)
    assert "was not pushed: somebody committed to it" in came.fault
    git("fetch", "-q", "origin")
    assert git("rev-parse", "origin/feeds/north-town") == mine


def test_a_feed_is_due_when_it_is_time_or_somebody_asks(read: Read, settings: Settings, directory: Directory):
    feed = ConfiguredFeed(name="North Town", address=directory.address, every="6 hours")

    def due(later: timedelta) -> bool:
        return state.is_due(settings.index_dir, feed, NOW + later)

    assert due(timedelta(0))
    read()
    assert [due(timedelta(hours=5)), due(timedelta(hours=6))] == [False, True]
    state.ask(settings.index_dir, feed.slug)
    assert due(timedelta(hours=1))
    directory.answer = lambda asked: asked.send(500)
    read(later=timedelta(hours=1))
    assert [due(timedelta(hours=1.5)), due(timedelta(hours=2))] == [False, True], "after a fault, within the hour"


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ("feeds:\n  - {name: North Town}\n", "address"),
        ("feeds:\n  - {name: A, address: 'https://a.example.org', every: now and then}\n", "as in `6 hours`"),
        ("feeds:\n  - {name: A, address: 'ftp://a.example.org'}\n", "address"),
        ("feeds:\n  - {name: A, address: 'https://a.example.org', into: ../out}\n", "lower-case letters"),
        ("feeds:\n  - {name: A, address: 'https://a.example.org'}\n  - {name: a, address: 'https://b.example.org'}\n",
         "give each its own name"),
        ("feeds: [\n", "feeds.yml"),
    ],
)  # fmt: skip
def test_the_checker_names_a_fault_in_the_list_of_feeds(settings: Settings, says: str, fault: str):
    (settings.content_dir / "feeds.yml").write_text(says)
    problems = checking.check(settings.content_dir, fallback=Settings.content_dir).problems
    assert [problem for problem in problems if problem.file == "content/feeds.yml" and fault in str(problem)]
    assert configured.load(settings.content_dir)[0] == ()


def test_the_command_reads_what_is_due_and_says_what_came(
    repository: Repository, settings: Settings, directory: Directory, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("webapp.library.feeds.client.Asker._pause", lambda asker: None)
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(settings.content_dir))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(settings.index_dir))
    monkeypatch.setenv("SIGNPOST_FEED_NETWORKS", "127.0.0.1")

    def run(*words: str) -> Any:
        return CliRunner().invoke(content, ["import", "oruk", "--schedule", *words])

    assert "names no feed" in run().output
    (settings.content_dir / "feeds.yml").write_text(
        f"feeds:\n  - {{name: North Town, address: '{directory.address}'}}\n"
    )
    repository.commit()
    result = run()
    assert result.exit_code == 0, result.output
    assert "North Town: 5 services read. Proposed on the branch feeds/north-town" in result.output
    assert run().output == "No feed is due.\n"
    directory.answer = lambda asked: asked.send(500)
    result = run("--name", "North Town")
    assert result.exit_code == 1
    assert "North Town: nothing was taken." in result.output
