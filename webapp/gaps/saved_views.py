"""Lists of gaps that a commissioner opens again and again, and what else they chose for the screen."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.gaps.triage_models import DeskChoice, SavedView
from webapp.people import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused

MOST = 30
UNDO = timedelta(hours=24)


def of(session: Session, owner: User) -> Sequence[SavedView]:
    """The views that this person saved, by name."""
    wanted = select(SavedView).where(SavedView.owner_id == owner.id, SavedView.deleted_at.is_(None))
    return session.scalars(wanted.order_by(func.lower(SavedView.name), SavedView.id).limit(MOST)).all()


def save(session: Session, name: CleanText, query: str, owner: User, now: datetime) -> SavedView:
    """Keep a list under a name. Raises Refused where the name is taken, or there are too many. Commit afterwards."""
    mine = of(session, owner)
    if len(mine) >= MOST:
        raise Refused(f"You can keep {MOST} views. Delete one you no longer open.")
    if str(name).lower() in {view.name.lower() for view in mine}:
        raise Refused("You have a view of this name. Choose another name, or delete that one first.")
    gone = SavedView.deleted_at < now - UNDO
    session.execute(delete(SavedView).where(SavedView.owner_id == owner.id, gone))
    view = SavedView(owner_id=owner.id, name=str(name), query=query, created_at=now)
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
