"""What people thought of a session, in a minute: once each, to change while the form is open. The caller commits.

Nothing here knows of a request. What is shown to others never tells of fewer than AT_LEAST people, not even to who
looks again when one more has answered: only whole groups of that size are counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers import report
from webapp.barriers.models import BarrierSource
from webapp.barriers.report import BarrierReport
from webapp.db.upsert import insert
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.spotlights.models import SessionFeedback, SpotlightSession, Useful
from webapp.spotlights.sessions import begun
from webapp.web.refusals import Refused

OPEN_FOR = timedelta(days=14)  # after the end of the session
AT_LEAST = 5
MOST_RECENT = 50  # sessions of one spotlight in two weeks, all teams together
MOST = 1000  # answers of one session that are read for its summary


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. `kind` and `workstream` say what kind of barrier `in_the_way` is and who could act on it: slugs.

    `theme` is what the session was about.
    """

    useful: Useful
    will_try: CleanText | None = None
    in_the_way: CleanText | None = None
    may_quote: bool = False
    kind: str = "other"
    workstream: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """`answers` is how many are counted, a multiple of AT_LEAST; `will_try` what may be quoted of them, in no order."""

    answers: int
    useful: Mapping[Useful, int]
    will_try: tuple[str, ...]


def is_open(held: SpotlightSession, now: datetime) -> bool:
    """Whether one can answer, and change what one answered: from shortly before the session until OPEN_FOR after it."""
    return held.cancelled_at is None and begun(held, now) and now <= held.ends_at + OPEN_FOR


def latest_open(session: Session, spotlight: str, team: str, now: datetime) -> SpotlightSession | None:
    """The session of this spotlight whose form is open: the last one, of `team` before any other's."""
    recent = (SpotlightSession.spotlight == spotlight, SpotlightSession.ends_at >= now - OPEN_FOR)
    newest = select(SpotlightSession).where(*recent).order_by(SpotlightSession.starts_at.desc()).limit(MOST_RECENT)
    held = [one for one in session.scalars(newest) if is_open(one, now)]
    return next((one for one in held if team and one.team == team), held[0] if held else None)


def mine(session: Session, held: SpotlightSession, user_id: int) -> SessionFeedback | None:
    """What this person answered."""
    own = (SessionFeedback.session_id == held.id, SessionFeedback.user_id == user_id)
    return session.scalars(select(SessionFeedback).where(*own)).one_or_none()


def give(session: Session, held: SpotlightSession, person: User, sent: Given, now: datetime) -> SessionFeedback:
    """Keep an answer, in place of what the same person answered before. Raises Refused where the form is not open.

    What is in the way is passed on as a barrier, once: the barrier then has its own page, where it is changed.
    """
    if not is_open(held, now):
        raise Refused("This form is closed, so nothing was sent.")
    row = {"session_id": held.id, "user_id": person.id, "team": person.team, "useful": sent.useful, "created_at": now}
    empty = {"will_try": "", "in_the_way": "", "may_quote": False}
    session.execute(insert(session, SessionFeedback).values(row | empty).on_conflict_do_nothing())
    given = mine(session, held, person.id)
    assert given
    given.useful, given.will_try, given.may_quote = sent.useful, str(sent.will_try or ""), sent.may_quote
    if given.barrier_id is None:
        given.in_the_way = str(sent.in_the_way or "")
        if sent.in_the_way:
            given.barrier_id = _pass_on(session, person, sent, sent.in_the_way, now)
    session.flush()
    # Not what was answered: the trail says who did something, and an answer is nobody's.
    subject = ("spotlight-session", str(held.id))
    audit.append(session, now=now, actor=person.id, action="session.feedback", subject=subject)
    return given


def summary(session: Session, held: SpotlightSession) -> Summary | None:
    """What those who hold the session may see; None while fewer than AT_LEAST have answered."""
    query = select(SessionFeedback).where(SessionFeedback.session_id == held.id)
    every = session.scalars(query.order_by(SessionFeedback.created_at, SessionFeedback.id).limit(MOST)).all()
    counted = every[: len(every) // AT_LEAST * AT_LEAST]
    if not counted:
        return None
    tried = {answer.will_try for answer in counted if answer.may_quote and answer.will_try}
    return Summary(len(counted), Counter(answer.useful for answer in counted), tuple(sorted(tried)))


def _pass_on(session: Session, person: User, sent: Given, text: CleanText, now: datetime) -> int:
    raised = BarrierReport(
        text=text,
        kind=sent.kind,
        workstream=sent.workstream,
        theme=sent.theme,
        source=BarrierSource.SESSION,
        may_quote=sent.may_quote,
    )
    before = report.sent_again(session, raised, person, now)
    return (before or report.record(session, raised, person, now)).id
