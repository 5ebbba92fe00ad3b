"""Slow down guessing: so many failed attempts within a while, counted in the database, which all processes share."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from flask import Response
from sqlalchemy import ColumnElement, Index, String, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.locks import one_at_a_time

KEPT = timedelta(hours=1)  # no window is longer
CLOCKS_DIFFER = timedelta(minutes=5)  # of several machines, at the most


class Attempt(Base):
    """One attempt at `what` that has not succeeded. Keyed hashes only: people type passwords where the e-mail goes."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_what_account_at", "what", "account", "at"),
        Index("ix_attempts_what_address_at", "what", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(64))  # empty where there are no accounts
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True)
class AttemptLimits:
    """How many failed attempts at `what` there may be within `window`, for one account and from one address."""

    what: str
    window: timedelta
    address: int
    account: int | None = None


class TooManyAttempts(Exception):
    """No more attempts for now. `wait` says for how long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait

    @property
    def advice(self) -> str:
        """What to say beside a field."""
        minutes = ceil(self.wait.total_seconds() / 60)
        return f"Too many tries. Wait {'a minute' if minutes == 1 else f'{minutes} minutes'}, then try again"

    def told_in(self, response: Response) -> Response:
        """`response`, which says for programs too when to come back."""
        response.headers["Retry-After"] = str(ceil(self.wait.total_seconds()))
        return response


def keyed_hash(secret_key: str, text: str) -> str:
    """What we keep in place of an e-mail or a network address: 64 hexadecimal digits, useless without the key."""
    return hmac.new(secret_key.encode(), b"sign-in:" + text.encode(), hashlib.sha256).hexdigest()


def count(session: Session, limits: AttemptLimits, address: str, now: datetime, account: str = "") -> None:
    """Count an attempt before it is looked at, so that many at once are all counted. Commits.

    `account` and `address` are keyed hashes. Raises TooManyAttempts, and counts nothing, where a limit is reached.
    """
    one_at_a_time(session, f"{limits.what} to {account}", f"{limits.what} from {address}")
    # What is later than now was counted before the clock was set back, and would be recent until it has come so far.
    session.execute(delete(Attempt).where(or_(Attempt.at < now - KEPT, Attempt.at > now + CLOCKS_DIFFER)))
    wait = _wait(session, limits, Attempt.address == address, limits.address, now)
    if limits.account is not None:
        wait = max(wait, _wait(session, limits, Attempt.account == account, limits.account, now))
    if not wait:
        session.add(Attempt(what=limits.what, account=account, address=address, at=now))
    session.commit()
    if wait:
        raise TooManyAttempts(wait)


def forgive(session: Session, limits: AttemptLimits, account: str) -> None:
    """Forget the failed attempts for `account` once one has succeeded. Commit afterwards."""
    session.execute(delete(Attempt).where(Attempt.what == limits.what, Attempt.account == account))


def _wait(session: Session, limits: AttemptLimits, whose: ColumnElement[bool], most: int, now: datetime) -> timedelta:
    """How long until there are fewer than `most` attempts in the window; zero where there are."""
    recent = and_(Attempt.what == limits.what, whose, Attempt.at > now - limits.window)
    if (session.scalar(select(func.count()).select_from(Attempt).where(recent)) or 0) < most:
        return timedelta()
    freed = select(Attempt.at).where(recent).order_by(Attempt.at.desc()).offset(most - 1).limit(1)
    return session.scalars(freed).one() + limits.window - now
