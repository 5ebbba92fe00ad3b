"""Lists of organisations, or of services at locations, that hold services inside: the services out of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class Unfolded:
    """Services of HSDS-UK 3's shape. `paths`: where a key stands in them → where it stood in what was published."""

    records: list[Any]
    paths: Mapping[str, str] = field(default_factory=dict)
    what: str = ""  # the list they came in, as a report names it


def unfolded(records: list[Any]) -> Unfolded:
    """The services in `records`, whichever of the standard's lists these are; `records` as they are else."""
    objects = [record for record in records if isinstance(record, dict)]
    if objects and all(_holds_services(record) for record in objects):
        return _of_organizations(objects)
    if objects and all(isinstance(record.get("service"), dict) for record in objects):
        return _of_places(objects)
    return Unfolded(records)


def _holds_services(record: Record) -> bool:
    listed = record.get("services")
    if not isinstance(listed, list) or (
        listed and not any(isinstance(one, dict) and one.get("name") for one in listed)
    ):
        return False  # ids alone name services that are elsewhere
    return not {"organization", "organisation", "schedules", "status"} & record.keys()


def _of_organizations(records: list[Record]) -> Unfolded:
    services: list[Any] = []
    for record in records:
        organization = {key: value for key, value in record.items() if key != "services"}
        for service in record["services"]:
            services.append({**service, "organization": organization} if isinstance(service, dict) else service)
    return Unfolded(services, {"organization.": "", "": "services[]."}, "a list of organisations")


def _of_places(records: list[Record]) -> Unfolded:
    """One service for all places that it is held at, in the order in which they come."""
    services: dict[str, Record] = {}
    for number, record in enumerate(records):
        service = record["service"]
        held = {key: value for key, value in record.items() if key != "service"}
        known = services.setdefault(str(service.get("id") or number), {**service, "service_at_locations": []})
        known["service_at_locations"].append(held)
    return Unfolded(
        list(services.values()),
        {"service_at_locations[].": "", "": "service."},
        "a list of services at locations",
    )
