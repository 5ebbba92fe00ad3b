"""Whether what is counted has changed: a mark that is another one after every log, barrier or answer."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier
from webapp.gaps.models import Gap
from webapp.learning_logs.models import Helped, LearningLog
from webapp.people.audit import AuditHead


def of(session: Session) -> tuple[object, ...]:
    """From the audit trail, in which every change of a barrier or gap leaves an entry, and from sums over the logs.

    An index has all of what the sums read. What they do not see are changes of several logs at once that even each
    other out: so nothing is kept for longer than a few minutes.
    """
    not_yet = func.count(case((LearningLog.helped == Helped.NOT_YET, 1)))
    partly = func.count(case((LearningLog.helped == Helped.PARTLY, 1)))
    first, last = func.min(LearningLog.week), func.max(LearningLog.week)
    writers, withdrawn = func.sum(LearningLog.author_id), func.count(LearningLog.withdrawn_at)
    tries = func.count(case((LearningLog.tries, 1)))
    logs = select(func.count(), writers, withdrawn, not_yet, partly, tries, first, last).select_from(LearningLog)
    barriers = select(func.count(), func.max(Barrier.id), func.max(Barrier.created_at), func.max(Barrier.touched_at))
    gaps = select(func.max(Gap.touched_at))
    trail = select(AuditHead.entries, AuditHead.hash)
    return tuple(tuple(row) for query in (logs, barriers, gaps, trail) for row in session.execute(query))
