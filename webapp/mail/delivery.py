"""One round of sending: settle what an earlier round left open, then hand over what is due, one letter at a time.

A row is claimed in a commit of its own before anything leaves the machine, and settled in another afterwards. Between
the two it stands as `sending`, and only what its carrier finds out can move it on. See docs/decisions/messages.md.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from webapp.mail import letters, preferences
from webapp.mail.carrier import Carrier, DeliveryOutcome, Fate
from webapp.mail.letters import Letter, Letterhead
from webapp.mail.outbox import DROPPED, EMAIL, FAILED, SENDING, SENT, UNSURE, WAITING, Message
from webapp.mail.preferences import TOPICS
from webapp.people.models import User

MOST = 200  # letters a round
ROUND_SECONDS = 20.0
LEASE = timedelta(minutes=20)  # longer than any carrier may take over one letter
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FURTHEST = 2 * LONGEST_WAIT  # what is to be tried again later than this was put off before the clock was set back
MOST_TRIES = 16  # with the waits above, about two days
TOO_LATE = timedelta(days=3)  # news that old is in the product; a mail about it would only puzzle

Clock = Callable[[], datetime]


@dataclass
class Tally:
    """What one round did. `faults` says once each, in words, why something was not sent."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    dropped: int = 0
    unsure: int = 0
    pending: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, state: str, reason: str = "") -> None:
        """Count one message that is now in `state`."""
        name = {WAITING: "later", SENDING: "pending"}.get(state, state)
        setattr(self, name, getattr(self, name) + 1)
        if reason and reason not in self.faults and state != DROPPED:
            self.faults.append(reason)

    def __str__(self) -> str:
        words = {
            "sent": "sent",
            "later": "to be tried again",
            "pending": "being handed over",
            "failed": "given up",
            "unsure": "may or may not have arrived",
            "dropped": "not wanted any more",
        }
        parts = [f"{count} {words[name]}" for name in words if (count := getattr(self, name))]
        return ", ".join(parts) + (f" ({'; '.join(self.faults)})" if self.faults else "")


def send_due(
    session: Session,
    carrier: Carrier,
    letterhead: Letterhead,
    now: Clock,
    *,
    most: int = MOST,
    seconds: float = ROUND_SECONDS,
    however_late: bool = False,
) -> Tally:
    """Hand over what is due, for at most `seconds` and `most` letters; `however_late`, as age says nothing. Commits."""
    tally, began = Tally(), time.monotonic()
    with carrier:
        _finish_abandoned(session, carrier, now(), tally)
        for _ in range(most):
            letter = _claim(session, carrier.holder, letterhead, now(), tally, however_late)
            if letter is None:
                break
            outcome = carrier.carry(letter)
            _record_outcome(session, letter.reference, outcome, now(), tally)
            session.commit()
            if outcome.stop or time.monotonic() - began > seconds:
                break
    return tally


def drop_all(session: Session, now: datetime) -> None:
    """Where no mail is set up: what waits is dropped, so that setting mail up does not bring a flood. Commits."""
    query = update(Message).where(Message.channel == EMAIL, Message.state == WAITING)
    session.execute(query.values(state=DROPPED, last_error="no mail was set up", next_try_at=None))
    session.commit()


def _finish_abandoned(session: Session, carrier: Carrier, now: datetime, tally: Tally) -> None:
    """Find out what became of letters that were claimed and not finished in time: their worker was killed."""
    over = or_(Message.claimed_until < now, Message.claimed_until > now + LEASE)
    abandoned = (Message.state == SENDING, over)
    open_rows = select(Message).where(Message.channel == EMAIL, *abandoned).order_by(Message.id)
    for row in session.scalars(open_rows.with_for_update(skip_locked=True)).all():
        mine = row.claimed_by == carrier.holder
        outcome = carrier.look_up(row.reference or "") if mine else LOST_SIGHT_OF
        _record_outcome(session, row.reference or "", outcome, now, tally)
    session.commit()


# Claimed when mail went another way, which is not set up any more.
LOST_SIGHT_OF = DeliveryOutcome(Fate.UNSURE, "the sending stopped, and nobody can be asked what became of it")


def _claim(
    session: Session, holder: str, letterhead: Letterhead, now: datetime, tally: Tally, however_late: bool
) -> Letter | None:
    """Claim the next message that is due and still wanted, and commit; None where there is none."""
    while True:
        its_time = or_(Message.next_try_at <= now, Message.next_try_at > now + FURTHEST)
        due = select(Message).where(Message.channel == EMAIL, Message.state == WAITING, its_time)
        first = due.order_by(Message.next_try_at, Message.id).limit(1).with_for_update(skip_locked=True)
        row = session.scalars(first.execution_options(populate_existing=True)).first()
        if row is None:
            session.commit()
            return None
        person = session.get(User, row.to_id, populate_existing=True)
        unwanted = _unwanted(session, row, person, None if however_late else now)
        if unwanted is None and person is not None:
            row.state, row.claimed_by, row.claimed_until = SENDING, holder, now + LEASE
            row.attempts += 1
            letter = letters.write(row, person.email, letterhead)
            session.commit()
            return letter
        row.state, row.last_error = unwanted or (DROPPED, "")
        row.next_try_at = None
        tally.add(row.state, row.last_error)
        session.commit()


def _unwanted(session: Session, row: Message, person: User | None, now: datetime | None) -> tuple[str, str] | None:
    """Why this is not sent: the state it ends in, and the reason. None where it is to be sent."""
    if person is None or person.disabled:
        return DROPPED, "the person has left"
    topic = TOPICS.get(row.topic)
    if topic is None or topic.choice not in preferences.wanted_by(session, person):
        return DROPPED, "not wanted by e-mail"
    if now and now - row.created_at > TOO_LATE:
        return FAILED, "it could not be sent for three days"
    return None


def _record_outcome(session: Session, reference: str, outcome: DeliveryOutcome, now: datetime, tally: Tally) -> None:
    """Note what became of a message that was claimed. The row may have been deleted with its subject."""
    mine = select(Message).where(Message.reference == reference).with_for_update()
    row = session.scalars(mine.execution_options(populate_existing=True)).one_or_none()
    if row is None or row.state != SENDING:
        return
    row.last_error = outcome.reason
    if outcome.fate is Fate.PENDING:
        row.claimed_until = now + LEASE
        tally.add(SENDING, outcome.reason)
        return
    row.claimed_by, row.claimed_until, row.next_try_at = "", None, None
    if outcome.fate is Fate.SENT:
        row.state, row.sent_at = SENT, now
    elif outcome.fate is Fate.UNSURE:
        row.state = UNSURE
    elif outcome.fate is Fate.NEVER_LEFT:
        row.state, row.next_try_at, row.attempts = WAITING, now, max(0, row.attempts - 1)
        return
    elif outcome.fate is Fate.REFUSED or row.attempts >= MOST_TRIES:
        row.state = FAILED
    else:
        row.state, row.next_try_at = WAITING, now + wait_after(row.attempts)
    tally.add(row.state, outcome.reason)


def wait_after(attempts: int, chance: Callable[[], float] = random.random) -> timedelta:
    """How long to wait after so many tries: twice as long each time, and up to a quarter more, so that a server
    that comes back is not met by everything at once.
    """
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return wait * (1 + chance() / 4)
