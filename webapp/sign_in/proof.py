"""Who gave the right password and still owes a code: kept in the signed cookie of that browser, for ten minutes."""

from datetime import UTC, datetime

from flask import session

from webapp.accounts.second_factor import PROOF_LASTS
from webapp.db.engine import db
from webapp.people.models import User

PROOF = "gave_password"  # what the cookie calls it


def keep(user: User, going_to: str, now: datetime) -> None:
    session[PROOF] = [user.id, user.session_version, int(now.timestamp()), going_to]


def of(now: datetime) -> tuple[User, str] | None:
    """Who that was and where they were going; None where it was nobody, or too long ago, or has changed since."""
    if not isinstance(held := session.get(PROOF), list):
        return None
    user_id, version, at, going_to = held
    user = db.session.get(User, user_id)
    late = now - datetime.fromtimestamp(at, UTC) > PROOF_LASTS
    if late or user is None or user.disabled or user.session_version != version:
        session.pop(PROOF)
        return None
    return user, str(going_to)
