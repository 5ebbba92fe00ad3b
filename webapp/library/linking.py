"""Checks between pages: two of one name, old addresses, links and anchors that lead nowhere."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from webapp.library.manifest import Entry
from webapp.library.problems import Problem, did_you_mean
from webapp.library.vocabulary import Vocabulary

# Pages of the program that content may link to; every other address must be a page of content.
PROGRAM = {
    "/", "/search", "/directory", "/gaps", "/gaps/new", "/feedback", "/feedback/new", "/learning-logs",
    "/learning-logs/new", "/pack", "/insights", "/account", "/commissioning", "/editor", "/updates/feed.xml",
    "/spotlights/calendar.ics",
}  # fmt: skip
GAP = re.compile(r"^/gaps/GAP-[0-9]{4,}$")
FACETS = {
    "place": "places", "outcome": "outcomes", "activity": "activities", "audience": "audiences", "cost": "costs",
    "access": "access", "day": "days", "referral": "referral", "language": "languages",
}  # fmt: skip
OTHER_PARAMETERS = {"q", "near", "within", "open", "sort", "page", "about"}


@dataclass
class Linked:
    """What the checks found. `blocked` are files that cannot be served because another has their place."""

    problems: list[Problem] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    redirects: dict[str, str] = field(default_factory=dict)


def link(entries: Iterable[Entry], media: Mapping[str, object], vocabulary: Vocabulary) -> Linked:
    """Check `entries`, in the order of their files, against each other, `media` (by address) and the vocabulary."""
    linked = Linked()
    live: dict[str, Entry] = {}
    ids: dict[str, Entry] = {}
    for entry in entries:
        if not entry.good:
            continue
        first = live.get(entry.path) or ids.get(entry.id)
        if first is None:
            live[entry.path] = ids[entry.id] = entry
            continue
        what = f"the address {entry.path}" if first.path == entry.path else f"the id {entry.id}"
        said = f"{what} is already taken by {first.file}: rename this file or change its `id`"
        linked.problems.append(Problem(entry.file, 1, said))
        linked.blocked.add(entry.file)
    linked.problems += _aliases(live, linked.redirects)
    linked.problems += _titles(live.values())
    for entry in live.values():
        for href, line in entry.links:
            fault = _fault(href, entry, live, linked.redirects, media, vocabulary)
            if fault:
                linked.problems.append(Problem(entry.file, line, fault))
    return linked


def _aliases(live: Mapping[str, Entry], redirects: dict[str, str]) -> Iterator[Problem]:
    for entry in live.values():
        for alias in entry.aliases:
            old = posixpath.dirname(entry.path.rstrip("/")).rstrip("/") + "/" + alias
            if old in live:
                said = f"the alias `{alias}` is the address of {live[old].file}: remove one of them"
                yield Problem(entry.file, entry.alias_line, said)
            elif old in redirects:
                said = f"the alias `{alias}` already leads to {redirects[old]}: remove one of them"
                yield Problem(entry.file, entry.alias_line, said)
            else:
                redirects[old] = entry.path


def _titles(entries: Iterable[Entry]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.kind == "handout":
            continue  # every session may have its "Handout"
        first = seen.setdefault((entry.kind, entry.title.casefold()), entry)
        if first is not entry:
            said = f"the title is the same as that of {first.file}: readers cannot tell them apart"
            yield Problem(entry.file, 1, said, level="advice")


def _fault(
    href: str,
    entry: Entry,
    live: Mapping[str, Entry],
    redirects: Mapping[str, str],
    media: Mapping[str, object],
    vocabulary: Vocabulary,
) -> str:
    """Why `href` leads nowhere, or nothing where it leads somewhere."""
    parts = urlsplit(href)
    path = unquote(parts.path)
    if not path:
        return _anchor_fault(parts.fragment, entry, href)
    if path.startswith("/media/"):
        return "" if path in media else f"there is no file {path}{did_you_mean(path, media)}"
    if path in PROGRAM or path.rstrip("/") in PROGRAM or GAP.match(path):
        return _query_fault(parts.query, vocabulary) if path == "/directory" else ""
    target = live.get(path) or live.get(path.rstrip("/")) or live.get(path.rstrip("/") + "/")
    if target is None and path in redirects:
        return f"the page {path} has moved: link to {redirects[path]}"
    if target is None:
        near = did_you_mean(path, [p for p in live if p.startswith(path[:4])])
        return f"there is no page {path}{near if 'did you mean' in near else ': mend or remove the link'}"
    return _anchor_fault(parts.fragment, target, href) if parts.fragment else ""


def _anchor_fault(fragment: str, target: Entry, href: str) -> str:
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
                    return f"`{name}={value}` is not in the vocabulary{did_you_mean(value, slugs)}"
        elif name not in FACETS and name not in OTHER_PARAMETERS:
            return f"the directory has no filter `{name}`{did_you_mean(name, {*FACETS, *OTHER_PARAMETERS})}"
    return ""
