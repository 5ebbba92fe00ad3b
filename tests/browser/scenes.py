"""Sites in states that the demonstration is never in: empty, crowded, broken, being written.

Each lives in this process with a database of its own. What it answers is shown at an address of the running site, which
has the same style sheet and scripts.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import InternalServerError

from tests.browser import history
from tests.feeds import was_read
from tests.support import repository
from tests.support.client import Answer, Client
from tests.support.corpus import Corpus
from tests.support.databases import Sqlite
from tests.support.people import PEOPLE, ROLES
from webapp.accounts import administration, second_factor, sign_in
from webapp.app import create_app
from webapp.cli import server
from webapp.config.identity_provider import IdentityProvider
from webapp.config.mail_transport import Smtp
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access

LONG_AGO = {"date": "2025-01-06", "by": "Wythenshawe neighbourhood team"}
ADDRESS = "hello@walkers.test"


class Scene:
    """One such site. `names` are what its addresses may say, `{merged}` for one."""

    def __init__(self, folder: Path, index_dir: Path, name: str = "") -> None:
        folder.mkdir()
        database = Sqlite(folder)
        database.reset()
        self.settings = Settings(
            secret_key="for the scenes of the browser, and long enough",
            database_url=database.url,
            index_dir=index_dir,
            content_dir=index_dir.parent / "content",
            trusted_hosts=("localhost",),
            https=False,
        )
        self.app: Flask = create_app(self.settings)
        self.app.testing = name != "broken"
        self.names: dict[str, str] = {}

    def person(self, name: str | None) -> Client:
        """A browser of its own for one of PEOPLE, or for somebody signed out."""
        if name is None:
            return Client(self.app)
        person = PEOPLE[name]
        with self.app.app_context():
            token = sign_in.begin(db.session, db.session.get_one(User, person.id), "Firefox on Linux", now())
            db.session.commit()
        return Client(self.app, name, token, person.id)

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


class Scenes:
    """Makes each scene when it is first asked for."""

    def __init__(self, folder: Path, index_dir: Path) -> None:
        self._folder, self._index_dir = folder, index_dir
        self._failed: dict[str, Exception] = {}

    def answer(self, scene: str, role: str | None, path: str, act: Callable[[Answer], Answer] | None) -> Answer:
        """What somebody of `role` sees at `path`, after they did `act` there."""
        site = self._scene(scene)
        answer = site.person(ROLES[role] if role else None).get(path.format(**site.names), status=range(200, 600))
        if act:
            answer = act(answer)
        return answer.follow() if 300 <= answer.status < 400 else answer

    def _scene(self, name: str) -> Scene:
        """It is made once; where that failed, everything that needs it says why."""
        if name in self._failed:
            raise self._failed[name]
        try:
            made: Scene = getattr(self, name)
        except Exception as fault:
            self._failed[name] = fault
            raise
        return made

    def close(self) -> None:
        for name in ("bare", "busy", "council", "small", "written", "broken", "unready"):
            if name in self.__dict__:
                self.__dict__[name].close()

    @cached_property
    def bare(self) -> Scene:
        """Nobody has written or done anything yet."""
        corpus = Corpus(self._new("bare"))
        corpus.build()
        return Scene(self._folder / "bare-site", corpus.index_dir)

    @cached_property
    def busy(self) -> Scene:
        """Everything has happened, and whoever wrote about it had a lot to say."""
        scene = Scene(self._folder / "busy", self._index_dir)
        history.live(scene)
        return scene

    @cached_property
    def council(self) -> Scene:
        """People sign in with a work account. Priya sets up codes from her phone, the stranger was stopped."""
        scene = Scene(self._folder / "council", self._index_dir)
        provider = IdentityProvider("https://id.example", "signpost", "secret", name="your council account")
        mail = Smtp("signpost@example.org", "127.0.0.1", 25)
        told = replace(scene.settings, single_sign_on=provider, base_url="http://localhost", mail=mail)
        scene.app.extensions["signpost.settings"] = told
        with scene.app.app_context():
            second_factor.start(db.session, PEOPLE["priya"].id, told.secret_key, now())
            stranger = db.session.get_one(User, PEOPLE["stranger"].id)
            administration.disable(db.session, stranger, reason="left", by=PEOPLE["ada"].id, now=now())
            db.session.commit()
        return scene

    @cached_property
    def small(self) -> Scene:
        """One listing, whose organisation is asked whether it is right: its link is fresh or too old. Two feeds.

        The content is in a repository, and an editor has a draft of the listing.
        """
        from webapp.upkeep import organisations

        corpus = Corpus(self._new("small"))
        corpus.asset("walk", verified=LONG_AGO, contacts=[{"email": ADDRESS, "phone": "0161 496 0123"}])
        corpus.build()
        was_read.two_feeds(corpus.content, corpus.index_dir, now())
        scene = Scene(self._folder / "small-site", corpus.index_dir)
        token = organisations.token(scene.app.secret_key, "/directory/walk", ADDRESS)
        signer = organisations._signer(scene.app.secret_key)
        old = signer.make_signer(salt="still-right")
        old.get_timestamp = lambda: int((now() - timedelta(days=40)).timestamp())
        held = organisations.read(scene.app.secret_key, token)
        scene.names = {"link": token, "old": old.sign(signer.dump_payload(held)).decode()}
        repository.begin(corpus.content.parent)
        file = scene.person("ed").get("/editor/files/assets/citywide/walk.md")
        assert file.send("Save this change", do="share").status == 303
        return scene

    @cached_property
    def written(self) -> Scene:
        """What whoever writes sees on their own machine: a draft, and a page with a fault."""
        corpus = Corpus(self._new("written"), assets=1)
        corpus.toolkit("draft", draft=True)
        corpus.toolkit("faulty", adress="x" * 300)
        scene = Scene(self._folder / "written-site", corpus.index_dir)
        scene.app.extensions["signpost.settings"] = replace(scene.settings, content_dir=corpus.content)
        server.build(server.preview(scene.app))
        return scene

    @cached_property
    def broken(self) -> Scene:
        """Its home page fails."""
        scene = Scene(self._folder / "broken", self._index_dir, "broken")

        def fail() -> str:
            raise InternalServerError

        fail.access_rule = access.rule_of(scene.app, "search.home")  # type: ignore[attr-defined]
        scene.app.view_functions["search.home"] = fail
        return scene

    @cached_property
    def unready(self) -> Scene:
        """Its content has never been compiled."""
        return Scene(self._folder / "unready", self._new("nothing"))

    def _new(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir()
        return folder
