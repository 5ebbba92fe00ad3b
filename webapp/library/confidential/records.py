"""What a feed's own record says of keeping an address secret, whatever its keys are called: every field is read.

A record is JSON of which nothing is known but that it is a service. Where a field stands tells what it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from webapp.library.confidential import flags
from webapp.library.confidential.redaction import Secrets
from webapp.library.confidential.signs import all_public, looks_secret
from webapp.library.confidential.statements import is_kept_back, is_kept_back_of_a_place
from webapp.library.confidential.text import LINK, NAME, ORGANISATION, PLACE, TAG, Statement, plain

Record = dict[str, Any]
Path = tuple[str, ...]

NAMES = ("name", "alternate_name", "title", "legal_name")
SUMMARIES = ("summary", "short_description")
ORGANISATIONS = ("organi", "provider")
TAGS = (
    "attribute", "taxonom", "service_taxonom", "term", "categor", "tag", "keyword", "eligibilit", "pc_targetaudience",
    "suitabilit", "need", "service_type", "deliverable",
)  # fmt: skip
WHERE = ("location", "service_at_location", "address", "physical_address", "postal_code", "accessib", "city", "venue")
LINKS = ("url", "website", "email", "uri", "logo", "link")
OF_ADDRESS = ("address_1", "address_2", "address1", "address2", "address", "street", "line", "postal_code", "postcode")
peek = dict.get  # an import's objects remember what was asked for: to look for secrets is not to use a value
DEEPEST = 12  # lists and objects inside each other; a service has 6


@dataclass
class Signs:
    """What a record says. `why` is of all its places, `of_place` of one, by the `id` of its object in memory."""

    why: str = ""
    of_place: dict[int, str] = field(default_factory=dict)
    places: list[Record] = field(default_factory=list)
    public_names: tuple[str, ...] = ()  # its name and its organisation's, which everybody reads

    def hides(self, place: Record) -> str:
        """Why the address of `place`, an object of the record, must stay secret; empty where it need not."""
        return self.why or self.of_place.get(id(place), "")

    def secrets(self) -> Secrets | None:
        """What must stay hidden of the secret places; None where no place is secret."""
        hidden = [_as_location(place) for place in self.places if self.hides(place)]
        return Secrets(hidden, public_names=self.public_names) if hidden or self.why else None


def read(service: Record) -> Signs:
    """The signs in `service`, as published."""
    places = list(_places(service))
    signs = Signs(places=[place for place, _ in places])
    statements = [Statement(PLACE, plain(words), own=True) for place, _ in places for words in _texts(place)]
    for path, holder, key, value in _fields(service):
        about = _about(path, key)
        if about == PLACE:
            continue
        if isinstance(value, str) and value.strip():
            statements.append(_statement(path, key, about, value))
        if _is_flagged(path, holder, key, value):
            signs.why = "the feed marks its address as confidential"
    for place, beside in places:
        if why := _of_place(place) or _of_place(beside):
            signs.of_place[id(place)] = why
    _share_by_id(signs)
    signs.public_names = tuple(one.text for one in statements if one.what in {NAME, ORGANISATION})
    signs.why = signs.why or looks_secret(statements, in_public=all_public(_venue(place) for place, _ in places))
    return signs


def _places(service: Record) -> Iterator[tuple[Record, Record]]:
    """Each location of the record, with what the feed says of the service there."""
    for key, value in service.items():
        if isinstance(value, list | dict) and key.lower().startswith(("location", "service_at_location")):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    inner = peek(item, "location")
                    beside = {name: value for name, value in item.items() if name != "location"}
                    yield (inner, beside) if isinstance(inner, dict) else (item, {})


def _of_place(holder: Record) -> str:
    """Why one location must stay secret, by what is said of it alone."""
    for path, inner, key, value in _fields(holder):
        if _is_flagged(path, inner, key, value, of_place=True):
            return "the feed marks the address as confidential"
        if isinstance(value, str) and _says_so(path, inner, key, plain(value)):
            return "it says that the address is kept back, in a location"
    return ""


def _says_so(path: Path, holder: Record, key: str, text: str) -> bool:
    """Whether one field of a location says that it is kept back. The name of an attribute with a value does not."""
    if not any(part.startswith(TAGS) for part in path):
        return is_kept_back_of_a_place(text)
    return is_kept_back(text) and not (key in flags.NAMES and flags.has_value(holder))


def _share_by_id(signs: Signs) -> None:
    """A location that the record holds twice is secret in both."""
    known = {str(peek(place, "id")): why for place in signs.places if (why := signs.of_place.get(id(place)))}
    for place in signs.places:
        if peek(place, "id") and (why := known.get(str(peek(place, "id")))):
            signs.of_place[id(place)] = why


def _fields(record: Record) -> Iterator[tuple[Path, Record, str, Any]]:
    """Every single value with the object that holds it, its key and the keys above; every object once, under no key."""
    todo: list[tuple[Path, Any]] = [((), record)]
    while todo:
        path, value = todo.pop()
        if len(path) > DEEPEST:
            continue
        if isinstance(value, list):
            for item in value:
                if isinstance(item, dict | list):
                    todo.append((path, item))
                else:
                    yield path[:-1], {}, path[-1] if path else "", item
        else:
            yield path, value, "", None
            for key, inner in value.items():
                if isinstance(inner, dict | list):
                    todo.append(((*path, key.lower()), inner))
                else:
                    yield path, value, key, inner


def _is_flagged(path: Path, holder: Record, key: str, value: Any, *, of_place: bool = False) -> bool:
    if key:
        if is_hidden := flags.hides(key, value, of_place=of_place):
            holder.get(key)  # the ledger of what is read of a record shows that this was obeyed
        return is_hidden
    if any(flags.hides(name, value, of_place=of_place) for name, value in flags.pairs(holder)):
        return True
    return any(part.startswith(TAGS) for part in path) and flags.is_marked(holder)


@lru_cache(4096)
def _about(path: Path, key: str) -> str:
    """What the words at `path` are about: an organisation, a tag, a location, a link; empty for the service itself."""
    key = key.lower()
    whole = (*path, key)
    if any(part.startswith(ORGANISATIONS) for part in path):
        return ORGANISATION
    if any(part.startswith(WHERE) for part in whole):
        return PLACE
    if any(part.startswith(TAGS) for part in whole):
        return TAG
    return LINK if key.startswith(LINKS) else ""


def _statement(path: Path, key: str, about: str, value: str) -> Statement:
    key = key.lower()
    if about == ORGANISATION:
        is_name = key in NAMES or (not path[1:] and key.startswith(ORGANISATIONS))
        return Statement(ORGANISATION if is_name else "what its organisation says", plain(value))
    if about == TAG:
        return Statement(TAG, plain(value), own=True)
    if about:
        return Statement(about, plain(_words_of_link(value)))
    if not path and key in NAMES:
        return Statement(NAME, plain(value), own=True)
    if not path and key in SUMMARIES:
        return Statement("its summary", plain(value), own=True)
    return Statement(f"its {plain(key) or 'text'}", plain(value))


def _words_of_link(value: str) -> str:
    """`https://www.north-refuge.example/about` with its parts as words; `northrefuge` has one too."""
    words = value.replace(".", " ").replace("@", " ").replace("/", " ")
    return words.replace("refuge", " refuge").replace(" refugee", "refugee").replace("womensaid", "womens aid")


def _texts(place: Record) -> Iterator[str]:
    return (value for _, _, key, value in _fields(place) if isinstance(value, str) and key and not key.endswith("id"))


def _venue(place: Record) -> str:
    """The name and address of a location, which may say that it is a public building."""
    return " , ".join(plain(value) for _, value in _names_and_addresses(place))


def _as_location(place: Record) -> dict[str, Any]:
    """A location in the words of front matter, with every address that the feed has of it."""
    pairs = list(_names_and_addresses(place))
    name = "; ".join(value for key, value in pairs if key == "name")
    return {"name": name, "address": "; ".join(value for key, value in pairs if key != "name")}


def _names_and_addresses(place: Record) -> Iterator[tuple[str, str]]:
    for path, _, key, value in _fields(place):
        if isinstance(value, str) and ((key == "name" and not path) or key.lower().startswith(OF_ADDRESS)):
            yield key, value
