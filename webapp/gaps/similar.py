"""Gaps that ask for the same: words in common, in whatever form or name, the rarer the weightier.

A word counts as said where another name for it is (`content/vocabulary/thesaurus.yml`), for a little less. The same
place and the same kind of thing bring two reports nearer, and alone say nothing. However long the log is, at most
`POSTINGS` entries of its index are read and `COMPARED` gaps are compared.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select, text
from sqlalchemy.orm import Session

from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.search_terms import LONGEST, GapTerm
from webapp.gaps.statuses import OPEN
from webapp.library.search.text import STOP_WORDS, stem, words
from webapp.library.search.thesaurus import Thesaurus

POSTINGS = 4000
COMPARED = 200
MOST_WORDS = 16
MOST_NAMES = 5  # other names of one phrase
MOST_TERMS = 60
ENOUGH = 0.34  # of the weight of what was said: a third, or less where place and kind agree
OTHER_NAME = 0.7
SAME_PLACE = 0.12
SAME_KIND = 0.12
# Words in nearly every report: they say nothing of what is missing.
_COMMON = """
a an and any are as at be but by can could do for from get group groups has have help here in into is it local like
need needed needs near no not of on or our out people person place service services so some somewhere someone somebody
something support that the their them there they this to up want wants was we who with would you
"""
COMMON = STOP_WORDS | frozenset(re.findall(r"\w+", _COMMON))


@dataclass(frozen=True)
class SimilarityQuery:
    """What was said: its stems, and other names, each with the stems that it stands for."""

    stems: tuple[str, ...]
    names: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    @property
    def terms(self) -> list[str]:
        """Every stem to look for, what was said first."""
        other = [term for name, _ in self.names for term in sorted(name)]
        return list(dict.fromkeys([*self.stems, *other]))[:MOST_TERMS]


def similar(
    session: Session,
    text: str,
    place: str = WHOLE_CITY,
    *,
    activity: str = "",
    thesaurus: Thesaurus | None = None,
    besides: Collection[int] = (),
    limit: int = 5,
    closed: bool = False,
) -> list[Gap]:
    """Open gaps that ask for what `text` does, the nearest first, without those whose ids are `besides`.

    With `closed`, those that were closed too.
    """
    asked = understand(text, thesaurus)
    if not asked.stems:
        return []
    held = _holders(session, asked, closed)
    if not held.there:
        return []
    columns = select(Gap.id, Gap.place, Gap.activity, Gap.people).where(Gap.id.in_(held.there))
    scored = []
    for number, where, kind, people in session.execute(columns):
        share = held.share(asked, number)
        near = share + SAME_PLACE * (where == place) + SAME_KIND * bool(activity and kind == activity)
        if near >= ENOUGH and share > 0 and number not in besides:
            scored.append((-near, -people, number))
    best = [number for _, _, number in sorted(scored)[:limit]]
    gaps = {gap.id: gap for gap in session.scalars(select(Gap).where(Gap.id.in_(best)))}
    return [gaps[number] for number in best]


def understand(text: str, thesaurus: Thesaurus | None) -> SimilarityQuery:
    """The significant stems of `text`, and the names that the thesaurus knows for them."""
    typed = words(text[:500])
    significant = [w for w in typed if w not in COMMON and len(w) > 1][:MOST_WORDS]
    stems = tuple(dict.fromkeys(stem(w)[:LONGEST] for w in significant))
    names: list[tuple[frozenset[str], frozenset[str]]] = []
    for match in thesaurus.find(typed) if thesaurus else ():
        meant = frozenset(_stems([typed[i] for i in match.at])) & frozenset(stems)
        for other in match.others[:MOST_NAMES]:
            name = frozenset(_stems(words(other)))
            if name and meant and not name <= frozenset(stems):
                names.append((name, meant))
    return SimilarityQuery(stems, tuple(names))


def _stems(of: Sequence[str]) -> list[str]:
    return [stem(w)[:LONGEST] for w in of if w not in COMMON]


@dataclass(frozen=True)
class TermsHeld:
    """Which of the words each gap that may be similar holds (`there`), and what each word weighs."""

    there: dict[int, frozenset[str]]
    weight: dict[str, float]

    def share(self, asked: SimilarityQuery, number: int) -> float:
        """How much of what was asked this gap says, between 0 and 1."""
        holds = self.there[number]
        says = {term: 1.0 if term in holds else 0.0 for term in asked.stems}
        for name, meant in asked.names:
            if name <= holds:
                for term in meant:
                    says[term] = max(says[term], OTHER_NAME)
        whole = sum(self.weight[term] for term in asked.stems)
        return sum(self.weight[term] * much for term, much in says.items()) / whole


def _holders(session: Session, asked: SimilarityQuery, closed: bool) -> TermsHeld:
    terms = asked.terms
    counts = _counts(session, terms)
    log = max(session.scalar(select(Gap.id).order_by(Gap.id.desc()).limit(1)) or 1, 1)
    # A word that no gap has may be half typed: it weighs little, so that it does not hide the others.
    weight = {t: math.log(1 + log / counts[t]) if counts[t] else 0.3 for t in terms}
    known = sorted((t for t in terms if counts[t]), key=lambda t: counts[t])
    chosen: list[str] = []
    read = 0
    for term in known:
        if chosen and read + counts[term] > POSTINGS:
            break
        chosen.append(term)
        read += counts[term]
    if not chosen:
        return TermsHeld({}, weight)
    still_open = (Gap.merged_into_id.is_(None), *(() if closed else (Gap.status.in_(OPEN),)))
    found = select(GapTerm.gap_id, GapTerm.term).join(Gap, GapTerm.gap_id == Gap.id)
    newest = (
        found.where(GapTerm.term.in_(chosen), *still_open).order_by(GapTerm.gap_id.desc()).limit(POSTINGS).subquery()
    )
    weighs = func.sum(case({term: weight[term] for term in chosen}, value=newest.c.term))
    best = select(newest.c.gap_id).group_by(newest.c.gap_id).order_by(weighs.desc(), newest.c.gap_id.desc())
    heaviest = session.scalars(best.limit(COMPARED)).all()
    every = select(GapTerm.gap_id, GapTerm.term).where(GapTerm.gap_id.in_(heaviest), GapTerm.term.in_(known))
    return TermsHeld(_by_gap(session.execute(every).all()), weight)


def _by_gap(rows: Sequence[tuple[int, str]]) -> dict[int, frozenset[str]]:
    there: dict[int, set[str]] = {}
    for number, term in rows:
        there.setdefault(number, set()).add(term)
    return {number: frozenset(held) for number, held in there.items()}


def _counts(session: Session, terms: Sequence[str]) -> dict[str, int]:
    """In how many gaps each stem is, counted no further than POSTINGS."""
    one = "select {0} as i, count(*) as n from (select 1 from gap_terms where term = :t{0} limit {1}) as s{0}"
    counting = " union all ".join(one.format(i, POSTINGS) for i in range(len(terms)))
    rows = session.execute(text(counting), {f"t{i}": term for i, term in enumerate(terms)})
    return {terms[i]: n for i, n in rows}
