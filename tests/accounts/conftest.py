"""A small site with one person for each role, browsers to drive, and a clock that only moves when told."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.support.clock import Clock, stopped
from tests.support.databases import Database, Postgresql
from webapp.accounts import administration, passwords
from webapp.app import create_app
from webapp.config.settings import ROOT, Settings
from webapp.db import driver
from webapp.db.engine import Base, db
from webapp.library.build import compile as compiler
from webapp.people.models import User

PASSWORD = "teapot lantern gravel"
NAMES = {
    "practitioner": "Amina Yusuf",
    "facilitator": "Ben Okafor",
    "commissioner": "Cara Whitfield",
    "editor": "Edie Marsh",
    "admin": "Gita Rao",
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, datetime(2026, 3, 3, 10, 30, tzinfo=UTC))


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2id with the least work: tests sign in hundreds of times."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture(scope="session")
def vocabulary_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generations of a site without pages. Not called `index_dir`: what is made once a run would be made of it."""
    content = tmp_path_factory.mktemp("site") / "content"
    shutil.copytree(ROOT / "content" / "vocabulary", content / "vocabulary")
    shutil.copy(ROOT / "content" / "site.yml", content)
    compiler.build(content, content.parent / "index")
    return content.parent / "index"


@pytest.fixture(scope="session")
def kept_sites() -> Iterator[dict[tuple[str, bool], Flask]]:
    """The sites of this run, by database and whether they are demonstrations: their templates stay compiled."""
    made: dict[tuple[str, bool], Flask] = {}
    yield made
    for app in made.values():
        let_go(app)


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('accounts') / 'test.db'}"


@pytest.fixture
def make_site(
    sqlite_url: str, vocabulary_alone: Path, kept_sites: dict[tuple[str, bool], Flask]
) -> Iterator[Callable[..., Flask]]:
    """The site with empty tables and the five people of `NAMES`.

    One that is not `fresh` is another process of it; to one that is `alone` a test may add routes.
    """
    others: list[Flask] = []

    def make(database_url: str = sqlite_url, demo: bool = False, fresh: bool = True, alone: bool = False) -> Flask:
        settings = Settings(
            secret_key="k" * 40,
            database_url=database_url,
            index_dir=vocabulary_alone,
            demo=demo,
            https=False,
            trusted_hosts=("localhost",),
        )
        if alone or not fresh:
            app = create_app(settings)
            others.append(app)
        else:
            app = kept_sites.get((database_url, demo)) or create_app(settings)
            kept_sites[database_url, demo] = app
        app.testing = True
        if fresh:
            people_alone(app, database_url)
        return app

    yield make
    for app in [*others, *kept_sites.values()]:
        let_go(app)


def people_alone(app: Flask, database_url: str) -> None:
    """Write the people of `NAMES` to its database, in which there is nothing, and may be no table."""
    file = Path(database_url.removeprefix("sqlite:///"))
    first = file.with_name("first.db")
    if database_url.startswith("sqlite") and first.exists():
        shutil.copyfile(first, file)
        return
    with app.app_context():
        Base.metadata.create_all(db.engine)
        add_people(db.session)
    if database_url.startswith("sqlite"):
        let_go(app)
        with closing(driver.sqlite.connect(file)) as whole, closing(driver.sqlite.connect(first)) as copy:
            whole.backup(copy)


def let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def add_people(session: Session) -> None:
    for role, name in NAMES.items():
        administration.add(
            session,
            email=email_of(role),
            name=name,
            roles=frozenset({role}),
            team="gorton-levenshulme",
            password=PASSWORD,
            by=None,
            now=datetime(2026, 1, 5, 9, tzinfo=UTC),
        )
    session.commit()


def email_of(role: str) -> str:
    return f"{NAMES[role].split()[0].lower()}@example.org"


@pytest.fixture
def site(make_site: Callable[..., Flask], clock: Clock) -> Flask:
    return make_site()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_site(
    request: pytest.FixtureRequest,
    make_site: Callable[..., Flask],
    databases: Callable[[str], Database],
    clock: Clock,
) -> Flask:
    """The site on each of the two databases in turn."""
    if request.param == "sqlite":
        return make_site()
    database = databases("postgresql")
    assert isinstance(database, Postgresql)
    database.empty()
    return make_site(database.url)


class Browser:
    """Somebody's browser: keeps cookies, sends the form's token, checks that each page is a sound one."""

    def __init__(self, app: Flask, agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537") -> None:
        self.client = app.test_client()
        self.headers = {"User-Agent": agent}

    def get(self, path: str, status: int = 200, **headers: str) -> TestResponse:
        return self._checked(self.client.get(path, headers={**self.headers, **headers}), status)

    def post(
        self, path: str, fields: dict[str, object] | None = None, status: int = 303, **headers: str
    ) -> TestResponse:
        fields = dict(fields or {})
        if "csrf_token" not in fields:
            fields["csrf_token"] = self.token()
        return self._checked(self.client.post(path, data=fields, headers={**self.headers, **headers}), status)

    def token(self) -> str:
        """The token of any form: of the sign-in page, or of the header once signed in."""
        for path in ("/sign-in", "/account", "/account/second-factor"):
            if found := re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(path).text):
                return found[1]
        raise AssertionError("no page had a form to take a token from")

    def sign_in(
        self, role: str = "practitioner", password: str = PASSWORD, status: int = 303, **fields: object
    ) -> TestResponse:
        return self.post("/sign-in", {"email": email_of(role), "password": password, **fields}, status)

    def is_in(self) -> bool:
        return self.client.get("/account", headers=self.headers).status_code == 200

    def _checked(self, response: TestResponse, status: int) -> TestResponse:
        assert response.status_code == status, (
            f"{response.status} {response.headers.get('Location')}\n{response.text[-2000:]}"
        )
        if response.text.startswith("<!doctype html>") and status != 303:
            check_page(response.text)
        return response


def check_page(html: str) -> None:
    """One h1, which the title begins with; no id twice; nothing inline."""
    heads = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title
    assert len(heads) == 1
    assert title[1].removeprefix("Error: ").startswith(heads[0].strip())
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), f"twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)', html)


@pytest.fixture
def browser(site: Flask) -> Callable[..., Browser]:
    """Open a browser; with a role, signed in as the person who has it."""

    def open_one(role: str | None = None, agent: str | None = None) -> Browser:
        one = Browser(site, agent) if agent else Browser(site)
        if role:
            one.sign_in(role)
        return one

    return open_one


@pytest.fixture
def person(site: Flask) -> Callable[[str], User]:
    """Look somebody up by their role. Use inside `with site.app_context()`."""
    return lambda role: db.session.query(User).filter_by(email=email_of(role)).one()
