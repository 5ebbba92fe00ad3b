"""What may be wrong with the values of front matter though each is well formed. Nothing here stops a page.

They look at what was written, not at the model, so that they are reported beside all other faults.
"""

import math
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from webapp.english import words as english
from webapp.library.front_matter.fields import CLOCK, POSTCODE, lacks_digits, overnight
from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary
from webapp.pii import guard

FURTHEST = 25.0  # kilometres from the middle of a postcode district to any place in it; districts are far smaller
CUT_SHORT = re.compile(r"""(?m)^([ ]*(?:- +)*[\w-]+:[ ]+(?:[^\s"'#\[{|>][^#\n]*?[ ])?)(#[^\s#][^\n]*)$""")
IN_CURLY = re.compile(r"""(?m)^([ ]*(?:- +)*(?:[\w-]+:[ ]+|(?<=- )))[“‘][^\n]*[”’"'][ ]*$""")
BETWEEN_NAMES = re.compile(r"[/&,;:()]| or | and ")
NOTHING = "0"  # what a period of no length begins with


def faults(kind: str, source: Source, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every such fault in the front matter of a page of `kind`."""
    yield from _cut_short(source)
    yield from _in_curly_quotes(source)
    yield from _repeated(source)
    yield from _periods(source)
    yield from _own_address(source)
    yield from _people(source)
    if kind == "update":
        yield from _met(source)
    if kind == "spotlight":
        yield from _session_times(source)
    if kind == "asset":
        yield from _phones(source)
        yield from _ages(source)
        yield from _sessions(source)
        yield from _locations(source, vocabulary)


def _cut_short(source: Source) -> Iterator[Problem]:
    """`Unit #4` is read as `Unit`: YAML takes what follows for a comment, which people write with a space after `#`."""
    if "#" not in source.yaml_text:
        return
    for match in CUT_SHORT.finditer(source.yaml_text):
        message = f"`{match[2][:40]}` is not read, for it begins with `#`: put the whole value in double quotes"
        yield source.problem_at(message, match.start(2))


def _in_curly_quotes(source: Source) -> Iterator[Problem]:
    """`“One sentence.”` is read with its quotes, which only straight ones are not."""
    if "“" in source.yaml_text or "‘" in source.yaml_text:
        for match in IN_CURLY.finditer(source.yaml_text):
            message = (
                "readers would see these curly quotes: use straight ones, or none (both, where they are to be seen)"
            )
            yield source.problem_at(message, match.end(1))


def _repeated(source: Source) -> Iterator[Problem]:
    for key, value in source.front.items():
        if not isinstance(value, list):
            continue
        words = [word for word in value if isinstance(word, str)]
        if len(set(words)) == len(words):
            continue
        seen: set[str] = set()
        for number, word in enumerate(value):
            if isinstance(word, str):
                if word in seen:
                    yield source.problem(f"`{word}` is in `{key}` twice: remove one", key, number)
                seen.add(word)


def _periods(source: Source) -> Iterator[Problem]:
    every = source.front.get("review_every")
    if isinstance(every, str) and every.strip().partition(" ")[0].strip("0") == "" and every.startswith(NOTHING):
        yield source.problem("`review_every` is no time at all: use a number above 0, as in `6 months`", "review_every")


def _own_address(source: Source) -> Iterator[Problem]:
    aliases = source.front.get("aliases")
    slug = source.file.rpartition("/")[2].removesuffix(".md")
    if isinstance(aliases, list) and slug in aliases:
        message = f"the alias `{slug}` is the page's own address: aliases are its old ones"
        yield source.problem(message, "aliases", aliases.index(slug))


def _people(source: Source) -> Iterator[Problem]:
    """Names of people where a role or a team belongs: they move on, and their name is theirs."""
    fields: list[tuple[tuple[str | int, ...], Any]] = [(("owner",), source.front.get("owner"))]
    verified = source.front.get("verified")
    fields.append((("verified", "by"), verified.get("by") if isinstance(verified, dict) else None))
    for number, contact in enumerate(_dicts(source.front.get("contacts"))):
        fields += [(("contacts", number, key), contact.get(key)) for key in ("name", "note")]
    presenters = source.front.get("presenters")
    fields += [(("presenters", n), who) for n, who in enumerate(presenters if isinstance(presenters, list) else [])]
    for path, value in fields:
        name = _person_in(value) if isinstance(value, str) else ""
        if name:
            advice = "write a role or a team instead, as in `Group leader`"
            key = next(str(part) for part in reversed(path) if isinstance(part, str))
            yield source.problem(f"`{key}` seems to name a person, `{name}`: {advice}", *path)


@lru_cache(maxsize=4096)  # teams and roles are the same on many pages
def _person_in(text: str) -> str:
    """The name of a person in a few words without a sentence round them; empty where there is none."""
    for part in filter(None, (part.strip() for part in BETWEEN_NAMES.split(text))):
        # A name that is a word too ("Joy") is one where it is greeted; "Reception" nobody greets.
        found = [m.text for m in (*guard.find(part), *guard.find(f"Dear {part},")) if m.kind == "name"]
        first, _, last = part.partition(" ")
        if not found and last.isalpha() and last[0].isupper() and not english.is_word(last.lower()):
            found = [part for m in guard.find(f"Dear {first},") if m.kind == "name"]
        if found:
            return found[0]
    return ""


def _session_times(source: Source) -> Iterator[Problem]:
    """A link to join is of use only to who knows when."""
    if source.front.get("join") and not source.front.get("time"):
        yield source.problem("`join` is there and nothing says when it begins: add `time`, as in `time: 14:00`", "join")


def _met(source: Source) -> Iterator[Problem]:
    """An answer that says that there is something now names the listing, and no other page will do."""
    met_by = source.front.get("met_by")
    if source.front.get("outcome") == "met" and not met_by:
        message = "this gap is met, and nobody is told by what: add `met_by`, as in `met_by: [/directory/the-listing]`"
        yield source.problem(message, "outcome")
    for number, path in enumerate(met_by if isinstance(met_by, list) else ()):
        if isinstance(path, str) and path.startswith("/") and not path.startswith("/directory/"):
            yield source.problem(f"{path} is no listing: name one of the directory", "met_by", number)
    if met_by and source.front.get("outcome") != "met":
        yield source.problem("a listing meets this gap, so its `outcome` is `met`: write that, or remove it", "met_by")


def _phones(source: Source) -> Iterator[Problem]:
    contacts = source.front.get("contacts")
    for number, contact in enumerate(contacts if isinstance(contacts, list) else ()):
        phone = contact.get("phone") if isinstance(contact, dict) else None
        if isinstance(phone, str | int) and not isinstance(phone, bool) and (fault := lacks_digits(str(phone))):
            yield source.problem(f"`phone` is `{phone}`: {fault}", "contacts", number, "phone")


def _ages(source: Source) -> Iterator[Problem]:
    age = source.front.get("age")
    if not isinstance(age, dict):
        return
    least, most = age.get("min"), age.get("max")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield source.problem(f"`max` is {most}, which is below `min` ({least}): swap them", "age", "max")


def _sessions(source: Source) -> Iterator[Problem]:
    for number, session in enumerate(_dicts(source.front.get("sessions"))):
        starts, ends = _clock(session.get("starts")), _clock(session.get("ends"))
        if starts and ends and ends <= starts and not overnight(starts, ends):
            message = (
                f"the session ends ({session['ends']}) before it starts ({session['starts']}): use the 24-hour clock"
            )
            yield source.problem(message, "sessions", number, "ends")
        if ends and not starts:
            yield source.problem("the session ends but never starts: add `starts`", "sessions", number, "ends")
        days = session.get("days")
        if isinstance(days, list) and len({str(day) for day in days}) < len(days):
            yield source.problem("a day is here twice: remove one", "sessions", number, "days")


def _locations(source: Source, vocabulary: Vocabulary) -> Iterator[Problem]:
    for number, place in enumerate(_dicts(source.front.get("locations"))):
        north, east = place.get("latitude"), place.get("longitude")
        if (north is None) != (east is None):
            lone, lacking = ("latitude", "longitude") if east is None else ("longitude", "latitude")
            yield source.problem(f"`{lone}` is alone: add `{lacking}`", "locations", number, lone)
        district = POSTCODE.match(str(place.get("postcode", "")).upper().strip())
        if district is None or not isinstance(north, float | int) or not isinstance(east, float | int):
            continue
        centre = vocabulary.outward.get(district[1]) if "places" in vocabulary.files else None
        away = _kilometres(centre, (north, east)) if centre else 0.0
        if away > FURTHEST:
            message = f"this point is {away:,.0f} km from {district[1]}: check the postcode, `latitude` and `longitude`"
            yield source.problem(message, "locations", number, "latitude")


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """About how far apart two points (degrees) are: near enough over a region of the United Kingdom."""
    north = (one[0] - other[0]) * 111.2
    east = (one[1] - other[1]) * 111.2 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def _dicts(value: Any) -> list[dict[str, Any]]:
    """`value` where it is a list of mappings; what stands in for an odd item keeps the others' numbers."""
    return [item if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []


def _clock(value: Any) -> str:
    match = CLOCK.match(value.strip()) if isinstance(value, str) else None
    return f"{int(match[1]):02d}:{match[2]}" if match else ""


def in_future(checked: date | None, today: date) -> bool:
    """Whether somebody is said to have looked at a page on a day that has not come."""
    return checked is not None and checked > today
