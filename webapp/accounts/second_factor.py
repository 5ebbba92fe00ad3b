"""Codes from a phone (TOTP, RFC 6238) beside a password that is kept here, and codes for the day the phone is lost.

The secret is sealed with a key made of SIGNPOST_SECRET_KEY: a copy of the database alone makes no codes. After that
key is changed, recovery codes are all that is left, and an administrator can take the second factor away.
"""

import base64
import secrets
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.accounts.models import RecoveryCode, SecondFactor
from webapp.people import audit
from webapp.people.models import User
from webapp.web import throttle
from webapp.web.throttle import AttemptLimits

TRIES = AttemptLimits("second-factor", timedelta(minutes=15), address=100, account=10)
NEAR = (0, -1, 1)  # half minutes by which a phone's clock may be off
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another
PROOF_LASTS = timedelta(minutes=10)  # between the password and the code


def is_on(session: Session, user_id: int) -> bool:
    """Whether a password alone does not let this person in."""
    factor = session.get(SecondFactor, user_id)
    return factor is not None and factor.confirmed_at is not None


def start(session: Session, user_id: int, secret_key: str, now: datetime) -> None:
    """A secret for the person's phone, which counts once it is confirmed. The caller commits."""
    session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id, SecondFactor.confirmed_at.is_(None)))
    sealed = _box(secret_key).encrypt(pyotp.random_base32().encode()).decode()
    session.add(SecondFactor(user_id=user_id, sealed_secret=sealed, created_at=now, last_step=0))


def pending_secret(session: Session, user_id: int, secret_key: str) -> str | None:
    """The secret that waits to be confirmed; None where none does."""
    factor = session.get(SecondFactor, user_id)
    return None if factor is None or factor.confirmed_at else _opened(factor, secret_key)


def address(secret: str, email: str, site: str) -> str:
    """What a phone reads as a picture: `otpauth://…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=site)


def confirm(session: Session, user: User, code: str, secret_key: str, now: datetime) -> list[str] | None:
    """Let the secret count, since the phone made `code` from it; the recovery codes, shown this once.

    None where the code is not right. The caller commits.
    """
    factor = session.get(SecondFactor, user.id)
    if factor is None or factor.confirmed_at or not _take(session, factor, code, secret_key, now):
        return None
    factor.confirmed_at = now
    codes = new_recovery_codes(session, user.id, secret_key)
    _note(session, user, "person.second-factor", user.id, now)
    return codes


def check(session: Session, user_id: int, typed: str, secret_key: str, now: datetime) -> bool:
    """Whether `typed` is a code of the phone that was not used, or a recovery code, which is then used up.

    The caller commits, and counts the tries.
    """
    factor = session.get(SecondFactor, user_id)
    if factor is None or factor.confirmed_at is None:
        return False
    if _take(session, factor, typed, secret_key, now):
        return True
    used = delete(RecoveryCode).where(
        RecoveryCode.user_id == user_id, RecoveryCode.code_hash == _recovery_hash(typed, secret_key)
    )
    return session.scalar(used.returning(RecoveryCode.user_id)) is not None


def new_recovery_codes(session: Session, user_id: int, secret_key: str) -> list[str]:
    """Ten codes in place of those before. The caller commits."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = ["-".join(_letters(4) for _ in range(3)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(user_id=user_id, code_hash=_recovery_hash(code, secret_key)) for code in codes)
    return codes


def recovery_codes_left(session: Session, user_id: int) -> int:
    return session.scalar(select(func.count()).where(RecoveryCode.user_id == user_id)) or 0


def remove(session: Session, user: User, *, by: int | None, now: datetime) -> bool:
    """Let the password alone let `user` in; False where it does already. The caller commits."""
    was_on = is_on(session, user.id)
    for held in (SecondFactor, RecoveryCode):
        session.execute(delete(held).where(held.user_id == user.id))
    if was_on:
        _note(session, user, "person.no-second-factor", by, now)
    return was_on


def _take(session: Session, factor: SecondFactor, code: str, secret_key: str, now: datetime) -> bool:
    """Whether `code` is one of now, of a half minute that is newer than any before. Of two at once one is."""
    secret = _opened(factor, secret_key)
    if secret is None:
        return False
    totp = pyotp.TOTP(secret)
    typed = "".join(code.split()).encode()
    for offset in NEAR:
        step = totp.timecode(now) + offset
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed):
            newer = update(SecondFactor).where(SecondFactor.user_id == factor.user_id, SecondFactor.last_step < step)
            return session.scalar(newer.values(last_step=step).returning(SecondFactor.user_id)) is not None
    return False


def _opened(factor: SecondFactor, secret_key: str) -> str | None:
    try:
        return _box(secret_key).decrypt(factor.sealed_secret.encode()).decode()
    except InvalidToken:
        return None


def _box(secret_key: str) -> Fernet:
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"signpost second factor").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def _recovery_hash(code: str, secret_key: str) -> str:
    return throttle.keyed_hash(secret_key, "recovery:" + "".join(c for c in code.lower() if c in LETTERS))


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def _note(session: Session, user: User, action: str, by: int | None, now: datetime) -> None:
    audit.append(session, now=now, actor=by, action=action, subject=("person", str(user.id)))
