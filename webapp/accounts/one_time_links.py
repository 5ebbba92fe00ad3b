"""Links that let somebody in once: to choose a new password, by e-mail; to sign in, from the command line.

Only the hash of a link's token is kept, and a link that is still to be sent has none: its token is made as the mail
is written. The clock and the session are passed in.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts.models import OneTimeLink
from webapp.people.models import User
from webapp.web import throttle
from webapp.web.throttle import AttemptLimits

RESET, SIGN_IN = "reset", "sign-in"
LASTS = {RESET: timedelta(hours=1), SIGN_IN: timedelta(minutes=15)}
# Whether or not the account exists. An office shares an address; a mailbox must not be filled.
ASKED = AttemptLimits("reset", timedelta(hours=1), address=60, account=3)
MOST_A_ROUND = 50


def ask(session: Session, email: str, address: str, secret_key: str, now: datetime) -> None:
    """Somebody forgot the password of `email`. Commits. Raises throttle.TooManyAttempts.

    The same is looked up and written for an address that nobody has, so that neither answer nor time tells. A person
    without a password here, whom a provider lets in, or who was stopped, gets no mail.
    """
    email = email.strip().lower()
    account, where = throttle.keyed_hash(secret_key, email), throttle.keyed_hash(secret_key, address)
    throttle.count(session, ASKED, where, now, account)
    theirs = select(User.id).where(User.email == email, User.disabled.is_(False), User.password_hash != "")  # nosec B105 # an empty word lets nobody in
    session.add(OneTimeLink(user_id=session.scalar(theirs), purpose=RESET, created_at=now))
    session.commit()


def make(session: Session, user: User, purpose: str, now: datetime) -> str:
    """The token of a new link for `user`. The caller commits."""
    link = OneTimeLink(user_id=user.id, purpose=purpose, created_at=now)
    session.add(link)
    return give_token(link, now)


def give_token(link: OneTimeLink, now: datetime) -> str:
    """A token for `link`, whose time begins. The caller commits."""
    token = secrets.token_urlsafe(32)
    link.token_hash, link.expires_at = _hash(token), now + LASTS[link.purpose]
    return token


def to_send(session: Session, now: datetime) -> list[OneTimeLink]:
    """The links that were asked for and not sent, oldest first; those that nobody waits for any more are removed.

    The caller commits.
    """
    unsent = OneTimeLink.token_hash.is_(None)
    session.execute(delete(OneTimeLink).where(unsent, OneTimeLink.user_id.is_(None)))
    session.execute(delete(OneTimeLink).where(unsent, OneTimeLink.created_at < now - LASTS[RESET]))
    oldest = select(OneTimeLink).where(unsent).order_by(OneTimeLink.id).limit(MOST_A_ROUND)
    return list(session.scalars(oldest.with_for_update(skip_locked=True)))


def holder(session: Session, token: str, purpose: str, now: datetime) -> User | None:
    """Whose link this is, while it is good. Changes nothing."""
    found = select(OneTimeLink.user_id).where(*_good(token, purpose, now))
    user = session.get(User, user_id) if (user_id := session.scalar(found)) else None
    return None if user is None or user.disabled else user


def use(session: Session, token: str, purpose: str, now: datetime) -> User | None:
    """The same, and the link has been used, with every other of that person. The caller commits."""
    taken = session.scalar(delete(OneTimeLink).where(*_good(token, purpose, now)).returning(OneTimeLink.user_id))
    if taken is None:
        return None
    session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == taken))
    user = session.get(User, taken)
    return None if user is None or user.disabled else user


def forget(session: Session, now: datetime) -> None:
    """Remove links whose time is over. The caller commits."""
    session.execute(delete(OneTimeLink).where(OneTimeLink.created_at < now - timedelta(days=1)))


def _good(token: str, purpose: str, now: datetime) -> list:
    return [OneTimeLink.token_hash == _hash(token), OneTimeLink.purpose == purpose, OneTimeLink.expires_at > now]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
