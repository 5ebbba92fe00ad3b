"""The worker is killed in the middle of sending fifty times: no message is lost, and none is sent twice.

Fifty for each way of sending, shared out between the two databases.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tests.messages.conftest import NOTIFY_KEY, TEMPLATE
from tests.support.databases import Database
from tests.support.mail import MailServer, NotifyServer
from tests.support.mortal_worker import Nursery, postman_of
from webapp.db.engine import now, prepare_sqlite
from webapp.mail import outbox
from webapp.mail.outbox import EMAIL, SENT, UNSURE, Message

KILLS = {"sqlite": 30, "postgresql": 20}
KILLS_OF_BOTH = 8  # sender and postman, on each database
LETTERS_A_KILL = 6  # enough that some are left when the last sender is killed


class Killer:
    """Kills the sender whose turn it is: at a random moment, or when a server says that now is the worst."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pid: int | None = None
        self.also_postman = False
        self.lock = threading.Lock()

    def kill(self) -> None:
        with self.lock:
            pid, self.pid = self.pid, None
            if pid is None:
                return
            postman = postman_of(pid) if self.also_postman else None
            os.kill(pid, signal.SIGKILL)
            if postman:
                os.kill(postman, signal.SIGKILL)

    def now_or_soon(self) -> None:
        """While a letter is being taken: now, or once the answer is under way, or not this time."""
        kind = self.chance.random()
        if kind < 0.15:
            self.kill()
        elif kind < 0.3:
            threading.Timer(self.chance.uniform(0, 0.02), self.kill).start()

    def run(self, nursery: Nursery, kills: int) -> None:
        for _ in range(kills):
            self.pid = nursery.begin()
            threading.Timer(self.chance.uniform(0, 0.6), self.kill).start()
            assert nursery.ended() == -signal.SIGKILL, "there were too few messages to be killed over"
        nursery.begin()
        assert nursery.ended() == 0


@pytest.fixture
def kills(database: Database) -> int:
    return KILLS[make_url(database.url).get_backend_name()]


@pytest.fixture
def references(database: Database, kills: int) -> list[str]:
    """What each of the messages that wait is known by."""
    with _session(database) as session:
        for number in range(kills * LETTERS_A_KILL):
            outbox.tell(
                session,
                now=now(),
                to=[1],
                topic="gap-answered",
                subject=("gap", "GAP-0003"),
                text="GAP-0003 has an answer.",
                path="/gaps/GAP-0003",
                key=f"gap:{number}",
            )
        session.commit()
        return [ref for ref in session.scalars(select(Message.reference).where(Message.channel == EMAIL)) if ref]


def test_by_smtp_none_is_lost_and_none_is_sent_twice(
    database: Database, kills: int, references: list[str], mail_server: MailServer, tmp_path: Path
) -> None:
    killer = Killer(1)
    mail_server.while_taking, mail_server.seconds = killer.now_or_soon, 0.005
    with Nursery(**_by_smtp(database, mail_server, tmp_path)) as nursery:
        killer.run(nursery, kills)
    assert Counter(_known_by(mail_server)) == Counter(references)
    assert _states(database) == {SENT: len(references)}


def test_by_notify_none_is_lost_and_none_is_sent_twice(
    database: Database, kills: int, references: list[str], notify_server: NotifyServer
) -> None:
    killer = Killer(2)
    notify_server.after_taking = killer.now_or_soon
    notify = {"api_key": NOTIFY_KEY, "template_id": TEMPLATE, "url": notify_server.url}
    with Nursery(url=database.url, notify=notify) as nursery:
        killer.run(nursery, kills)
    assert Counter(notify_server.references) == Counter(references)
    assert notify_server.asked, "what was left open must be looked up before it is sent again"
    assert _states(database) == {SENT: len(references)}


def test_where_the_postman_dies_too_none_is_sent_twice_and_every_doubt_is_named(
    database: Database, references: list[str], mail_server: MailServer, tmp_path: Path
) -> None:
    killer = Killer(3)
    killer.also_postman = True
    mail_server.while_taking, mail_server.seconds = killer.now_or_soon, 0.005
    with Nursery(**_by_smtp(database, mail_server, tmp_path)) as nursery:
        killer.run(nursery, KILLS_OF_BOTH)
    taken = Counter(_known_by(mail_server))
    assert max(taken.values()) == 1
    with _session(database) as session:
        unsure = set(session.scalars(select(Message.reference).where(Message.state == UNSURE)))
    assert set(references) - set(taken) <= unsure, "what did not arrive must not be taken for sent"
    states = _states(database)
    assert states[SENT] + states.get(UNSURE, 0) == len(references)
    assert len(unsure) <= KILLS_OF_BOTH, "at most the one letter in hand at each kill"


def _by_smtp(database: Database, server: MailServer, folder: Path) -> dict[str, object]:
    smtp = {"sender": "signpost@council.example", "host": "127.0.0.1", "port": server.port, "tls": "none"}
    return {"url": database.url, "smtp": smtp, "folder": str(folder)}


def _known_by(server: MailServer) -> list[str]:
    time.sleep(0.1)
    return [message_id.strip("<>").partition("@")[0] for message_id in server.ids]


def _states(database: Database) -> dict[str, int]:
    with _session(database) as session:
        by_state = select(Message.state, func.count()).where(Message.channel == EMAIL).group_by(Message.state)
        return {row[0]: row[1] for row in session.execute(by_state)}


def _session(database: Database) -> Session:
    engine = create_engine(database.url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    return Session(engine)
