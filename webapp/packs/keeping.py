"""A person's packs: gathering, ordering, saying why, taking away and bringing back. The view commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, select
from sqlalchemy.orm import Session, aliased

from webapp.db.held import held
from webapp.db.upsert import insert
from webapp.packs import links
from webapp.packs.models import LONGEST_NAME, Pack, PackItem, SharedLink
from webapp.pii.guard import CleanText
from webapp.web import own_counts
from webapp.web.refusals import Refused, Stale

MOST_PACKS = 30  # of one person
MOST_ITEMS = 30  # of one pack
MOST_LISTED = 10 * MOST_PACKS  # with those of colleagues who left
FIRST_NAME = "My pack"
KEPT = timedelta(days=183)  # since it was last used
REMOVED_KEPT = timedelta(days=1)  # what was removed can be brought back within this
LATEST = (Pack.used_at.desc(), Pack.id.desc())


def packs(session: Session, user_id: int) -> Sequence[Pack]:
    """The person's packs, the one that was used last first."""
    return session.scalars(select(Pack).where(*_mine(user_id)).order_by(*LATEST).limit(MOST_LISTED)).all()


def one(session: Session, user_id: int, number: int, *, removed: bool = False) -> Pack | None:
    """A pack of this person; None where they have no such one. With `removed`, one that can be brought back too."""
    mine = (Pack.owner_id == user_id,) if removed else _mine(user_id)
    return session.scalar(select(Pack).where(Pack.id == number, *mine))


def latest(session: Session, user_id: int) -> Pack | None:
    """The pack that what is added goes to; None where the person has none yet."""
    return session.scalar(select(Pack).where(*_mine(user_id)).order_by(*LATEST).limit(1))


def begin(session: Session, user_id: int, name: CleanText, now: datetime) -> Pack:
    """A new pack, used from now on. Raises Refused where there are too many."""
    _room_for_pack(session, user_id)
    pack = Pack(owner_id=user_id, name=str(name)[:LONGEST_NAME], created_at=now, used_at=now)
    session.add(pack)
    session.flush()
    return pack


def items(session: Session, pack_ids: Sequence[int]) -> list[PackItem]:
    """What is in these packs, in the order of each."""
    wanted = select(PackItem).where(PackItem.pack_id.in_(pack_ids), PackItem.removed_at.is_(None))
    return list(session.scalars(wanted.order_by(PackItem.place, PackItem.id).limit(MOST_LISTED * MOST_ITEMS)))


def item(session: Session, pack: Pack, number: int) -> PackItem | None:
    """One item of `pack`, removed or not."""
    return session.scalar(select(PackItem).where(PackItem.id == number, PackItem.pack_id == pack.id))


def item_of(session: Session, user_id: int, number: int) -> tuple[Pack, PackItem] | None:
    """One item of any pack of this person, and that pack; None where they have no such one."""
    theirs = select(Pack, PackItem).join(PackItem, PackItem.pack_id == Pack.id).where(*_mine(user_id))
    found = session.execute(theirs.where(PackItem.id == number)).one_or_none()
    return (found[0], found[1]) if found else None


def add(session: Session, pack: Pack, path: str, title: str, now: datetime) -> tuple[PackItem, bool]:
    """Put a page at the end of `pack`, and whether that changed anything: it may be there already.

    Raises Refused where the pack is full.
    """
    session.execute(select(Pack.id).where(Pack.id == pack.id).with_for_update())  # two presses at once: one place each
    there = session.scalar(select(PackItem).where(PackItem.pack_id == pack.id, PackItem.path == path))
    if there is not None and there.removed_at is None:
        return there, False
    _room_in(session, pack)
    last = session.scalar(select(func.max(PackItem.place)).where(PackItem.pack_id == pack.id)) or 0
    row = {"pack_id": pack.id, "path": path, "title": title[:300], "note": "", "place": last + 1, "added_at": now}
    # What was said of it then was said to somebody else, perhaps: only bringing back brings the note back.
    again = {"removed_at": None, "place": last + 1, "title": title[:300], "note": ""}
    put = insert(session, PackItem).values(row)
    session.execute(put.on_conflict_do_update(index_elements=["pack_id", "path"], set_=again))
    use(pack, now)
    session.flush()
    added = select(PackItem).where(PackItem.pack_id == pack.id, PackItem.path == path)
    return session.scalars(added.execution_options(populate_existing=True)).one(), True


def put_back(session: Session, pack: Pack, taken_out: PackItem) -> None:
    """Bring back what was taken out of `pack`, where it was. Raises Refused where the pack is full by now."""
    if taken_out.removed_at is not None:
        _room_in(session, pack)
        taken_out.removed_at = None


def use(pack: Pack, now: datetime) -> None:
    """Let what is added from now on go to `pack`."""
    pack.used_at = now


def mark(*words: object) -> str:
    """Says which words a page showed, to tell later whether they are still the same."""
    return sha256("\0".join(map(str, words)).encode()).hexdigest()[:16]


def order_mark(rows: Iterable[PackItem]) -> str:
    """Says which order of a pack a page showed."""
    return mark(*(row.id for row in rows))


def move(session: Session, pack: Pack, moved: PackItem, by: int, *, seen: str) -> bool:
    """Move an item up (-1) or down (1) by one; whether there was anywhere to go.

    Raises Stale where the order is not the one that was `seen` any more.
    """
    held(session, Pack, pack.id)
    order = items(session, [pack.id])
    if order_mark(order) != seen:
        raise Stale
    at = next((place for place, row in enumerate(order) if row.id == moved.id), None)
    if at is None or not 0 <= at + by < len(order):
        return False
    order[at], order[at + by] = order[at + by], order[at]
    for place, row in enumerate(order, 1):
        row.place = place
    return True


def both(there: str, typed: str, *, seen: str) -> str:
    """The note that is `there` with what was typed under it; as it is where that was sent once already.

    What was typed alone where the note is not the one that was `seen` any more: see `note`.
    """
    under = typed.splitlines()
    if under and there.splitlines()[-len(under) :] == under:
        return there
    return f"{there}\n{typed}" if mark(there) == seen else typed


def note(session: Session, noted: PackItem, words: CleanText | None, *, seen: str) -> None:
    """Say why this fits; None takes that away. Raises Stale where the note is not the one that was `seen` any more."""
    held(session, PackItem, noted.id)
    said = str(words) if words else ""
    if noted.note not in {said, ""} and mark(noted.note) != seen:
        raise Stale
    noted.note = said


def rename(session: Session, pack: Pack, name: CleanText, *, seen: str) -> None:
    """Call `pack` so. Raises Stale where its name is not the one that was `seen` any more."""
    held(session, Pack, pack.id)
    if pack.name != str(name) and mark(pack.name) != seen:
        raise Stale
    pack.name = str(name)[:LONGEST_NAME]


def remove(session: Session, pack: Pack, now: datetime) -> None:
    """Take a whole pack away, and stop its links for good: bringing it back makes none of them work again."""
    pack.removed_at = pack.removed_at or now
    given = select(SharedLink).where(SharedLink.pack_id == pack.id, SharedLink.stopped_at.is_(None))
    for link in session.scalars(given):  # all of them, as many as there are
        links.stop(session, link, pack.owner_id, now)


def restore(session: Session, pack: Pack, now: datetime) -> None:
    """Bring a removed pack back. Raises Refused where its owner has too many by now."""
    if pack.removed_at is not None:
        _room_for_pack(session, pack.owner_id)
        pack.removed_at = None
    use(pack, now)


def forget(session: Session, now: datetime) -> int:
    """Remove packs past their life, and what was removed long enough ago; how many packs. Commit afterwards."""
    old = (Pack.used_at < now - KEPT) | (Pack.removed_at < now - REMOVED_KEPT)
    gone = session.scalars(delete(Pack).where(old).returning(Pack.id)).all()
    session.execute(delete(PackItem).where(PackItem.removed_at < now - REMOVED_KEPT))
    return len(gone)


def in_use(person: ColumnElement[int]) -> ScalarSelect[int]:
    """How many things are in the pack that `person` used last, for the query that every page asks."""
    mine = aliased(Pack)
    last = select(mine.id).where(mine.owner_id == person, mine.removed_at.is_(None))
    last = last.order_by(mine.used_at.desc(), mine.id.desc()).limit(1).correlate_except(mine)
    there = (PackItem.pack_id == last.scalar_subquery(), PackItem.removed_at.is_(None))
    return select(func.count(PackItem.id)).where(*there).correlate_except(PackItem).scalar_subquery()


own_counts.add("packed", in_use)


def _room_for_pack(session: Session, user_id: int) -> None:
    if len(packs(session, user_id)) >= MOST_PACKS:
        raise Refused(f"You have {MOST_PACKS} packs already. Remove one first.")


def _room_in(session: Session, pack: Pack) -> None:
    if len(items(session, [pack.id])) >= MOST_ITEMS:
        raise Refused(f"Not added: “{pack.name}” has {MOST_ITEMS} things in it already. Take one out first.")


def _mine(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return Pack.owner_id == user_id, Pack.removed_at.is_(None)
