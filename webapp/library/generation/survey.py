"""Every file of a generation in a few words, for those who look after the content: what the manifest knows of it."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import orjson

from webapp.library.build.manifest import FILE
from webapp.library.front_matter.source import Fault, parse_yaml
from webapp.library.generation.files import read_meta


@dataclass(frozen=True, slots=True)
class SurveyedFile:
    """One file that compiled. Dates are ISO text, empty where there is none; `row` is -1 where nothing is stored.

    `links` are the addresses of this site that its text leads to.
    """

    file: str
    kind: str
    path: str
    title: str
    row: int
    owner: str
    next_review: str
    publish_from: str
    expires: str
    draft: bool
    served: bool
    links: tuple[str, ...]


def survey(folder: Path) -> list[SurveyedFile]:
    """What the generation in `folder` was made from, in the order of the files; empty where it cannot be read."""
    try:
        entries = orjson.loads((folder / FILE).read_bytes())["entries"]
        return [_known(entry) for entry in entries if entry.get("id")]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _known(entry: dict) -> SurveyedFile:
    row = entry.get("row", -1)
    return SurveyedFile(
        file=entry["file"],
        kind=entry["kind"],
        path=entry["path"],
        title=entry.get("title", ""),
        row=row,
        owner=entry.get("owner", ""),
        next_review=entry.get("next_review", ""),
        publish_from=entry.get("publish_from", ""),
        expires=entry.get("expires", ""),
        draft=entry.get("draft", False),
        served=row >= 0 and entry.get("shown", False) and not entry.get("blocked", False),
        links=tuple(dict.fromkeys(_leads_to(link[0], entry["path"]) for link in entry.get("links", ()))),
    )


def _leads_to(href: str, path: str) -> str:
    """The address of this site that a link leads to; empty for one that leads elsewhere or nowhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return target.removesuffix(".md")


@lru_cache(maxsize=2)  # a generation never changes
def other_names(folder: Path) -> dict[tuple[str, ...], int]:
    """The groups of words that the thesaurus of the generation in `folder` says are the same, and the line of each."""
    text = (read_meta(folder) or {}).get("thesaurus", "")
    try:
        source = parse_yaml(text.encode(), "thesaurus.yml")
    except Fault:  # an empty one too
        return {}
    groups = source.front.get("same", ())
    return {tuple(map(str, group)): source.line("same", number) for number, group in enumerate(groups)}
