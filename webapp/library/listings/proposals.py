"""A change to a listing said in fields, and what the front matter of its file would say with it."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from webapp.library.front_matter.edit import CannotEdit
from webapp.library.front_matter.fields import Clock, Email, NewPhone, Phone, Postcode, Text, Url
from webapp.library.front_matter.listing import Verified
from webapp.library.front_matter.pieces import Strict

Closed = Literal["temporarily closed", "defunct"]
NEW_SESSION = -1
KINDS: dict[str, TypeAdapter[Any]] = {
    "phone": TypeAdapter(NewPhone), "email": TypeAdapter(Email), "url": TypeAdapter(Url), "clock": TypeAdapter(Clock),
    "postcode": TypeAdapter(Postcode),
}  # fmt: skip


class NewTimes(Strict):
    """When it meets from now on. `which` counts the sessions of the file from 0; NEW_SESSION is one more."""

    which: Annotated[int, Field(ge=NEW_SESSION)] = 0
    days: tuple[Text, ...] = ()
    starts: Clock | None = None
    ends: Clock | None = None


class Proposal(Strict):
    """What should be different. `since` is when it closed, for people: no key of a file says it."""

    phone: Phone | None = None
    email: Email | None = None
    url: Url | None = None
    times: NewTimes | None = None
    status: Closed | None = None
    since: date | None = None
    verified: Verified | None = None

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it, without what it does not say."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def applied(self, front: Mapping[str, Any]) -> dict[str, Any]:
        """`front`, the values of a file as `Source.front` has them, with this change.

        Raises CannotEdit where the file has no place for it any more.
        """
        new = deepcopy(dict(front))
        for key in ("phone", "email"):
            if value := getattr(self, key):
                _set_contact(new, key, value)
        if self.url:
            new["url"] = self.url
        if self.times:
            _set_times(new, self.times)
        if self.status:
            new["status"] = self.status
        if self.verified:
            new["verified"] = {"date": self.verified.date.isoformat(), "by": self.verified.by}
        return new


def wrong_with(kind: str, value: str) -> str:
    """What is wrong with `value` as a value of `kind` (a key of KINDS); empty where nothing is."""
    try:
        KINDS[kind].validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        return str(first.get("ctx", {}).get("said") or first["msg"])
    return ""


def _set_contact(front: dict[str, Any], key: str, value: str) -> None:
    """The first contact that has one gets it in place of its own; else the first contact gets it as well."""
    contacts = _listed(front, "contacts")
    holder = next((contact for contact in contacts if contact.get(key)), contacts[0] if contacts else None)
    if holder is None:
        front["contacts"] = [{key: value}]
    else:
        holder[key] = value


def _set_times(front: dict[str, Any], times: NewTimes) -> None:
    sessions = _listed(front, "sessions")
    changes = {"days": list(times.days), "starts": times.starts, "ends": times.ends}
    changes = {key: value for key, value in changes.items() if value}
    if times.which == NEW_SESSION or not sessions:
        front["sessions"] = [*sessions, changes]
    elif times.which < len(sessions):
        sessions[times.which].update(changes)
    else:
        raise CannotEdit("the file has no such session any more")


def _listed(front: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = front.get(key) or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise CannotEdit(f"its `{key}` is not a list of `key: value` lines")
    return found
