"""What a provider signed counts once: the words that did are kept for as long as their age would let them pass."""

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.db.upsert import insert
from webapp.sign_in.single_sign_on.models import UsedOnce


def keep_used(session: Session, word: str, until: datetime) -> bool:
    """Note that `word` counted; False where it did before. The caller commits."""
    row = {"word_hash": hashlib.sha256(word.encode()).hexdigest(), "expires_at": until}
    added = session.execute(
        insert(session, UsedOnce).values(row).on_conflict_do_nothing().returning(UsedOnce.word_hash)
    )
    return added.scalar_one_or_none() is not None


def forget(session: Session, now: datetime) -> None:
    """Remove words that would be refused by their age. The caller commits."""
    session.execute(delete(UsedOnce).where(UsedOnce.expires_at < now))
