"""What counting costs: a search page with metrics, timed queries and their log fields, beside the same page without.

    python -m benchmarks.telemetry [--rounds 400]

One process, each page asked both ways in turn, in processor time, so that a busy machine is busy for both. Ends with
status 1 where counting takes more than 3% of a search page.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any
from unittest.mock import patch

from webapp.telemetry import shared

MOST = 0.03
ADDRESSES = ("/directory?q=walking", "/directory?q=choir&cost=free", "/search?q=falls", "/directory?q=lonely")
KEY = "a key for measuring alone, of no use anywhere else"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.telemetry", description="What counting costs.")
    parser.add_argument("--rounds", type=int, default=400)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        shared.begin(Path(folder))  # as in gunicorn: before anything is counted
        with_it, without = _browsers(Path(folder))
        print("| page | ms | counting, µs | of the page |")
        print("|---|---|---|---|")
        shares = [_measure(address, with_it, without, rounds) for address in ADDRESSES]
    if max(shares) > MOST:
        sys.exit(f"Counting takes {max(shares):.1%} of a search page, more than {MOST:.0%}.")


def _measure(address: str, with_it: Any, without: Any, rounds: int) -> float:
    """The share of a page that counting takes: the middle of the differences between neighbours."""
    plain, more = list[float](), list[float]()
    for number in range(rounds + 20):
        took = {}
        for counts, way in _in_turn(number, address, with_it, without):
            began = thread_time()
            way()
            took[counts] = thread_time() - began
        plain.append(took[False])
        more.append(took[True] - took[False])
    page, counting = median(plain[20:]), median(more[20:])
    print(f"| `{address}` | {page * 1e3:.2f} | {counting * 1e6:.0f} | {counting / page:.2%} |", flush=True)
    return counting / page


def _in_turn(number: int, address: str, with_it: Any, without: Any) -> Iterator[tuple[bool, Callable[[], None]]]:
    """Ask both ways, in the other order each time."""
    from webapp.telemetry import counted

    def one() -> None:
        counted.queued.observe(0.001)  # what the worker of gunicorn adds
        with counted.in_flight.track_inprogress():
            assert with_it.get(address).status_code == 200

    def other() -> None:
        with _off():
            assert without.get(address).status_code == 200

    yield from [(True, one), (False, other)][:: 1 if number % 2 else -1]


def _off() -> ExitStack:
    from webapp.db import timed
    from webapp.telemetry import counted
    from webapp.web import slow

    off = ExitStack()
    off.enter_context(patch.object(counted, "answered", lambda *_: None))
    off.enter_context(patch.object(slow, "page", lambda *_: None))
    off.enter_context(patch.object(timed, "_listeners", []))
    return off


def _browsers(folder: Path) -> tuple[Any, Any]:
    """Somebody at the site as it is, and at one whose cursors are the drivers' own and whose pool is not looked at."""
    from webapp.accounts import demo
    from webapp.app import create_app
    from webapp.config.settings import Settings
    from webapp.db import engine, timed, upgrade
    from webapp.db.engine import db, now
    from webapp.library.build import compile as compiling

    compiling.build(Settings.content_dir, folder / "index", fallback=Settings.content_dir)
    settings = Settings(
        secret_key=KEY,
        database_url=f"sqlite:///{folder / 'site.db'}",
        index_dir=folder / "index",
        state_dir=folder / "state",
        demo=True,
        https=False,
    )
    whole = create_app(settings)
    with whole.app_context():
        upgrade.upgrade(db.engine)
        email = demo.load(db.session, now())[0].email
        db.session.commit()
    with (
        patch.object(timed, "connect_args", lambda is_sqlite: {}),
        patch.object(engine, "_count_connections", lambda engine: None),
    ):
        bare = create_app(settings)
    return _signed_in(whole, email), _signed_in(bare, email)


def _signed_in(app: Any, email: str) -> Any:
    browser = app.test_client()
    browser.get("/sign-in")
    with browser.session_transaction() as session:
        raw = session["csrf_token"]
    with app.test_request_context():
        from itsdangerous import URLSafeTimedSerializer

        token = URLSafeTimedSerializer(KEY, salt="wtf-csrf-token").dumps(raw)
    browser.post("/sign-in/demo", data={"csrf_token": token, "email": email})
    return browser


if __name__ == "__main__":
    main()
