"""Whose account it is that a provider speaks of. The caller holds the write lock, and commits.

1. By `issuer` and `sub`, which never change. Nothing else of the claims is asked.
2. Else by e-mail, where the provider has verified it, or its domain is one whose addresses this provider alone gives
   out: an account that is here already becomes theirs, and its password and second factor here end.
3. Else a new account, where a group or the default role lets them in.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts import administration
from webapp.accounts.models import OneTimeLink, RecoveryCode, SecondFactor
from webapp.config.identity_provider import IdentityProvider
from webapp.db.locks import one_at_a_time
from webapp.people import audit
from webapp.people.models import User
from webapp.sign_in.single_sign_on import groups
from webapp.sign_in.single_sign_on.flow import Answer
from webapp.sign_in.single_sign_on.models import Identity
from webapp.sign_in.single_sign_on.tokens import Claims
from webapp.web.refusals import Refused
from webapp.web.text import tidy

log = logging.getLogger(__name__)


class KeptOut(StrEnum):
    """Why somebody whom the provider knows may not come in."""

    STOPPED = "stopped"
    NO_GROUP = "no-group"
    TOO_MANY_GROUPS = "too-many-groups"
    NO_EMAIL = "no-email"
    TAKEN = "taken"


class NotLetIn(Exception):
    """They may not come in; `why` is a KeptOut. What was changed on the way (roles taken away) is to be committed."""

    def __init__(self, why: KeptOut) -> None:
        super().__init__(why.value)
        self.why = why


def person(session: Session, answer: Answer, settings: IdentityProvider, teams: Collection[str], now: datetime) -> User:
    """The account of whom `answer` speaks, with the roles and the team that their groups give them.

    `teams` are the slugs that are known. Raises NotLetIn.
    """
    email = trusted_email(answer.claims, settings)
    one_at_a_time(session, f"identity {answer.issuer} {answer.subject}", f"e-mail {email}")
    theirs = groups.of(answer.claims, settings)
    roles, team = groups.roles(theirs, settings), groups.team(theirs, settings, teams)
    _warn_of_unknown(settings, teams)
    identity = session.get(Identity, (answer.issuer, answer.subject))
    if identity is not None:
        user = session.get_one(User, identity.user_id)
    elif not email:
        raise NotLetIn(KeptOut.NO_EMAIL)
    else:
        here = session.scalars(select(User).where(User.email == email)).unique().one_or_none()
        user = _linked(session, here) if here else _new(session, answer.claims, email, settings, theirs, now)
        _note_identity(session, user, answer, now)
    if user.disabled:
        raise NotLetIn(KeptOut.STOPPED)
    if roles == frozenset():
        user.session_version += 1  # whatever let them in before does so no more
        raise NotLetIn(KeptOut.NO_GROUP)
    if roles is not None or team is not None:
        _give(session, user, roles if roles is not None else user.roles, team, now)
    _keep_up_with(session, user, answer.claims, email)
    return user


def trusted_email(claims: Claims, settings: IdentityProvider) -> str:
    """Their e-mail address where it is surely theirs, in lower case; else empty."""
    given = claims.get(settings.email_claim)
    email = tidy(given).lower() if isinstance(given, str) else ""
    if not administration.EMAIL.fullmatch(email) or len(email) > 254:
        return ""
    # `xms_edov` is Entra ID's "the owner of this e-mail's domain was verified"; it sends no `email_verified`.
    verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    is_ours = email.rpartition("@")[2] in settings.email_domains
    return email if is_ours or (verified and settings.email_claim == "email") else ""


def _linked(session: Session, user: User) -> User:
    """An account that is here already, which the provider alone lets into from now on: who leaves there leaves here."""
    if user.disabled:
        raise NotLetIn(KeptOut.STOPPED)
    if session.scalar(select(Identity.subject).where(Identity.user_id == user.id)) is not None:
        raise NotLetIn(KeptOut.TAKEN)
    user.password_hash = ""  # nosec B105 # an empty word lets nobody in
    user.session_version += 1
    for held in (SecondFactor, RecoveryCode, OneTimeLink):
        session.execute(delete(held).where(held.user_id == user.id))
    return user


def _new(
    session: Session,
    claims: Claims,
    email: str,
    settings: IdentityProvider,
    theirs: frozenset[str] | None,
    now: datetime,
) -> User:
    """An account for somebody who was never here. Their team follows."""
    if settings.roles and theirs is None:
        raise NotLetIn(KeptOut.TOO_MANY_GROUPS)
    given = groups.roles(theirs, settings) or frozenset({settings.default_role} - {""})
    if not given:
        raise NotLetIn(KeptOut.NO_GROUP)
    name = _name(claims) or email.partition("@")[0]
    return administration.add(session, email=email, name=name, roles=given, team="", password=None, by=None, now=now)


def _note_identity(session: Session, user: User, answer: Answer, now: datetime) -> None:
    session.add(Identity(issuer=answer.issuer, subject=answer.subject, user_id=user.id, created_at=now))
    session.flush()
    about, after = ("person", str(user.id)), {"issuer": answer.issuer}
    audit.append(session, now=now, actor=None, action="person.linked", subject=about, after=after)


def _give(session: Session, user: User, roles: frozenset[str], team: str | None, now: datetime) -> None:
    """What the groups say. The last administrator stays one, and the log says so."""
    try:
        administration.set_roles(session, user, roles, team=team, by=None, now=now)
    except Refused as why:
        log.warning("single sign-on: the roles of person %s stay as they are: %s", user.id, why)


def _keep_up_with(session: Session, user: User, claims: Claims, email: str) -> None:
    """Their name and address, as the provider has them now; an address that somebody else has here stays as it was."""
    user.name = _name(claims) or user.name
    if email and email != user.email:
        taken = session.scalar(select(User.id).where(User.email == email))
        user.email = email if taken is None else user.email


def _name(claims: Claims) -> str:
    parts = [claims.get(name) for name in ("given_name", "family_name")]
    whole = claims.get("name") or " ".join(part for part in parts if isinstance(part, str))
    return tidy(whole)[:200].strip() if isinstance(whole, str) else ""


def _warn_of_unknown(settings: IdentityProvider, teams: Collection[str]) -> None:
    if unknown := sorted({slug for _, slug in settings.teams if slug not in teams}):
        log.warning("SIGNPOST_OIDC_TEAMS names %s, which content/vocabulary/teams.yml does not know", unknown)
