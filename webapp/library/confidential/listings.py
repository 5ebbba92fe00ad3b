"""Which locations of a listing must stay secret, and what may be published of it then.

`confidential` under a location is the decision of an editor: true hides it, false shows it. Where nobody has decided,
the words of the listing do, and in doubt it is hidden.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.library.confidential import records
from webapp.library.confidential.redaction import Secrets
from webapp.library.confidential.signs import looks_secret, may_be_a_sign
from webapp.library.confidential.statements import is_kept_back_of_a_place
from webapp.library.confidential.text import Statement, plain
from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem

LOOKS = "looks like a refuge: hidden until an editor decides"
WHERE = ("name", "address", "postcode", "latitude", "longitude")  # of a location
SAYS = ("description", "transport", "access_note")  # of a location, in words
TOLD = {"access", "confidential"}  # all that may be told of a secret location
FROM_AFAR = {"online", "by-phone"}  # slugs of the access vocabulary: there is no address to hide
# Keys of front matter that hold words, at any depth.
TEXTS = {
    "title", "summary", "organisation", "first_time", "note", "name", "at", "alternate_name", "alert", "wait_time",
    "required_documents", "interpretation", "service_areas", "accreditations", "programme", "funding", "listed_as",
    "option", "text", "description", "parent", "access_note", "transport",
}  # fmt: skip
PAGES = {"url", "uri", "logo"}  # addresses on the web, whose words may tell where it is

MARKED = re.compile(r"\bconfidential: *[\"']?(?:true|yes)\b", re.IGNORECASE)

PICTURE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])|<img [^>]*>")  # in Markdown, and as it is rendered

Front = Mapping[str, Any]
Page = tuple[Mapping[str, Any], str]  # front matter and text


@dataclass(frozen=True)
class Verdict:
    """What of a listing must stay secret.

    `hidden` are positions in its `locations`. `guess` says why it looks like a refuge where nobody has decided.
    """

    hidden: frozenset[int]
    guess: str
    secrets: Secrets


def verdict(front: Front, body: str) -> Verdict | None:
    """What of the listing with this front matter and text must stay secret; None where nothing must."""
    places = _places(front)
    hidden = {at for at, place in enumerate(places) if place.get("confidential") is True}
    undecided = {at for at, place in enumerate(places) if is_undecided(place)}
    guess = ""
    if (undecided or not places) and _is_worth_reading(front, body, places):
        record, given = _as_record(front, body, places)
        signs = records.read(record)
        found = {at: why for at in undecided if (why := signs.hides(given[at]))}
        guess = next(iter(found.values()), "" if places else signs.why)
        hidden |= found.keys()
    if not hidden and not guess:
        return None
    shown = [place for at, place in enumerate(places) if at not in hidden]
    public_names = (str(front.get("title", "")), str(front.get("organisation", "")))
    secrets = Secrets([places[at] for at in hidden], shown, public_names)
    if not hidden and not any(secrets.holds(text) for text in (*_texts(front), body)):
        return None  # it has no address that could be revealed
    return Verdict(frozenset(hidden), guess, secrets)


def doubt(front: Front, found: Verdict | None) -> str:
    """Why nobody can say yet how much of a listing may leave this site; empty where there is no doubt."""
    if found is None:
        return ""
    if found.guess:
        return found.guess
    return "it was hidden when it was brought in, and nobody here has decided" if _is_as_imported(front) else ""


def publishable(front: Front, body: str) -> tuple[dict[str, Any], str]:
    """The front matter and the text of a listing as everybody may read them."""
    found = verdict(front, body)
    return (dict(front), body) if found is None else withheld(front, body, found)


def withheld(front: Front, body: str, found: Verdict) -> tuple[dict[str, Any], str]:
    """The same where `found` says what must stay secret. Keys and lines stay in their order."""
    made = {key: value if key == "locations" else _cleaned(key, value, found.secrets) for key, value in front.items()}
    places = _places(front)
    if places:
        made["locations"] = [
            _bare(place) if at in found.hidden else _told(place, found.secrets) for at, place in enumerate(places)
        ]
    if found.guess:
        made.pop("places", None)  # nobody has said that it may be known which neighbourhood to look in
    if isinstance(made.get("links"), list):
        made["links"] = [link for link in made["links"] if not isinstance(link, dict) or "url" in link]
    made.pop("image", None)  # who knows the house, or can look for it, sees where it is
    return _without_pages(made, found.secrets), PICTURE.sub("", found.secrets.hide(body))


def compared(was: Page, now: Page) -> tuple[Page, Page]:
    """Two versions of a listing as they may be told of beside each other: what is secret in either stays so in both.

    Their locations stay whole, the secret ones marked, so that it can be told that one has changed and not to what.
    """
    found = [(verdict(*page), page) for page in (was, now)]
    secrets = [kept_back.secrets for kept_back, _ in found if kept_back]
    made: list[Page] = []
    for kept_back, (front, body) in found:
        public, text = withheld(front, body, kept_back) if kept_back else (dict(front), body)
        for secret in secrets:
            public = {
                key: value if key == "locations" else _cleaned(key, value, secret) for key, value in public.items()
            }
            text = secret.hide(text)
        if kept_back:
            places = enumerate(_places(front))
            public["locations"] = [{**p, "confidential": True} if at in kept_back.hidden else p for at, p in places]
        made.append((public, text))
    return made[0], made[1]


def marked(front: Front) -> dict[str, Any]:
    """The front matter of a new listing that looks like a refuge: hidden until somebody decides."""
    made = {key: value for key, value in front.items() if key != "places"}
    places = _places(front)
    if places:
        made["locations"] = [{**place, "confidential": True} if is_undecided(place) else place for place in places]
    return made


def withheld_source(source: Source, found: Verdict) -> Source:
    """A file that was read, as everybody may read it; its lines are where they were."""
    front, body = withheld(source.front, source.body, found)
    return source.with_text(front, body)


def tells(text: str, source: Source, found: Verdict) -> bool:
    """Whether `text`, which may quote lines of the file, reveals something that must stay secret."""
    places = _places(source.front)
    values = (str(places[at].get(key) or "") for at in found.hidden for key in WHERE)
    return any(value and value in text for value in values) or found.secrets.holds(text)


def may_be_secret(text: str) -> bool:
    """Whether a file that cannot be used, and so not be read whole, may be that of a listing with a secret address."""
    if MARKED.search(text):
        return True
    statement = Statement("its file", plain(text), own=True)
    return "confidential: false" not in text and bool(looks_secret([statement], in_public=False))


def as_secret(front: Front, html: str) -> tuple[dict[str, Any], str]:
    """A page that was compiled while its addresses were open, without them: its front matter and its HTML."""
    everywhere = frozenset(range(len(_places(front))))
    public_names = (str(front.get("title", "")), str(front.get("organisation", "")))
    return withheld(front, html, Verdict(everywhere, "its file says so now", Secrets(_places(front), (), public_names)))


def advice(source: Source, found: Verdict) -> list[Problem]:
    """Problems and advice for the editor of a listing with a secret address."""
    problems: list[Problem] = []
    if found.guess:
        do, key = "write `confidential: true` or `confidential: false` under each of its locations", "locations"
        if not found.hidden:
            do, key = (
                "its text tells an address: put it under `locations`, and say there if it is confidential",
                "title",
            )
        problems.append(source.problem(f"{LOOKS} ({found.guess}): {do}", key, level="advice"))
    elif _is_as_imported(source.front):
        do = "write `confidential: false` if everybody may know its address, or put your team's name under `verified`"
        problems.append(source.problem(f"{LOOKS} ({_why_brought_in(source)}): {do}", "locations", level="advice"))
    places = source.front.get("places")
    if not found.guess and isinstance(places, list) and len(places) == 1:
        message = (
            "readers are told the one neighbourhood to look in: name all that it serves, or write `citywide: true`"
        )
        problems.append(source.problem(message, "places", level="advice"))
    if not found.guess and (at := _first_change(source.body, found.secrets)) >= 0:
        message = "the text tells where a confidential place is: readers see “(address withheld)” there, so take it out"
        problems.append(source.body_problem(message, at, level="advice"))
    return problems


def quiet_faults(problems: list[Problem], data: bytes) -> list[Problem]:
    """The faults of a file that cannot be used, without the addresses that they quote where these may be secret."""
    if not may_be_secret(data.decode("utf-8", "replace")):
        return problems
    return [quiet(problem, Verdict(frozenset(), "", Secrets([]))) for problem in problems]


def quiet(problem: Problem, found: Verdict) -> Problem:
    """A fault in the words that may be told of it."""
    message = found.secrets.hide(problem.message)
    return Problem(problem.file, problem.line, message, problem.column, problem.level)


def _why_brought_in(source: Source) -> str:
    """What was seen when a listing was brought in, as far as its own words still show it."""
    places = [{key: value for key, value in p.items() if key != "confidential"} for p in _places(source.front)]
    found = verdict({**source.front, "locations": places}, source.body)
    return found.guess if found else "as the feed says"


def _is_as_imported(front: Front) -> bool:
    """Whether a listing came from a feed and nobody here has put their team's name to it."""
    imported, verified = front.get("imported"), front.get("verified")
    if not isinstance(imported, dict):
        return False
    by = verified.get("by") if isinstance(verified, dict) else None
    return by in (None, f"{imported.get('source')} (as published)")


def _places(front: Front) -> list[dict[str, Any]]:
    given = front.get("locations")
    return [place if isinstance(place, dict) else {} for place in given] if isinstance(given, list) else []


def is_undecided(place: Mapping[str, Any]) -> bool:
    """Whether nobody has said if this location may be known, and there is something of it to know."""
    if isinstance(place.get("confidential"), bool) or not any(place.get(key) for key in WHERE):
        return False
    access = place.get("access")
    is_afar = isinstance(access, list) and bool(access) and FROM_AFAR.issuperset(map(str, access))
    return not is_afar or any(place.get(key) for key in WHERE[1:])


def _is_worth_reading(front: Front, body: str, places: list[dict[str, Any]]) -> bool:
    """Whether there is any word in a listing that may be a sign: most have none, and reading all of it takes longer."""
    where = [str(place[key]) for place in places for key in WHERE[:3] if place.get(key)]
    whole = plain("\n".join([*_texts(front), str(front.get("url") or ""), body, *where]))
    return may_be_a_sign(whole) or any(is_kept_back_of_a_place(plain(words)) for words in where)


def _as_record(front: Front, body: str, places: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The listing as a feed would hold it, and its locations in that."""
    given = [
        {
            "name": place.get("name"),
            "address_1": place.get("address"),
            "postal_code": place.get("postcode"),
            **{key: place.get(key) for key in SAYS},
        }
        for place in places
    ]
    others = ("first_time", "alert", "url", "contacts", "sessions", "referral", "capacity", "cost", "links")
    record = {
        "name": front.get("title"),
        "summary": front.get("summary"),
        "description": body,
        "organization": {"name": front.get("organisation"), "more": front.get("organisation_details")},
        "attributes": [{"name": word} for word in _listed(front.get("listed_as"))],
        "locations": given,
        **{key: front.get(key) for key in others},
    }
    return record, given


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _bare(place: Mapping[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in place.items() if key in TOLD}, "confidential": True}


def _told(place: Mapping[str, Any], secrets: Secrets) -> Mapping[str, Any]:
    """An open location, in whose name and address nothing is hidden, without what its words tell of a secret one."""
    told = {key: secrets.hide(words) for key in SAYS if isinstance(words := place.get(key), str)}
    return {**place, **told} if told else place


def _cleaned(key: str, value: Any, secrets: Secrets) -> Any:
    if isinstance(value, str):
        return secrets.hide(value) if key in TEXTS else value
    if isinstance(value, dict):
        return {inner: _cleaned(inner, item, secrets) for inner, item in _without_pages(value, secrets).items()}
    if isinstance(value, list):
        return [_cleaned(key, item, secrets) for item in value]
    return value


def _without_pages(holder: Front, secrets: Secrets) -> dict[str, Any]:
    return {
        key: value
        for key, value in holder.items()
        if not (key in PAGES and isinstance(value, str) and secrets.holds(value))
    }


def _texts(front: Front) -> list[str]:
    """Every text of the front matter but those of its locations."""
    found: list[str] = []
    todo: list[tuple[str, Any]] = [(key, value) for key, value in front.items() if key != "locations"]
    while todo:
        key, value = todo.pop()
        if isinstance(value, str) and key in TEXTS:
            found.append(value)
        elif isinstance(value, dict):
            todo += value.items()
        elif isinstance(value, list):
            todo += [(key, item) for item in value]
    return found


def _first_change(text: str, secrets: Secrets) -> int:
    """The offset at which the first line begins that reveals a secret; -1 where none does."""
    at = 0
    for line in text.splitlines(keepends=True):
        if secrets.holds(line):
            return at
        at += len(line)
    return -1
