"""The database is restarted: it hangs up in the middle, and lets nobody in for a moment. Who reads does not notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.support.client import Client, filled
from webapp.db import restarts
from webapp.db.engine import db
from webapp.web import errors

GONE = "connection failed: Connection refused"


@contextmanager
def hanging_up(app: Flask, times: int) -> Iterator[list[str]]:
    """The server hangs up at so many statements; which those were."""
    with app.app_context():
        engine = db.engine
    met: list[str] = []

    def before(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if len(met) < times:
            met.append(statement)
            raise OperationalError("", None, OSError(), connection_invalidated=True)

    event.listen(engine, "before_cursor_execute", before)
    yield met
    event.remove(engine, "before_cursor_execute", before)


def test_a_page_is_made_again_and_a_form_is_given_back(app: Flask, priya: Client):
    with hanging_up(app, 2) as met:
        assert priya.get("/gaps").h1
    assert len(met) == 2
    with hanging_up(app, errors.ONCE_MORE + 1):
        assert priya.get("/gaps", status=503).h1 == "Signpost cannot be read just now"
    form_id = filled(priya.get("/gaps/new").form("/gaps/new"))["form_id"]
    with hanging_up(app, 1):
        answer = priya.post("/gaps/new", {"needed": "A choir", "place": "citywide", "form_id": form_id}, status=503)
    assert "A choir" in answer.words


def test_what_was_answered_is_answered_though_it_hangs_up_afterwards(
    app: Flask, priya: Client, monkeypatch: pytest.MonkeyPatch
):
    usual = Session.close

    def close(session: Session) -> None:
        usual(session)
        raise OperationalError("", None, OSError(), connection_invalidated=True)

    monkeypatch.setattr(Session, "close", close)
    priya.get("/gaps", status=200)


class Server:
    """Lets nobody in the first `times`, saying `said`."""

    def __init__(self, times: int, said: str) -> None:
        self.left, self.said = times, said

    def connect(self, *_: Any, **__: Any) -> Any:
        if not self.left:
            raise KeyError("in")
        self.left -= 1
        raise psycopg.OperationalError(self.said)


@pytest.fixture
def connecting(monkeypatch: pytest.MonkeyPatch) -> Callable[[Server], None]:
    monkeypatch.setattr(restarts, "LOOK_AGAIN", 0)

    def connect(server: Server) -> None:
        engine = create_engine("postgresql+psycopg://")
        monkeypatch.setattr(engine.dialect, "connect", server.connect)
        restarts.bridge(engine, lambda connection: None)
        engine.connect()

    return connect


@pytest.mark.parametrize("said", [GONE, "FATAL:  the database system is starting up"])
def test_whoever_needs_a_connection_waits_until_it_is_back(connecting: Callable[[Server], None], said: str):
    with pytest.raises(KeyError, match="in"):
        connecting(Server(5, said))


def test_nobody_waits_for_what_will_not_pass_or_takes_long(
    connecting: Callable[[Server], None], monkeypatch: pytest.MonkeyPatch
):
    refusing = Server(5, "FATAL:  password authentication failed")
    with pytest.raises(OperationalError):
        connecting(refusing)
    assert refusing.left == 4
    monkeypatch.setattr(restarts, "RESTART_SECONDS", 0)
    away = Server(5, GONE)
    with pytest.raises(OperationalError):
        connecting(away)
    assert away.left == 4
