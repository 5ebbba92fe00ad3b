"""Text without the address that must stay secret: its postcode, its street, its house, a map of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from webapp.pii import guard

WITHHELD = "(address withheld)"
AGAIN = re.compile(rf"{re.escape(WITHHELD)}(?:[\s,;/–-]*{re.escape(WITHHELD)})+")
BETWEEN = r"(?:[\s,.+_-]|%20|%2C)+"  # words of an address, in a sentence and in a link
_MASKED = re.escape(WITHHELD)
LINK = re.compile(rf"\[([^\]\n]*)\]\(((?:{_MASKED}|[^)\s])+)\)")
BARE = re.compile(rf"<?https?://(?:{_MASKED}|[^\s<>)])+>?")
MAP = re.compile(
    r"//(?:www\.)?(?:maps\.|goo\.gl/maps|[\w.]*google\.[a-z.]+/maps|[\w.]*openstreetmap\.|osm\.org|[\w.]*bing\.com/maps"
    r"|streetmap\.|what3words\.|w3w\.co|maps\.app|[\w.]*multimap\.|[\w.]*geograph\.)",
    re.IGNORECASE,
)
THREE_WORDS = re.compile(r"/{3}\w+\.\w+\.\w+")
SHORTER = {
    "avenue": "ave?", "close": "cl", "court": "ct", "crescent": "cres", "drive": "dr", "gardens": "gdns", "grove": "gr",
    "lane": "ln", "place": "pl", "road": "rd", "square": "sq", "street": "st", "terrace": "terr", "saint": "st",
}  # fmt: skip
# Names that many places have, so that they say nothing and stand in any text.
COMMON = frozenset(
    ["a", "accommodation", "address", "building", "center", "centre", "confidential", "flat", "head", "hidden", "home",
     "hostel", "house", "location", "main", "office", "online", "our", "place", "private", "project", "refuge", "safe",
     "secret", "service", "shelter", "site", "telephone", "the", "unit", "venue", "withheld", "women", "womens"]
)  # fmt: skip
NUMBERED = re.compile(
    r"^(?:(?:flat|apartment|unit|room|no\.?)\s*)?\d+\s?[a-z]?(?:\s*[-/]\s*\d+[a-z]?)?\b[\s,]*", re.IGNORECASE
)
OUTWARD = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$")


class Secrets:
    """What must not be revealed of some locations.

    `hidden` and `shown` are locations as front matter has them: `name`, `address`, `postcode`, `latitude`, `longitude`.
    `public_names` are texts that everybody reads anyway, such as the title: a house that it names is not looked for.
    """

    def __init__(
        self,
        hidden: Iterable[Mapping[str, Any]],
        shown: Iterable[Mapping[str, Any]] = (),
        public_names: Iterable[str] = (),
    ) -> None:
        open_to_all = {_folded(part) for place in shown for part in _parts(place)}
        known = _folded(" ".join(public_names))
        patterns = {
            pattern
            for place in hidden
            for part in _parts(place)
            if _folded(part) not in open_to_all and not _is_public(part, place, known)
            for pattern in _spellings(part)
        }
        patterns |= {pattern for place in hidden for pattern in _point(place)}
        self._open = open_to_all
        self._pattern = re.compile("|".join(sorted(patterns, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)

    def hide(self, text: str) -> str:
        """`text` with `WITHHELD` in place of what must not be revealed. Line breaks stay."""
        made = text
        for match in reversed(guard.find(text)):
            if match.kind in {"address", "postcode"} and not self._is_open(match.text):
                made = made[: match.start] + WITHHELD + "\n" * match.text.count("\n") + made[match.end :]
        made = THREE_WORDS.sub(WITHHELD, self._pattern.sub(_in_its_lines, made))
        made = LINK.sub(lambda link: link[1] if _leads_there(link[2]) else link[0], made)
        made = BARE.sub(lambda link: WITHHELD if _leads_there(link[0]) else link[0], made)
        return AGAIN.sub(_in_its_lines, made)

    def holds(self, text: str) -> bool:
        """Whether `text` reveals any of what must stay hidden."""
        return self.hide(text) != text

    def names(self, text: str) -> bool:
        """Whether `text` reveals one of these addresses; other addresses do not count."""
        return bool(self._pattern.search(text))

    def _is_open(self, text: str) -> bool:
        folded = _folded(text)
        return any(folded in known or known in folded for known in self._open if known)


def _leads_there(link: str) -> bool:
    """Whether a link, in which what is secret is withheld already, leads to it or to a map."""
    return WITHHELD in link or bool(MAP.search(link))


def _in_its_lines(match: re.Match[str]) -> str:
    return WITHHELD + "\n" * match[0].count("\n")


def _parts(place: Mapping[str, Any]) -> Iterator[str]:
    """The postcode of a location, the lines of its address and its name."""
    for key in ("postcode", "address", "name"):
        for part in re.split(r"[,;\n()]|\s[–-]\s", str(place.get(key) or "")):
            if part.strip():
                yield part.strip()


def _is_public(part: str, place: Mapping[str, Any], known: str) -> bool:
    """Whether a name or a line without a number stands in what everybody reads, or says nothing."""
    if re.search(r"\d", part):
        return False
    folded = _folded(part)
    words = folded.split()
    if set(words) <= COMMON or f" {folded} " in f" {known} ":
        return True
    is_name = part in str(place.get("name") or "")
    is_first = str(place.get("address") or "").startswith(part) and part != place.get("address")
    return not (is_name or words[-1] in SHORTER or (is_first and len(words) > 1))


def _spellings(part: str) -> Iterator[str]:
    """Patterns for a part of an address as people write it."""
    if code := OUTWARD.match(part.upper()):
        yield rf"\b{code[1]}(?:{BETWEEN})?{code[2]}\b"
        yield rf"\b{code[1]}(?: ?\d[A-Z]{{2}})?\b"  # the district says where to look
        return
    yield _pattern_of(part)
    street = NUMBERED.sub("", part)
    if street != part and len(street.split()) > 1:
        yield _pattern_of(street)


def _pattern_of(part: str) -> str:
    words = re.findall(r"[\w'’]+", part)
    if len(words) == 1:  # one word is a name only as it is written: "Haven", not "a safe haven"
        return rf"\b(?-i:{re.escape(words[0])})\b"
    return rf"\b{BETWEEN.join(map(_one_word, words))}\b" if words else r"(?!)"


def _one_word(word: str) -> str:
    shorter = SHORTER.get(word.lower())
    spelled = re.sub(r"['’]", "['’]?", re.escape(word))
    return rf"(?:{spelled}|{shorter}\.?)" if shorter else spelled


def _point(place: Mapping[str, Any]) -> Iterator[str]:
    north, east = place.get("latitude"), place.get("longitude")
    if isinstance(north, int | float) and isinstance(east, int | float):
        first, second = (re.escape(f"{int(abs(value) * 100) / 100:.2f}") for value in (north, east))
        yield rf"{first}\d*\D{{1,12}}{second}\d*"  # to the nearest kilometre


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"['’]", "", text.lower())))
