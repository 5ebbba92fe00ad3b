"""Which browsers may keep anything: those whose person said so, for as long as that holds. The view commits.

A browser is asked once. Its answer is a cookie: a token of its own, or that it is shared, which goes for everybody.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.offline.models import OfflineDevice
from webapp.people.models import Person, User

COOKIE = "signpost_device"
HINT = "signpost_keeps"  # tells the script that there is something to do, and nothing else
SHARED = "shared"  # in place of a token
ANSWER_LASTS = timedelta(days=365)
MOST = 10  # devices of one person


@dataclass(frozen=True, slots=True)
class Standing:
    """What one browser may do now. `owner` and `me` are codes: whose device it is, and who is signed in there."""

    keep: bool = False
    owner: str = ""
    me: str = ""


def code_of(user_id: int, secret_key: str) -> str:
    """What a device calls a person by: 16 hexadecimal digits, which mean nothing without the key."""
    return hmac.new(secret_key.encode(), f"offline:{user_id}".encode(), hashlib.sha256).hexdigest()[:16]


def is_asked(session: Session, token: str, user_id: int, days: int) -> bool:
    """Whether this person is still to be asked about this browser. `days` is how long devices may keep anything."""
    if not days or token == SHARED:
        return False
    device = of(session, token)
    return device is None or device.user_id != user_id


def of(session: Session, token: str) -> OfflineDevice | None:
    """The device with this token; None where it was stopped, or is none."""
    if not token or token == SHARED:
        return None
    return session.scalar(select(OfflineDevice).where(OfflineDevice.token_hash == _hash(token)))


def standing(session: Session, token: str, me: Person | None, secret_key: str) -> Standing:
    """Whether the device with `token` may go on keeping what it has, while `me` is signed in there, or nobody."""
    mine = code_of(me.id, secret_key) if me else ""
    device = of(session, token)
    owner = session.get(User, device.user_id) if device else None
    if device is None or owner is None or owner.disabled:
        return Standing(me=mine)
    # Whoever has signed in since their password or role changed is known to be the same person.
    holds = device.session_version == owner.session_version or (me is not None and me.id == owner.id)
    is_others = me is not None and me.id != owner.id
    return Standing(holds and not is_others, code_of(owner.id, secret_key), mine)


def begin(session: Session, user: User, name: str, now: datetime, old_token: str = "") -> str:  # nosec B107 # no device had one before
    """Let a browser keep things for `user`, in place of whatever it was before; the token for its cookie."""
    stop_token(session, old_token)
    token = secrets.token_urlsafe(32)
    session.add(
        OfflineDevice(
            user_id=user.id,
            token_hash=_hash(token),
            session_version=user.session_version,
            name=name[:60],
            created_at=now,
            seen_at=now,
        )
    )
    session.flush()
    newest = select(OfflineDevice.id).where(OfflineDevice.user_id == user.id).order_by(*LATEST).limit(MOST)
    older = OfflineDevice.id.not_in(session.scalars(newest).all())
    session.execute(delete(OfflineDevice).where(OfflineDevice.user_id == user.id, older))
    return token


LATEST = (OfflineDevice.seen_at.desc(), OfflineDevice.id.desc())


def all_of(session: Session, user_id: int) -> Sequence[OfflineDevice]:
    """The devices that keep something for this person, the one that was used last first."""
    wanted = select(OfflineDevice).where(OfflineDevice.user_id == user_id)
    return session.scalars(wanted.order_by(*LATEST).limit(MOST)).all()


def seen(device: OfflineDevice, person: Person, now: datetime) -> None:
    """Note that `device` took something along while `person`, whose it is, was signed in there."""
    device.seen_at, device.session_version = now, person.session_version


def stop_token(session: Session, token: str) -> None:
    """Let the browser with this token keep nothing more."""
    if token and token != SHARED:
        session.execute(delete(OfflineDevice).where(OfflineDevice.token_hash == _hash(token)))


def stop(session: Session, user_id: int, number: int) -> str:
    """Let one device of this person keep nothing more; what it is called, or nothing where there is none."""
    mine = delete(OfflineDevice).where(OfflineDevice.id == number, OfflineDevice.user_id == user_id)
    return session.scalar(mine.returning(OfflineDevice.name)) or ""


def forget(session: Session, now: datetime) -> None:
    """Remove devices that have taken nothing along for a year: their cookies have ended. Commit afterwards."""
    session.execute(delete(OfflineDevice).where(OfflineDevice.seen_at < now - ANSWER_LASTS))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
