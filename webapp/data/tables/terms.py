"""Every term that a code of another table may be, in the order in which people see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from webapp.barriers.statuses import Status as BarrierStatus
from webapp.data.table import Asked, Kind, Table, plain
from webapp.gaps.statuses import Status as GapStatus

VOCABULARIES = (
    "places", "audiences", "outcomes", "activities", "themes", "workstreams", "teams", "capacity", "costs",
    "barrier-kinds",
)  # fmt: skip
STATUSES = {"gap-statuses": GapStatus, "barrier-statuses": BarrierStatus}


@dataclass(frozen=True)
class TermRow:
    """One term. `group` is a locality, of places; `position` counts from 1 within its vocabulary."""

    vocabulary: str
    code: str
    label: str
    group: str | None
    position: int


COLUMNS = (
    plain("vocabulary", Kind.TEXT, "What kind of code it is, as the dictionary names it."),
    plain("code", Kind.TEXT, "The code, as other tables have it."),
    plain("label", Kind.TEXT, "The term in words."),
    plain("group", Kind.TEXT, "What it belongs to: of a place its locality. Empty where terms are not grouped."),
    plain("position", Kind.NUMBER, "Where it stands in lists."),
)


def _rows(asked: Asked) -> Iterator[Any]:
    words = asked.content.vocabulary
    localities = {group.slug: group.label for group in words.localities}
    for name in VOCABULARIES:
        for position, term in enumerate(words.terms(name).values(), 1):
            group = localities.get(term.locality) or term.group or None
            yield TermRow(name, term.slug, term.label, group, position)
    for name, statuses in STATUSES.items():
        for position, status in enumerate(statuses, 1):
            yield TermRow(name, status.value, status.label, None, position)


TABLE = Table(
    name="terms",
    title="Terms",
    row="One term of a vocabulary: a place, an audience, a status.",
    key=("vocabulary", "code"),
    columns=COLUMNS,
    rows=_rows,
    notes=("With it a report can show places and audiences for which nothing was asked.",),
)
