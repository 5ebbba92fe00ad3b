"""What people are told of gaps, in the words of who asked for them and not by number."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps.models import REF, Gap, id_of


def in_own_words(session: Session, texts: Sequence[str]) -> list[str]:
    """`GAP-0002 has an answer.` → `“Somewhere to sing” has an answer.`; as it was where there is no such gap.

    The words are read now: of a gap that was changed since, what it said before is nowhere left.
    """
    named = {id_of(ref[0]) for text in texts for ref in REF.finditer(text)}
    gaps = session.scalars(select(Gap).where(Gap.id.in_(named)))
    titles = {gap.ref: f"“{gap.title}”" for gap in gaps}
    return [REF.sub(lambda ref: titles.get(ref[0], ref[0]), text) for text in texts]
