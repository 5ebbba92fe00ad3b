"""The mail by which somebody chooses a new password: written and sent by the worker, so that no page waits for it."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.accounts import one_time_links
from webapp.accounts.models import OneTimeLink
from webapp.mail.carrier import Carrier, Fate
from webapp.mail.letters import Letter, Letterhead
from webapp.people.models import User

TAKEN = {Fate.SENT, Fate.PENDING, Fate.UNSURE}  # it may be in their mailbox: another one would only puzzle


def send_due(session: Session, carrier: Carrier, letterhead: Letterhead, now: Callable[[], datetime]) -> int:
    """Send what was asked for, and return how many went. What could not be sent is tried again for an hour. Commits."""
    due = [link.id for link in one_time_links.to_send(session, now())]
    session.commit()
    if not due:
        return 0
    with carrier:
        return sum(_send(session, carrier, letterhead, number, now()) for number in due)


def _send(session: Session, carrier: Carrier, letterhead: Letterhead, number: int, now: datetime) -> bool:
    link = session.get(OneTimeLink, number, with_for_update={"skip_locked": True}, populate_existing=True)
    user = session.get(User, link.user_id) if link and link.user_id and link.token_hash is None else None
    if link is None or user is None or user.disabled:
        session.commit()
        return False
    letter = _write(user, one_time_links.give_token(link, now), letterhead)
    session.commit()  # before it leaves, so that it works as soon as it is there
    fate = carrier.carry(letter).fate
    if fate in TAKEN:
        return True
    if fate is Fate.REFUSED:
        session.delete(link)
    else:
        link.token_hash = link.expires_at = None
    session.commit()
    return False


def _write(user: User, token: str, letterhead: Letterhead) -> Letter:
    body = "\n\n".join(
        [
            "Hello,",
            f"Somebody, probably you, asked for a new password for {letterhead.name}. Choose it here within an hour:",
            f"{letterhead.base_url}/sign-in/reset/{token}",
            "The link works once. Then you are signed out everywhere, and sign in with the new password.",
            "It was not you? Then do nothing: your password stays as it is, and nobody else can see this link.",
            f"Questions? Ask {letterhead.ask}. Nobody reads answers to this e-mail.",
        ]
    )
    return Letter(secrets.token_hex(16), user.email, f"Choose a new password for {letterhead.name}", body + "\n")
