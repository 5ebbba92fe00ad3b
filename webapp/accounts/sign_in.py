"""Signing in, staying signed in and signing out. The clock and the session are passed in.

A sign-in lasts while all of this is true: its person is active and at the same session version as when they signed
in; it was used within the idle limit; it began within the longest limit.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Protocol, cast

from sqlalchemy import Dialect, Engine, Label, Select, Table, bindparam, delete, exists, select
from sqlalchemy.orm import Session

from webapp.accounts import passwords
from webapp.accounts.models import Draft, SignIn
from webapp.config.settings import Settings
from webapp.db import straight
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import ASSIGNED, Convener, Person, User, UserRole, WorkstreamLead
from webapp.web import own_counts, throttle
from webapp.web.throttle import AttemptLimits as AttemptLimits

SEEN_EVERY = timedelta(minutes=1)  # how often a use is written down; an idle limit is early by this at most
# They hold whether or not the account exists, so they tell nobody which do. An office may share one address.
ATTEMPTS = AttemptLimits("sign-in", timedelta(minutes=15), address=100, account=10)
KEPT_AFTER_END = timedelta(days=1)  # so that an ended sign-in can still say whose unsent form this is


CLOCK_SET_BACK = timedelta(minutes=5)  # a sign-in that began later than now by more was made by a wrong clock


@dataclass(frozen=True)
class SignInLimits:
    """How long a sign-in lasts unused, and altogether."""

    idle: timedelta
    longest: timedelta

    @staticmethod
    def of(settings: Settings) -> "SignInLimits":
        return _limits(settings.idle_minutes, settings.session_minutes)


@cache  # every page asks, and settings change with the process
def _limits(idle: int, longest: int) -> SignInLimits:
    return SignInLimits(timedelta(minutes=idle), timedelta(minutes=longest))


def authenticate(
    session: Session, *, email: str, password: str, address: str, secret_key: str, now: datetime
) -> User | None:
    """The person with this e-mail and password, or None. `address` is where the try comes from. Commits.

    An unknown e-mail costs the same work as a known one. Raises throttle.TooMany.
    """
    email = email.strip().lower()
    account = throttle.keyed_hash(secret_key, email)
    throttle.count(session, ATTEMPTS, throttle.keyed_hash(secret_key, address), now, account)
    wanted = select(User.id, User.password_hash, User.disabled).where(User.email == email)
    found = session.execute(wanted).one_or_none()
    session.rollback()  # nothing is locked while the password is worked on
    right = passwords.matches(found.password_hash if found else "", password)
    if found is None or not right or found.disabled:
        return None
    user = session.get_one(User, found.id)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    throttle.forgive(session, ATTEMPTS, account)
    session.commit()
    return user


@dataclass(frozen=True)
class LetInBy:
    """The identity provider that let somebody in: what is kept of its session. See models.SignIn."""

    issuer: str = ""
    provider_session: str = ""
    id_token: str = ""


HERE = LetInBy()


def begin(session: Session, user: User, device: str, now: datetime, by: LetInBy = HERE) -> str:
    """Sign `user` in on a new browser and return the token that its cookie will carry. Commit afterwards."""
    token = secrets.token_urlsafe(32)
    user.last_sign_in_at = now
    session.add(
        SignIn(
            token_hash=_hash(token),
            user_id=user.id,
            session_version=user.session_version,
            created_at=now,
            last_seen=now,
            device=device[:60],
            issuer=by.issuer,
            provider_session=by.provider_session,
            id_token=by.id_token,
        )
    )
    return token


class Lasting(Protocol):
    """What decides whether a sign-in lasts; `session_version` is the person's when they signed in."""

    @property
    def session_version(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def last_seen(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class FoundSignIn:
    """A sign-in, whether or not it has ended, and whose it is. `as_of`: see `audit.as_of`."""

    id: int
    person: Person
    session_version: int
    created_at: datetime
    last_seen: datetime
    as_of: str


def find(engine: Engine, token: str) -> FoundSignIn | None:
    """The sign-in of this token. Every page asks this. Raises DBAPIError."""
    question, fixed, order = _compiled(engine.dialect)
    asked = fixed | {"hash": _hash(token)}
    values = [asked[name] for name in order] if order else asked
    rows = straight.ask(engine, question, values)
    return _read(tuple(map(tuple, rows))) if rows else None


@lru_cache(1_000)  # the pages of one person follow each other, and are told the same
def _read(rows: tuple[tuple[Any, ...], ...]) -> FoundSignIn:
    """What the columns of _question say, in their order; there is a row for each role."""
    id_, user_id, version, created_at, last_seen, email, name, team, disabled, person_version, *_ = rows[0]
    unread, as_of = rows[0][AFTER_ROLES : AFTER_ROLES + 2]
    counts = dict(zip(own_counts.COUNTS, rows[0][AFTER_ROLES + 2 :], strict=True))
    roles = frozenset(row[ROLE] for row in rows if row[ROLE])
    roles |= {role for role, column in zip(ASSIGNED, ASSIGNED_AT, strict=True) if rows[0][column]}
    person = Person(user_id, email, name, team, bool(disabled), person_version, roles, unread, counts)
    return FoundSignIn(id_, person, version, _moment(created_at), _moment(last_seen), as_of or audit.GENESIS)


def is_live(sign_in: Lasting, user: User | Person, limits: SignInLimits, now: datetime) -> bool:
    """Whether `sign_in` of `user` still lasts."""
    return (
        user.is_active
        and sign_in.session_version == user.session_version
        and now - sign_in.last_seen <= limits.idle
        and -CLOCK_SET_BACK <= now - sign_in.created_at <= limits.longest
    )


def live(session: Session, user: User, limits: SignInLimits, now: datetime) -> list[SignIn]:
    """Where `user` is signed in, last used first."""
    rows = session.scalars(
        select(SignIn).where(SignIn.user_id == user.id).order_by(SignIn.last_seen.desc(), SignIn.id.desc())
    )
    return [row for row in rows if is_live(row, user, limits, now)]


def end(session: Session, token: str) -> LetInBy:
    """Sign out the browser with this token; who had let it in. Commit afterwards."""
    gone = delete(SignIn).where(SignIn.token_hash == _hash(token))
    row = session.execute(gone.returning(SignIn.issuer, SignIn.provider_session, SignIn.id_token)).one_or_none()
    return LetInBy(*row) if row else HERE


def end_one(session: Session, user: User, sign_in_id: int) -> bool:
    """End one sign-in of `user`; False where it is not theirs or has gone. Commit afterwards."""
    mine = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == user.id).returning(SignIn.id)
    return session.scalar(mine) is not None


def end_others(session: Session, user: User, token: str) -> int:
    """End every sign-in of `user` but the one with this token; how many there were. Commit afterwards."""
    others = delete(SignIn).where(SignIn.user_id == user.id, SignIn.token_hash != _hash(token))
    return len(session.scalars(others.returning(SignIn.id)).all())


def forget(session: Session, limits: SignInLimits, now: datetime) -> None:
    """Remove sign-ins that ended over a day ago, and drafts that nobody came back for. Commit afterwards."""
    session.execute(delete(SignIn).where(SignIn.last_seen < now - limits.idle - KEPT_AFTER_END))
    session.execute(delete(Draft).where(Draft.created_at < now - KEPT_AFTER_END))


def device_of(user_agent: str) -> str:
    """`Chrome on Windows`: enough to know one's own browser by."""
    return f"{_first(user_agent, BROWSERS, 'A browser')} on {_first(user_agent, SYSTEMS, 'a computer')}"


# The first that is found counts: Edge says Chrome too, Chrome says Safari, Android says Linux.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def _first(text: str, marks: tuple[tuple[str, str], ...], otherwise: str) -> str:
    return next((name for token, name in marks if token in text), otherwise)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _question() -> Select[Any]:
    sign_ins, persons, roles = (cast(Table, model.__table__) for model in (SignIn, User, UserRole))
    whose = sign_ins.join(persons, persons.c.id == sign_ins.c.user_id)
    return (
        select(
            *(sign_ins.c[name] for name in ("id", "user_id", "generation", "created_at", "last_seen")),
            *(persons.c[name] for name in ("email", "name", "team", "disabled")),
            persons.c.generation.label("person_generation"),
            roles.c.role,  # the column ROLE
            _has(WorkstreamLead),  # and these are ASSIGNED_AT
            _has(Convener),
            outbox.unread_by(sign_ins.c.user_id).label("unread"),
            audit.as_of().label("as_of"),
            *(count(sign_ins.c.user_id).label(name) for name, count in own_counts.COUNTS.items()),
        )
        .select_from(whose.outerjoin(roles, roles.c.user_id == persons.c.id))
        .where(sign_ins.c.token_hash == bindparam("hash"))
    )


def _has(assignment: type[WorkstreamLead] | type[Convener]) -> Label[bool]:
    """Whether the person of this sign-in has any such assignment."""
    table = cast(Table, assignment.__table__)
    whose = table.c.user_id == cast(Table, SignIn.__table__).c.user_id
    return exists(select(table.c.user_id).where(whose)).label(table.name)


ROLE = 10
ASSIGNED_AT = (11, 12)  # in the order of ASSIGNED
AFTER_ROLES = 13


@cache
def _compiled(dialect: Dialect) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """The question in SQL, its values but for the one that changes, and their order where the driver goes by it."""
    compiled = _question().compile(dialect=dialect)
    return str(compiled), dict(compiled.construct_params({"hash": ""})), tuple(compiled.positiontup or ())


def _moment(value: datetime | str) -> datetime:
    """In UTC with its zone, as `db.Moment` would give it; SQLite's driver knows text alone."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)
