"""The links by which a mail is stopped: signed, so that they work for whoever holds the mail, signed in or not."""

from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.mail.preferences import CHOICES


class Stop(NamedTuple):
    """Whom the link belongs to, and the choice that it turns off."""

    user_id: int
    choice: str


def token(secret_key: str, user_id: int, choice: str) -> str:
    """What stands in the link. It holds a number and the choice; it does not end, as mail is kept for years."""
    return _signer(secret_key).dumps([user_id, choice])


def read(secret_key: str, text: str) -> Stop | None:
    """What a link says, or None where we did not write it (compared in constant time)."""
    try:
        user_id, choice = _signer(secret_key).loads(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return Stop(user_id, choice) if isinstance(user_id, int) and choice in CHOICES else None


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="stop-mail")
