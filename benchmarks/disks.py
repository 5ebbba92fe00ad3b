"""A disk that fills up, and one that can only be read from then on, under a running site: python -m benchmarks.disks

The database and the state folder are on a small disk of their own (ext4 in a file; only root can make one), served by
gunicorn with two workers. While somebody is signed in and has a form open, the disk is filled, or fails as a real one
does: the kernel lets nothing be written any more. Prints what each request met. Status 1 where a form was answered
otherwise than that it was not saved, with all that was typed, where nothing names the fault, where a worker died, or
where the same form, sent again once the disk is well, does not make exactly one gap; 2 where no disk can be made.

A full disk is well again as soon as there is room. One that the kernel has given up is mounted again only once nobody
has a file open on it, so that there the site is stopped and started, as the machine would be.
"""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

from sqlalchemy import NullPool, func, select
from sqlalchemy.orm import Session

from tests.support import compiled
from tests.support.at_work import NotSaved, Person
from tests.support.gunicorn import Gunicorn
from tests.support.kills import EMAIL, PASSWORD, words
from tests.support.pace import eventually
from webapp.db.engine import connected_to
from webapp.gaps.models import Gap

SIZE = 48 * 1024 * 1024  # bytes: the database, what is counted, and little more
READ = ("/", "/directory?q=walking", "/gaps", "/account")
TURNS = 5  # so often is the same form sent while the disk is as it is


def main() -> int:
    wrong = list[str]()
    with tempfile.TemporaryDirectory() as folder:
        index_dir = compiled.real(Path(folder) / "content")
        for name, break_it, mend in (("full", Disk.fill, Disk.empty), ("read-only", Disk.give_up, None)):
            with small_disk(Path(folder) / name) as disk:
                if disk is None:
                    print("Only root can make a disk here, so nothing was tried.", file=sys.stderr)
                    return 2
                around = Path(folder) / f"around-{name}"
                around.mkdir()
                wrong += [f"{name}: {said}" for said in drill(name, disk, around, index_dir, break_it, mend)]
    print(f"{len(wrong)} wrong", *wrong, sep="\n  ")
    return 1 if wrong else 0


@dataclass
class Disk:
    """A small disk at `at`, in `file`."""

    file: Path
    at: Path

    def fill(self) -> None:
        """Write until there is no room."""
        with suppress(OSError), (self.at / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))

    def empty(self) -> None:
        """Make room again."""
        (self.at / "ballast").unlink()

    def give_up(self) -> None:
        """Fail as a worn disk does: the kernel tells of an error, and writes nothing more."""
        os.sync()  # what was mapped and written meets the disk anew at its next change
        loop = _run("findmnt", "--noheadings", "--output", "SOURCE", str(self.at)).strip()
        Path("/sys/fs/ext4", Path(loop).name, "trigger_fs_error").write_text("tried on purpose")

    def mount(self) -> None:
        _run("mount", "-o", "loop,errors=remount-ro", str(self.file), str(self.at))

    def is_free(self) -> bool:
        """Take it away, if nobody has a file open on it any more."""
        return subprocess.run(["umount", str(self.at)], capture_output=True, check=False).returncode == 0

    def again(self) -> None:
        """Look the disk over and put it in its place again, after `is_free`."""
        subprocess.run(["e2fsck", "-p", str(self.file)], capture_output=True, check=False)  # 1: it mended something
        self.mount()


@contextmanager
def small_disk(at: Path) -> Iterator[Disk | None]:
    """A disk at `at`, made; None where this machine does not let us."""
    at.mkdir()
    disk = Disk(at.with_suffix(".img"), at)
    with disk.file.open("wb") as file:
        file.truncate(SIZE)
    try:
        _run("mkfs.ext4", "-q", "-m", "0", str(disk.file))
        disk.mount()
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield disk
    finally:
        _run("umount", str(at))


@dataclass
class Seen:
    """What was met, and what of it is wrong."""

    wrong: list[str] = field(default_factory=list)

    def expect(self, what: str, found: object, wanted: object) -> None:
        print(f"  {what}: {found}", flush=True)
        if found != wanted:
            self.wrong.append(f"{what}: {found}, not {wanted}")


def drill(
    name: str,
    disk: Disk,
    around: Path,
    index_dir: Path,
    break_it: Callable[[Disk], None],
    mend: Callable[[Disk], None] | None,
) -> list[str]:
    """What went wrong. `around` is a folder on another disk, for the log, which a service manager would take."""
    print(f"A disk that is {name}", flush=True)
    seen, form_id = Seen(), uuid.uuid4().hex
    needed = f"Somewhere to sing, by the words {words(form_id)}"
    url, state = f"sqlite:///{disk.at / 'signpost.db'}", {"SIGNPOST_STATE_DIR": str(disk.at / "state")}
    with Gunicorn(around, index_dir, workers=2, database_url=url, more_settings=state) as site:
        site.add_person(EMAIL, PASSWORD)
        person = Person(site.url, EMAIL, PASSWORD)
        person.report(f"Before, by the words {words(uuid.uuid4().hex)}", uuid.uuid4().hex)
        before = site.workers()
        break_it(disk)
        for turn in range(TURNS):
            seen.expect(f"form, {turn + 1}", sent(person, needed, form_id), "503, typed text there")
            for path in READ:
                seen.expect(f"GET {path}", said(lambda path=path: person.read(path)[0]), 200)
        seen.expect("/readyz", readiness(site), {"database": True, "writable": False, "ready": False})
        seen.expect("workers that died", len(set(before) - set(site.workers())), 0)
        if mend:
            mend(disk)
        else:
            site.process.terminate()
            site.process.wait(30)
            eventually(disk.is_free, "somebody keeps a file open on the disk")
            disk.again()
            site.start()
        seen.expect("form, well again", sent(person, needed, form_id), "saved")
        seen.expect("form, twice by mistake", sent(person, needed, form_id), "saved")
        seen.expect("/readyz", readiness(site)["ready"], True)
        with Session(connected_to(site.environ["DATABASE_URL"], poolclass=NullPool)) as session:
            seen.expect("rows", session.scalar(select(func.count()).where(Gap.needed == needed)), 1)
    return seen.wrong


def sent(person: Person, needed: str, form_id: str) -> str:
    """What became of the form."""
    try:
        person.report(needed, form_id)
    except NotSaved as answer:
        return f"{answer.status}, typed text {'there' if needed in answer.page else 'gone'}"
    except OSError as error:
        return f"no answer: {error}"
    return "saved"


def said(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except OSError as error:
        return f"no answer: {error}"


def readiness(site: Gunicorn) -> dict[str, object]:
    try:
        told = json.loads(site.read("/readyz"))
    except HTTPError as answer:
        told = json.loads(answer.read())
    except OSError as error:
        told = {"ready": f"no answer: {error}"}
    return {name: told.get(name) for name in ("database", "writable", "ready")}


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
