"""The words of each gap, as stems, in a table that both databases search by index.

A list's search and the look for similar gaps read it. What a gap says is put in with `index`, in the same commit.
"""

from typing import cast

from sqlalchemy import ColumnElement, ForeignKey, Select, String, Table, and_, delete, false, insert, or_, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base
from webapp.gaps.models import Gap, id_of, ref_of
from webapp.library.search.text import STOP_WORDS, stem, stems, words

LONGEST = 40
MOST_OF_A_GAP = 120
LAST = "\U0010ffff"  # after every letter

# Compared letter by letter on both databases, so that the start of a word is a range of the index.
Stem = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")


class GapTerm(Base):
    """One gap holds one stem."""

    __tablename__ = "gap_terms"

    term: Mapped[str] = mapped_column(Stem, primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True, index=True)


_PUT_IN = insert(cast(Table, GapTerm.__table__))


def of(gap: Gap) -> list[str]:
    """The stems of what a gap says, each once."""
    return list(dict.fromkeys(s[:LONGEST] for s in stems(f"{gap.needed} {gap.words}")))[:MOST_OF_A_GAP]


def index(session: Session, gap: Gap) -> None:
    """Make the table say what `gap` says. Its row must be there already. Commit afterwards."""
    session.execute(delete(GapTerm).where(GapTerm.gap_id == gap.id))
    index_new(session, gap)


def index_new(session: Session, gap: Gap) -> None:
    """The same for a gap that was in no table before: there is nothing to take out. Commit afterwards."""
    rows = [{"term": term, "gap_id": gap.id} for term in of(gap)]
    if rows:
        session.execute(_PUT_IN, rows)


def says(word: str, *, begins: bool) -> ColumnElement[bool]:
    """Gaps that hold `word`, whatever its ending, or only its beginning where `begins`; or the gap of that number.

    A word that every gap holds (`the`) finds them all; one without letters or digits finds none.
    """
    every = words(word)
    if not every:
        return false()
    significant = [stem(w)[:LONGEST] for w in every if w not in STOP_WORDS]
    matches = and_(true(), *(Gap.id.in_(_holding(s, begins)) for s in significant))
    number = _number(word)
    return or_(Gap.id == number, matches) if number else matches


def _holding(term: str, begins: bool) -> Select[int]:
    within = (GapTerm.term >= term, GapTerm.term < term + LAST) if begins else (GapTerm.term == term,)
    return select(GapTerm.gap_id).where(*within)


def _number(word: str) -> int | None:
    """GAP-0012, gap-0012 and 12 are all one gap."""
    bare = ref_of(int(word)) if word.isascii() and word.isdecimal() and len(word) < 10 else word.upper()
    return id_of(bare)
