"""A small site to try gaps on: the real vocabularies and updates, and people with roles. Used by neighbouring tests."""

import re
import shutil
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.config import ROOT, Settings
from webapp.db import Base, db, now
from webapp.library import compile as compiler
from webapp.people import User, give_roles

PARTS = ("vocabulary", "updates", "site.yml")
PEOPLE = {
    "amina": ("Amina Yusuf", "gorton-levenshulme", ("practitioner",)),
    "ben": ("Ben Okafor", "ardwick-longsight", ("practitioner",)),
    "cara": ("Cara Whitfield", "", ("commissioner",)),
    "dev": ("Dev Rao", "", ("commissioner",)),
    "edie": ("Edie Marsh", "", ("editor",)),
}


def build_content(folder: Path) -> Path:
    """Compile the vocabularies and updates under `folder`; where the generations are."""
    content = folder / "content"
    for part in PARTS:
        source = ROOT / "content" / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        content.mkdir(exist_ok=True)
        copy(source, content / part)
    compiler.build(content, folder / "index")
    return folder / "index"


def make(database_url: str, index_dir: Path) -> Flask:
    """The site with empty tables and `PEOPLE`."""
    app = create_app(
        Settings(secret_key="x" * 40, database_url=database_url, index_dir=index_dir, demo=True, https=False)
    )
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        Base.metadata.create_all(db.engine)
        for key, (name, team, roles) in PEOPLE.items():
            person = User(email=f"{key}@example.org", name=name, team=team, created_at=now())
            give_roles(person, frozenset(roles))
            db.session.add(person)
        db.session.commit()
    return app


class Visitor:
    """Somebody at a browser. Every page that is not a redirect is checked to be a whole, sound page."""

    def __init__(self, app: Flask, key: str) -> None:
        self.app, self.key = app, key
        self.client: FlaskClient = app.test_client()
        with app.app_context():
            person = self.person()
            token = sign_in.begin(db.session, person, "test", now())
            db.session.commit()
            self.id = person.id
        with self.client.session_transaction() as session:
            session["sign_in"], session["_user_id"], session["_fresh"] = token, str(self.id), True

    def person(self) -> User:
        return db.session.query(User).filter_by(email=f"{self.key}@example.org").one()

    def get(self, path: str, status: int = 200, **kwargs: object) -> str:
        return self._text(self.client.get(path, **kwargs), status)  # type: ignore[arg-type]

    def post(self, path: str, status: int = 303, **fields: object) -> TestResponse:
        response = self.client.post(path, data=fields)
        self._text(response, status)
        return response

    def sends(self, path: str, **fields: object) -> str:
        """Send a form and follow where it leads."""
        response = self.post(path, **fields)
        return self.get(response.location)

    def _text(self, response: TestResponse, status: int) -> str:
        text = response.get_data(as_text=True)
        assert response.status_code == status, f"{response.status}: {text[-2000:]}"
        if text.startswith("<!doctype html>") and status != 303:
            check_page(text)
        return text


def check_page(html: str) -> None:
    """One h1, which the title begins with; no id twice; no inline script or style."""
    heads = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert len(heads) == 1, f"{len(heads)} h1 elements"
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title
    assert title[1].removeprefix("Error: ").startswith(re.sub(r"<[^>]+>", "", heads[0]).strip())
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), f"twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)', html)
    assert "None" not in re.sub(r"<[^>]+>", " ", html), "a page says None"


def form_ids(html: str) -> list[str]:
    """The one-time ids of the forms on a page."""
    return re.findall(r'name="form_id" value="([0-9a-f]{32})"', html)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")
