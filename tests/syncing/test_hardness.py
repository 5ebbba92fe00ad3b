"""Killed, full, damaged, meddled with, hostile: the private clone heals, and git runs nothing that a commit says."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.syncing.remote import Editor
from tests.syncing.test_pushing import Live, Sync, title_of
from webapp.config.settings import ContentRemote
from webapp.library.generation import disk
from webapp.library.syncing import following, git, state
from webapp.library.syncing.clone import CloneLimits
from webapp.library.syncing.following import SyncFault

PROGRAM = """
import sys
from pathlib import Path
from webapp.config import ContentRemote
from webapp.library.syncing import following
following.sync(ContentRemote(sys.argv[1]), Path(sys.argv[2]), wait=30)
"""


@pytest.mark.parametrize("after", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_killed_at_any_moment(after: float, editor: Editor, sync: Sync, live: Live, served_from: Path):
    sync()
    for number in range(20):
        editor.corpus.asset(f"new-group-{number}", body="A friendly group.\n" * 200)
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    child = subprocess.Popen([sys.executable, "-c", PROGRAM, str(editor.bare), str(served_from)])
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert title_of(live()) in {"Walking group 1", "Walkers of the canal"}
    following.sync(editor.remote, served_from, wait=20)
    assert title_of(live()) == "Walkers of the canal"
    assert live().counts["asset"] == 23


def test_what_a_killed_git_left_is_cleared_away(editor: Editor, sync: Sync, live: Live, served_from: Path):
    sync()
    repository = served_from / "sync" / "repository"
    for left in ("index.lock", "refs/signpost/fetched.lock", "objects/pack/tmp_pack_abc", "config.lock"):
        (repository / left).write_bytes(b"half")
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    sync()
    assert title_of(live()) == "Walkers of the canal"


def _meddle(home: Path) -> None:
    page = home / "content" / "content" / "assets" / "citywide" / "walking-group-2.md"
    page.write_text(page.read_text().replace("Walking group 2", "Meddled with"))
    (page.parent / "planted.md").write_text(page.read_text().replace("Meddled with", "Planted"))
    (home / "content" / "content" / "site.yml").unlink()


def _no_index(home: Path) -> None:
    (home / "repository" / "index").write_bytes(b"not an index")


def _no_head(home: Path) -> None:
    (home / "repository" / "HEAD").write_bytes(b"")


def _no_objects(home: Path) -> None:
    for path in (home / "repository" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_meddle, _no_index, _no_head, _no_objects])
def test_a_damaged_or_dirty_clone_heals(
    damage: Callable[[Path], None], editor: Editor, sync: Sync, live: Live, served_from: Path
):
    sync()
    damage(served_from / "sync")
    editor.corpus.asset("walking-group-1", title="Walkers of the canal")
    editor.push()
    sync()
    assert title_of(live()) == "Walkers of the canal"
    assert title_of(live(), "walking-group-2") == "Walking group 2"
    assert title_of(live(), "planted") == ""


def test_a_dirty_clone_heals_when_a_day_passes(editor: Editor, sync: Sync, live: Live, served_from: Path):
    sync()
    _meddle(served_from / "sync")
    assert following.rebuild(editor.remote, served_from)
    assert title_of(live(), "walking-group-2") == "Walking group 2"
    assert live().origin.commit == editor.head()


def test_nothing_but_the_program_can_read_the_clone(sync: Sync, served_from: Path):
    sync()
    assert (served_from / "sync").stat().st_mode & 0o777 == 0o700
    pages = (served_from / "sync" / "content").rglob("*.md")
    assert not any(page.stat().st_mode & 0o077 for page in pages)


def test_one_at_a_time(editor: Editor, served_from: Path):
    with state.alone(served_from, 0), pytest.raises(disk.Busy):
        following.sync(editor.remote, served_from)


def test_several_at_once_end_well(editor: Editor, served_from: Path, live: Live):
    done: list[str] = []
    threads = [
        threading.Thread(target=lambda: done.append(following.sync(editor.remote, served_from, wait=30).commit))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [editor.head()] * 4
    assert live().origin.commit == editor.head()


def test_more_than_may_be_fetched_is_refused(editor: Editor, sync: Sync, live: Live, served_from: Path):
    sync()
    editor.corpus.asset("walking-group-1", title="Too much")
    editor.push()
    for limits in (CloneLimits(files=3), CloneLimits(bytes=1000), CloneLimits(fetch_seconds=0.0001)):
        with pytest.raises(SyncFault):
            following.sync(editor.remote, served_from, limits=limits)
    assert title_of(live()) == "Walking group 1"


def test_a_full_disk_changes_nothing(
    editor: Editor, sync: Sync, live: Live, served_from: Path, monkeypatch: pytest.MonkeyPatch
):
    sync()
    editor.corpus.asset("walking-group-1", title="No room")
    editor.push()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "finish", full)
        with pytest.raises(SyncFault, match="disk of this machine is full"):
            sync()
    assert title_of(live()) == "Walking group 1"
    sync()
    assert title_of(live()) == "No room"


def test_a_commit_cannot_make_git_run_or_follow_anything(editor: Editor, sync: Sync, live: Live, tmp_path: Path):
    flag = tmp_path / "was-run"
    editor.corpus.write("../.gitattributes", "*.md filter=evil diff=evil\n*.png filter=lfs\n")
    editor.corpus.write("../.gitmodules", f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% {flag}\n')
    editor.corpus.write("media/picture.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n" + "#" * 60)
    (editor.corpus.content / "assets" / "citywide" / "secret.md").symlink_to("/etc/passwd")
    (editor.corpus.content / "media" / "passwd.pdf").symlink_to("/etc/passwd")
    editor.push()
    synced = sync()
    said = {problem.file: problem.message for problem in synced.outcome.problems}
    assert "symbolic link" in said["content/media/passwd.pdf"]
    assert "content/assets/citywide/secret.md" in said
    assert "Git LFS" in said["content/media/picture.png"]
    assert not flag.exists()
    assert not any(b"root:" in path.read_bytes() for path in (live().folder / "media").rglob("*") if path.is_file())


def test_settings_of_the_machine_do_not_act(
    editor: Editor, sync: Sync, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    head, config = editor.head(), tmp_path / "gitconfig"
    config.write_text(f'[url "/nowhere"]\n\tinsteadOf = {editor.bare}\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert sync().commit == head


def test_a_token_is_never_shown_or_passed_where_others_see_it():
    address = "https://reader:s3cret@git.example/care/content.git"
    env = git.environment(Path("/x"), Path("/y"), address)
    assert "s3cret" not in git.reached_at(address) + git.without_secrets(address) + repr(ContentRemote(address))
    assert env["GIT_ALLOW_PROTOCOL"] == "https"
    assert any("Basic" in value for value in env.values())
    assert "s3cret" not in "".join(v for k, v in env.items() if not k.startswith("GIT_CONFIG_VALUE"))


def test_an_unreachable_host_is_said_in_one_sentence(served_from: Path):
    remote = ContentRemote("https://127.0.0.1:1/content.git")
    os.environ.pop("https_proxy", None)
    with pytest.raises(SyncFault, match=r"^https://127.0.0.1:1/content.git cannot be reached"):
        following.sync(remote, served_from)
