"""Checks between pages: two of one name, old addresses, links and anchors that lead nowhere."""

import difflib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

from webapp.library.build.manifest import ManifestEntry
from webapp.library.build.places import SECTIONS
from webapp.library.problems import Problem, did_you_mean, or_list
from webapp.library.vocabulary import MOST_MEANT, Vocabulary

# Pages of the program that content may link to; every other address must be a page of content. Each is a route, and
# every route for readers is here: tests/test_routes.py holds both, as content is checked without the program.
PROGRAM = {
    "/", "/search", "/searches", "/directory", "/directory/this-week", "/directory/new", "/gaps", "/gaps/new",
    "/gaps/answers", "/gaps/roadmap",
    "/feedback", "/feedback/new", "/account", "/account/place", "/account/notifications",
    "/account/second-factor",
    "/community", "/communities", "/spotlights/propose", "/notices", "/reviews", "/commissioning",
    "/commissioning/gaps", "/commissioning/demand", "/commissioning/prototypes", "/commissioning/report", "/editor",
    "/editor/corrections", "/editor/due", "/editor/feeds", "/editor/listings", "/barriers", "/barriers/new",
    "/barriers/queue", "/learning-logs", "/learning-logs/new", "/learning-logs/record", "/insights",
    "/insights/programme", "/pack", "/insights/measures", "/editor/suggestions", "/commissioning/did-it-work",
    "/editor/edits", "/editor/edits/new",
    "/who-to-ring", "/eco-map", "/data", "/offline", "/commissioning/cross-tab",
    *(f"/{section}/" for section in SECTIONS),  # an index is there though nobody wrote words for it
}  # fmt: skip
RECORD = re.compile(r"^/(gaps/GAP|barriers/BAR)-[0-9]{4,}$")
FACETS = {
    "place": "places", "outcome": "outcomes", "activity": "activities", "audience": "audiences", "cost": "costs",
    "access": "access", "day": "days", "referral": "referral", "language": "languages",
}  # fmt: skip
Moved = Callable[
    [str, Mapping[str, ManifestEntry]], str
]  # an address that leads nowhere, the live ones → where it went
ALIKE = 0.7  # how much alike two names are of which one is meant for the other; 1 is the same
NEARLY = 0.85  # the same of whole addresses, which begin alike
OTHER_PARAMETERS = {"q", "near", "within", "open", "sort", "page", "view", "exact"}


@dataclass
class Linked:
    """What the checks found. `blocked` are files that cannot be served because another has their place."""

    problems: list[Problem] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    redirects: dict[str, str] = field(default_factory=dict)


def link(
    entries: Iterable[ManifestEntry],
    media: Mapping[str, object],
    vocabulary: Vocabulary,
    today: date,
    moved: Moved | None = None,
) -> Linked:
    """Check `entries`, in the order of their files, against each other, `media` (by address) and the vocabulary.

    `moved` tells where the page of an address went: see `moves.Moves.now_at`.
    """
    linked = Linked()
    live: dict[str, ManifestEntry] = {}
    ids: dict[str, ManifestEntry] = {}
    faulty: set[str] = set()
    for entry in entries:
        if not entry.good:
            faulty.add(entry.path.rstrip("/"))
            continue
        first = live.get(entry.path) or ids.get(entry.id)
        if first is None:
            live[entry.path] = ids[entry.id] = entry
            continue
        what = f"the address {entry.path}" if first.path == entry.path else f"the id {entry.id}"
        message = f"{what} is already taken by {first.file}: rename this file or change its `id`"
        linked.problems.append(Problem(entry.file, 1, message))
        linked.blocked.add(entry.file)
    linked.problems += _aliases(live, linked.redirects)
    linked.problems += _titles(live.values())
    linked.problems += _not_come(live.values(), today)
    known = _Known(live, linked.redirects, media, vocabulary, today, moved, frozenset(faulty))
    for entry in live.values():
        for href, line, column in entry.links:
            fault = _fault(href, entry, known)
            if fault:
                linked.problems.append(Problem(entry.file, line, fault, column))
    return linked


def _not_come(entries: Iterable[ManifestEntry], today: date) -> list[Problem]:
    """Days of review that have not come. Where most pages have one, it is the clock of this machine that is wrong."""
    every = list(entries)
    future = [entry for entry in every if entry.future > today.isoformat()]
    if len(future) > max(10, len(every) // 2):
        return []
    message = "is a day that has not come: write the day somebody last looked"
    return [Problem(e.file, e.future_line, f"`{e.future}` {message}", e.future_column) for e in future]


def _aliases(live: Mapping[str, ManifestEntry], redirects: dict[str, str]) -> Iterator[Problem]:
    for entry in live.values():
        for alias in entry.aliases:
            folder = posixpath.dirname(entry.path.rstrip("/")).rstrip("/")
            old = alias if alias.startswith("/") else f"{folder}/{alias}"
            if old in live:
                message = f"the alias `{alias}` is the address of {live[old].file}: remove one of them"
                yield Problem(entry.file, entry.alias_line, message)
            elif old in redirects:
                message = f"the alias `{alias}` already leads to {redirects[old]}: remove one of them"
                yield Problem(entry.file, entry.alias_line, message)
            else:
                redirects[old] = entry.path


def _titles(entries: Iterable[ManifestEntry]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], ManifestEntry] = {}
    for entry in entries:
        if entry.kind == "handout":
            continue  # every session may have its "Handout"
        first = seen.setdefault((entry.kind, entry.title.casefold()), entry)
        if first is not entry:
            message = f"the title is the same as that of {first.file}: readers cannot tell them apart"
            yield Problem(entry.file, 1, message, level="advice")


def _fault(href: str, entry: ManifestEntry, known: "_Known") -> str:
    """Why `href` leads nowhere, or nothing where it leads somewhere."""
    parts = urlsplit(href)
    path = unquote(parts.path)
    if not path:
        return _anchor_fault(parts.fragment, entry, href)
    if path.startswith("/media/"):
        return "" if path in known.media else f"there is no file {path}{_nearest_file(path, known.media)}"
    if RECORD.match(path) or (path in PROGRAM and path not in known.live):
        return _query_fault(parts.query, known.vocabulary) if path == "/directory" else ""
    live = known.live
    target = live.get(path) or live.get(path.rstrip("/") + "/")
    if target is None and (page := live.get(path.removesuffix("/card"))) and page.device_card:
        target = page
    if target is None and (beside := path.rstrip("/")) in live.keys() | PROGRAM:
        return f"the page {beside} has no `/` at its end: link to {beside}"
    if target is None and path.rstrip("/") in known.faulty:
        return ""  # its own fault is told; every link to it mends with that
    if target is None and path in known.redirects:
        return f"the page {path} has moved: link to {known.redirects[path]}"
    if target is None:
        return _gone(path, known)
    if target.shown_on(known.today) < entry.shown_on(known.today):
        when = "is a draft" if target.draft else "is not shown to readers today"
        return f"the page {path} {when}: readers would find nothing there"
    return _anchor_fault(parts.fragment, target, href) if parts.fragment else ""


def _gone(path: str, known: "_Known") -> str:
    new = known.moved(path, known.live) if known.moved else ""
    if not new:
        return f"there is no page {path}{_nearest(path, known)}"
    folder, _, name = path.rpartition("/")
    alias = name if folder == new.rpartition("/")[0] else path
    message = f"link there, and add `aliases: [{alias}]` to {known.live[new].file} for those who kept the old address"
    return f"the page {path} is now {new}: {message}"


def _nearest(path: str, known: "_Known") -> str:
    """The page that is meant: one of that name elsewhere, or one whose address is much alike."""
    same = known.by_name.get(path.rstrip("/").rpartition("/")[2], [])
    if 0 < len(same) <= MOST_MEANT:
        return f": did you mean {or_list(same)}?"
    folder, _, name = path.lower().removesuffix(".md").rstrip("/").rpartition("/")
    beside = {p.rstrip("/").rpartition("/")[2]: p for p in known.live if p.rstrip("/").rpartition("/")[0] == folder}
    near = difflib.get_close_matches(name, beside, n=1, cutoff=ALIKE)
    return f": did you mean `{beside[near[0]]}`?" if near else ": mend or remove the link"


def _nearest_file(path: str, media: Mapping[str, object]) -> str:
    """The file that is meant: capitals count in an address, and an ending is soon mistaken."""
    names = {known.lower(): known for known in media}
    same = [known for known in media if known.rpartition(".")[0].lower() == path.rpartition(".")[0].lower()]
    near = same or [names[n] for n in difflib.get_close_matches(path.lower(), names, n=1, cutoff=NEARLY)]
    return f": did you mean `{near[0]}`?" if near else ": put it there, or remove the picture or link"


@dataclass(frozen=True)
class _Known:
    """What links may lead to."""

    live: Mapping[str, ManifestEntry]
    redirects: Mapping[str, str]
    media: Mapping[str, object]
    vocabulary: Vocabulary
    today: date
    moved: Moved | None = None
    faulty: frozenset[str] = frozenset()  # addresses whose file has a fault that is told of it

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """The last part of an address → addresses that end in it. Handouts are left out: all have one name."""
        found: dict[str, list[str]] = {}
        for path, entry in self.live.items():
            if entry.kind != "handout":
                found.setdefault(path.rstrip("/").rpartition("/")[2], []).append(path)
        return found


def _anchor_fault(fragment: str, target: ManifestEntry, href: str) -> str:
    if not fragment or fragment in target.anchors:
        return ""
    near = did_you_mean(fragment, target.anchors)
    return f"the link `{href}` names a heading that {target.file} does not have{near}"


def _query_fault(query: str, vocabulary: Vocabulary) -> str:
    for name, values in parse_qs(query).items():
        if name in FACETS and FACETS[name] in vocabulary.files:
            slugs = vocabulary.terms(FACETS[name])
            for value in values:
                if value not in slugs:
                    return f"`{name}={value}` is not in the vocabulary{vocabulary.advice(FACETS[name], value)}"
        elif name not in FACETS and name not in OTHER_PARAMETERS:
            return f"the directory has no filter `{name}`{did_you_mean(name, {*FACETS, *OTHER_PARAMETERS})}"
    return ""
