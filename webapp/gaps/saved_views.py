"""Lists of gaps that a commissioner opens again and again, and what else they chose for the screen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.gaps.owners import commissioners
from webapp.gaps.triage_models import DeskChoice, SavedView
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web import handover
from webapp.web.handover import Work
from webapp.web.refusals import Refused

MOST = 30
UNDO = timedelta(hours=24)


def of(session: Session, owner: User) -> Sequence[SavedView]:
    """The views that this person saved, by name."""
    wanted = select(SavedView).where(SavedView.owner_id == owner.id, SavedView.deleted_at.is_(None))
    return session.scalars(wanted.order_by(func.lower(SavedView.name), SavedView.id).limit(MOST)).all()


def shared_by_others(session: Session, reader: User) -> Sequence[SavedView]:
    """The views that other commissioners share, by name; also of somebody who left, until they are handed over."""
    wanted = select(SavedView).where(*_shared(), SavedView.owner_id != reader.id)
    by_name = wanted.order_by(func.lower(SavedView.name), SavedView.id).options(selectinload(SavedView.owner))
    return session.scalars(by_name.limit(MOST)).all()


def share(session: Session, view: SavedView, shared: bool) -> None:
    """Let every commissioner have this view, or its owner alone. Commit afterwards."""
    view.shared = shared


def save(
    session: Session, name: CleanText, query: str, owner: User, now: datetime, *, shared: bool = False
) -> SavedView:
    """Keep a list under a name, for its owner or for every commissioner. Commit afterwards.

    Raises Refused where the name is taken, or there are too many.
    """
    mine = of(session, owner)
    if len(mine) >= MOST:
        raise Refused(f"You can keep {MOST} views. Delete one you no longer open.")
    if str(name).lower() in {view.name.lower() for view in mine}:
        raise Refused("You have a view of this name. Choose another name, or delete that one first.")
    gone = SavedView.deleted_at < now - UNDO
    session.execute(delete(SavedView).where(SavedView.owner_id == owner.id, gone))
    view = SavedView(owner_id=owner.id, name=str(name), query=query, created_at=now, shared=shared)
    session.add(view)
    session.flush()
    return view


def mine(session: Session, number: int, owner: User, *, deleted: bool = False) -> SavedView | None:
    """This person's own view of that number; with `deleted`, one that they have just deleted."""
    view = session.get(SavedView, number)
    return view if view and view.owner_id == owner.id and bool(view.deleted_at) is deleted else None


def remove(session: Session, view: SavedView, now: datetime) -> None:
    """Delete a view; for a day it can be brought back with `restore`. Commit afterwards."""
    view.deleted_at = now


def restore(session: Session, view: SavedView, owner: User) -> None:
    """Undo `remove`. Raises Refused where another view has taken the name. Commit afterwards."""
    if view.name.lower() in {other.name.lower() for other in of(session, owner)}:
        raise Refused("You have another view of this name now, so the old one stays deleted.")
    view.deleted_at = None


def _shared() -> tuple[Any, ...]:
    return SavedView.shared, SavedView.deleted_at.is_(None)


def _held(session: Session, user_id: int) -> int:
    theirs = select(func.count()).select_from(SavedView).where(*_shared(), SavedView.owner_id == user_id)
    return session.scalar(theirs) or 0


def _give(session: Session, from_id: int, to_id: int, by: int | None, now: datetime) -> int:
    """A view whose name the new owner has already keeps it, with the first number after it that is free."""
    theirs = session.scalars(select(SavedView).where(*_shared(), SavedView.owner_id == from_id).with_for_update()).all()
    taken = {name.lower() for name in session.scalars(select(SavedView.name).where(SavedView.owner_id == to_id))}
    for view in theirs:
        numbered = (f"{view.name[:54]} ({number})" for number in count(2))
        view.name = next(name for name in chain([view.name], numbered) if name.lower() not in taken)
        taken.add(view.name.lower())
        view.owner_id = to_id
        about = ("view", str(view.id))
        before, after = {"owner": from_id}, {"owner": to_id}
        audit.append(session, now=now, actor=by, action="view.assigned", subject=about, before=before, after=after)
    return len(theirs)


handover.add(Work("views", "shared view", "shared views", "/commissioning/gaps", _held, commissioners, _give))


def keys_on(session: Session, user: User) -> bool:
    """Whether single keys do something on the screen; they do until somebody says otherwise."""
    choice = session.get(DeskChoice, user.id)
    return choice.keys if choice else True


def set_keys(session: Session, user: User, on: bool) -> None:
    """Switch single keys on or off for this person. Commit afterwards."""
    session.merge(DeskChoice(user_id=user.id, keys=on))


def columns_of(session: Session, user: User) -> list[str] | None:
    """The names of the columns that this person chose to see; None where they never chose."""
    choice = session.get(DeskChoice, user.id)
    return choice.columns if choice else None


def set_columns(session: Session, user: User, names: list[str] | None) -> None:
    """Keep which columns this person sees; None for the usual ones. Commit afterwards."""
    session.merge(DeskChoice(user_id=user.id, columns=names))
