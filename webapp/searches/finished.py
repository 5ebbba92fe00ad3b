"""What somebody searched for, as a results page says it: signed, so that it can come back and be counted.

asked = Asked.of("asset", words=…, near=…, filters=…, found=found, vocabulary=gen.vocabulary, …)
token = asked.sign(secret_key, user.id)      # in the page; empty where nothing was asked
Asked.read(token, secret_key, user.id)       # when the page, or its reader, sends it back
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer

from webapp.library.build.pages import FACET_VOCABULARY
from webapp.library.search.places import around, without_inward
from webapp.library.search.query import Recognised
from webapp.library.search.text import STOP_WORDS, stem, words
from webapp.library.vocabulary import Vocabulary
from webapp.pii import guard

PATHS = {"asset": "/directory", "everything": "/search"}  # by kind: where such a search is made
GOOD_FOR = 12 * 60 * 60  # seconds: no page is open for longer than a sign-in lasts
SALT = "signpost finished search"
LONGEST_WORDS = 200

Filters = Mapping[str, Iterable[str]]


class NotOurs(Exception):
    """This was not signed here, for this person, in the last hours."""


@dataclass(frozen=True, slots=True)
class FinishedSearch:
    """One search. `near` is the first half of a postcode or the name of a place; `within` is in miles, 0 for any.

    `places`, `outcomes` and `activities` are the slugs that filters or words named; `found` is how many results it had.
    `missing` are the words that nothing was found for, whatever was found for the rest. What searches for the same
    thing share, `phrase`, is theirs where there are any.
    """

    kind: str
    words: str = ""
    near: str = ""
    within: float = 0.0
    filters: dict[str, list[str]] = field(default_factory=dict)
    open_only: bool = False
    found: int = 0
    phrase: str = ""
    places: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    missing: str = ""

    @classmethod
    def of(
        cls,
        kind: str,
        *,
        words: str,
        found: int,
        vocabulary: Vocabulary,
        corrected: str | None = None,
        missing: Iterable[str] = (),
        recognised: Iterable[Recognised] = (),
        filters: Filters | None = None,
        near: str = "",
        within: float | None = None,
        open_only: bool = False,
    ) -> "FinishedSearch":
        """A search that has been made. `kind` is of PATHS; `near` is what the point it was made from is called.

        `found`, `corrected`, `missing` and `recognised` are those of its results.
        """
        chosen = {name: list(slugs) for name, slugs in (filters or {}).items() if slugs}
        named = _named(recognised)
        here = without_inward(near)
        absent = " ".join(missing)[:LONGEST_WORDS]
        spoken = [without_inward(code) for code in named.get("near", ())]
        return cls(
            kind=kind,
            words=words.strip()[:LONGEST_WORDS],
            near=here,
            within=within or 0.0,
            filters=chosen,
            open_only=open_only,
            found=found,
            phrase=phrase_of(absent or corrected or words),
            places=_first([*chosen.get("place", ()), *named.get("place", ()), *around([here, *spoken], vocabulary)]),
            outcomes=_first([*chosen.get("outcome", ()), *named.get("outcome", ())]),
            activities=_first([*chosen.get("activity", ()), *named.get("activity", ())]),
            missing=absent,
        )

    @property
    def says_something(self) -> bool:
        """Whether anything was asked for; the whole directory is no search."""
        return bool(self.words or self.near or self.filters)

    def sign(self, secret_key: str, user_id: int) -> str:
        """A text that only this person can send back, and nobody can change. Empty where nothing was asked for."""
        return (
            _signer(secret_key).dumps([user_id, *(getattr(self, name) for name in _FIELDS)])
            if self.says_something
            else ""
        )

    @classmethod
    def read(cls, token: str, secret_key: str, user_id: int) -> "FinishedSearch":
        """The search that `sign` made `token` of. Raises NotOurs."""
        try:
            owner, *fields = _signer(secret_key).loads(token, max_age=GOOD_FOR)
        except BadData as fault:
            raise NotOurs from fault
        if owner != user_id:
            raise NotOurs
        return cls(*fields)

    def clean_words(self) -> str:
        """The words, or nothing where they could identify somebody."""
        try:
            return str(guard.clean(self.words))
        except guard.Identifying:
            return ""

    def address(self) -> str:
        """Where this search is made, without words that could identify somebody."""
        pairs = [("q", self.clean_words()), ("near", self.near), ("within", f"{self.within:g}" if self.within else "")]
        pairs += [(name, slug) for name, slugs in self.filters.items() for slug in slugs]
        pairs += [("open", "1" if self.open_only else "")]
        return f"{PATHS[self.kind]}?{urlencode([pair for pair in pairs if pair[1]])}"


def phrase_of(text: str) -> str:
    """What searches for the same thing share: their stems, sorted. `Walking groups` and `group walk` agree."""
    significant = [word for word in words(text) if word not in STOP_WORDS] or words(text)
    return " ".join(sorted({stem(word) for word in significant}))[:LONGEST_WORDS]


def in_words(address: str, vocabulary: Vocabulary) -> str:
    """A search's address as its maker would say it: `walking, near M22, free`."""
    values = dict[str, str]()
    labels = []
    for name, value in parse_qsl(urlsplit(address).query):
        if name in FACET_VOCABULARY:
            labels.append(vocabulary.label(FACET_VOCABULARY[name], value))
        else:
            values[name] = value
    miles = values.get("within", "")
    place = values.get("near", "")
    parts = [
        values.get("q", ""),
        f"within {miles} {'mile' if miles == '1' else 'miles'} of {place}" if place and miles else "",
        f"near {place}" if place and not miles else "",
        *labels,
        "taking people now" if "open" in values else "",
    ]
    return " · ".join(part for part in parts if part) or "Everything"


@lru_cache(maxsize=4)  # one for each key: making it took as long as signing
def _signer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt=SALT)


def _named(recognised: Iterable[Recognised]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for choice in recognised:
        named.setdefault(choice.group, []).append(choice.slug)
    return named


def _first(slugs: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(slugs))


_FIELDS = tuple(part.name for part in fields(FinishedSearch))  # in the order in which they are signed
