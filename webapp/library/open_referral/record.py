"""What is kept of one published listing: its record as bytes, in each fullness, and facts to choose it by."""

from collections.abc import Iterator
from typing import Any

import orjson

from webapp.library.build.pages import Page
from webapp.library.front_matter.model import Asset
from webapp.library.open_referral import places, profile, schedules
from webapp.library.open_referral.services import Words, service
from webapp.library.open_referral.taxonomies import OTHERS, SOURCES, taxonomy_id
from webapp.library.search.text import words as words_of

# Of each service: as the UK profile has it, with everything, the same without its places, for a list, its id alone;
# the words that it is found by; what it is chosen by.
STREAMS = ("pure", "whole", "inside", "brief", "minimal", "found", "facts")
# Of each of its places, all of one service in a row: for a list, and with everything but the service.
AT = ("at_brief", "at_whole")
LATEST = 3_652_059  # date.max, as a day's number
NO_TIME = -1

Made = dict[str, bytes | list[bytes]]


def made_of(page: Page, modified: int, words: Words) -> Made:
    """STREAMS and AT of a published listing. `modified` is in seconds since 1970."""
    record = service(page, modified, words)
    pure, inside = profile.pure(record), profile.inside(record)
    brief = profile.brief(pure, "service")
    here = record.get("service_at_locations", [])
    return {
        "pure": orjson.dumps(pure),
        "whole": orjson.dumps(record),
        "inside": orjson.dumps(inside),
        "brief": orjson.dumps(brief),
        "minimal": orjson.dumps({"id": record["id"], "last_modified": record["last_modified"]}),
        "found": f" {' '.join(sorted(set(words_of(_text(pure)))))} \n".encode(),
        "facts": orjson.dumps(_facts(page, record, modified)),
        "at_brief": [orjson.dumps(profile.brief({**at, "service": brief}, "service_at_location")) for at in here],
        "at_whole": [orjson.dumps(at) for at in here],
    }


def _facts(page: Page, record: dict[str, Any], modified: int) -> dict[str, Any]:
    asset: Asset = page.front
    terms = [one["taxonomy_term"] for one in record.get("attributes", [])]
    own = {taxonomy_id(SOURCES), taxonomy_id(OTHERS)}
    secret = places.is_secret(asset)
    return {
        "id": record["id"],
        "path": page.path,
        "first": asset.publish_from.toordinal() if asset.publish_from else 0,
        "last": asset.expires.toordinal() if asset.expires else LATEST,
        "modified": modified,
        "ages": [record.get("minimum_age"), record.get("maximum_age")],
        "organization": record["organization"],
        "terms": [term["id"] for term in terms],
        "taxonomies": sorted({term["taxonomy_id"] for term in terms}),
        "free": [term for term in terms if term["taxonomy_id"] in own],
        "times": [_times(session) for session in asset.sessions],
        # Where nothing is said of whom it serves, nobody is ruled out.
        "places": [] if secret else list(asset.places),
        "everywhere": asset.citywide or secret or not asset.places,
        "at": [
            [at["id"], at["location"].get("latitude"), at["location"].get("longitude")]
            for at in record.get("service_at_locations", [])
        ],
        "source": asset.imported.source if asset.imported else "",
    }


def _times(session: Any) -> list[int]:
    """The days of a session as bits (Monday is 1), and when it begins and ends in minutes of its day, or NO_TIME."""
    days = sum(1 << schedules.DAYS.index(day) for day in schedules.days_of(session))
    opens, closes = _minutes(session.starts), _minutes(session.ends)
    return [days, opens, closes + 24 * 60 if NO_TIME < closes < opens else closes]


def _minutes(clock: str | None) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5]) if clock else NO_TIME


def _text(record: dict[str, Any]) -> str:
    return "\n".join(_texts(record, ""))


def _texts(value: Any, key: str) -> Iterator[str]:
    """What a reader would search for: every text of a record but its ids, addresses on the web and dates."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, str) and not key.endswith(UNSOUGHT):
        yield value


UNSOUGHT = (
    "id", "url", "website", "uri", "logo", "email", "last_modified", "_date", "valid_from", "valid_to", "dtstart",
    "freq", "byday", "_at", "_type", "country", "status", "taxonomy",
)  # fmt: skip
