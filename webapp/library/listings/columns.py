"""The columns of the spreadsheet of listings: what each is called and where in the front matter its value is.

docs/csv.md says the same to people. Locations, sessions and contacts have numbered columns: `contact_1_phone`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.library.listings import cells
from webapp.library.listings.cells import LIST_MARK, Read

FILE, BODY = "file", "description"


@dataclass(frozen=True)
class Column:
    """One column. `key` is the key of the front matter; `inner` the key inside it where it holds a mapping.

    `short` is the inner key that a value alone stands for: `cost: free` is `cost: {band: free}`.
    """

    name: str
    read: Read
    key: str
    inner: str = ""
    short: str = ""

    def value(self, front: Mapping[str, Any]) -> Any:
        """What `front` says; None where it says nothing."""
        found = front.get(self.key)
        if not self.inner:
            return found
        if isinstance(found, dict):
            return found.get(self.inner)
        return found if self.inner == self.short else None

    def cell(self, front: Mapping[str, Any]) -> str:
        """What `front` says as the cell shows it, before `cells.guarded`."""
        value = self.value(front)
        return "no" if value is False and self.read is cells.decision else shown(value)

    def put(self, front: dict[str, Any], value: Any) -> None:
        """Make `front` say `value`; None takes it away."""
        if not self.inner:
            _set(front, self.key, value)
            return
        found = front.get(self.key)
        if not isinstance(found, dict):
            if self.inner == self.short:
                _set(front, self.key, value)
                return
            found = {} if found is None else {self.short: found}
        changed = dict(found)
        _set(changed, self.inner, value)
        _set(front, self.key, changed or None)


def _set(mapping: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value


SINGLE = (
    Column("title", cells.text, "title"),
    Column("summary", cells.text, "summary"),
    Column("alternate_name", cells.text, "alternate_name"),
    Column("organisation", cells.text, "organisation"),
    Column("status", cells.text, "status"),
    Column("alert", cells.text, "alert"),
    Column("draft", cells.flag, "draft"),
    Column("publish", cells.decision, "publish"),
    Column("sample", cells.flag, "sample"),
    Column("places", cells.words, "places"),
    Column("citywide", cells.flag, "citywide"),
    Column("activities", cells.words, "activities"),
    Column("outcomes", cells.words, "outcomes"),
    Column("audiences", cells.words, "audiences"),
    Column("age_min", cells.whole, "age", "min"),
    Column("age_max", cells.whole, "age", "max"),
    Column("cost", cells.text, "cost", "band", "band"),
    Column("cost_note", cells.text, "cost", "note", "band"),
    Column("referral", cells.words, "referral", "routes", "routes"),
    Column("referral_note", cells.text, "referral", "note", "routes"),
    Column("first_time", cells.text, "first_time"),
    Column("languages", cells.words, "languages"),
    Column("capacity", cells.text, "capacity", "status", "status"),
    Column("waiting_weeks", cells.whole, "capacity", "waiting_weeks", "status"),
    Column("capacity_note", cells.text, "capacity", "note", "status"),
    Column("wait_time", cells.text, "wait_time"),
    Column("url", cells.text, "url"),
    Column("verified_date", cells.day, "verified", "date"),
    Column("verified_by", cells.text, "verified", "by"),
    Column("review_every", cells.text, "review_every"),
    Column("publish_from", cells.day, "publish_from"),
    Column("expires", cells.day, "expires"),
    Column("aliases", cells.words, "aliases"),
    Column("id", cells.text, "id"),
)
# What one of several has: the front matter's key → the first part of the name and the columns of each.
SEVERAL: dict[str, tuple[str, tuple[Column, ...]]] = {
    "locations": (
        "location",
        (
            Column("name", cells.text, "name"),
            Column("address", cells.text, "address"),
            Column("postcode", cells.text, "postcode"),
            Column("latitude", cells.number, "latitude"),
            Column("longitude", cells.number, "longitude"),
            Column("access", cells.words, "access"),
            Column("access_note", cells.text, "access_note"),
            Column("transport", cells.text, "transport"),
            Column("confidential", cells.decision, "confidential"),
        ),
    ),
    "sessions": (
        "session",
        (
            Column("days", cells.words, "days"),
            Column("starts", cells.clock, "starts"),
            Column("ends", cells.clock, "ends"),
            Column("all_day", cells.flag, "all_day"),
            Column("frequency", cells.text, "frequency"),
            Column("rrule", cells.text, "rrule"),
            Column("dtstart", cells.day, "dtstart"),
            Column("term_time", cells.flag, "term_time"),
            Column("valid_from", cells.day, "valid_from"),
            Column("valid_to", cells.day, "valid_to"),
            Column("at", cells.text, "at"),
            Column("note", cells.text, "note"),
        ),
    ),
    "contacts": (
        "contact",
        (
            Column("name", cells.text, "name"),
            Column("phone", cells.phone, "phone"),
            Column("email", cells.text, "email"),
            Column("at", cells.text, "at"),
            Column("note", cells.text, "note"),
        ),
    ),
}
PREFIXES = {prefix: (key, columns) for key, (prefix, columns) in SEVERAL.items()}
MOST = 30  # locations, sessions or contacts of one listing


def names(most: Mapping[str, int]) -> list[str]:
    """The header line, with as many numbered columns as `most` says for each key of SEVERAL."""
    header = [FILE, *(column.name for column in SINGLE)]
    for key, (prefix, columns) in SEVERAL.items():
        header += [f"{prefix}_{n}_{c.name}" for n in range(1, most.get(key, 1) + 1) for c in columns]
    return [*header, BODY]


def shown(value: Any) -> str:
    """A value of the front matter in one cell."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, list):
        return LIST_MARK.join(str(item) for item in value)
    return str(value)
