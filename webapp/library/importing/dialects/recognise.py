"""Which dialect a feed is in, by the keys that only that one has: said in the report, so that a wrong guess is seen."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

LOOKED_AT = 300  # records; a feed is of one kind
# The surest first: what a dialect says that no other does.
SIGNS = {
    "Outpost": "target_directories suitabilities send_needs local_offer needs_referral age_band_all age_band_2"
    " temporarily_closed marked_for_deletion",
    "Open Referral UK 1.0": "service_taxonomys eligibilitys regular_schedules regular_schedule holiday_schedules"
    " costOptions fundings physical_addresses accessibility_for_disabilities link_taxonomys",
    "HSDS-UK 3 with Placecube's own keys": "pc_metadata pc_targetAudience pc_attendingAccess_additionalInfo",
    "HSDS 3.1 or later": "additional_urls additional_websites capacities service_capacity urls",
    "HSDS 3": "phones program program_id eligibility_description fees_description application_process"
    " interpretation_services wait_time required_documents licenses transportation taxonomy_term_id",
    "HSDS-UK 3": "service_at_locations schedules cost_options attributes service_areas assured_date assurer_email"
    " last_modified minimum_age maximum_age",
}
KEYS = {name: frozenset(keys.split()) for name, keys in SIGNS.items()}
SHOWN = 4
UNKNOWN = "no dialect by name"


def dialect(records: Iterable[Any]) -> str:
    """`Outpost (by its target_directories, send_needs)`; what nothing tells is read by the names of HSDS-UK 3."""
    met = Counter(key for record in islice(records, LOOKED_AT) for key in _keys(record))
    for name, keys in KEYS.items():
        if found := [key for key, _ in met.most_common() if key in keys]:
            return f"{name} (by its {', '.join(found[:SHOWN])})"
    return f"{UNKNOWN}, read by the names of HSDS-UK 3"


def _keys(record: Any) -> Iterable[str]:
    """The keys of a record and of its locations, each once."""
    if not isinstance(record, dict):
        return ()
    found = set(record)
    listed = record.get("service_at_locations") or record.get("locations")
    for held in listed if isinstance(listed, list) else ():
        if isinstance(held, dict):
            place = held.get("location")
            found.update(place if isinstance(place, dict) else held)
    return sorted(found)
