"""A commissioner is asked to a meeting, hears of it, and says whether they come. The caller commits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from webapp.community.meetings import Meeting
from webapp.community.models import Invitation, Reply
from webapp.english.dates import clock, day_of, long_date
from webapp.mail import outbox
from webapp.people.models import User, UserRole
from webapp.pii.guard import CleanText

MOST_COMMISSIONERS = 200
MOST = 20  # invitations that a page shows
KEPT = timedelta(days=365)


def commissioners(session: Session) -> Sequence[User]:
    """Whom one can ask, by name."""
    query = select(User).join(UserRole).where(UserRole.role == "commissioner", User.disabled.is_(False))
    return session.scalars(query.order_by(User.name, User.id).limit(MOST_COMMISSIONERS)).unique().all()


def of_team(session: Session, team: str, today: date) -> Sequence[Invitation]:
    """The invitations to coming meetings of `team` with whom they are for, the soonest first."""
    query = _current(today).where(Invitation.team == team)
    return session.scalars(query.order_by(Invitation.day, Invitation.id).limit(MOST)).all()


def of_person(session: Session, user_id: int, today: date) -> Sequence[Invitation]:
    """The coming meetings that this person is asked to, the soonest first."""
    query = _current(today).where(Invitation.user_id == user_id)
    return session.scalars(query.order_by(Invitation.day, Invitation.id).limit(MOST)).all()


def _current(today: date) -> Select[Invitation]:
    """Invitations that still hold, with whom they are for and who asked."""
    whom = contains_eager(Invitation.user).lazyload(User.role_rows)
    by = joinedload(Invitation.by).lazyload(User.role_rows)
    query = select(Invitation).join(Invitation.user).options(whom, by)
    return query.where(Invitation.day >= today, Invitation.withdrawn_at.is_(None), User.disabled.is_(False))


def one(session: Session, team: str, number: int) -> Invitation | None:
    """The invitation of this number to `team`; None where it has no such one."""
    found = session.get(Invitation, number)
    return found if found and found.team == team else None


def invite(
    session: Session,
    team: str,
    team_label: str,
    meeting: Meeting,
    user_id: int,
    by: User,
    note: CleanText | None,
    now: datetime,
) -> bool:
    """Ask a commissioner to `meeting`; False where they are asked already. One that was withdrawn stands again."""
    same = (Invitation.team == team, Invitation.day == meeting.day, Invitation.user_id == user_id)
    found = session.scalar(select(Invitation).where(*same).with_for_update())
    if found is not None and found.withdrawn_at is None:
        return False
    if found is None:
        found = Invitation(team=team, day=meeting.day, user_id=user_id)
        session.add(found)
    found.by_id, found.note, found.created_at = by.id, str(note or ""), now
    found.answered, found.answered_at, found.withdrawn_at = Reply.WAITING, None, None
    session.flush()
    text = f"You are asked to the meeting of the {team_label} on {long_date(meeting.day)}, {clock(meeting.starts)}."
    _notify(session, found, user_id, "asked", text, now)
    return True


def reply(session: Session, invitation: Invitation, answer: Reply, now: datetime) -> bool:
    """Record the commissioner's answer and notify whoever asked. False where the same answer was given before."""
    if invitation.answered is answer:
        return False
    invitation.answered, invitation.answered_at = answer, now
    if invitation.by_id is not None:
        comes = "is coming" if answer is Reply.COMING else "cannot come"
        text = f"The commissioner you asked {comes} to your meeting on {long_date(invitation.day)}."
        _notify(session, invitation, invitation.by_id, answer.value, text, now)
    return True


def withdraw(session: Session, invitation: Invitation, team_label: str, now: datetime) -> bool:
    """Take an invitation back; the commissioner hears of it. False where it was taken back already."""
    if invitation.withdrawn_at is not None:
        return False
    invitation.withdrawn_at = now
    text = f"You are no longer asked to the meeting of the {team_label} on {long_date(invitation.day)}."
    _notify(session, invitation, invitation.user_id, "withdrawn", text, now)
    return True


def _notify(session: Session, invitation: Invitation, to: int, what: str, text: str, now: datetime) -> None:
    """Notify the person `to`. `what` happened is part of the key, so that the same news is sent once."""
    outbox.enqueue(
        session,
        now=now,
        to=[to],
        topic="invited" if to == invitation.user_id else "invitation-answered",
        subject=("invitation", str(invitation.id)),
        text=text,
        path=f"/community/{invitation.team}",
        key=f"{what}:{invitation.id}:{now.timestamp()}",
    )


def forget(session: Session, now: datetime) -> int:
    """Remove invitations to meetings of more than a year ago; how many that was."""
    gone = delete(Invitation).where(Invitation.day < day_of(now) - KEPT).returning(Invitation.id)
    return len(session.scalars(gone).all())
