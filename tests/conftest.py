"""Fixtures that every test may use: the real content compiled, both databases, and people at their browsers.

A test that asks for `app`, `client` or a person gets an empty database that knows `support.people.PEOPLE`: SQLite for
one half of the tests, PostgreSQL for the other, by the test's name, so that each feature is tried on both. Where the
databases may differ (locks, races, counts, dates) a module says `pytestmark = pytest.mark.both_databases`. With
SIGNPOST_TEST_DATABASES=both every test runs on both. A module that writes nothing may say `reads_only`, and a long walk
through the whole site `one_database`: they run once, on SQLite.
"""

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.support import compiled, in_memory, thrift
from tests.support.client import Client
from tests.support.databases import KINDS, Database, Postgresql, Sqlite
from tests.support.people import PEOPLE
from webapp.accounts import sign_in
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.library.generation.reader import Generation, Reader
from webapp.machines import machine_clock
from webapp.people.models import User

in_memory.use()
thrift.use()
SECRET = "for tests alone, and long enough to be taken"
# Files are shared out between processes in this order, so that no process is left alone with a long one at the end.
LONG = (
    "machines/test_drill.py",
    "messages/test_killed.py",
    "browser/test_accessible.py",
    "browser/test_keyboard.py",
    "test_faults.py",
    "browser/",
    "test_routes.py",
    "test_pages.py",
    "privacy/",
    "library/",
    "upkeep/",
    "syncing/",
)


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(shared_folder: Path) -> None:
    """Templates are compiled once for a run, not by each app of each of its processes."""
    folder = shared_folder / "templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        metafunc.parametrize("database", _kinds_for(metafunc.definition), indirect=True)


def _kinds_for(test: pytest.Item) -> Sequence[str]:
    """The kinds of database that `test` runs on."""
    if any(map(test.get_closest_marker, ("reads_only", "one_database"))):
        return KINDS[:1]
    if test.get_closest_marker("both_databases") or os.environ.get("SIGNPOST_TEST_DATABASES") == "both":
        return KINDS
    return [KINDS[zlib.crc32(test.nodeid.encode()) % len(KINDS)]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """Where its file stands in LONG, or after all of them."""
    name = item.nodeid.removeprefix("tests/")
    return next((place for place, start in enumerate(LONG) if name.startswith(start)), len(LONG))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def index_dir(shared_folder: Path) -> Path:
    """The generations of the real content. Read only: take a copy to change anything."""
    return compiled.real(shared_folder / "real-content")


@pytest.fixture(scope="session")
def content(index_dir: Path) -> Generation:
    """The real content, compiled."""
    return Reader(index_dir).current()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Database]]:
    """Each kind of database, made when it is first asked for."""
    made: dict[str, Database] = {}
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")

    def get(kind: str) -> Database:
        if kind not in made:
            made[kind] = Sqlite(tmp_path_factory.mktemp("sqlite")) if kind == "sqlite" else Postgresql(worker)
        return made[kind]

    yield get
    for database in made.values():
        database.close()


@pytest.fixture(scope="session")
def apps(index_dir: Path) -> Iterator[dict[str, Flask]]:
    """One app a database for the whole run: its templates stay compiled."""
    made: dict[str, Flask] = {}
    yield made
    with ExitStack() as leaving:
        for app in made.values():
            leaving.callback(_let_go, app)


@pytest.fixture
def database(
    request: pytest.FixtureRequest, databases: Callable[[str], Database], apps: dict[str, Flask]
) -> Iterator[Database]:
    """An empty database with every table and everyone of PEOPLE. `database.url` is its address."""
    wanted = databases(request.param)
    if wanted.url in apps and request.param == "sqlite":
        _let_go(apps[wanted.url])
    wanted.reset()
    yield wanted
    if left := wanted.left_open():
        pytest.fail(f"a transaction was left open after {left}: end it, or the next writer waits for ever")


@pytest.fixture
def settings(database: Database, index_dir: Path) -> Settings:
    """The settings of `app`. A module that needs others has a fixture of this name, with `replace(settings, …)`.

    What the app only reads as it is made (https, proxies, demo, map tiles) needs one of its own: `create_app(…)`.
    """
    return Settings(
        secret_key=SECRET,
        database_url=database.url,
        index_dir=index_dir,
        content_dir=index_dir.parent / "content",
        # The generations are read by all processes of a run; what a site notes for itself is each one's own.
        state_dir=index_dir.parent / f"state-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}",
        trusted_hosts=("localhost",),
        https=False,
    )


@pytest.fixture
def app(settings: Settings, apps: dict[str, Flask]) -> Flask:
    """The site, with its forms' tokens and all other guards on. It is made once a database, and given its settings."""
    from webapp.app import create_app  # here, so that tests of the library need no site

    if settings.database_url not in apps:
        made = create_app(settings)
        made.testing = True
        apps[settings.database_url] = made
    made = apps[settings.database_url]
    (settings.state_dir / machine_clock.FILE).unlink(missing_ok=True)  # each test has a time of its own
    made.extensions["signpost.settings"] = settings
    made.extensions["signpost.content"] = _reader(settings.index_dir)
    return made


@lru_cache(maxsize=8)
def _reader(index_dir: Path) -> Reader:
    return Reader(index_dir)


@pytest.fixture
def client(app: Flask) -> Client:
    """Somebody who is not signed in."""
    return Client(app, "someone signed out")


@pytest.fixture
def browser_of(app: Flask) -> Callable[[str], Client]:
    """A browser at which one of PEOPLE is signed in: `browser_of("priya")`. Each call is another browser."""

    def sign_in_as(name: str) -> Client:
        person = PEOPLE[name]
        with app.app_context():
            token = sign_in.begin(db.session, db.session.get_one(User, person.id), "Firefox on Linux", now())
            db.session.commit()
        return Client(app, name, token, person.id)

    return sign_in_as


@pytest.fixture
def priya(browser_of: Callable[[str], Client]) -> Client:
    """A practitioner."""
    return browser_of("priya")


@pytest.fixture
def femi(browser_of: Callable[[str], Client]) -> Client:
    """A facilitator of a Community of Practice."""
    return browser_of("femi")


@pytest.fixture
def carol(browser_of: Callable[[str], Client]) -> Client:
    """A commissioner."""
    return browser_of("carol")


@pytest.fixture
def ed(browser_of: Callable[[str], Client]) -> Client:
    """A content editor."""
    return browser_of("ed")


@pytest.fixture
def ada(browser_of: Callable[[str], Client]) -> Client:
    """An administrator."""
    return browser_of("ada")


@pytest.fixture
def lena(browser_of: Callable[[str], Client]) -> Client:
    """The lead of two workstreams."""
    return browser_of("lena")


@pytest.fixture
def connie(browser_of: Callable[[str], Client]) -> Client:
    """The convener of two teams."""
    return browser_of("connie")


@pytest.fixture
def stranger(browser_of: Callable[[str], Client]) -> Client:
    """A practitioner of another team, to whom nothing belongs."""
    return browser_of("stranger")


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
