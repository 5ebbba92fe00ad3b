"""Asking those who run what is listed whether it is still right: a mail with a signed link that ends after 30 days."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.db.upsert import insert
from webapp.english.dates import day_of
from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Asset
from webapp.library.generation.reader import Generation
from webapp.mail.carrier import Carrier, Fate
from webapp.mail.letters import Letter, Letterhead
from webapp.upkeep import due
from webapp.upkeep.corrections import Correction
from webapp.upkeep.models import OrganisationAsk

KEPT_SECONDS = 30 * 24 * 3600
MOST_CHANGES = 3  # corrections of one listing by its organisation in a day
# Names that belong to nobody (RFC 2606 and 6761): samples are written with them.
NOBODYS = re.compile(r"@(?:.*\.)?(?:example(?:\.(?:org|com|net))?|invalid|localhost)$", re.IGNORECASE)


class Expired(Exception):
    """The link is ours and too old."""


@dataclass(frozen=True)
class Ask:
    """One mail to write: the listing, and the address of its organisation."""

    page: Page
    address: str
    period: str


def address_of(asset: Asset) -> str:
    """Whom to ask about `asset`; empty where nobody may be: a sample, or a listing with a confidential place."""
    if asset.sample or any(location.confidential for location in asset.locations):
        return ""
    return next((c.email for c in asset.contacts if c.email and not NOBODYS.search(c.email)), "")


def address_hash(secret_key: str, address: str) -> str:
    """What stands for an address in links and in the database; useless without the key."""
    return hmac.new(secret_key.encode(), b"organisation:" + address.lower().encode(), hashlib.sha256).hexdigest()


def token(secret_key: str, path: str, address: str) -> str:
    """What stands in the link of a mail to `address` about the listing at `path`."""
    return _signer(secret_key).dumps([path, address_hash(secret_key, address)])


def read(secret_key: str, text: str, *, any_age: bool = False) -> tuple[str, str] | None:
    """The path and the mark that a link holds; None where we did not write it. Raises Expired."""
    try:
        path, held = _signer(secret_key).loads(text, max_age=None if any_age else KEPT_SECONDS)
    except SignatureExpired:
        raise Expired from None
    except (BadSignature, ValueError, TypeError):
        return None
    return (path, held) if isinstance(path, str) and isinstance(held, str) else None


def to_ask(gen: Generation, session: Session, secret_key: str, now: datetime) -> list[Ask]:
    """The organisations of listings that are due, which were not asked since it was verified and have not said no."""
    today, asks = day_of(now), []
    asked = session.execute(select(OrganisationAsk.path, OrganisationAsk.mark, OrganisationAsk.period))
    known = {(path, held, period) for path, held, period in asked}
    stopped = set(session.scalars(select(OrganisationAsk.mark).where(OrganisationAsk.stopped)))
    for row in due.listings(gen, session, "", today, 0):
        page = gen.page(row.path, today)
        address = address_of(page.front) if page else ""
        if page is None or not address or row.confirmed:
            continue
        held, period = address_hash(secret_key, address), row.verified.isoformat() if row.verified else "never"
        if held not in stopped and (row.path, held, period) not in known:
            asks.append(Ask(page, address, period))
    return asks


def send(session: Session, carrier: Carrier, letterhead: Letterhead, ask: Ask, now: datetime) -> bool:
    """Ask once; whether the mail was taken. Commits before anything leaves: a crash never asks anybody twice."""
    held = address_hash(letterhead.secret_key, ask.address)
    mine = {"path": ask.page.path, "mark": held, "period": ask.period}
    row = insert(session, OrganisationAsk).values(**mine, asked_at=now, stopped=False)
    claimed = session.scalar(row.on_conflict_do_nothing().returning(OrganisationAsk.id))
    session.commit()
    if claimed is None:
        return False
    outcome = carrier.carry(letter(ask, letterhead))
    if outcome.fate in {Fate.LATER, Fate.NEVER_LEFT}:
        session.execute(delete(OrganisationAsk).where(OrganisationAsk.id == claimed))
        session.commit()
    return outcome.fate is Fate.SENT


def letter(ask: Ask, letterhead: Letterhead) -> Letter:
    """The mail itself. It names the listing, which is public, and nobody."""
    link = f"{letterhead.base_url}/still-right/{token(letterhead.secret_key, ask.page.path, ask.address)}"
    body = "\n\n".join(
        [
            "Hello,",
            f"{letterhead.name} tells social care teams about “{ask.page.title}”. Is what it says still right?",
            f"Look, and answer with one press. You need no account:\n{link}",
            "The link works for 30 days.",
            f"Questions? Ask {letterhead.ask}. Nobody reads answers to this e-mail.",
            f"To get no more of these e-mails:\n{link}/stop",
        ]
    )
    return Letter(
        secrets.token_hex(16), ask.address, f"Is this still right? {ask.page.title}", f"{body}\n", f"{link}/stop"
    )


def stop(session: Session, path: str, held: str, now: datetime) -> None:
    """Never ask the address behind `held` again. Commit afterwards."""
    changed = update(OrganisationAsk).where(OrganisationAsk.mark == held).values(stopped=True)
    if not session.scalars(changed.returning(OrganisationAsk.id)).all():
        session.add(OrganisationAsk(path=path, mark=held, period="stop", asked_at=now, stopped=True))


def told_enough(session: Session, path: str, now: datetime) -> bool:
    """Whether the organisation sent as many corrections of its listing today as anybody needs."""
    recent = (Correction.about == path, Correction.by_organisation, Correction.created_at > now - timedelta(days=1))
    return (session.scalar(select(func.count()).select_from(Correction).where(*recent)) or 0) >= MOST_CHANGES


def _signer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="still-right")
