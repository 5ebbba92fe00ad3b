"""What kind of records a list holds: services, or something else that publishers offer beside them.

Keys: HSDS-UK 3.0 and 1.0, and HSDS 3, as their schemas have them. An organisation looks much like a service without
anything to go to; taken for one, it would be a listing of nothing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

_SERVICE = """
status organization organization_id service_at_locations schedules regular_schedule regular_schedules holiday_schedules
fees fees_description cost_options costOptions application_process eligibility eligibilitys eligibility_description
service_areas service_taxonomys target_directories minimum_age maximum_age min_age max_age assured_date assurer_email
accreditations licenses alert attending_access attending_type deliverable_type interpretation_services wait_time
wait_times required_documents capacities program program_id pc_targetAudience pc_metadata
pc_attendingAccess_additionalInfo
"""
_OTHERS = {
    "places of services": "service_id location_id service location",
    "locations": "location_type latitude longitude addresses physical_addresses accessibility transportation address_1",
    "organisations": "website logo legal_status year_incorporated tax_id tax_status organization_identifiers"
    " parent_organization_id charity_number services programs",
    "taxonomies": "taxonomy_terms version",
    "terms of a taxonomy": "taxonomy taxonomy_id term_uri parent_id term code vocabulary",
}
SERVICE = frozenset(_SERVICE.split())
OTHERS = {name: frozenset(keys.split()) for name, keys in _OTHERS.items()}
SINGULAR = {
    "places of services": "the place of a service",
    "locations": "a location",
    "organisations": "an organisation",
    "taxonomies": "a taxonomy",
    "terms of a taxonomy": "a term of a taxonomy",
}


def kind(record: Any) -> str:
    """`services`, a key of OTHERS, or nothing where the keys of `record` do not tell."""
    if not isinstance(record, dict):
        return ""
    keys = {key for key, value in record.items() if value not in (None, "", [], {})}
    if ("location" in keys and keys & {"service", "service_id"}) or {"service_id", "location_id"} <= keys:
        return "places of services"
    if "location_type" in keys:
        return "locations"
    if not SERVICE.isdisjoint(record):  # also where it is empty
        return "services"
    most = max(OTHERS, key=lambda name: len(OTHERS[name] & keys))
    return most if OTHERS[most] & keys else ""


def refusal(records: Iterable[Any]) -> str:
    """Why `records` are no list of services, or nothing where some of them are services."""
    found = Counter(kind(record) for record in records)
    if found["services"]:
        return ""
    many = f"{found.total():,} record{'s' * (found.total() > 1)}"
    known = [(name, count) for name, count in found.most_common() if name]
    if known:
        name, count = known[0]
        what = f"{count:,} {name}" if count > 1 else SINGULAR[name]
        return f"The source holds {what}, not services. Save the publisher's list of services, and bring that in."
    if not any(isinstance(record, dict) and isinstance(record.get("name"), str) for record in records):
        return ""  # cannot be taken for a service: each is reported by itself
    return (
        f"The source holds {many}, and nothing in them says that they are services: "
        "none has a `status`, an `organization`, a schedule, a cost or a place."
    )
