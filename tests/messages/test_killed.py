"""The worker is killed in the middle of sending, at random and at the worst moments: no message is sent twice.

By Notify none is lost either. A mail server cannot be asked, so there every message in doubt is named.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import NullPool, func, select
from sqlalchemy.orm import Session

from tests.messages.conftest import NOTIFY_KEY, TEMPLATE
from tests.support.databases import Database
from tests.support.mail import MailServer, NotifyServer
from tests.support.mortal_worker import Nursery
from webapp.db.engine import connected_to, now
from webapp.mail import outbox
from webapp.mail.outbox import EMAIL, SENT, UNSURE, Message

pytestmark = pytest.mark.both_databases


KILLS = 8  # on each database, by each way of sending
LETTERS_A_KILL = 6  # enough that some are left when the last sender is killed


class Killer:
    """Kills the sender whose turn it is, over one of its first letters: while it is being taken, or just after."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pid: int | None = None
        self.letters = 0  # that this one may still hand over
        self.lock = threading.Lock()

    def kill(self) -> None:
        with self.lock:
            pid, self.pid = self.pid, None
        if pid is not None:
            os.kill(pid, signal.SIGKILL)

    def while_taking(self) -> None:
        """A server has a letter and has not yet said so: the worst moment. Half die now, half as they are told."""
        self.letters -= 1
        if self.letters == 0:
            now_or_soon = (0.0, self.chance.uniform(0, 0.02))[self.chance.random() < 0.5]
            threading.Timer(now_or_soon, self.kill).start() if now_or_soon else self.kill()

    def run(self, nursery: Nursery, kills: int) -> None:
        for _ in range(kills):
            self.letters = self.chance.randint(1, 4)
            self.pid = nursery.begin()
            assert nursery.ended() == -signal.SIGKILL, "there were too few messages to be killed over"
        nursery.begin()
        assert nursery.ended() == 0


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as ready:
        yield ready


@pytest.fixture
def references(database: Database) -> list[str]:
    """What each of the messages that wait is known by."""
    with _session(database) as session:
        for number in range(KILLS * LETTERS_A_KILL):
            outbox.enqueue(
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


def test_by_smtp_none_is_sent_twice_and_every_doubt_is_named(
    database: Database, references: list[str], mail_server: MailServer, nursery: Nursery
) -> None:
    killer = Killer(1)
    mail_server.while_taking, mail_server.seconds = killer.while_taking, 0.005
    nursery.work(**_by_smtp(database, mail_server))
    killer.run(nursery, KILLS)
    taken = Counter(_known_by(mail_server))
    assert max(taken.values()) == 1
    with _session(database) as session:
        unsure = set(session.scalars(select(Message.reference).where(Message.state == UNSURE)))
    assert set(references) - set(taken) <= unsure, "what did not arrive must not be taken for sent"
    states = _states(database)
    assert states[SENT] + states.get(UNSURE, 0) == len(references)
    assert len(unsure) <= KILLS, "at most the one letter in hand at each kill"


def test_by_notify_none_is_lost_and_none_is_sent_twice(
    database: Database, references: list[str], notify_server: NotifyServer, nursery: Nursery
) -> None:
    killer = Killer(2)
    notify_server.after_taking = killer.while_taking
    notify = {"api_key": NOTIFY_KEY, "template_id": TEMPLATE, "url": notify_server.url}
    nursery.work(url=database.url, notify=notify)
    killer.run(nursery, KILLS)
    assert Counter(notify_server.references) == Counter(references)
    assert notify_server.asked, "what was left open must be looked up before it is sent again"
    assert _states(database) == {SENT: len(references)}


def _by_smtp(database: Database, server: MailServer) -> dict[str, object]:
    smtp = {"sender": "signpost@council.example", "host": "127.0.0.1", "port": server.port, "tls": "none"}
    return {"url": database.url, "smtp": smtp}


def _known_by(server: MailServer) -> list[str]:
    time.sleep(0.1)
    return [message_id.strip("<>").partition("@")[0] for message_id in server.ids]


def _states(database: Database) -> dict[str, int]:
    with _session(database) as session:
        by_state = select(Message.state, func.count()).where(Message.channel == EMAIL).group_by(Message.state)
        return {row[0]: row[1] for row in session.execute(by_state)}


def _session(database: Database) -> Session:
    engine = connected_to(database.url, poolclass=NullPool)
    return Session(engine)
