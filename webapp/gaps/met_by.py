"""What now meets a gap: listings and guidance of this site, linked from the gap's page."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps import triage
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.gaps.triage_models import GapLink
from webapp.people.models import User
from webapp.web.refusals import Refused

MOST = 20  # links of one gap


def link(session: Session, gap: Gap, path: str, by: User, now: datetime) -> bool:
    """Say that the page at `path`, which the caller has found in the content, meets the gap; False where it is said.

    `gap` comes from `reporting.locked`. Raises Refused where the gap was merged, or has too many. Commit afterwards.
    """
    triage.check(gap, gap.version)
    known = paths(session, gap)
    if path in known:
        return False
    if len(known) >= MOST:
        raise Refused(f"A gap can have {MOST} links at the most. Take one away first.")
    session.add(GapLink(gap_id=gap.id, path=path, at=now))
    gap.touched_at = now
    triage.record(session, gap, by, now, "linked", after={"page": path})
    return True


def name(session: Session, gap: Gap, to: Status, path: str, by: User, now: datetime) -> None:
    """Link the listing at `path` where the gap is to be met and a form names one; empty where it names none.

    Raises triage.ListingNeeded where `path`, which the caller has found in the content, is no listing. Commit
    afterwards.
    """
    if to is not Status.MET or not path:
        return
    if not path.startswith(triage.DIRECTORY):
        raise triage.ListingNeeded("This is no listing of the directory. Give the address of the one that meets it")
    link(session, gap, path, by, now)


def unlink(session: Session, gap: Gap, path: str, by: User, now: datetime) -> bool:
    """Undo `link`; False where there is nothing to undo. Commit afterwards."""
    found = session.get(GapLink, (gap.id, path))
    if found is None:
        return False
    session.delete(found)
    triage.record(session, gap, by, now, "unlinked", before={"page": path})
    return True


def paths(session: Session, gap: Gap) -> Sequence[str]:
    """The paths that were linked, the first one first."""
    wanted = select(GapLink.path).where(GapLink.gap_id == gap.id).order_by(GapLink.at, GapLink.path).limit(MOST)
    return session.scalars(wanted).all()


def pages(session: Session, gap: Gap, title_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """(path, title) of the links whose page readers still have; `title_of` gives nothing where they have not."""
    return [(path, title) for path in paths(session, gap) if (title := title_of(path))]
