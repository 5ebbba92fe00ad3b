"""The restore drill: people write through HTTP, a backup is made meanwhile, checked, and put back somewhere else.

python -m benchmarks.restoring [--seconds 20]. Prints seconds and rows; ends with 1 where an acknowledged row is gone.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

from sqlalchemy import NullPool, select
from sqlalchemy.orm import Session

from tests.support import databases
from tests.support.at_work import Person
from tests.support.gunicorn import Gunicorn
from tests.support.kills import EMAIL, PASSWORD, words
from webapp.backup import archive
from webapp.config.settings import ROOT
from webapp.db.engine import connected_to
from webapp.gaps.models import Gap
from webapp.library.build import compile as compiling
from webapp.people import audit

WRITERS = 8


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.restoring", description="The restore drill under load.")
    parser.add_argument("--seconds", type=float, default=20, help="how long people write before the backup begins")
    seconds = parser.parse_args().seconds
    os.environ["PATH"] = f"{databases.programs()}{os.pathsep}{os.environ['PATH']}"
    missing = 0
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder) / "index"
        compiling.build(ROOT / "content", index_dir)
        databases.make_durable()
        for kind in databases.KINDS:
            here = Path(folder) / kind
            here.mkdir()
            missing += _drill(kind, here, index_dir, seconds)
    return int(missing > 0)


def _drill(kind: str, folder: Path, index_dir: Path, seconds: float) -> int:
    """How many acknowledged rows are missing afterwards."""
    said: list[str] = []
    ended = threading.Event()
    with Gunicorn(folder, index_dir, workers=2, database_url=databases.fresh(kind, "drill", folder)) as site:
        site.add_person(EMAIL, PASSWORD)
        people = [Person(site.url, EMAIL, PASSWORD) for _ in range(WRITERS)]
        threads = [threading.Thread(target=_write, args=(person, said, ended)) for person in people]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        before = set(said)
        made_in = _run(site.environ, "create", "--to", str(folder / "backups"))
        meanwhile = len(said) - len(before)
        ended.set()
        for thread in threads:
            thread.join()
        (made,) = archive.made_in(folder / "backups")
        checked_in = _run(site.environ, "verify", str(made))
        url = databases.fresh(kind, "drill_restored", folder)
        restored_in = _run({**site.environ, "DATABASE_URL": url}, "restore", str(made))
    with Session(connected_to(url, poolclass=NullPool)) as session:
        there = set(session.scalars(select(Gap.needed)))
        broken = audit.verify(session)
    missing = len(before - there)
    print(f"{kind}: {len(before)} rows acknowledged before the backup began, {missing} of them missing afterwards.")
    print(f"{meanwhile} more were written while it was made. Audit trail: {broken.reason if broken else 'whole'}.")
    print(f"Made in {made_in:.1f} s, checked in {checked_in:.1f} s, restored in {restored_in:.1f} s, start and all.\n")
    return missing + (broken is not None)


def _write(person: Person, said: list[str], ended: threading.Event) -> None:
    while not ended.is_set():
        form_id = uuid.uuid4().hex
        needed = f"Somewhere to sing, by the words {words(form_id)}"
        person.report(needed, form_id)
        said.append(needed)


def _run(environ: dict[str, str], *arguments: str) -> float:
    """Run `signpost backup …`; the seconds it took."""
    command, began = [str(Path(sys.executable).parent / "signpost"), "backup", *arguments], time.monotonic()
    subprocess.run(command, env={**environ, "PATH": os.environ["PATH"]}, cwd=ROOT, check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
