"""What can go wrong with the machine: killed builds, a full disk, damaged files. The site never fails a search."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corpus import TODAY, Corpus
from tests.support.killed_builds import ASSETS, Builders, kill_builds, sound
from tests.support.small_disk import small_disk
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling
from webapp.library.generation import disk
from webapp.library.generation.reader import NoContent, Reader

KILLS = 50  # `python -m benchmarks.kills` does a thousand
IN_PLACE = ["emptied", "half gone", "zeroed"]  # what is done to a file that stays where it is


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path, assets=ASSETS)
    made.build()
    return made


@pytest.fixture
def builders(corpus: Corpus) -> Iterator[Builders]:
    made = Builders(corpus)
    yield made
    made.close()


def test_a_build_killed_fifty_times_never_fails_a_search(corpus: Corpus, builders: Builders):
    kill_builds(corpus, builders, KILLS)
    assert builders.build(7) == "finished"
    assert corpus.read().page("/directory/walking-group-1", TODAY).title == "Walking group 7"
    left = [path.name for path in corpus.index_dir.iterdir() if path.name.startswith(".new-")]
    assert left == [], "the next build removes what a killed one left"


@pytest.mark.parametrize("harm", [*IN_PLACE, "removed", "made a folder"])
def test_each_damaged_file_is_noticed_and_mended(corpus: Corpus, tmp_path: Path, harm: str):
    corpus.asset("walking-group-0", title="Walking group zero")
    corpus.build(everything=True)  # two generations that share no file, so that there is one to step back to
    served = disk.pointed(corpus.index_dir)
    assert served
    files = sorted(path.relative_to(served) for path in served.rglob("*") if path.is_file())
    assert len(files) >= 8
    if harm not in IN_PLACE:
        files = files[::4]  # those that go missing are noticed in one place
    for number, name in enumerate(files):
        index_dir = tmp_path / "copy"
        shutil.copytree(corpus.index_dir, index_dir)
        damage(index_dir / served.name / name, harm)
        stepped_back = Reader(index_dir).current()
        assert stepped_back.id != served.name, f"{name} was {harm} and nobody noticed"
        assert sound(stepped_back)
        if harm not in IN_PLACE or number % len(IN_PLACE) == IN_PLACE.index(harm):  # each is mended after one of them
            compiling.build(corpus.content, index_dir, today=TODAY)
            mended = Reader(index_dir).current()
            assert sound(mended), f"{name} was {harm} and the next build did not mend it"
            assert mended.page("/directory/walking-group-0", TODAY).title == "Walking group zero"
        shutil.rmtree(index_dir)


def damage(path: Path, harm: str) -> None:
    size = path.stat().st_size
    if harm == "emptied":
        path.write_bytes(b"")
    elif harm == "half gone":
        os.truncate(path, size // 2)
    elif harm == "zeroed":
        path.write_bytes(bytes(size))
    else:
        path.unlink()
        if harm == "made a folder":
            path.mkdir()


def test_with_every_generation_damaged_a_build_makes_it_all_anew(corpus: Corpus):
    for folder in disk.newest_first(corpus.index_dir):
        for path in folder.rglob("*"):
            if path.is_file():
                path.write_bytes(b"")
    with pytest.raises(NoContent):
        corpus.read()
    corpus.build()
    assert sound(corpus.read())


@pytest.mark.parametrize("said", ["", "gen-gone", "../../etc", "gen-../x", "\x00"])
def test_a_pointer_to_nowhere_is_stepped_over(corpus: Corpus, said: str):
    (corpus.index_dir / disk.POINTER).write_text(said)
    assert sound(corpus.read())
    corpus.build()
    assert disk.pointed(corpus.index_dir) in disk.newest_first(corpus.index_dir)


def test_four_builds_at_once_all_end_well(corpus: Corpus):
    corpus.asset("walking-group-1", title="Changed")
    arguments = [corpus_command := str(Path(sys.executable).parent / "signpost"), "content", "build", "--everything"]
    assert Path(corpus_command).exists()
    running = [subprocess.Popen(arguments, env=corpus.env(), cwd=ROOT, stdout=subprocess.PIPE) for _ in range(4)]
    for process in running:
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0, out
    assert sound(corpus.read())
    assert len(disk.newest_first(corpus.index_dir)) <= disk.KEEP


def test_a_build_waits_for_the_one_before_it(corpus: Corpus):
    with (
        disk.build_lock(corpus.index_dir),
        pytest.raises(disk.Busy, match="another build"),
        disk.build_lock(corpus.index_dir, wait=0.2),
    ):
        pass


def test_a_full_disk_keeps_what_is_served_and_says_so(corpus: Corpus, tmp_path: Path):
    with small_disk(tmp_path / "disk") as mounted:
        index_dir = tmp_path / "disk" / "index"
        compiling.build(corpus.content, index_dir, today=TODAY)
        corpus.index_dir = index_dir
        before = disk.pointed(index_dir)
        corpus.write("media/film.mp4", os.urandom(1_500_000))
        command = ["signpost", "content", "build"]
        # Where no disk can be made, no file may grow beyond a megabyte: the same refusal in another place.
        limit = "" if mounted else "ulimit -f 1000; "
        run = subprocess.run(
            ["bash", "-c", f'{limit}exec "$0" "$@"', str(Path(sys.executable).parent / command[0]), *command[1:]],
            env=corpus.env(), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert run.returncode == 1, run.stdout
        assert "Nothing was built" in run.stderr
        assert "Traceback" not in run.stderr
        assert disk.pointed(index_dir) == before
        assert sound(corpus.read())
        (corpus.content / "media" / "film.mp4").unlink()
        corpus.asset("walking-group-2", title="Afterwards")
        corpus.build()
        assert corpus.read().page("/directory/walking-group-2", TODAY).title == "Afterwards"


WATCH = """
import sys, time
from pathlib import Path
from webapp.library.generation.reader import Reader
reader = Reader(Path(sys.argv[1]))
told = ""
while True:
    now = reader.current().id
    if now != told:
        print(now, flush=True)
        told = now
    time.sleep(0.02)
"""


def test_another_process_follows_the_switch(corpus: Corpus):
    process = subprocess.Popen(
        [sys.executable, "-c", WATCH, str(corpus.index_dir)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        assert process.stdout.readline().strip() == corpus.read().id
        for number in range(3):
            corpus.asset("walking-group-3", title=f"Turn {number}")
            made = corpus.build().generation.name
            assert process.stdout.readline().strip() == made
    finally:
        process.kill()
        process.communicate()


def test_a_request_in_progress_ends_with_what_it_began_with(corpus: Corpus):
    old = corpus.read()
    for number in range(disk.KEEP + 3):
        corpus.asset("walking-group-4", title=f"Turn {number}")
        corpus.build(everything=True)
    assert not old.folder.exists(), "old generations are removed"
    assert sound(old)
    assert old.page("/directory/walking-group-4", TODAY).title == "Walking group 4"


def test_a_damaged_new_generation_is_not_switched_to(corpus: Corpus):
    reader = Reader(corpus.index_dir)
    good = reader.current().id
    corpus.asset("walking-group-5", title="New")
    made = corpus.build(everything=True).generation
    damage(made / "meta.json", "half gone")
    assert reader.current().id == good


def test_only_the_owner_may_read_or_write_the_index(tmp_path: Path):
    """Whoever can write Whoosh's files can run code in the web process: they hold pickles."""
    before = os.umask(0o022)
    try:
        corpus = Corpus(tmp_path, assets=2)
        corpus.build()
    finally:
        os.umask(before)
    assert stat.S_IMODE(corpus.index_dir.stat().st_mode) == 0o700
    folders = [disk.pointed(corpus.index_dir), *disk.newest_first(corpus.index_dir)]
    assert all(folder and stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in folders)
