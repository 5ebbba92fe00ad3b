"""The whole site as `make run` starts it: migrations, content, demonstration and gunicorn, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from functools import cached_property
from pathlib import Path

from tests.support import compiled
from tests.support.world import addresses
from webapp.config.settings import ROOT
from webapp.db import driver
from webapp.library.generation.reader import Reader

START_SECONDS = 180  # on a busy machine; no limit of the product


class Site:
    """A running site with content of its own, which may be changed. `url` has no slash at its end.

    With `index_dir` it begins with what was compiled there, as one that is started again does; else from nothing.
    """

    def __init__(self, folder: Path, index_dir: Path | None = None) -> None:
        self.content = folder / "content"
        self.index_dir, self._database = folder / "index", folder / "signpost.db"
        self.environ = self._environ()
        if index_dir:
            compiled.again(index_dir, self.content, self.index_dir)
        else:
            compiled.copy(self.content)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = (folder / "log").open("w+")
        self._process = subprocess.Popen(
            [Path(sys.executable).parent / "signpost", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environ,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def _environ(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "DATABASE_URL"))}
        return {
            **kept,
            "SIGNPOST_DEMO": "1",
            "SIGNPOST_OPEN_REFERRAL": "1",
            "SIGNPOST_SECRET_KEY": "for the tests of the browser, and long enough",
            "DATABASE_URL": f"sqlite:///{self._database}",
            "SIGNPOST_CONTENT_DIR": str(self.content),
            "SIGNPOST_INDEX_DIR": str(self.index_dir),
        }

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise AssertionError(f"the site did not start:\n{self.log()[-3000:]}")

    def address(self, said: str) -> str:
        """A path of the site; `the first spotlight` is the path of a real one."""
        if not said.startswith("the first "):
            return said
        kind = said.removeprefix("the first ")
        return self._first[kind]

    @cached_property
    def _first(self) -> dict[str, str]:
        kinds = {"listing": "directory", "spotlight": "spotlights", "update": "updates", "message": "news"}
        kinds |= {"change": "changes", "toolkit page": "toolkit"}
        found = addresses(Reader(self.index_dir).current())
        return found | {kind: found[section] for kind, section in kinds.items()}

    def run(self, statement: str) -> None:
        """Run one statement on the site's database, behind its back."""
        with closing(driver.sqlite.connect(self._database, timeout=20)) as connection, connection:
            connection.execute(statement)

    def copy_database(self, to: Path) -> None:
        """Write the database as it stands now to a file of its own."""
        with (
            closing(driver.sqlite.connect(self._database, timeout=20)) as mine,
            closing(driver.sqlite.connect(to)) as other,
        ):
            mine.backup(other)

    def log(self) -> str:
        """What it has printed."""
        return Path(self._log.name).read_text()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
