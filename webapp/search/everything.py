"""One search of everything: listings, guidance, sessions and answers, each kind by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from webapp.directory.criteria import Criteria, all_notices, asked_words
from webapp.directory.named_times import NamedTimes
from webapp.directory.rows import NOBODY, NOTHING, rows
from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit, Query, Results
from webapp.library.search.text import words as folded
from webapp.library.search.word_forms import asks_how
from webapp.upkeep import closures
from webapp.web.highlight import Highlighter
from webapp.web.text import number, shortened

PATH = "/search"
DIRECTORY = "directory"
LAST_PAGE = 1_000_000
PAGE_SIZE = 20
FIRST_FEW = 4  # of each kind, where all kinds are shown

# Parameter → what readers call it, and the kinds of page that it means.
KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "directory": ("Groups and services", frozenset({"asset"})),
    "toolkit": ("Toolkit", frozenset({"toolkit", "easy-read"})),
    "tec": ("TEC", frozenset({"tec"})),
    "spotlights": ("Spotlights", frozenset({"spotlight", "handout"})),
    "updates": ("You asked, we did", frozenset({"update"})),
    "changes": ("Law and practice changes", frozenset({"change"})),
    "news": ("Staff news", frozenset({"message"})),
}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What an address asks for. `kind` is empty where every kind is wanted."""

    words: str = ""
    kind: str = ""
    page: int = 1
    exact: bool = False
    notices: tuple[str, ...] = ()  # what of the words is not searched for

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> "SearchRequest":
        """From the parameters `q`, `kind`, `page` and `exact`. What makes no sense is left out."""
        notices: list[str] = []
        words = asked_words(args.get("q", ""), notices)
        kind, page = args.get("kind", ""), args.get("page", "")
        return cls(
            words=words,
            notices=tuple(notices),
            kind=kind if kind in KINDS else "",
            page=min(number(page) or 1, LAST_PAGE),
            exact=args.get("exact") == "1",
        )

    def address(
        self, kind: str | None = None, exact: bool | None = None, page: int = 1, words: str | None = None
    ) -> str:
        """This search again, with a change."""
        wanted = self.kind if kind is None else kind
        just = self.exact if exact is None else exact
        pairs = [
            ("q", words or self.words),
            ("kind", wanted),
            ("exact", "1" if just else ""),
            ("page", page if page > 1 else ""),
        ]
        asked = [(name, value) for name, value in pairs if value]
        return f"{PATH}?{urlencode(asked)}" if asked else PATH


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One result."""

    href: str
    title: Markup
    summary: Markup
    why: str
    facts: Markup = NOTHING  # of a listing, the line to scan: when, what it costs, whether there is room, where
    labels: Markup = NOTHING
    ended: bool = False  # for good, so it goes into no pack


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """What was found of one kind: the first few, or one page where only this kind is shown."""

    kind: str
    label: str
    total: int
    lines: tuple[ResultLine, ...]
    href: str


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Everything that was found. `tabs` are every kind with its number: words, address, number, whether it is shown.

    `results` are those of the kinds that are shown, told of as a whole. `notices` say what was not searched.
    """

    total: int
    groups: list[ResultGroup]
    tabs: list[tuple[str, str, int, bool]]
    page: int
    pages: int
    summary: str
    results: Results
    notices: tuple[str, ...]
    until: datetime


def search(
    asked: SearchRequest,
    gen: Generation,
    now: datetime,
    closed: closures.Closures,
    confirmed: Mapping[str, date] = NOBODY,
) -> SearchResults:
    """What `asked` finds at the moment `now`, best kinds in the order of KINDS. Nothing where no words are asked for.

    `closed` and `confirmed` are what is known of listings beside their files, as in the directory.
    """
    today = dates.day_of(now)
    if not asked.words:
        return SearchResults(0, [], [], 1, 1, "", Results(0, (), {}, 1, 1), asked.notices, dates.day_ends(now))
    every = frozenset().union(*(kinds for _, kinds in KINDS.values()))
    overall = gen.search(_query(asked, every, 1, 1, today))
    counts = overall.facets.get("kind", {})
    totals = {name: sum(counts.get(kind, 0) for kind in kinds) for name, (_, kinds) in KINDS.items()}
    if overall.understood:  # a day or a price is asked of groups alone, so each kind is counted for itself
        totals = {name: gen.search(_query(asked, kinds, 1, 1, today)).total for name, (_, kinds) in KINDS.items()}
        overall = replace(overall, total=sum(totals.values()))
    shown = [asked.kind] if asked.kind else [name for name in _order(asked, gen, today) if totals[name]]
    size, page = (PAGE_SIZE, asked.page) if asked.kind else (FIRST_FEW, 1)
    found = {name: gen.search(_query(asked, KINDS[name][1], size, page, today)) for name in shown}
    groups, until = [], dates.day_ends(now)
    for name, of_kind in found.items():
        if name == DIRECTORY and of_kind.total:
            listings, until = _listings(of_kind, asked, gen, now, closed, confirmed)
            groups.append(listings)
        elif of_kind.total:
            groups.append(_group(name, of_kind, asked))
    results = found.get(asked.kind, overall)
    return SearchResults(
        total=results.total,
        groups=groups,
        tabs=_tabs(asked, totals, overall.total),
        page=results.page if asked.kind else 1,
        pages=results.pages if asked.kind else 1,
        summary=_summary(asked, results),
        results=results,
        notices=all_notices(asked.notices, overall),
        until=until,
    )


def _order(asked: SearchRequest, gen: Generation, today: date) -> list[str]:
    """The kinds as they stand. Of a question how something is done, the kind of the page that answers it goes first."""
    if not asks_how(folded(asked.words)):
        return list(KINDS)
    guidance = frozenset().union(*(kinds for name, (_, kinds) in KINDS.items() if name != "directory"))
    query = _query(asked, guidance, 1, 1, today)
    hits = gen.search(replace(query, titled=True)).hits or gen.search(query).hits
    answers = hits[0].card["kind"] if hits else ""
    return sorted(KINDS, key=lambda name: (answers not in KINDS[name][1], name == "directory"))


def _query(asked: SearchRequest, kinds: frozenset[str], size: int, page: int, today: date) -> Query:
    return Query(words=asked.words, kinds=kinds, size=size, page=page, exact=asked.exact, today=today)


def _listings(
    results: Results,
    asked: SearchRequest,
    gen: Generation,
    now: datetime,
    closed: closures.Closures,
    confirmed: Mapping[str, date],
) -> tuple[ResultGroup, datetime]:
    """The groups and services, each as its row in the directory says it, and until when that is right."""
    hits = closures.overlaid(results.hits, closed)
    times = NamedTimes.of(Criteria(words=asked.words), results)
    shown = rows(hits, gen, now, confirmed, times=times, terms=results.terms)
    lines = tuple(
        ResultLine(
            hit.card["path"],
            Markup(row.values["title"]),  # nosec B704 # noqa: S704 - each of a row's texts was made safe
            Markup(row.values["summary"]),  # nosec B704 # noqa: S704
            ", ".join(hit.why),
            Markup(row.facts),  # nosec B704 # noqa: S704
            Markup(row.values["labels"]),  # nosec B704 # noqa: S704
            ended=hit.card["status"] == "defunct",
        )
        for hit, row in zip(hits, shown.rows, strict=True)
    )
    # The directory has filters and distances of its own: all of its results are best seen there.
    more = f"/directory?{urlencode({'q': asked.words})}"
    return ResultGroup(DIRECTORY, KINDS[DIRECTORY][0], results.total, lines, more), shown.until


def _group(name: str, results: Results, asked: SearchRequest) -> ResultGroup:
    highlight = Highlighter(results.terms)

    def line(hit: Hit) -> ResultLine:
        return ResultLine(
            hit.card["path"], highlight(hit.card["title"]), highlight(hit.card["summary"]), ", ".join(hit.why)
        )

    return ResultGroup(name, KINDS[name][0], results.total, tuple(map(line, results.hits)), asked.address(kind=name))


def _tabs(asked: SearchRequest, totals: dict[str, int], total: int) -> list[tuple[str, str, int, bool]]:
    tabs = [("Everything", asked.address(kind=""), total, not asked.kind)]
    return tabs + [
        (KINDS[name][0], asked.address(kind=name), number, name == asked.kind)
        for name, number in totals.items()
        if number or name == asked.kind
    ]


def _summary(asked: SearchRequest, results: Results) -> str:
    total = results.total
    number = "Nothing" if not total else "1 result" if total == 1 else f"{total:,} results"
    where = f" in {KINDS[asked.kind][0]}" if asked.kind else ""
    words = results.found_for(asked.words) if total else asked.words.strip()
    return f"{number}{where} for “{shortened(words)}”" if words else f"{number}{where} that may help"
