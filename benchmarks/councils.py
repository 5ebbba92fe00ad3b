"""What one more council costs, by each way of keeping several: python -m benchmarks.councils [COUNCILS]

- As a database or a schema of one PostgreSQL: seconds to make it and to bring it to a new version, bytes on the disk,
  seconds to take it out alone, and what a query takes beside all others.
- As processes of its own, or as one more application in processes that answer for all: memory, seconds to start, and
  what a worker costs that has nothing to do.
"""

import logging
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import psutil
from flask import Flask
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.engine import make_url

from tests.support import compiled
from tests.support.fleet import Machine, Server
from tests.support.proxy import answers as _answers
from webapp.config.settings import Settings
from webapp.db import upgrade
from webapp.db.engine import connected_to

COUNCILS = 20
SECRET = "for a measurement alone, and long enough to be taken"
IDLE_SECONDS = 20
QUERY = "select count(*) from gaps join gap_events on gap_events.gap_id = gaps.id where gaps.status = 'new'"


def main(councils: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        databases(server, councils)
        processes(Path(folder), server)


def databases(server: Server, councils: int) -> None:
    """Print what a database and what a schema of a council costs, beside so many others."""
    print(f"{councils} councils of one PostgreSQL\n")
    head = ("", "made from nothing", "from a template", "a new version", "on the disk", "taken out alone", "a query")
    print("| " + " | ".join(head) + " |")
    template = _url(server, "template_of_councils")
    _make(server, "template_of_councils")
    upgrade.upgrade(connected_to(template, poolclass=NullPool))
    rows = {"database": _as_databases(server, councils), "schema": _as_schemas(server, councils)}
    for name, row in rows.items():
        print(f"| {name} | " + " | ".join(row) + " |")


def _as_databases(server: Server, councils: int) -> list[str]:
    names = [f"council_{number}" for number in range(councils)]
    _make(server, names[0])
    nothing = _seconds(lambda: upgrade.upgrade(connected_to(_url(server, names[0]), poolclass=NullPool)))
    made = [_seconds(lambda n=name: _make(server, n, "template_of_councils")) for name in names[1:]]
    urls = [_url(server, name) for name in names]
    new = [_seconds(lambda u=url: _next(connected_to(u, poolclass=NullPool))) for url in urls]
    with connected_to(urls[-1], poolclass=NullPool).connect() as one:
        size = one.scalar(text("select pg_database_size(current_database())"))
    out = _seconds(lambda: _dump(server, "--dbname", _plain(urls[-1])))
    asked = _asked(connected_to(urls[-1]))
    return _row(nothing, statistics.median(made), sum(new), size, out, asked)


def _as_schemas(server: Server, councils: int) -> list[str]:
    _make(server, "all_councils")
    made, new, engine = [], [], connected_to(_url(server, "all_councils"), poolclass=NullPool)
    for number in range(councils):
        made.append(_seconds(lambda n=number: _make_schema(engine, server, n)))
    engines = [_schema(server, number) for number in range(councils)]
    new = [_seconds(lambda e=one: _next(e)) for one in engines]
    with engine.connect() as one:
        size = one.scalar(text("select pg_database_size(current_database())")) / councils
    out = _seconds(
        lambda: _dump(server, "--schema", f"council_{councils - 1}", "--dbname", _plain(_url(server, "all_councils")))
    )
    return _row(statistics.median(made), None, sum(new), size, out, _asked(engines[-1]))


def _row(nothing: float, template: float | None, new: float, size: float, out: float, asked: float) -> list[str]:
    return [
        f"{nothing:.1f} s",
        "none" if template is None else f"{template:.2f} s",
        f"{new:.1f} s for all",
        f"{size / 1e6:.1f} MB",
        f"{out:.2f} s",
        f"{asked * 1000:.2f} ms",
    ]


def _make(server: Server, name: str, template: str = "template0") -> None:
    engine = create_engine(_url(server, "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as admin:
        admin.execute(text(f"create database {name} template {template}"))


def _make_schema(engine: Engine, server: Server, number: int) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"create schema council_{number}"))
    upgrade.upgrade(_schema(server, number))


def _schema(server: Server, number: int) -> Engine:
    url = make_url(_url(server, "all_councils")).update_query_dict({"options": f"-csearch_path=council_{number}"})
    return connected_to(url.render_as_string(hide_password=False), poolclass=NullPool)


def _next(engine: Engine) -> None:
    """What a new version does as a rule: look which migrations are due, and add a column."""
    upgrade.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("alter table gaps add column next_word varchar(20)"))


def _asked(engine: Engine, times: int = 200) -> float:
    with engine.connect() as connection:
        return statistics.median(_seconds(lambda: connection.scalar(text(QUERY))) for _ in range(times))


def _dump(server: Server, *arguments: str) -> None:
    command = [server._server.bin_path / "pg_dump", "--format=custom", *arguments]
    subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)


def _url(server: Server, name: str) -> str:
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def processes(folder: Path, server: Server) -> None:
    """Print the memory of a council's own processes, and of one more application in processes of all."""
    index_dir = compiled.real(folder / "content")
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("SIGNPOST_")},
        "SIGNPOST_SECRET_KEY": SECRET,
        "SIGNPOST_TRUSTED_HOSTS": "127.0.0.1",
        "DATABASE_URL": _url(server, "council_1"),
    }
    own = folder / "own"
    own.mkdir()
    (own / "index").symlink_to(index_dir)
    machine = Machine(own, environ)
    began = time.perf_counter()
    machine.start("web", "worker")
    while not _answers(machine.url):
        time.sleep(0.05)
    print(f"\na council's own web and worker: first answer after {time.perf_counter() - began:.1f} s")
    time.sleep(5)
    family = [one for process in machine.running.values() for one in _family(process.pid)]
    print(f"  {sum(map(_pss, family)):.0f} MB of memory that is theirs alone (PSS), in {len(family)} processes")
    worker = psutil.Process(machine.running["worker"].pid)
    before, opened = sum(worker.cpu_times()[:2]), _connections(server, "council_1")
    time.sleep(IDLE_SECONDS)
    share = (sum(worker.cpu_times()[:2]) - before) / IDLE_SECONDS * 100
    print(f"  a worker with nothing to do: {share:.2f}% of a processor; {opened} connections held")
    machine.stop("web", "worker")
    code = "import sys; from benchmarks import councils; councils.together(*sys.argv[1:])"
    urls = [_url(server, f"council_{number}") for number in range(1, 9)]
    subprocess.run([sys.executable, "-c", code, str(index_dir), *urls], check=True)


def together(index_dir: str, *urls: str) -> None:
    """Print what each further council costs in one process, or as the copy of one, once each has shown a page."""
    import webapp.app  # noqa: F401 - so that copies begin with all that is loaded

    logging.disable()
    settings = Settings(secret_key=SECRET, index_dir=Path(index_dir), trusted_hosts=("localhost",), https=False)
    copies = [_copy(replace(settings, database_url=url)) for url in urls]
    each = statistics.median(_pss(pid) for pid in copies)
    for pid in copies:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    print(f"  one more process, copied from one that has everything loaded: {each:.0f} MB")
    memory, took, apps = [_pss(os.getpid())], [], []
    for url in urls:
        began = time.perf_counter()
        apps.append(_shown(replace(settings, database_url=url)))
        took.append(time.perf_counter() - began)
        memory.append(_pss(os.getpid()))
    each = [after - before for before, after in pairwise(memory[1:])]
    print(
        f"  one more application in a process of all: {statistics.median(each):.0f} MB, "
        f"{statistics.median(took[1:]):.1f} s to make; the first is {memory[1]:.0f} MB with all that is loaded"
    )


def _shown(settings: Settings) -> Flask:
    """An application that has shown a page and asked its content."""
    from webapp.app import create_app

    app = create_app(settings)
    assert app.extensions["signpost.content"].current().counts
    assert app.test_client().get("/sign-in").status_code == 200
    return app


def _copy(settings: Settings) -> int:
    """The process that answers for one council, once it has."""
    ready, tell = os.pipe()
    if pid := os.fork():
        os.close(tell)
        assert os.read(ready, 1) == b"1"
        return pid
    kept = _shown(settings)
    os.write(tell, b"1")
    while kept:
        time.sleep(60)
    os._exit(0)


def _connections(server: Server, name: str) -> int:
    with connected_to(_url(server, "postgres"), poolclass=NullPool).connect() as admin:
        return admin.scalar(text("select count(*) from pg_stat_activity where datname = :name"), {"name": name}) or 0


def _family(pid: int) -> list[int]:
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


def _pss(pid: int) -> float:
    """Megabytes: memory that processes share is counted once, in parts."""
    line = next(line for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNCILS)
