"""What everyone may do with the gap log: report a gap, take it back, join one, leave it again.

Each function changes rows and adds to the audit trail; the view commits. Free text comes as `CleanText`, which only
the personal-data guard makes: a new form cannot forget it. The trail holds codes, never what was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, lazyload

from webapp.accounts import my_data, removal
from webapp.db.counters import next_number
from webapp.db.held import held
from webapp.gaps import search_terms
from webapp.gaps.counted import count, recount
from webapp.gaps.models import Gap, GapCounter, GapEvent, GapSupport, id_of
from webapp.gaps.residents import Band
from webapp.gaps.statuses import Status
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused

TAKE_BACK = timedelta(minutes=15)
SAME_REPORT = timedelta(days=1)


@dataclass(frozen=True)
class GapReport:
    """What a form knows of a gap. All but the texts are vocabulary slugs; `about` is a path of the site."""

    needed: CleanText
    place: str
    audiences: Sequence[str] = ()
    outcome: str = ""
    activity: str = ""
    about: str = ""
    words: CleanText | None = None
    evidence: CleanText | None = None
    may_quote: bool = False  # the evidence, outside the organisation
    residents: Band = Band.NOT_SAID
    searches: int | None = None  # where it is made of what people searched for: how often
    searchers: int | None = None  # and how many they were, at the least


@dataclass(frozen=True)
class Told:
    """What somebody who joins a gap says about it besides."""

    evidence: CleanText | None = None
    may_quote: bool = False
    residents: Band = Band.NOT_SAID


NOTHING_TOLD = Told()


def sent_again(session: Session, report: GapReport, reporter: User, now: datetime) -> Gap | None:
    """The gap that `reporter` made of the same words for the same place within a day, or None.

    A browser that goes back may fetch the form anew, with a new one-time id, and put in what was typed before.
    """
    ours = (Gap.reporter_id == reporter.id, Gap.place == report.place, Gap.created_at > now - SAME_REPORT)
    same = select(Gap).where(*ours, Gap.needed == str(report.needed)).order_by(Gap.id.desc()).limit(1)
    return session.scalars(same).one_or_none()


def record(session: Session, report: GapReport, reporter: User, now: datetime, *, by: User | None = None) -> Gap:
    """Put a new gap in the log. `by` is who does so where that is not the reporter. Commit afterwards."""
    gap = Gap(
        id=next_number(session, GapCounter),
        needed=str(report.needed),
        place=report.place,
        outcome=report.outcome,
        activity=report.activity,
        about=report.about,
        words=text_of(report.words),
        evidence=text_of(report.evidence),
        may_quote=report.may_quote,
        residents=report.residents,
        searches=report.searches,
        searchers=report.searchers,
        reporter_id=reporter.id,
        reporter_team=reporter.team,
        created_at=now,
        status=Status.NEW,
        version=1,
    )
    gap.audiences = report.audiences
    count(gap, [])
    session.add(gap)
    session.add(GapEvent(gap_id=gap.id, kind="reported", at=now, status=Status.NEW))
    session.flush()
    search_terms.index_new(session, gap)
    codes = {"place": gap.place, "audience": ", ".join(gap.audiences), "outcome": gap.outcome, "activity": gap.activity}
    _audit(session, gap, by or reporter, now, "reported", after={code: slug for code, slug in codes.items() if slug})
    return gap


def may_take_back(gap: Gap, user: User, now: datetime) -> bool:
    """Whether `user` may still remove their own report: soon after, and before anyone else has acted on it."""
    mine = gap.reporter_id == user.id
    return mine and gap.people == 1 and gap.version == 1 and now <= gap.created_at + TAKE_BACK


def take_back(session: Session, gap: Gap, user: User, now: datetime) -> None:
    """Remove a report and everything written in it; its number is not given again. Commit afterwards.

    `gap` comes from `locked`. Raises Refused where somebody has joined, a commissioner has begun, or it is too late.
    """
    if not may_take_back(gap, user, now):
        raise Refused("This report can no longer be taken back. Somebody has joined it, or 15 minutes have passed.")
    session.execute(delete(GapEvent).where(GapEvent.gap_id == gap.id))
    outbox.forget(session, "gap", gap.ref)
    session.delete(gap)
    _audit(session, gap, user, now, "taken back")


def may_join(gap: Gap) -> bool:
    """A gap that is met needs a new report; any other can still be joined, and counts when it is looked at again.

    One that was merged is joined where it went.
    """
    return gap.status is not Status.MET and gap.merged_into_id is None


def join(
    session: Session,
    gap: Gap,
    user: User,
    now: datetime,
    told: Told = NOTHING_TOLD,
    *,
    by: User | None = None,
) -> bool:
    """Count `user` among those who need this; False where nothing changed. Commit afterwards.

    Who joined with one tap can add, once, what they tried and how many residents it would help. `by` is who counts
    them where they do not do it themselves. `gap` comes from `locked`. Raises Refused where the gap is met.
    """
    if gap.reporter_id == user.id:
        return False
    if mine := joined(session, gap, user):
        return _tell_more(session, gap, mine, told, user, now)
    if gap.merged_into_id:
        raise Refused("This gap is now part of another one. Open it again, and join that one.")
    if not may_join(gap):
        raise Refused("This gap is met, so it can no longer be joined. If it is not met for someone, report it.")
    mine = GapSupport(gap_id=gap.id, user_id=user.id, team=user.team, evidence="", created_at=now)
    _keep(mine, told)
    session.add(mine)
    recount(session, gap)
    _audit(session, gap, by or user, now, "joined")
    return True


def _tell_more(session: Session, gap: Gap, mine: GapSupport, told: Told, user: User, now: datetime) -> bool:
    if not _keep(mine, told):
        return False
    recount(session, gap)
    _audit(session, gap, user, now, "told more")
    return True


def _keep(mine: GapSupport, told: Told) -> bool:
    """Keep what is `told` and was not told before; whether that was anything."""
    before = (mine.evidence, mine.residents)
    if told.evidence and not mine.evidence:
        mine.evidence, mine.may_quote = str(told.evidence), told.may_quote
    mine.residents = mine.residents or told.residents
    return before != (mine.evidence, mine.residents)


def leave(session: Session, gap: Gap, user: User, now: datetime) -> bool:
    """Undo `join`; False where there is nothing to undo. `gap` comes from `locked`. Commit afterwards."""
    support = joined(session, gap, user)
    if support is None:
        return False
    session.delete(support)
    recount(session, gap)
    _audit(session, gap, user, now, "left")
    return True


def joined(session: Session, gap: Gap, user: User) -> GapSupport | None:
    """How `user` joined `gap`; None where they did not."""
    return session.get(GapSupport, (gap.id, user.id))


def locked(session: Session, ref: str) -> Gap | None:
    """The gap called `ref`, held until the commit so that nobody else changes it meanwhile; None if there is none."""
    return held(session, Gap, id_of(ref), lazyload(Gap.is_for))  # few of those who hold it ask whom it is for


def text_of(clean: CleanText | None) -> str:
    """What was written, or nothing."""
    return "" if clean is None else str(clean)


def _audit(
    session: Session, gap: Gap, user: User, now: datetime, act: str, after: dict[str, str] | None = None
) -> None:
    session.flush()
    action = f"gap.{act.replace(' ', '-')}"
    audit.append(session, now=now, actor=user.id, action=action, subject=("gap", gap.ref), after=after)


my_data.add_through("gap_audiences", "gap_id", "gaps")
removal.keep("gap_supports")  # somebody met this too: their number stays right, and nobody's name is in it
