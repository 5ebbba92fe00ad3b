"""Two reports of one gap become one, and can be taken apart again.

The merged gap keeps all it has, its supporters included: its people are counted at the main one as well, each once,
with a note of the way they came. Taking them apart removes what came that way, and both are as they were.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.gaps import followers, triage
from webapp.gaps.counted import recount
from webapp.gaps.models import Gap, GapEvent, GapSupport
from webapp.gaps.prototype_models import PrototypeGap
from webapp.mail import outbox
from webapp.people.models import User
from webapp.web.refusals import Refused

MOST_AT_ONCE = 20


def merge(session: Session, main: Gap, others: Sequence[Gap], by: User, now: datetime, *, seen: dict[str, int]) -> None:
    """Make `others` part of `main`. All come from `triage.locked_all`; `seen` are the versions on the screen.

    Everyone who asked for one of `others` or follows it is told once where it went. Raises Stale; Refused where there
    is nothing to merge, one is merged already, or one of `others` is being tried in a prototype. Commit afterwards.
    """
    if not others or main in others or len(others) > MOST_AT_ONCE:
        raise Refused(f"Choose the main gap and up to {MOST_AT_ONCE} others that ask for the same.")
    for gap in (main, *others):
        triage.check(gap, seen.get(gap.ref, 0))
    _refuse_tried(session, others)
    people = triage.listening(session, others, but=by)
    for gap in others:
        added = _bring(session, main, _people_of(session, gap), gap)
        followers.bring(session, main, gap, now)
        gap.merged_into_id = main.id
        triage.touch(gap, now)
        text = f"It asks for the same as {main.ref}, so the two are one now."
        session.add(GapEvent(gap_id=gap.id, kind="merged", at=now, team=by.team, text=text))
        session.add(GapEvent(gap_id=main.id, kind="merged", at=now, team=by.team, text=_joined(gap, added)))
        triage.record(session, gap, by, now, "merged", after={"into": main.ref})
        triage.record(session, main, by, now, "merged", after={"gap": gap.ref, "people": added})
    main.touched_at = now
    # In the product alone: where a report went is no answer, and what is sent by e-mail should be one.
    outbox.enqueue(
        session,
        now=now,
        to=people,
        topic="gap-merged",
        subject=("gap", main.ref),
        text=f"What you asked for is now {main.ref}: others asked for the same.",
        path=f"/gaps/{main.ref}",
        key=f"merged:{main.ref}:{':'.join(f'{g.ref}.{g.version}' for g in others[:4])}",
        channels=(outbox.IN_PRODUCT,),
    )


def unmerge(session: Session, main: Gap, gap: Gap, by: User, now: datetime) -> None:
    """Undo the merge of `gap` into `main`, both from `triage.locked_all`. Commit afterwards.

    Whoever came that way is asked after at `gap` alone again, unless they also came by way of another one.
    Raises Refused where `gap` is no part of `main`.
    """
    if gap.merged_into_id != main.id:
        raise Refused(f"{gap.ref} is no part of {main.ref} any more.")
    came = set(session.scalars(select(GapSupport.user_id).where(*_came(main, gap))))
    session.execute(delete(GapSupport).where(*_came(main, gap)))
    gap.merged_into_id = None
    triage.touch(gap, now)
    session.flush()
    others = session.scalars(select(Gap).where(Gap.merged_into_id == main.id).order_by(Gap.id)).all()
    for other in others:
        _bring(session, main, [one for one in _people_of(session, other) if one.user_id in came], other)
    followers.take_back(session, main, gap, others)
    recount(session, main)
    session.add(GapEvent(gap_id=gap.id, kind="unmerged", at=now, team=by.team))
    session.add(GapEvent(gap_id=main.id, kind="unmerged", at=now, team=by.team, text=f"{gap.ref} is a gap of its own."))
    triage.record(session, gap, by, now, "unmerged", before={"into": main.ref})
    triage.record(session, main, by, now, "unmerged", before={"gap": gap.ref, "people": len(came)})
    outbox.enqueue(
        session,
        now=now,
        to=triage.listening(session, [gap], but=by),
        topic="gap-merged",
        subject=("gap", gap.ref),
        text=f"{gap.ref} is looked at on its own again.",
        path=f"/gaps/{gap.ref}",
        key=f"unmerged:{gap.ref}:{gap.version}",
        channels=(outbox.IN_PRODUCT,),
    )


def _refuse_tried(session: Session, others: Sequence[Gap]) -> None:
    tried = select(PrototypeGap.gap_id).where(PrototypeGap.gap_id.in_([gap.id for gap in others]))
    linked = set(session.scalars(tried))
    for gap in others:
        if gap.id in linked:
            raise Refused(f"{gap.ref} has a prototype. Choose it as the main gap, or take it out of the prototype.")


def _people_of(session: Session, gap: Gap) -> list[GapSupport]:
    """Everyone who asked for `gap`, the reporter as a supporter too, as rows that nobody has added."""
    rows = session.scalars(select(GapSupport).where(GapSupport.gap_id == gap.id).order_by(GapSupport.created_at))
    people = [_row(one, one.user_id, one.team) for one in rows]
    if gap.reporter_id:
        people.insert(0, _row(gap, gap.reporter_id, gap.reporter_team))
    return people


def _row(said: Gap | GapSupport, user_id: int, team: str) -> GapSupport:
    return GapSupport(
        user_id=user_id,
        team=team,
        evidence=said.evidence[:500],
        may_quote=said.may_quote,
        residents=said.residents,
        created_at=said.created_at,
    )


def _bring(session: Session, main: Gap, people: Sequence[GapSupport], via: Gap) -> int:
    """Count at `main` those of `people` who are not counted there; how many that was."""
    known = set(session.scalars(select(GapSupport.user_id).where(GapSupport.gap_id == main.id))) | {main.reporter_id}
    added = [one for one in people if one.user_id not in known]
    for one in added:
        one.gap_id, one.via_id = main.id, via.id
    session.add_all(added)
    recount(session, main)
    return len(added)


def _came(main: Gap, gap: Gap) -> tuple:
    return GapSupport.gap_id == main.id, GapSupport.via_id == gap.id


def _joined(gap: Gap, people: int) -> str:
    more = {0: "Nobody new asked.", 1: "1 more member of staff asked."}.get(people, f"{people} more staff asked.")
    return f"{gap.ref} asks for the same, so the two are one now. {more}"
