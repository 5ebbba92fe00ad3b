"""Lists of gaps that a commissioner opens again and again, and what else they chose for the screen."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, selectinload

from webapp.gaps.triage_models import DeskChoice, SavedView
from webapp.people import User, UserRole
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused

MOST = 30
UNDO = timedelta(hours=24)


def of(session: Session, owner: User) -> Sequence[SavedView]:
    """The views that this person saved, by name."""
    wanted = select(SavedView).where(SavedView.owner_id == owner.id, SavedView.deleted_at.is_(None))
    return session.scalars(wanted.order_by(func.lower(SavedView.name), SavedView.id).limit(MOST)).all()


def shared_by_others(session: Session, reader: User) -> Sequence[SavedView]:
    """The views that other commissioners share, by name; not those of somebody who can no longer change them."""
    able = select(UserRole.user_id).join(User, User.id == UserRole.user_id)
    able = able.where(UserRole.role == "commissioner", User.disabled.is_(False))
    wanted = select(SavedView).where(
        SavedView.shared, SavedView.deleted_at.is_(None), SavedView.owner_id != reader.id, SavedView.owner_id.in_(able)
    )
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
