"""How good a directory is for whoever looks for something in it: ours and those of others, by the same measure.

A service is judged as the listing that it is, or would become, here: five questions, each yes or no. Whatever is over
(closed, inactive) is not judged.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from webapp.library.search.text import words

Front = Mapping[str, Any]

FRESH = timedelta(days=365)  # since it was assured: of one city's feed, 46% of entries were over two years
FEW_WORDS = 6  # different ones; the validator of Open Referral UK flags a description that has fewer

NO_WORDS = "too few words to say what it is"
NO_SUBJECT = "nothing says what kind of thing it is, or whom it is for"
NO_COST = "the cost is not said"
NEVER = "never checked"
LONG_AGO = "checked over a year ago"
NO_CONTACT = "no phone number and no e-mail address"
NOWHERE = "no place, and no area that it serves"
NO_TIMES = "no day and time"


@dataclass(frozen=True)
class Measure:
    """One of the five questions. `asks` is what a reader of the figures is told that it means."""

    name: str
    asks: str
    lacks: Callable[[Front, str, date], list[str]]


@dataclass
class HealthCount:
    """Of so many services, how many are found good by each measure (by its name)."""

    services: int = 0
    good: Counter[str] = field(default_factory=Counter)

    def share(self, measure: str) -> int:
        """Per cent, rounded down, so that 100 means all."""
        return self.good[measure] * 100 // self.services if self.services else 0


@dataclass
class FeedHealth:
    """Of the whole feed and of each organisation in it. `lacks` counts what is missing; `over` were left out."""

    all: HealthCount = field(default_factory=HealthCount)
    organisations: dict[str, HealthCount] = field(default_factory=dict)
    lacks: Counter[str] = field(default_factory=Counter)
    over: int = 0

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        rows = {name: [one.services, dict(one.good)] for name, one in self.organisations.items()}
        return {
            "all": [self.all.services, dict(self.all.good)],
            "organisations": rows,
            "lacks": dict(self.lacks),
            "over": self.over,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "FeedHealth":
        """What `as_data` gave."""
        counts = {name: HealthCount(row[0], Counter(row[1])) for name, row in data["organisations"].items()}
        whole = HealthCount(data["all"][0], Counter(data["all"][1]))
        return cls(whole, counts, Counter(data["lacks"]), data["over"])


def judge(listings: Iterable[tuple[Front, str]], today: date) -> FeedHealth:
    """The health of `listings`: the front matter of each as its file has it, and its text."""
    health = FeedHealth()
    for front, text in listings:
        if front.get("status") not in (None, "active"):
            health.over += 1
            continue
        counts = (health.all, health.organisations.setdefault(str(front.get("organisation", "")), HealthCount()))
        for count in counts:
            count.services += 1
        for measure in MEASURES:
            lacks = measure.lacks(front, text, today)
            health.lacks.update(lacks)
            for count in counts:
                count.good[measure.name] += not lacks
    return health


def _complete(front: Front, text: str, today: date) -> list[str]:
    lacks = []
    if len(set(words(f"{front.get('summary', '')} {text}"))) < FEW_WORDS:
        lacks.append(NO_WORDS)
    if not any(front.get(key) for key in ("activities", "outcomes", "audiences", "listed_as")):
        lacks.append(NO_SUBJECT)
    if not (front.get("cost") or front.get("prices")):
        lacks.append(NO_COST)
    return lacks


def _fresh(front: Front, text: str, today: date) -> list[str]:
    verified = front.get("verified")
    day = verified.get("date") if isinstance(verified, Mapping) else None
    if not day:
        return [NEVER]
    return [LONG_AGO] if date.fromisoformat(str(day)) < today - FRESH else []


def _contactable(front: Front, text: str, today: date) -> list[str]:
    reached = any(contact.get("phone") or contact.get("email") for contact in front.get("contacts") or ())
    return [] if reached else [NO_CONTACT]


def _located(front: Front, text: str, today: date) -> list[str]:
    places = front.get("locations") or ()
    exact = any(place.get("postcode") or place.get("latitude") or place.get("confidential") for place in places)
    return [] if exact or front.get("places") or front.get("citywide") or front.get("service_areas") else [NOWHERE]


def _scheduled(front: Front, text: str, today: date) -> list[str]:
    for session in front.get("sessions") or ():
        over = session.get("valid_to") and str(session["valid_to"]) < today.isoformat()
        when = session.get("days") or session.get("rrule") or session.get("frequency") == "daily"
        if not over and when and (session.get("starts") or session.get("all_day")):
            return []
    return [NO_TIMES]


MEASURES = (
    Measure("complete", "it says what it is in six words or more, of what kind or for whom, and the cost", _complete),
    Measure("fresh", "somebody made sure in the last 12 months that it is right", _fresh),
    Measure("contactable", "it has a phone number or an e-mail address", _contactable),
    Measure("located", "it says where it is, or which area it serves", _located),
    Measure("scheduled", "it says on which days and at what time", _scheduled),
)
