"""What one may ask for: each parameter's name, shape and meaning, once, for reading a request and for our OpenAPI.

A parameter that is wrong, unknown or given twice is refused in words: a filter that does nothing would look like an
answer.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.english.dates import WEEKDAYS
from webapp.library.problems import did_you_mean

MOST_A_PAGE = 1000
USUAL_PAGE = 50
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 200  # characters
MOST_WORDS = 12
FURTHEST = 500_000  # metres: wider than any directory
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
POSTCODE = re.compile(r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?(?:[0-9][A-Za-z]{2})?")


class Wrong(Exception):
    """A parameter that cannot be used: its name, and what is wrong with it in words."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name, self.message = name, message


@dataclass(frozen=True)
class Parameter:
    """`schema` is its shape in OpenAPI; `read` makes a value of what was typed and raises ValueError with words."""

    name: str
    description: str
    schema: dict[str, Any]
    read: Callable[[str], Any]


def given(args: MultiDict[str, str], allowed: tuple[str, ...]) -> dict[str, Any]:
    """The values of a request by their names. Raises Wrong."""
    values: dict[str, Any] = {}
    for name, typed in args.lists():
        if name not in allowed:
            near = did_you_mean(name, allowed)
            raise Wrong(
                name[:60], f"this address has no parameter of that name{near or ': it has ' + ', '.join(allowed)}"
            )
        if len(typed) > 1:
            raise Wrong(name, "give it once")
        try:
            values[name] = PARAMETERS[name].read(typed[0].strip())
        except ValueError as error:
            raise Wrong(name, str(error)) from None
    return values


def _whole(most: int) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", typed) or not 1 <= int(typed) <= most:
            raise ValueError(f"use a whole number from 1 to {most}")
        return int(typed)

    return read


def _yes(typed: str) -> bool:
    if typed.lower() not in ("true", "false"):
        raise ValueError("use true or false")
    return typed.lower() == "true"


def _identity(typed: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", typed):
        raise ValueError(f"use an identifier of this interface, such as {uuid.UUID(int=0)}")
    return typed.lower()


def _words(typed: str) -> str:
    if len(typed) > LONGEST_SEARCH or len(typed.split()) > MOST_WORDS:
        raise ValueError(f"use {MOST_WORDS} words or fewer, of {LONGEST_SEARCH} characters together")
    return typed


def _moment(typed: str) -> float:
    # A plus sign that was not encoded comes as a space.
    typed = re.sub(r" (?=\d\d:?\d\d$)", "+", typed)
    if not re.match(r"\d{4}-\d\d-\d\d", typed):
        raise ValueError("use a date-time such as 2026-10-06T09:30:00Z, or a date")
    try:
        moment = datetime.fromisoformat(typed)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise ValueError("use a date-time such as 2026-10-06T09:30:00Z, or a date") from None


def _years(typed: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", typed) or float(typed) > 150:
        raise ValueError("use an age in years from 0 to 150")
    return float(typed)


def _day(typed: str) -> int:
    if typed.upper() in DAYS:
        return DAYS.index(typed.upper())
    if typed.lower() in WEEKDAYS:
        return WEEKDAYS.index(typed.lower())
    raise ValueError(f"use one of {', '.join(DAYS)}")


def _clock(typed: str) -> int:
    match = CLOCK.fullmatch(typed)
    if not match:
        raise ValueError("use a time of the day such as 09:30 or 18:00:00")
    return int(match[1]) * 60 + int(match[2])


def _form(typed: str) -> str:
    if typed not in ("json", "ndjson"):
        raise ValueError("use json or ndjson")
    return typed


def _postcode(typed: str) -> str:
    if not POSTCODE.fullmatch(typed):
        raise ValueError("use a postcode such as M22 5RX, or its first half")
    return typed


def _metres(typed: str) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", typed) or not 0 < float(typed) <= FURTHEST:
        raise ValueError(f"use a distance in metres, more than 0 and at most {FURTHEST}")
    return float(typed)


UUID = {"type": "string", "format": "uuid"}
YES_OR_NO = {"type": "boolean", "default": False}
AGE = {"type": "number", "minimum": 0, "maximum": 150}
TIME = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"}

PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter(
            "search",
            "Records that have, for each word given, a word that begins with it: in the name, the description, the "
            "organisation, the terms or the places. Capitals and accents do not count.",
            {"type": "string", "maxLength": LONGEST_SEARCH},
            _words,
        ),
        Parameter(
            "page",
            "The number of the page, from 1. One past the last is empty.",
            {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
            _whole(LAST_PAGE),
        ),
        Parameter(
            "per_page",
            "How many records a page has.",
            {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": USUAL_PAGE},
            _whole(MOST_A_PAGE),
        ),
        Parameter(
            "format",
            "`json`: a page of records. `ndjson`: all records that the filters leave, one a line, whatever the page.",
            {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
            _form,
        ),
        Parameter("taxonomy_term_id", "Services that carry this term.", UUID, _identity),
        Parameter(
            "taxonomy_id", "Services that carry any term of this taxonomy; of terms, those of it.", UUID, _identity
        ),
        Parameter("organization_id", "Services that this organisation runs.", UUID, _identity),
        Parameter(
            "modified_after",
            "Records that changed at this moment or later. A time without a zone is UTC; a date is its first moment.",
            {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
            _moment,
        ),
        Parameter(
            "minimal",
            "Each service with its id and `last_modified` alone, all of them on one page unless `per_page` is given.",
            YES_OR_NO,
            _yes,
        ),
        Parameter("full", "Each record with all that is nested in it.", YES_OR_NO, _yes),
        Parameter(
            "extended",
            "Also the fields of HSDS 3.0 that the UK profile has not: telephone numbers, names of languages, prices' "
            "currency and more. Whole records, as with `full`.",
            YES_OR_NO,
            _yes,
        ),
        Parameter(
            "minimum_age", "Services that take people of this age, or some who are older. In years.", AGE, _years
        ),
        Parameter(
            "maximum_age", "Services that take people of this age, or some who are younger. In years.", AGE, _years
        ),
        Parameter(
            "day",
            "Services with a session on this day. Day and times must be met by one session.",
            {"type": "string", "enum": list(DAYS)},
            _day,
        ),
        Parameter("start_time", "Services with a session that begins at this time or later.", TIME, _clock),
        Parameter("end_time", "Services with a session that ends at this time or earlier.", TIME, _clock),
        Parameter(
            "postcode",
            "Alone: services that serve the neighbourhood in which it lies, or that do not say whom they serve. With "
            "`proximity`: the point to measure from, the middle of its district where nothing nearer is known.",
            {"type": "string", "pattern": r"^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?([0-9][A-Za-z]{2})?$"},
            _postcode,
        ),
        Parameter(
            "proximity",
            "Places within so many metres of `postcode`, the nearest first.",
            {"type": "number", "exclusiveMinimum": 0, "maximum": FURTHEST},
            _metres,
        ),
        Parameter("full_service", "Each service of an organisation as a whole record.", YES_OR_NO, _yes),
        Parameter("top_only", "Terms that stand under no other.", YES_OR_NO, _yes),
        Parameter("parent_id", "Terms that stand directly under this one.", UUID, _identity),
    )
}
PAGING = ("page", "per_page", "format")
CHOOSING = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
WHEN = ("minimum_age", "maximum_age", "day", "start_time", "end_time")
# The parameters of each address below /open-referral/v3.
ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "/": (),
    "/openapi.json": (),
    "/services": (*CHOOSING, *WHEN, "minimal", "full", "extended", *PAGING),
    "/services/{id}": ("extended",),
    "/organizations": ("search", "full", "full_service", *PAGING),
    "/organizations/{id}": ("full_service",),
    "/taxonomies": ("search", *PAGING),
    "/taxonomies/{id}": (),
    "/taxonomy_terms": ("search", "taxonomy_id", "top_only", "parent_id", *PAGING),
    "/taxonomy_terms/{id}": (),
    "/service_at_locations": (*CHOOSING, *WHEN, "postcode", "proximity", "full", *PAGING),
    "/service_at_locations/{id}": (),
}
