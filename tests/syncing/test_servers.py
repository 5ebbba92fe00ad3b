"""What a real git server does to us: cut off in the middle, gone, not letting us in, silent. And a disk that is full.

Settings take https and ssh alone. Over http the same program of git fetches, and no certificate is needed here.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.syncing.remote import Editor
from tests.syncing.servers import GitServer
from tests.syncing.test_pushing import Live, title_of
from webapp.config.settings import ContentRemote
from webapp.library.generation import disk
from webapp.library.syncing import following, git, state
from webapp.library.syncing.clone import CloneLimits
from webapp.library.syncing.following import SyncFault

Fetch = Callable[..., following.Synced]


@pytest.fixture
def server(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitServer]:
    monkeypatch.setattr(git, "protocol", lambda address: "http")
    for name in git.PROXIES:
        monkeypatch.delenv(name, raising=False)
    with GitServer(editor.bare.parent) as server:
        yield server


@pytest.fixture
def fetch(server: GitServer, editor: Editor, served_from: Path) -> Fetch:
    remote = ContentRemote(f"{server.url}/{editor.bare.name}")
    return lambda **more: following.sync(remote, served_from, **more)


def heavy(editor: Editor, title: str, kilobytes: int = 400) -> str:
    """Push a commit that is too large to be fetched in one breath."""
    editor.corpus.write("media/map.pdf", random.Random(title).randbytes(kilobytes * 1024))
    editor.corpus.asset("walking-group-1", title=title)
    return editor.push()


def fault_of(fetch: Fetch, **more: CloneLimits) -> str:
    with pytest.raises(SyncFault) as told:
        fetch(**more)
    return str(told.value)


def test_what_a_server_has_is_live(fetch: Fetch, editor: Editor, live: Live):
    fetch()
    assert live().origin.commit == editor.head()


@pytest.mark.parametrize("after", [0, 10, 5_000, 100_000, 400_000])
def test_a_server_that_goes_in_the_middle_changes_nothing(
    after: int, fetch: Fetch, server: GitServer, editor: Editor, live: Live, served_from: Path
):
    fetch()
    commit = heavy(editor, "Walkers of the canal")
    server.cut_after = after
    assert fault_of(fetch) == f"{server.url}/remote.git cannot be reached: it is tried again by itself."
    assert title_of(live()) == "Walking group 1"
    assert "cannot be reached" in state.read(served_from).fault
    server.cut_after = None
    assert fetch().commit == commit
    assert title_of(live()) == "Walkers of the canal"
    assert state.read(served_from).fault == ""


def test_a_server_that_is_gone_is_told_and_waited_for(fetch: Fetch, server: GitServer, live: Live):
    fetch()
    server.__exit__()
    assert "cannot be reached: it is tried again by itself" in fault_of(fetch)
    assert title_of(live()) == "Walking group 1"


def test_a_server_that_does_not_let_us_in_is_told_at_once_and_nobody_is_asked(
    fetch: Fetch, server: GitServer, live: Live, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    fetch()
    asked = tmp_path / "asked"
    program = tmp_path / "ask"
    program.write_text(f"#!/bin/sh\ntouch {asked}\n")
    program.chmod(0o700)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(program))
    server.password, server.asked = "wanted", []
    assert fault_of(fetch) == f"{server.url}/remote.git did not let us in: check the key or token of this machine."
    assert 1 <= len(server.asked) <= 3
    assert not asked.exists()
    assert title_of(live()) == "Walking group 1"


def test_a_server_that_never_answers_is_left(
    fetch: Fetch, server: GitServer, editor: Editor, live: Live, served_from: Path
):
    fetch()
    editor.push("Something new")
    server.silent = True
    said = fault_of(fetch, limits=CloneLimits(fetch_seconds=1.5))
    assert said == f"Fetching from {server.url}/remote.git took longer than 2 seconds: it is tried again by itself."
    assert title_of(live()) == "Walking group 1"
    assert not _still_at_work(served_from)
    server.silent = False
    server.goes_on.set()
    assert fetch().commit == editor.head()


def _still_at_work(served_from: Path) -> list[str]:
    """Commands of git on our clone that outlived the sync."""
    told = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if command.startswith(b"git") and str(served_from).encode() in environ:
            told.append(command.decode())
    return told


@pytest.fixture
def little_disk(served_from: Path) -> Iterator[Path]:
    """What is served lies on a disk of 3 MB. Where nobody may mount one, git is made to say that the disk is full."""
    served_from.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(served_from)], capture_output=True)
    yield served_from
    if done.returncode == 0:
        subprocess.run(["umount", "-l", str(served_from)], check=True)


@pytest.mark.parametrize("room", [0, 40, 120, 250, 500])
def test_a_disk_that_is_full_keeps_what_is_served_whole(
    room: int, little_disk: Path, editor: Editor, live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    following.sync(editor.remote, little_disk)
    editor.corpus.asset("walking-group-1", title="Walkers of the canal", body="A friendly group.\n" * 300)
    editor.push()
    filler = _fill(little_disk, room) if os.path.ismount(little_disk) else None
    if filler is None:
        _say_full(tmp_path, monkeypatch)
    said = _sync(editor, little_disk)
    assert said in {"", "The disk of this machine is full: make room, and the content is fetched again by itself."}
    assert said or room
    assert title_of(live()) == ("Walking group 1" if said else "Walkers of the canal")
    assert disk.damaged(live().folder) == ""
    if filler:
        filler.unlink()
    monkeypatch.undo()
    following.sync(editor.remote, little_disk)
    assert title_of(live()) == "Walkers of the canal"


def _sync(editor: Editor, served_from: Path) -> str:
    """What was wrong, or nothing."""
    try:
        following.sync(editor.remote, served_from)
    except SyncFault as fault:
        return str(fault)
    return ""


def _fill(folder: Path, room: int) -> Path:
    """Leave so many kilobytes of the disk of `folder`."""
    filler = folder / "filler"
    filler.write_bytes(b"\0" * max(0, shutil.disk_usage(folder).free - room * 1024))
    return filler


def _say_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "full" / "git"
    program.parent.mkdir()
    real = shutil.which("git")
    said = "fatal: write error: No space left on device"
    program.write_text(f'#!/bin/sh\ncase "$*" in *fetch*) echo "{said}" >&2; exit 128;; esac\nexec {real} "$@"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
