"""Spotlight sessions: planned for a team, changed, cancelled, and written up. The caller commits.

Nothing here knows of a request. Free text comes as `CleanText`, which only the personal-data guard makes. Each change
is in the audit trail; one that a calendar must hear of raises `sequence` (RFC 5545, 3.8.7.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.english.dates import iso
from webapp.people import audit
from webapp.pii.guard import CleanText
from webapp.spotlights.models import EVERY_TEAM, SessionTheme, SpotlightSession
from webapp.web.refusals import Refused, Stale

MOST_CAME = 1000
MOST_THEMES = 6


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """When and where. `spotlight` is the last part of the page's address, `team` a slug or EVERY_TEAM."""

    spotlight: str
    starts_at: datetime
    minutes: int
    team: str = EVERY_TEAM
    venue: CleanText | None = None
    join: str = ""  # an address beginning with https://

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What is kept of a session: how many came (never who), slugs of themes, what the room said, what was agreed."""

    came: int | None = None
    themes: tuple[str, ...] = ()
    notes: CleanText | None = None
    actions: CleanText | None = None


def plan(session: Session, wanted: SessionPlan, by: int | None, now: datetime) -> SpotlightSession:
    """A new session, or the one that is planned for this team at this very moment already. `by` is a person's id."""
    same = select(SpotlightSession).where(
        SpotlightSession.spotlight == wanted.spotlight,
        SpotlightSession.team == wanted.team,
        SpotlightSession.starts_at == wanted.starts_at,
        SpotlightSession.cancelled_at.is_(None),
    )
    if found := session.scalars(same.order_by(SpotlightSession.id).limit(1)).first():
        return found
    held = SpotlightSession(created_by_id=by, changed_at=now, sequence=0, version=1)
    _put(held, wanted)
    session.add(held)
    session.flush()
    _note(session, held, by, now, "planned", after=_plain(held))
    return held


def change(
    session: Session, held: SpotlightSession, wanted: SessionPlan, by: int, now: datetime, *, version: int
) -> bool:
    """Move `held`, which comes from `locked`; False where nothing differs. Raises Stale; Refused where it is cancelled.

    The spotlight itself stays: another one is another session.
    """
    _check(held, version)
    if held.cancelled_at:
        raise Refused("This session is cancelled. Bring it back before you change it.")
    before = _plain(held)
    _put(held, wanted)
    if before == _plain(held):
        return False
    _moved(held, now)
    _note(session, held, by, now, "changed", before=before, after=_plain(held))
    return True


def cancel(session: Session, held: SpotlightSession, by: int, now: datetime) -> bool:
    """Cancel `held`, which comes from `locked`; False where it is cancelled. Raises Refused where it was held."""
    if held.cancelled_at:
        return False
    if held.held_at or held.ends_at <= now:
        raise Refused("This session has been, so it cannot be cancelled.")
    held.cancelled_at = now
    _moved(held, now)
    _note(session, held, by, now, "cancelled")
    return True


def restore(session: Session, held: SpotlightSession, by: int, now: datetime) -> bool:
    """Undo `cancel`; False where it is not cancelled. `held` comes from `locked`."""
    if held.cancelled_at is None:
        return False
    held.cancelled_at = None
    _moved(held, now)
    _note(session, held, by, now, "restored")
    return True


def record(
    session: Session,
    held: SpotlightSession,
    fields: SessionRecord,
    by: int | None,
    now: datetime,
    *,
    version: int | None = None,
) -> None:
    """Keep what came of a session, in place of what was kept before. `held` comes from `locked`.

    Raises Stale where `version` is given and is not the one there is; Refused where it is cancelled or has not begun.
    """
    _check(held, version)
    _check_begun(held, now)
    held.came = fields.came
    held.notes, held.actions = str(fields.notes or ""), str(fields.actions or "")
    _put_themes(session, held, fields.themes)
    held.held_at = held.held_at or now
    held.version += 1
    after = {"came": held.came, "themes": sorted(fields.themes), "notes": held.notes, "actions": held.actions}
    _note(session, held, by, now, "recorded", after=after)


def keep_notes(
    session: Session, held: SpotlightSession, notes: CleanText | None, by: int, now: datetime, *, version: int
) -> None:
    """Keep what the room said, while the session runs. Takes a `locked` one; raises Stale, and Refused as above."""
    _check(held, version)
    _check_begun(held, now)
    held.notes = str(notes or "")
    held.version += 1
    _note(session, held, by, now, "noted", after={"notes": held.notes})


def locked(session: Session, number: int) -> SpotlightSession | None:
    """The session of this id, held until the commit so that nobody else changes it meanwhile; None if none."""
    wanted = select(SpotlightSession).where(SpotlightSession.id == number).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


EARLY = timedelta(hours=1)  # a room is opened, and a first note taken, before the hour


def begun(held: SpotlightSession, now: datetime) -> bool:
    """Whether there is something to keep of it: it is about to begin, or has."""
    return now >= held.starts_at - EARLY


def _check(held: SpotlightSession, version: int | None) -> None:
    if version is not None and held.version != version:
        raise Stale


def _check_begun(held: SpotlightSession, now: datetime) -> None:
    if held.cancelled_at:
        raise Refused("This session is cancelled, so nothing is kept of it.")
    if not begun(held, now):
        raise Refused("This session has not begun, so there is nothing to keep of it yet.")


def _put(held: SpotlightSession, wanted: SessionPlan) -> None:
    held.spotlight, held.team = wanted.spotlight, wanted.team
    held.starts_at, held.ends_at = wanted.starts_at, wanted.ends_at
    held.venue, held.join = str(wanted.venue or ""), wanted.join


def _put_themes(session: Session, held: SpotlightSession, themes: Iterable[str]) -> None:
    wanted = set(themes)
    session.execute(delete(SessionTheme).where(SessionTheme.session_id == held.id))
    session.add_all(SessionTheme(session_id=held.id, theme=theme) for theme in sorted(wanted)[:MOST_THEMES])


def _moved(held: SpotlightSession, now: datetime) -> None:
    held.sequence += 1
    held.version += 1
    held.changed_at = now


def _plain(held: SpotlightSession) -> dict[str, Any]:
    return {
        "spotlight": held.spotlight,
        "team": held.team,
        "starts": iso(held.starts_at),
        "ends": iso(held.ends_at),
        "venue": held.venue,
        "join": held.join,
    }


def _note(
    session: Session,
    held: SpotlightSession,
    by: int | None,
    now: datetime,
    act: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    session.flush()
    subject = ("spotlight-session", str(held.id))
    audit.append(session, now=now, actor=by, action=f"session.{act}", subject=subject, before=before, after=after)
