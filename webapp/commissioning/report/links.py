"""Where a figure leads: the list of exactly the gaps that it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from webapp.commissioning.report.scope import Scope
from webapp.gaps.queries import ANY_OPEN, CITYWIDE, NOT_DECIDED
from webapp.gaps.within import Within

LIST = "/commissioning/gaps"
OPEN: Mapping[str, Any] = {"status": ANY_OPEN}
WAITING: Mapping[str, Any] = {"waiting": "answer", "age": "30", "sort": "oldest"}


@dataclass(frozen=True)
class GapLinks:
    """Lists of gaps within a scope."""

    scope: Scope

    def to(self, **filters: Any) -> str:
        """The list with these filters, and the scope's place and audience where they say nothing of their own."""
        whole = {"place": list(self.scope.places), "audience": self.scope.audience, **filters}
        return f"{LIST}?{urlencode({name: value for name, value in whole.items() if value}, doseq=True)}"

    def open(self, **filters: Any) -> str:
        return self.to(**{**OPEN, **filters})

    def waiting(self) -> str:
        """Open for over 30 days without an answer."""
        return self.to(**WAITING)

    def within(self, happened: str, days: tuple[date, date] | None = None, **filters: Any) -> str:
        """What happened within the scope's days, or within those from a first to a last."""
        within = Within(happened, *(days or (self.scope.since, self.scope.until)))
        return self.to(when=str(within), **filters)


def coded(dimension: str, slug: str) -> str:
    """How the address of a list says `slug`, where nothing is a value as well."""
    return slug or (CITYWIDE if dimension == "place" else NOT_DECIDED)
