"""What wraps the list of a feed: how many services its publisher says there are, and whether they all came.

Names: HSDS-UK 3 (`total_items`, `total_pages`, `page_number`, `first_page`, `last_page`), Open Referral UK 1.0 with
Spring's (`totalElements`, `totalPages`, `numberOfElements`, `number`, `first`, `last`), and those of usual frameworks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from webapp.library.importing.ledger import Node

TOTAL = ("total_items", "totalElements", "total_elements", "totalItems", "total_count", "totalCount", "total", "count")
PAGES = ("total_pages", "totalPages", "page_count", "pageCount", "pages", "last_page", "lastPage")
HERE = ("numberOfElements", "number_of_elements")
NUMBER = ("page_number", "pageNumber", "current_page", "currentPage", "page")
FIRST = ("first_page", "firstPage", "first")
LAST = ("last_page", "lastPage", "last")
NEXT = (
    "next",
    "next_page",
    "nextPage",
    "next_page_url",
    "nextPageUrl",
    "next_cursor",
    "has_more",
    "hasMore",
    "has_next",
)
INSIDE = ("meta", "metadata", "pagination", "paging", "page", "links", "_links", "page_info", "pageInfo")
# Said of the list, and no part of a service.
KNOWN = frozenset((*TOTAL, *PAGES, *HERE, *NUMBER, *FIRST, *LAST, *NEXT, "size", "per_page", "empty", "number"))


@dataclass(frozen=True)
class FeedPage:
    """What the object round one list says of it. `came` is how many items the list holds."""

    came: int
    says: Node

    @property
    def total(self) -> int:
        return self._most(TOTAL)

    @property
    def pages(self) -> int:
        return self._most(PAGES)

    @property
    def short(self) -> int:
        """How many it says it holds, where that is more than it holds; else 0."""
        return here if (here := self._most(HERE)) > self.came else 0

    @property
    def number(self) -> int:
        """Which page it is, from 1; 0 where it does not say."""
        if which := self._most(NUMBER):
            return which
        counted = [_whole(value) for value in self._values(("number",))]  # Spring's begins at 0
        return next((number + 1 for number in counted if number is not None), 0)

    @property
    def begins(self) -> bool:
        return not any(_is_no(value) for value in self._values(FIRST))

    @property
    def goes_on(self) -> bool:
        if any(_is_no(value) for value in self._values(LAST)):
            return True
        return any(value not in (None, "", False, {}, "false") for value in self._values(NEXT))

    @property
    def ends(self) -> bool:
        """Whether it says that no page follows it."""
        if any(_is_no(value) for value in self._values(LAST)):
            return False
        says_last = any(value is True or str(value).lower() == "true" for value in self._values(LAST))
        return says_last or (not self.goes_on and any(True for _ in self._values(NEXT)))

    def _most(self, names: tuple[str, ...]) -> int:
        return max((number for value in self._values(names) if (number := _whole(value)) is not None), default=0)

    def _values(self, names: tuple[str, ...]) -> Iterator[Any]:
        """The values of `names`, here and in the objects that hold such things; these count as read."""
        holders = [self.says, *(inner for name in INSIDE if isinstance(inner := self.says.get(name), Node))]
        for holder in holders:
            yield from (holder[name] for name in names if name in holder)


def lacking(pages: list[FeedPage], distinct: int) -> str:
    """What of the feed did not come, as in `50 of 300 services`; empty where all came, or nobody says how many.

    `distinct` is how many different records came: one that came twice stands in another's place. Every sign counts,
    so that a feed is whole only where nothing says otherwise.
    """
    total = max((page.total for page in pages), default=0)
    came = sum(page.came for page in pages)
    if distinct < total:
        twice = f" ({came - distinct:,} of {came:,} came twice)" if came > distinct else ""
        return f"{distinct:,} of {total:,} services{twice}"
    short = next((page for page in pages if page.short), None)
    if short:
        return f"{short.came:,} of {short.short:,} services of a page"
    most = max((page.pages for page in pages), default=0)
    numbers = {page.number for page in pages} - {0}
    if most > max(len(pages), len(numbers)):
        return f"{_pages(numbers, len(pages))} of {most:,}"
    if pages and all(page.goes_on for page in pages):
        return f"{_pages(numbers, len(pages))}, after which there are more"
    if pages and (not any(page.begins for page in pages) or (numbers and min(numbers) > 1)):
        return f"{_pages(numbers, len(pages))}, before which there are others"
    if numbers and len(numbers) < max(numbers):
        missing = sorted(set(range(1, max(numbers))) - numbers)
        return f"{len(numbers):,} of {max(numbers):,} pages: page {missing[0]:,} is not there"
    return ""


def _pages(numbers: set[int], many: int) -> str:
    if many > 1:
        return f"{many:,} pages"
    return f"page {min(numbers):,}" if numbers else "1 page"


def _whole(value: Any) -> int | None:
    """A count as publishers send it: 300, "300", 300.0."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) and 0 <= value < 10**12 and value == int(value):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,12}(\.0+)?\s*", value):
        return int(float(value))
    return None


def _is_no(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in {"false", "no"})
