"""The demonstration on this machine's loopback, in this process, for scanners: somebody of each role signed in."""

import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, got_request_exception
from sqlalchemy import select
from werkzeug.serving import make_server

from tests.support import compiled
from tests.support.chromium import EMAILS
from tests.support.client import Client
from tests.support.databases import fresh, stamp
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.cli.demo import load_demo
from webapp.config.settings import Settings
from webapp.db.engine import Base, db, now
from webapp.people.models import User

LONGEST_FORM = 1_000_000
ENDS_A_SIGN_IN = re.compile(r"/sign-out|/account/sign-ins/|/account/password|/second-factor")
QUIET = ("werkzeug", "signpost.requests")


class Target:
    """An app served at `url`, without a slash at its end. `failed` says of each answer of 500 why."""

    def __init__(self, app: Flask) -> None:
        self.app, self.failed = app, list[str]()
        app.config["PROPAGATE_EXCEPTIONS"] = False
        got_request_exception.connect(self._note, app)
        app.logger.disabled = True  # what went wrong is in `failed`
        for name in QUIET:
            logging.getLogger(name).disabled = True
        self._server = make_server("127.0.0.1", 0, with_new_form_ids(app), threaded=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _note(self, sender: Flask, exception: BaseException) -> None:
        from flask import request

        self.failed.append(f"{request.method} {request.full_path[:300]}: {type(exception).__name__}: {exception}"[:600])

    def close(self) -> None:
        self._server.shutdown()
        got_request_exception.disconnect(self._note, self.app)


def with_new_form_ids(site: WSGIApplication) -> WSGIApplication:
    """`site`, for which every form that is sent is a new one: a scanner sends the same page's form a thousand times."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), LONGEST_FORM))
            if b"form_id=" in body:
                pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
                body = urlencode(
                    [(n, uuid4().hex if n == "form_id" else v) for n, v in pairs], encoding="latin-1"
                ).encode("latin-1")
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return site(environ, start)

    return answer


@contextmanager
def demonstration(plant: Callable[[Flask], None] = lambda app: None) -> Iterator[Target]:
    """The site with its own content and the history of the demonstration. `plant` may add faults to it."""
    with TemporaryDirectory() as folder:
        index_dir = compiled.real(Path(folder) / "content")
        settings = Settings(
            secret_key="for those who attack it here, and long enough",
            database_url=fresh("sqlite", "attacked", Path(folder)),
            index_dir=index_dir,
            content_dir=index_dir.parent / "content",
            state_dir=Path(folder),
            trusted_hosts=("127.0.0.1", "localhost"),
            https=False,
            demo=True,
            open_referral=True,
        )
        app = create_app(settings)
        plant(app)
        with app.app_context():
            connection = db.session.connection(execution_options={"writes": True})
            Base.metadata.create_all(connection)
            stamp(connection)
            db.session.commit()
            load_demo()
        target = Target(app)
        try:
            yield target
        finally:
            target.close()
            with app.app_context():
                db.engine.dispose()


def signed_in(target: Target, role: str | None, email: str = "") -> Client:
    """Somebody of `role` of the demonstration at a browser of their own; None is somebody who is not signed in.

    `email` is of whoever is meant, where it is not the first of the role.
    """
    if role is None:
        return Client(target.app, "someone signed out")
    with target.app.app_context():
        db.session.connection(execution_options={"writes": True})
        person = db.session.scalars(select(User).where(User.email == (email or EMAILS[role]))).unique().one()
        token = sign_in.begin(db.session, person, "Firefox on Linux", now())
        db.session.commit()
        return Client(target.app, role, token, person.id)


def cookies_of(person: Client) -> dict[str, str]:
    """What the browser of `person` sends with each request."""
    return {cookie.key: cookie.value for cookie in person.http._cookies.values()}  # type: ignore[union-attr]
