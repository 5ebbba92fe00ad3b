"""The search index's view of one page: the seam between compiling content and searching it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One page, ready to be found. Text is plain: no Markdown, no HTML.

    `row` is the page's place in the generation's store; a changed page gets a new, higher row.
    `facets` maps a facet parameter of the directory (`place`, `outcome`, `activity`, `audience`, `cost`,
    `access`, `day`, `referral`, `language`, `capacity`) to vocabulary slugs.
    Two more are asked for by conditions alone: `~time` (`monday-evening`, `evening`) and `~age` (`50-110`, in years).
    `points` are (latitude, longitude) in degrees, never those of a confidential location.
    `words` holds vocabulary labels, the names of places and postcodes. The other names of a label are not a page's own
    words: a tag "Music and singing" does not make a drama group a choir.
    `series` names series (in hexadecimal digits): pages that share any of the names are one thing held several times.
    `card` is the JSON object that a result list shows; the index keeps it and does not read it.
    """

    row: int
    id: str
    kind: str  # asset, toolkit, tec, spotlight, handout, update
    path: str  # the address on the site: /directory/northenden-menders
    title: str
    summary: str
    organisation: str = ""
    headings: str = ""
    body: str = ""
    words: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    citywide: bool = False
    points: tuple[tuple[float, float], ...] = ()
    codes: tuple[str, ...] = ()  # the first half of the postcode at each point; empty where it is not known
    verified: date | None = None  # for guidance: when it was last reviewed
    status: str = "active"
    series: tuple[str, ...] = ()
    card: dict[str, Any] = field(default_factory=dict)
