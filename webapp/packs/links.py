"""Links that open a pack, or one listing, without an account: made, looked up, stopped. The view commits."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import Session

from webapp.english.dates import day_of
from webapp.packs.handover import is_here
from webapp.packs.models import Pack, SharedLink
from webapp.people import audit
from webapp.people.models import User
from webapp.web.refusals import Refused

LIVES = {7: "7 days", 30: "30 days", 90: "90 days"}  # how long a link may work
USUAL_LIFE = 30
ENDED_KEPT = timedelta(days=30)  # so that its owner can see that it ended, and how often it was opened
MOST_OPEN = 60  # of one person
MOST_LISTED = 10 * MOST_OPEN  # with those of colleagues who left
KIND = "shared-link"
AFTER_LINK = ".,;:!?)]>'\"’”/"  # what stands behind a link in a sentence, and programs take for a part of it


def make(
    session: Session,
    user_id: int,
    secret_key: str,
    days: int,
    now: datetime,
    *,
    pack: Pack | None = None,
    path: str = "",
) -> SharedLink:
    """A new link to `pack`, or to the listing at `path`, that works for `days`. Commit afterwards.

    Raises ValueError for a life that is none of LIVES, and Refused where there are too many.
    """
    if days not in LIVES:
        raise ValueError(days)
    mine = select(SharedLink.id).where(SharedLink.owner_id == user_id, *_works(now)).limit(MOST_OPEN)
    if len(session.scalars(mine).all()) >= MOST_OPEN:
        raise Refused(f"You have {MOST_OPEN} links that work already. Stop one first.")
    seed = secrets.token_hex(16)
    link = SharedLink(
        owner_id=user_id,
        pack_id=pack.id if pack else None,
        path=path,
        token_seed=seed,
        token_hash=_hash(_token(seed, secret_key)),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    _note(session, link, "made", user_id, now)
    return link


def token_of(link: SharedLink, secret_key: str) -> str | None:
    """What stands in its address; None where the site's key has changed since, so that nobody can tell any more."""
    token = _token(link.token_seed, secret_key)
    return token if hmac.compare_digest(_hash(token), link.token_hash) else None


def opened_by(session: Session, token: str, now: datetime) -> SharedLink | None:
    """The link of `token`, if it works: it was not stopped, has not expired, and its owner is still here.

    It is looked up by a hash, so that how long the answer takes says nothing of a wrong one. Capitals do not matter,
    nor does what stood behind it.
    """
    asked = token.rstrip(AFTER_LINK).lower()
    wanted = select(SharedLink).join(User, User.id == SharedLink.owner_id)
    return session.scalar(wanted.where(SharedLink.token_hash == _hash(asked), is_here(), *_works(now)))


def count_opening(link: SharedLink, now: datetime) -> None:
    """One opening more. Commit afterwards."""
    link.opened += 1
    link.last_opened = day_of(now)


def of_pack(session: Session, pack: Pack, now: datetime) -> Sequence[SharedLink]:
    """The links to `pack` that work, the newest first."""
    return session.scalars(_newest(now).where(SharedLink.pack_id == pack.id)).all()


def of_person(session: Session, user_id: int, now: datetime) -> Sequence[SharedLink]:
    """Every link of this person that works, the newest first."""
    return session.scalars(_newest(now).where(SharedLink.owner_id == user_id)).all()


def of_listing(session: Session, user_id: int, path: str, now: datetime) -> SharedLink | None:
    """This person's link to the listing at `path`, where one works for a week yet: it need not be made again."""
    mine = (SharedLink.owner_id == user_id, SharedLink.path == path, SharedLink.expires_at > now + timedelta(days=7))
    return session.scalars(_newest(now).where(*mine)).first()


def one(session: Session, user_id: int, number: int) -> SharedLink | None:
    """A link of this person, whether or not it works; None where they have no such one."""
    return session.scalar(select(SharedLink).where(SharedLink.id == number, SharedLink.owner_id == user_id))


def stop(session: Session, link: SharedLink, by: int, now: datetime) -> None:
    """From the commit on it opens nothing. Commit afterwards."""
    if link.stopped_at is None:
        link.stopped_at = now
        _note(session, link, "stopped", by, now)


def forget(session: Session, now: datetime) -> int:
    """Remove links that ended long enough ago; how many that was. Commit afterwards."""
    over = (SharedLink.expires_at < now - ENDED_KEPT) | (SharedLink.stopped_at < now - ENDED_KEPT)
    return len(session.scalars(delete(SharedLink).where(over).returning(SharedLink.id)).all())


def _works(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return SharedLink.stopped_at.is_(None), SharedLink.expires_at > now


def _newest(now: datetime) -> Select[SharedLink]:
    return select(SharedLink).where(*_works(now)).order_by(SharedLink.id.desc()).limit(MOST_LISTED)


def _token(seed: str, secret_key: str) -> str:
    """160 bits that nobody can guess who does not have the site's key and the row.

    In 32 small letters and digits (RFC 4648, section 6) without 0 and 1: it can be read out and typed, and does not end
    in a sign that programs leave out of a link.
    """
    code = hmac.new(secret_key.encode(), f"shared link: {seed}".encode(), hashlib.sha256).digest()
    return base64.b32encode(code[:20]).decode().lower()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _note(session: Session, link: SharedLink, what: str, by: int, now: datetime) -> None:
    about = {"pack": link.pack_id} if link.pack_id else {"path": link.path}
    subject = (KIND, str(link.id))
    audit.append(session, now=now, actor=by, action=f"{KIND}.{what}", subject=subject, after=about)
