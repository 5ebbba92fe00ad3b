"""The directory's listings with their capacity, and the terms that each listing has. No address and no contact."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.data.table import Asked, Column, Kind, Table, coded, plain
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Asset
from webapp.upkeep import closures
from webapp.upkeep.closures import ClosedState

TERMS = ("places", "audiences", "outcomes", "activities")  # what a listing has several of


@dataclass(frozen=True)
class Listed:
    """A listing as readers see it: what an editor marked as closed is so at once."""

    page: Page
    asset: Asset
    closed: ClosedState | None

    @property
    def status(self) -> str:
        return self.closed.status if self.closed else self.asset.status

    @property
    def capacity(self) -> str:
        return self.asset.capacity.status if self.asset.capacity else ""

    @property
    def cost(self) -> str:
        return self.asset.cost.band if self.asset.cost else ""


@dataclass(frozen=True)
class ListingTerm:
    """One term of a listing."""

    listing: str
    vocabulary: str
    slug: str


COLUMNS = (
    Column("id", Kind.TEXT, "Its identity, a UUID. It stays when the listing is renamed or moved.",
           lambda r, _: r.page.id),
    Column("path", Kind.TEXT, "Its address on this site.", lambda r, _: r.page.path),
    Column("title", Kind.TEXT, "Its name.", lambda r, _: r.page.title),
    Column("organisation", Kind.TEXT, "Who runs it.", lambda r, _: r.asset.organisation),
    plain("status", Kind.TEXT, "active, inactive, defunct or temporarily closed."),
    Column("citywide", Kind.YES_NO, "Whether it serves the whole city.", lambda r, _: r.asset.citywide),
    *coded("capacity", "Whether it is taking people", "capacity"),
    Column("waiting_weeks", Kind.NUMBER, "How many weeks one waits.",
           lambda r, _: r.asset.capacity.waiting_weeks if r.asset.capacity else None),
    *coded("cost", "What it costs", "costs"),
    Column("verified", Kind.DAY, "The day its file was last checked.", lambda r, _: r.asset.checked),
    Column("next_review", Kind.DAY, "The day by which it should be checked again.", lambda r, _: r.asset.next_review),
    Column("source", Kind.TEXT, "The other directory that it came from. Empty for our own.",
           lambda r, _: r.asset.imported.source if r.asset.imported else None),
    Column("sample", Kind.YES_NO, "Whether it is made up, as an example.", lambda r, _: r.asset.sample),
)  # fmt: skip
TERM_COLUMNS = (
    plain("listing", Kind.TEXT, "The listing.", to="listings.id"),
    plain("vocabulary", Kind.TEXT, f"What kind of term it is: {', '.join(TERMS)}."),
    plain("code", Kind.TEXT, "The code of the term.", of="slug", codes="the vocabulary"),
    Column("label", Kind.TEXT, "The term in words.", lambda r, words: words.label(r.vocabulary, r.slug)),
)


def _rows(asked: Asked) -> Iterator[Any]:
    today = dates.day_of(asked.now)
    with Session(asked.engine) as session:
        closed = closures.recorded(session)
    for row in sorted(asked.content.listings()):
        page = asked.content.stored(row)
        if isinstance(page.front, Asset) and page.front.visible(today):
            yield Listed(page, page.front, closed.get(page.path))


def _term_rows(asked: Asked) -> Iterator[Any]:
    for listed in _rows(asked):
        for name in TERMS:
            for slug in getattr(listed.asset, name):
                yield ListingTerm(listed.page.id, name, slug)


WHOLE = "It is given whole each time: it comes from the published content, which is small."
TABLE = Table(
    name="listings",
    title="Listings and their capacity",
    row="One listing of the directory that readers see.",
    key=("id",),
    columns=COLUMNS,
    rows=_rows,
    notes=(WHOLE, "Addresses and contacts are left out: some must stay secret."),
)
OF_LISTINGS = Table(
    name="listing_terms",
    title="Terms of listings",
    row="One place, audience, outcome or activity of a listing.",
    key=("listing", "vocabulary", "code"),
    columns=TERM_COLUMNS,
    rows=_term_rows,
    notes=(WHOLE, "A listing that serves the whole city may name no place."),
)
