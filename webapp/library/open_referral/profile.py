"""How much of a record is shown: what the UK profile declares, what a list shows, or everything."""

from typing import Any

from webapp.library.open_referral import schedules
from webapp.library.open_referral.shapes import SHAPES, inner

Record = dict[str, Any]


def pure(record: Record, shape: str = "service") -> Record:
    """`record` with the fields of HSDS-UK 3.0 alone, at every depth.

    The profile has a name for whom to ask and no field for a number: so the description ends with it.
    """
    made = _within(record, shape)
    if shape == "service" and (told := _told(record)):
        made["description"] = "\n\n".join(filter(None, [made.get("description", ""), told]))
    return made


def brief(record: Record, shape: str) -> Record:
    """The fields of HSDS-UK 3.0 of which there is one each: what a list shows of a record, and of what it holds."""
    fields = SHAPES[shape].profile | ({"service": "service"} if shape == "service_at_location" else {})
    made = {}
    for key, value in record.items():
        if key in fields:
            within, is_list = inner(fields[key])
            if not is_list:
                made[key] = brief(value, within) if within else value
    return made


def inside(record: Record) -> Record:
    """A service as it stands in a service at a location: without its places, which would hold it again."""
    return {key: value for key, value in record.items() if key != "service_at_locations"}


def _within(record: Record, shape: str) -> Record:
    fields = SHAPES[shape].profile
    made: Record = {}
    for key, value in (schedules.in_profile(record) if shape == "schedule" else record).items():
        if key in fields:
            within, is_list = inner(fields[key])
            if within and is_list:
                made[key] = [_within(item, within) for item in value]
            else:
                made[key] = _within(value, within) if within else value
    return made


def _told(record: Record) -> str:
    """Whom to ask, in a line each: `Chorus leader: 0161 496 0785`."""
    everywhere = [*record.get("contacts", []), *record.get("organization", {}).get("contacts", [])]
    lines = [_contact(contact) for contact in everywhere]
    for here in record.get("service_at_locations", []):
        where = here["location"].get("name", "")
        lines += [" at ".join(filter(None, [_contact(contact), where])) for contact in here.get("contacts", [])]
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _contact(contact: Record) -> str:
    numbers = [" ext. ".join(filter(None, [p["number"], p.get("extension", "")])) for p in contact.get("phones", [])]
    ways = ", ".join([*numbers, *([contact["email"]] if contact.get("email") else [])])
    return f"{contact.get('name', 'Contact')}: {ways}" if ways else ""
