"""A listing's facts in words: who it is for, when, where, what it costs, how to refer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from webapp.directory import wording
from webapp.directory.rows import LONG_AGO, Label, checked
from webapp.english import dates
from webapp.library.front_matter.fields import is_uuid
from webapp.library.front_matter.listing import Location
from webapp.library.front_matter.model import Asset
from webapp.library.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Where:
    """One place it is held at. `directions` leads to a map; empty where there is no point to lead to.

    `notes` say what it is, how to get there and what it is like to get in.
    """

    name: str
    address: str
    access: list[str]
    notes: list[str]
    directions: str = ""


@dataclass(frozen=True, slots=True)
class ListingSummary:
    """All facts, each empty where the listing does not say. `is_due`: somebody here should check it."""

    labels: list[Label]
    is_due: bool
    who: list[str]
    age: str
    sessions: list[str]
    next_on: str
    places: list[Where]
    is_confidential: bool
    serves: str
    cost: str
    runs_it: list[str]
    routes: list[str]
    refer_note: str
    access: list[str]
    languages: str
    room: str
    activities: list[tuple[str, str]]
    outcomes: list[str]
    phone: str
    email: str
    directions: str


def summary(asset: Asset, vocabulary: Vocabulary, now: datetime, confirmed: date | None = None) -> ListingSummary:
    """What to show of `asset` at the moment `now`; `confirmed` is the last day that somebody said it is right."""

    def labels(words: str, slugs: Iterable[str]) -> list[str]:
        return [vocabulary.label(words, slug) for slug in slugs]

    today = dates.day_of(now)
    is_late = asset.next_review is not None and asset.next_review < today
    is_due = (is_late or asset.unchecked) and not (confirmed and (today - confirmed).days <= LONG_AGO)
    running = asset.status not in wording.STATUS
    places = [_where(location, vocabulary) for location in asset.open_locations]
    confidential = any(location.confidential for location in asset.locations)
    return ListingSummary(
        labels=[*_labels(asset), _checked(asset, confirmed, is_due, today)],
        is_due=is_due,
        who=labels("audiences", asset.audiences) or _whoever(asset),
        age=wording.age(asset.age),
        sessions=[wording.session(session) for session in asset.sessions if not session.is_over(today)],
        next_on=wording.next_on(asset.sessions, now) if running and asset.sessions else "",
        places=places,
        is_confidential=confidential,
        serves=_serves(asset, labels("places", asset.places)),
        cost=_cost(asset, vocabulary),
        runs_it=list(_runs_it(asset)),
        routes=labels("referral", asset.referral.routes) if asset.referral else [],
        refer_note=asset.referral.note or "" if asset.referral else "",
        access=labels("access", asset.access),
        languages=wording.and_list([*labels("languages", asset.languages), *asset.other_languages]),
        room=_room(asset),
        activities=[(vocabulary.label("activities", slug), slug) for slug in asset.activities],
        outcomes=labels("outcomes", asset.outcomes),
        phone=next((c.phone for c in asset.contacts if c.phone), ""),
        email=next((c.email for c in asset.contacts if c.email), ""),
        directions="" if confidential else next((place.directions for place in places if place.directions), ""),
    )


def _checked(asset: Asset, confirmed: date | None, is_due: bool, today: date) -> Label:
    """What the file says of its last check, or a reader's own check since."""
    if confirmed and (asset.unchecked or asset.checked is None or confirmed > asset.checked):
        return f"Checked {dates.short_date(confirmed)} ({dates.ago(confirmed, today)})", ""
    return checked(asset.checked, asset.unchecked, is_due, today)


def _whoever(asset: Asset) -> list[str]:
    """What it means that no audience is named: our editors mean everyone, another directory may not know."""
    if asset.unchecked:
        return [] if wording.age(asset.age) else ["Not said: ask them"]
    return ["Everyone is welcome"]


def _labels(asset: Asset) -> list[Label]:
    labels: list[Label] = []
    if asset.status in wording.STATUS:
        labels.append(wording.STATUS[asset.status])
    elif asset.capacity and (room := wording.capacity(asset.capacity.status, asset.capacity.waiting_weeks)):
        labels.append((room.text, room.tone))
    return [*labels, ("Sample: this listing is made up", "sample")] if asset.sample else labels


def _where(location: Location, vocabulary: Vocabulary) -> Where:
    address = ", ".join(part for part in (location.address, location.postcode) if part)
    access = [vocabulary.label("access", slug) for slug in location.access]
    notes = [words for words in (location.description, location.transport, location.access_note) if words]
    return Where(location.name or "", address, access, notes, _directions(location))


def _directions(location: Location) -> str:
    if location.point:
        latitude, longitude = location.point
        return f"https://www.openstreetmap.org/directions?{urlencode({'to': f'{latitude},{longitude}'})}"
    if location.postcode:
        return f"https://www.openstreetmap.org/search?{urlencode({'query': location.postcode})}"
    return ""


def _serves(asset: Asset, places: list[str]) -> str:
    served = ["The whole city"] if asset.citywide else places
    return wording.and_list([*served, *asset.service_areas])


def _cost(asset: Asset, vocabulary: Vocabulary) -> str:
    if asset.cost:
        return _with_note(vocabulary.label("costs", asset.cost.band), asset.cost.note)
    return "; ".join(map(wording.price, asset.prices))


def _runs_it(asset: Asset) -> Iterator[str]:
    """What is worth knowing of the organisation, a line each."""
    details = asset.organisation_details
    if details and details.parent and not is_uuid(details.parent):
        yield f"Part of {details.parent}"
    if asset.programme:
        yield f"Programme: {asset.programme}"
    if asset.funding:
        yield f"Paid for by {wording.and_list(asset.funding)}"
    if details and details.identifiers:
        yield "; ".join(f"{known.scheme}: {known.value}" for known in details.identifiers)


def _room(asset: Asset) -> str:
    if asset.capacity is None:
        return ""
    room = wording.capacity(asset.capacity.status, asset.capacity.waiting_weeks)
    return _with_note(room.text, asset.capacity.note) if room else asset.capacity.note or ""


def _with_note(words: str, note: str | None) -> str:
    return f"{words}. {note}" if note else words
