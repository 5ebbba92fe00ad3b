"""Walking a feed from its address: page after page of its list, until all came or something says that it cannot end.

Open Referral UK asks for pages by `page`, from 1, and `per_page` (openapi.json). Publishers differ: some count from 0,
some send everything at once, some only say what comes next, and some never stop.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from webapp.library.feeds import pages
from webapp.library.feeds.addresses import shown
from webapp.library.feeds.client import Asker
from webapp.library.feeds.kept import KeptAnswer, KeptAnswers
from webapp.library.feeds.limits import NotThere, Unending
from webapp.library.importing.feed import parsed
from webapp.library.importing.source import FeedError, decoded

Progress = Callable[[str, int, int], None]  # what, how many of it, of how many (0: nobody says)
GROWS = 1.2  # times the first total; a busy directory changes by a few services while it is read
FEW = 50  # services, by which any total may grow
ROOT_SAYS = ("openapi_url", "profile", "version")  # what the base address of an API answers with


@dataclass
class FeedWalk:
    """What came. `pages` are the pages as published; none where the address holds no list: then `whole` is what it has.

    `list_address` is where the list is, without a page. `remarks` are what to know of how it was read.
    """

    list_address: str
    pages: list[Any] = field(default_factory=list)
    whole: KeptAnswer | None = None
    remarks: list[str] = field(default_factory=list)

    def records(self) -> Iterator[Any]:
        """Every item of the lists, as published."""
        for page in self.pages:
            yield from pages.items(page) or ()


class Walker:
    """Reads one feed. Its methods raise FeedFault; what came is kept, to go on from unless it is Unending."""

    def __init__(self, asker: Asker, kept: KeptAnswers, progress: Progress | None = None) -> None:
        self.asker, self.kept = asker, kept
        self.progress = progress or (lambda what, done, total: None)
        self.encoding = ""  # of an answer that was not UTF-8

    def walk(self, address: str, **asked: str) -> FeedWalk:
        """Every page of the list at `address`, or at `services` below it. `asked` are parameters of every page."""
        found = FeedWalk(address)
        first, answer = self._first(address, asked)
        if pages.items(first) is None and isinstance(first, dict) and any(key in first for key in ROOT_SAYS):
            found.list_address = pages.below(address, "services")
            first, answer = self._first(found.list_address, asked)
        if pages.items(first) is None:
            found.whole = answer
        else:
            self._rest(first, found, asked)
        return found

    def ask(self, url: str, beside: str = "") -> Any:
        """The JSON at `url`; None where it holds none. `beside` is kept with it."""
        value = self._parsed(self.kept.ask(url, self.asker, beside)[0].body)
        if value is None:
            self.kept.forget(url)
        return value

    def _parsed(self, body: bytes) -> Any:
        """The JSON that `body` holds, also as old Windows programs write it; None where it holds none."""
        try:
            text, encoding = decoded(body, "The answer")
            value = parsed(text)
        except FeedError:
            return None
        self.encoding = encoding or self.encoding
        return value

    def _first(self, address: str, asked: dict[str, str]) -> tuple[Any, KeptAnswer]:
        """The first page and how it came: with many services, or as many as it gives where it refuses that."""
        url = pages.address(address, **asked, per_page=pages.PER_PAGE)
        try:
            answer, _ = self.kept.ask(url, self.asker)
        except NotThere:
            url = pages.address(address, **asked)
            answer, _ = self.kept.ask(url, self.asker)
        value = self._parsed(answer.body)
        if value is None:
            self.kept.forget(url)  # it may have been cut short
        return value, answer

    def _rest(self, first: Any, found: FeedWalk, asked: dict[str, str]) -> None:
        """Add every page to `found`, beginning with the first."""
        count = _Count(shown(found.list_address))
        page, here, counts_from = first, found.list_address, 1
        while True:
            if not count.add(page):
                return
            found.pages.append(page)
            self.progress("services", len(count.seen), count.total)
            if len(found.pages) >= self.asker.limits.pages or len(count.seen) > self.asker.limits.records:
                raise Unending(f"{count.where} still goes on after {len(found.pages):,} pages, so it was stopped.")
            if not count.goes_on(page):
                return
            link = pages.next_address(page, here)
            here = link or self._numbered(found, asked, len(found.pages) + counts_from)
            page = self._page(here, count)
            if not link and counts_from == 1 and count.skipped(page):
                counts_from = 0
                found.remarks.append("Its pages are counted from 0.")
                here = self._numbered(found, asked, len(found.pages))
                page = self._page(here, count)
            if page is None:
                return

    def _numbered(self, found: FeedWalk, asked: dict[str, str], number: int) -> str:
        return pages.address(found.list_address, **asked, per_page=pages.PER_PAGE, page=number)

    def _page(self, url: str, count: "_Count") -> Any:
        """The page at `url`; None where the list ended without saying so."""
        try:
            page = self.ask(url)
        except NotThere:
            if count.is_short:
                raise
            return None
        if pages.items(page) is None:
            if count.is_short:
                raise Unending(f"{count.where} sent no list for page {count.pages + 1:,}.")
            return None
        return page


class _Count:
    """What of a list came so far, and what its pages say of it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.pages = 0
        self.seen: set[int] = set()
        self.total = self._first_total = 0
        self._came = self._of_pages = 0
        self._first_number = 0
        self._wants_more = False
        self._lists: dict[str, int] = {}

    @property
    def is_short(self) -> bool:
        """Whether its pages say that more exists than came."""
        return self._came < self.total or self.pages < self._of_pages

    def add(self, page: Any) -> bool:
        """Count a page; false where it brings nothing that was not there. Raises FeedFault where paging cannot end."""
        items = pages.items(page) or []
        mark = pages.mark(items)
        if items and mark in self._lists:
            if not self.is_short and not self._wants_more:
                return False  # it sends the last page, or everything, whatever it is asked for
            was, now = self._lists[mark], self.pages + 1
            raise Unending(f"Page {now:,} of {self.where} is page {was:,} once more, so its paging does not end.")
        self.pages += 1
        self._came += len(items)
        self._lists[mark] = self.pages
        self.seen |= {hash(pages.mark(item)) for item in items}
        if said := pages.said(page):
            self._wants_more = said.goes_on
            self.total, self._of_pages = max(self.total, said.total), max(self._of_pages, said.pages)
            if self.pages == 1:
                self._first_total, self._first_number = said.total, said.number
        if self._first_total and self.total > max(self._first_total * GROWS, self._first_total + FEW):
            raise Unending(
                f"{self.where} said that it holds {self._first_total:,} services and now says {self.total:,}: "
                "it grows as it is read, so it was stopped."
            )
        return True

    def goes_on(self, page: Any) -> bool:
        """Whether another page is to be asked for."""
        if not pages.items(page):
            return False
        said = pages.said(page)
        if said is None:
            return True  # a bare list says nothing: the next one tells
        if self._of_pages:
            return self.pages < self._of_pages
        if self.total:
            return self._came < self.total
        return not said.ends

    def skipped(self, page: Any) -> bool:
        """Whether a page was left out, as the list counts its pages from 0."""
        said = pages.said(page)
        return bool(said and self._first_number and said.number == self._first_number + self.pages + 1)
