"""The days and parts of a day that a search or its filters name: a row tells of the session that meets them."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.directory.criteria import Criteria
from webapp.library.front_matter.listing import Session
from webapp.library.search.parts_of_day import parts_of_day
from webapp.library.search.query import Results


@dataclass(frozen=True, slots=True)
class NamedTimes:
    """`days` (`saturday`) and `parts` (`evening`) of which any will do; of what is empty, every one."""

    days: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, criteria: Criteria, results: Results) -> "NamedTimes":
        """From the filters, which leave out everything else, and from what was understood of the words."""
        said = tuple(
            slug for named in results.understood for facet, slugs in named.facets if facet == "day" for slug in slugs
        )
        chosen = criteria.filters.get("day", ())
        both = tuple(day for day in chosen if day in said)
        return cls(both or chosen or said, tuple(part for named in results.understood for part in named.parts))

    def among(self, sessions: Sequence[Session]) -> Sequence[Session]:
        """Those of `sessions` that meet it; all of them where none does, as a listing's own words may have met it."""
        return [session for session in sessions if self._met_by(session)] or sessions

    def _met_by(self, session: Session) -> bool:
        on_day = not (self.days and session.days) or not set(self.days).isdisjoint(session.days)
        return on_day and (not self.parts or not set(self.parts).isdisjoint(parts_of_day(session.starts, session.ends)))


ANY_TIME = NamedTimes()
