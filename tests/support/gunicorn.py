"""The site as the Procfile starts it: gunicorn with its workers, on a free port, and all that it logs."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from tests.support.live import free_port
from webapp.config.settings import ROOT

START_SECONDS = 60


class Gunicorn:
    """`more` is added to gunicorn.conf.py; `tree` is where the program is. `url` has no slash at its end."""

    def __init__(
        self,
        folder: Path,
        index_dir: Path,
        more: str = "",
        workers: int = 1,
        database_url: str = "",
        tree: Path = ROOT,
        more_settings: Mapping[str, str] = {},
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._tree = tree
        self.state_dir = folder / "state"
        self._config, self._more = folder / "gunicorn.conf.py", more
        web = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web: "))
        command = shlex.split(web.removeprefix("web: ").replace("${PORT:-8000}", str(self.port)))
        command = [part.replace("${WEB_CONCURRENCY:-2}", str(workers)) for part in command]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "DATABASE_URL"))}
        self.environ = kept | {
            "SIGNPOST_SECRET_KEY": "for these tests alone, and long enough",
            "SIGNPOST_TRUSTED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'signpost.db'}",
            "SIGNPOST_INDEX_DIR": str(index_dir),
            "SIGNPOST_STATE_DIR": str(self.state_dir),
            "PYTHONPATH": str(tree),
            **more_settings,
        }
        self._command = [*command[:1], "--config", str(self._config), *command[1:]]
        self.run("signpost", "db", "upgrade")
        self._log = (folder / "log").open("w+")
        self.start()

    def run(self, program: str, *arguments: str, given: str = "") -> None:
        """Run a program of the environment with the site's settings."""
        command = [_program(program), *arguments]
        done = subprocess.run(
            command,
            env=self.environ,
            cwd=self._tree,
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Serve, again where it was stopped or killed."""
        self._config.write_text(f"{(self._tree / 'gunicorn.conf.py').read_text()}\n{self._more}\n")
        self.process = subprocess.Popen(
            [_program(self._command[0]), *self._command[1:]],
            cwd=self._tree, env=self.environ, stdout=self._log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._wait()

    def serve_from(self, tree: Path) -> None:
        """Serve, once it was stopped, the program that is in `tree`."""
        self._tree = tree
        self.environ["PYTHONPATH"] = str(tree)
        self.start()

    def add_person(self, email: str, password: str) -> None:
        """Somebody who may sign in."""
        about = ["--email", email, "--name", "Somebody at work", "--role", "practitioner", "--password-stdin"]
        self.run("signpost", "users", "add", *about, given=password)

    @property
    def threads(self) -> int:
        """How many requests it answers at once."""
        web = (ROOT / "Procfile").read_text().split("--threads ")[1]
        return int(web.split()[0])

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=START_SECONDS) as answer:
            return str(answer.read().decode())

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=START_SECONDS) as answer:
            return int(answer.status)

    def workers(self) -> list[int]:
        """Their process ids."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def log(self) -> str:
        return Path(self._log.name).read_text()

    def lines(self) -> list[dict[str, Any]]:
        """All that it logged. Raises ValueError for a line that is no JSON."""
        return [json.loads(line) for line in self.log().splitlines()]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/healthz") == 200:
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise AssertionError(f"gunicorn did not start:\n{self.log()[-3000:]}")


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)
