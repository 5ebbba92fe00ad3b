import copy
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.syncing.remote import Editor
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.editor import edit_outcomes
from webapp.library.syncing import following
from webapp.machines import library_sync
from webapp.web import current

FILE = "assets/citywide/walking-group-1.md"
ADDRESS = f"/editor/files/{FILE}"


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Editor:
    """A remote with a first commit, followed once: every test begins with a copy of both."""
    folder = tmp_path_factory.mktemp("first-day")
    pusher = Editor(folder)
    pusher.corpus.toolkit("first-talk")
    pusher.corpus.spotlight("falls")
    pusher.push("Begin", day="2026-03-03")
    following.sync(pusher.remote, folder / "search_index")
    return pusher


@pytest.fixture
def pusher(first_day: Editor, tmp_path: Path) -> Editor:
    """A colleague who has git, and pushes to the repository that the site follows."""
    shutil.copytree(first_day.home.parent, tmp_path / "all", symlinks=True)
    here = copy.copy(first_day)
    here.bare, here.home = tmp_path / "all" / first_day.bare.name, tmp_path / "all" / first_day.home.name
    here.corpus = copy.copy(first_day.corpus)
    here.corpus.content = here.home / "content"
    here._git("remote", "set-url", "origin", str(here.bare))
    return here


@pytest.fixture
def settings(settings: Settings, pusher: Editor) -> Settings:
    return replace(settings, index_dir=pusher.home.parent / "search_index", content_remote=pusher.remote)


@pytest.fixture
def straight(app: Flask) -> None:
    """What is saved goes where readers see it."""
    app.extensions["signpost.settings"] = replace(app.extensions["signpost.settings"], edits="main")


@pytest.fixture
def worker(app: Flask, settings: Settings) -> Callable[[], int]:
    """What the worker does each minute: fetch, serve, and see what became live."""

    def run() -> int:
        with app.app_context():
            library_sync.sync(settings)
            settled = edit_outcomes.settle(db.session, current.content(), settings, now())
            db.session.commit()
            return settled

    return run


@pytest.fixture(autouse=True)
def nobody_fetches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The word that there is something new is noted; nothing is fetched in the back of a test."""
    told: list[str] = []
    monkeypatch.setattr(library_sync, "wake", lambda app, settings: told.append("wake"))
    return told


def read(pusher: Editor, branch: str = "main", file: str = FILE) -> str:
    """A file of the content as the repository has it."""
    return pusher._git("show", f"{branch}:content/{file}", at=pusher.bare)


def push(pusher: Editor, *change: str) -> None:
    """What a colleague with git pushes."""
    path = pusher.corpus.content / FILE
    path.write_text(path.read_text().replace(*change))
    pusher.push("From outside")


def branch_of(pusher: Editor) -> str:
    """The one branch that an edit was saved to."""
    (name,) = pusher._git("branch", "--list", "edits/*", "--format=%(refname:short)", at=pusher.bare).split()
    return name
