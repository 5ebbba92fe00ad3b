"""An upgrade from an earlier commit and the way back, with people at work: python -m benchmarks.upgrading COMMIT

As docs/upgrading.md describes it, on PostgreSQL (`--on sqlite` for the other): the earlier version serves the history
of the demonstration and what people write meanwhile; the new version brings the database and the content up to date
while the earlier one goes on serving; then the new one serves, then the earlier one again, then the new one. Prints
seconds and what was read and saved at each step. Status 1 where a table lost a row, something that was acknowledged is
lost or doubled, a page was not answered, the audit trail does not fit, or `/readyz` is not content.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, inspect, select, text
from sqlalchemy.orm import Session

from tests.support import databases
from tests.support.gunicorn import Gunicorn
from tests.support.people import PASSWORD
from tests.support.traffic import Traffic
from webapp.config.settings import ROOT
from webapp.db.engine import connected_to
from webapp.gaps.models import Gap
from webapp.people import audit

WRITERS = READERS = 2
PEOPLE = tuple(f"{name}@example.net" for name in ("ann", "ben", "cleo", "dev"))
PAGES = ("/directory?q=walking", "/gaps", "/account", "/", "/learning-logs", "/pack")
Rows = dict[str, int]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.upgrading")
    parser.add_argument("commit", help="of the earlier version, which has to be in this repository")
    parser.add_argument("--on", default="postgresql", choices=databases.KINDS)
    asked = parser.parse_args()
    os.environ["PATH"] = f"{databases.programs()}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        if asked.on == "postgresql":
            databases.make_durable()
        url = databases.fresh(asked.on, "upgraded", Path(folder))
        return Upgrade(Path(folder), earlier(asked.commit, Path(folder) / "earlier"), url).play()


def earlier(commit: str, tree: Path) -> Path:
    """The program as it was at `commit`, its style sheets and scripts built anew, in `tree`."""
    tree.mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x"], cwd=tree, input=packed, check=True)
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    subprocess.run(["node", "tools/build_assets.mjs"], cwd=tree, check=True, capture_output=True)
    return tree


class Upgrade:
    """There, back and there again. What is wrong is in `wrong`."""

    def __init__(self, folder: Path, before: Path, url: str) -> None:
        self._url, self._folder = url, folder
        self._before, self._index = before, folder / "index"
        self.wrong: list[str] = []
        self._acknowledged: dict[str, str] = {}
        self._least: Rows = {}

    def play(self) -> int:
        """0 where all is well."""
        here = self._folder / "site"
        here.mkdir()
        # What people write in files stays as it is, whichever version reads it.
        content = {"SIGNPOST_CONTENT_DIR": str(self._before / "content")}
        with Gunicorn(
            here, self._index, database_url=self._url, tree=self._before, workers=2, more_settings=content
        ) as site:
            print(f"the earlier version: migration {self._revision()}")
            self._timed("content build by the earlier version", site, self._before, "content", "build")
            self._run(site, self._before, "demo", "load", SIGNPOST_DEMO="1")
            for email in PEOPLE:
                site.add_person(email, PASSWORD)
            self._serves("the earlier version", site)
            with self._at_work(site, "while the new version brings database and content up to date"):
                self._timed("db upgrade by the new version", site, ROOT, "db", "upgrade")
                print(f"  the database is at {self._revision()}; the earlier version says {ready(site)}", flush=True)
                self._timed("content build by the new version", site, ROOT, "content", "build")
            for name, tree in (("the new version", ROOT), ("the earlier version again", self._before)):
                took = self._anew(site, tree)
                print(f"{name}: started in {took:.1f} s", flush=True)
                if tree != ROOT:
                    self._timed("content build by the earlier version", site, tree, "content", "build")
                self._serves(name, site)
            self._anew(site, ROOT)
            self._timed("content build by the new version", site, ROOT, "content", "build")
            self._serves("the new version at last", site)
        print(f"{len(self._acknowledged)} acknowledged, {sum(self._least.values()):,} rows, {len(self.wrong)} wrong")
        print(*self.wrong, sep="\n")
        return 1 if self.wrong else 0

    def _serves(self, name: str, site: Gunicorn) -> None:
        with self._at_work(site, name):
            pass
        if not (said := ready(site))["ready"]:
            self.wrong.append(f"{name}: not ready: {said}")
        self._look(name)

    @contextmanager
    def _at_work(self, site: Gunicorn, name: str) -> Iterator[None]:
        """People read and write, until the block is done and a little longer."""
        traffic = Traffic(site.url, phase=name, people=PEOPLE, pages=PAGES)
        with traffic.at_work(WRITERS, READERS):
            traffic.go_on()
            yield
            traffic.go_on()
        self._acknowledged |= traffic.outcome.acknowledged
        failed = [*traffic.failed.get(name, []), *traffic.outcome.refused]
        print(
            f"{name}: {traffic.read[name]} pages read, {traffic.saved[name]} forms saved, {traffic.unanswered[name]} "
            f"sent again, {len(failed)} not answered, the slowest form {traffic.slowest.get(name, 0):.1f} s",
            flush=True,
        )
        self.wrong += [f"{name}: {said}" for said in failed]

    def _look(self, name: str) -> None:
        """Whether anything that was there is gone."""
        engine = connected_to(self._url, poolclass=NullPool)
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            rows = {table: connection.scalar(text(f'select count(*) from "{table}"')) or 0 for table in tables}
            self.wrong += [
                f"{name}: {table} had {least} rows and has {rows.get(table, 0)}"
                for table, least in self._least.items()
                if rows.get(table, 0) < least and table not in SHRINK
            ]
            said = connection.scalars(select(Gap.needed)).all()
        self._least = rows
        times = Counter(said)
        self.wrong += [f"{name}: {times[one]} times: {one}" for one in self._acknowledged.values() if times[one] != 1]
        with Session(engine) as session:
            if broken := audit.verify(session):
                self.wrong.append(f"{name}: the audit trail: {broken.reason}")

    def _anew(self, site: Gunicorn, tree: Path) -> float:
        """Stop the processes that serve and start those of the version in `tree`; how long nobody was answered."""
        began = time.monotonic()
        site.process.terminate()
        site.process.wait(30)
        site.serve_from(tree)
        return time.monotonic() - began

    def _timed(self, what: str, site: Gunicorn, tree: Path, *command: str) -> None:
        began = time.monotonic()
        self._run(site, tree, *command)
        print(f"  {what}: {time.monotonic() - began:.1f} s", flush=True)

    def _run(self, site: Gunicorn, tree: Path, *command: str, **more: str) -> None:
        environ = {**site.environ, "PYTHONPATH": str(tree), **more}
        program = Path(sys.executable).parent / "signpost"
        done = subprocess.run([str(program), *command], env=environ, cwd=tree, capture_output=True, text=True)
        if done.returncode:
            self.wrong.append(f"signpost {' '.join(command)} of {tree.name}: {(done.stderr or done.stdout)[-300:]}")

    def _revision(self) -> str:
        with connected_to(self._url, poolclass=NullPool).connect() as connection:
            return str(connection.scalar(text("select version_num from alembic_version")))


# Where rows end by themselves: what was sent or tried, and who is at work.
SHRINK = {"attempts", "machines", "turns", "once"}


def ready(site: Gunicorn) -> dict[str, object]:
    """What `/readyz` says."""
    return dict(json.loads(site.read("/readyz")))


if __name__ == "__main__":
    sys.exit(main())
