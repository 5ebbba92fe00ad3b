"""What an administrator may change about a person. Each change is checked, noted in the audit trail, and ends the
sign-ins made before it. The caller commits.
"""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts import api_keys, passwords
from webapp.people import audit
from webapp.people.models import User, UserRole, give_roles
from webapp.web.refusals import Refused
from webapp.web.text import tidy

EMAIL = re.compile(r"[^\s@<>()\",;:]+@[^\s@.]+(\.[^\s@.]+)+")


def add(
    session: Session,
    *,
    email: str,
    name: str,
    roles: frozenset[str],
    team: str,
    password: str | None,
    by: int | None,
    now: datetime,
    own_words: tuple[str, ...] = (),
) -> User:
    """Add a person. `by` is who does it, None on the command line; `own_words` as for passwords.faults.

    Without a password only single sign-on lets them in. Raises Refused where the e-mail, name, roles or password
    will not do.
    """
    email, name = tidy(email).lower(), tidy(name)
    if not EMAIL.fullmatch(email) or len(email) > 254:
        raise Refused("Enter an e-mail address like name@example.org")
    if not name or len(name) > 200:
        raise Refused("Enter the person’s name, in 200 characters or fewer")
    if not roles:
        raise Refused("Choose one role or more")
    if password is not None:
        _check_password(password, (email, name, *own_words))
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise Refused("Someone with this e-mail address is here already")
    kept = passwords.hashed(password) if password is not None else ""
    user = User(email=email, name=name, team=team, password_hash=kept, created_at=now)
    user.disabled, user.session_version = False, 0
    _give(user, roles)
    session.add(user)
    session.flush()
    after = {"roles": sorted(roles), "team": team}
    audit.append(session, now=now, actor=by, action="person.added", subject=_subject(user), after=after)
    return user


def set_roles(
    session: Session,
    user: User,
    roles: frozenset[str],
    *,
    team: str | None = None,
    by: int | None,
    now: datetime,
) -> bool:
    """Give `user` exactly `roles`, and `team` where one is named. False where that changes nothing.

    Raises Refused for no roles, an unknown one, or where no administrator would be left.
    """
    if not roles:
        raise Refused("Choose one role or more. To keep someone out, stop their sign-in instead")
    team = user.team if team is None else team
    before = {"roles": sorted(user.roles), "team": user.team}
    after = {"roles": sorted(roles), "team": team}
    if before == after:
        return False
    if "admin" in user.roles and "admin" not in roles:
        _keep_an_admin(session, user)
    if api_keys.ROLE not in roles:
        api_keys.end(session, user, now, by=by)
    if user.roles != roles:
        _give(user, roles)
        user.session_version += 1
    user.team = team
    audit.append(session, now=now, actor=by, action="person.roles", subject=_subject(user), before=before, after=after)
    return True


def disable(session: Session, user: User, *, reason: str, by: int | None, now: datetime) -> bool:
    """Stop `user` from signing in, at once. False where they were stopped already.

    Raises Refused for one's own account, and where no administrator would be left.
    """
    if user.disabled:
        return False
    if by == user.id:
        raise Refused("You cannot stop your own sign-in. Ask another administrator to do it")
    if "admin" in user.roles:
        _keep_an_admin(session, user)
    user.disabled = True
    user.session_version += 1
    _note_suspension(session, user, reason, by, now)
    api_keys.end(session, user, now, by=by)
    return True


def enable(session: Session, user: User, *, reason: str, by: int | None, now: datetime) -> bool:
    """Let `user` sign in again. False where they could already."""
    if not user.disabled:
        return False
    user.disabled = False
    user.session_version += 1
    _note_suspension(session, user, reason, by, now)
    return True


def set_password(
    session: Session,
    user: User,
    password: str,
    *,
    by: int | None,
    now: datetime,
    own_words: tuple[str, ...] = (),
) -> None:
    """Give `user` a new password, which ends every sign-in made with the old one. Raises Refused where it is weak."""
    _check_password(password, (user.email, user.name, *own_words))
    user.password_hash = passwords.hashed(password)
    user.session_version += 1
    audit.append(session, now=now, actor=by, action="person.password", subject=_subject(user))


def _give(user: User, roles: frozenset[str]) -> None:
    try:
        give_roles(user, roles)
    except ValueError as fault:
        raise Refused(str(fault)) from None


def _check_password(password: str, own_words: tuple[str, ...]) -> None:
    if faults := passwords.faults(password, own_words):
        raise Refused(". ".join(faults))


def _keep_an_admin(session: Session, leaving: User) -> None:
    """Two administrators who remove each other at the same moment must not both succeed: the rows are locked."""
    admins = select(User.id).join(UserRole).where(UserRole.role == "admin", User.disabled.is_(False))
    ids = set(session.scalars(admins.order_by(User.id).with_for_update(of=User)))
    if not ids - {leaving.id}:
        raise Refused("This is the last administrator. Make someone else an administrator first")


def _note_suspension(session: Session, user: User, reason: str, by: int | None, now: datetime) -> None:
    audit.append(
        session,
        now=now,
        actor=by,
        action="person.disabled" if user.disabled else "person.enabled",
        subject=_subject(user),
        before={"disabled": not user.disabled},
        after={"disabled": user.disabled, "reason": tidy(reason)},
    )


def _subject(user: User) -> tuple[str, str]:
    return ("person", str(user.id))
