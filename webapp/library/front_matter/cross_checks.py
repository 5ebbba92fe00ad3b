"""Faults between the keys of front matter."""

from collections.abc import Iterator

from webapp.library.front_matter.model import ATTENTION, gaps
from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem, did_you_mean


def cross_checks(kind: str, source: Source) -> Iterator[Problem]:
    """Faults between keys. They look at what was written, so that they are reported beside all other faults."""
    front = source.front
    if kind == "asset":
        for key, message in gaps(front):
            line = source.line(key) if key else 1
            if "imported" in front:
                yield Problem(source.file, line, f"{ATTENTION}{message}", level="advice")
            else:
                yield Problem(source.file, line, message)
        yield from _at_a_location(source)
    yield from _order(source, "publish_from", "expires", "ends before it begins: put `expires` after `publish_from`")
    if kind == "tec" and front.get("video") and "\n## Transcript" not in "\n" + source.body:
        yield source.problem("the video has no transcript: add a `## Transcript` section", "video")


def _at_a_location(source: Source) -> Iterator[Problem]:
    """Sessions and contacts whose `at` names none of the listing's locations."""
    locations = source.front.get("locations")
    named = [place.get("name") for place in locations if isinstance(place, dict)] if isinstance(locations, list) else []
    for key in ("sessions", "contacts"):
        listed = source.front.get(key)
        for number, item in enumerate(listed if isinstance(listed, list) else []):
            at = item.get("at") if isinstance(item, dict) else None
            if isinstance(at, str) and at not in named:
                near = did_you_mean(at, [name for name in named if isinstance(name, str)])
                message = f"`at` is `{at}`, and no location has that name{near}"
                level = "advice" if "imported" in source.front else "error"
                yield Problem(source.file, source.line(key, number), message, level=level)


def _order(source: Source, first: str, last: str, message: str) -> Iterator[Problem]:
    begin, end = source.front.get(first), source.front.get(last)
    if isinstance(begin, str) and isinstance(end, str) and end < begin:
        yield source.problem(f"`{last}` {message}", last)
