"""How many colleagues asked for a gap, and how many residents they say it would help, kept beside the gap itself."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps.models import Gap, GapSupport
from webapp.gaps.residents import Band, added


def recount(session: Session, gap: Gap) -> None:
    """Count `gap` anew, after its supporters or their answers have changed. Commit afterwards.

    The reporter is counted even after they have left.
    """
    session.flush()
    bands = session.scalars(select(GapSupport.residents).where(GapSupport.gap_id == gap.id)).all()
    count(gap, bands)


def count(gap: Gap, bands: Sequence[Band]) -> None:
    """Let `gap` say what follows from the answers of its supporters, one for each of them."""
    gap.people = 1 + len(bands)
    every = [gap.residents, *bands]
    whole = added(every)
    gap.residents_low, gap.residents_high, gap.residents_more = whole.low, whole.high, every.count(Band.MORE)
