"""What other dialects call the keys of HSDS-UK 3, at whatever depth.

Open Referral UK 1.0 (developers.openreferraluk.org), HSDS 1.1 to 3.1 (docs.openreferral.org), Outpost's serialisers
(github.com/wearefuturegov/outpost), and the same in camel case.
"""

import re
from collections.abc import Iterator, Mapping

# Keys of HSDS-UK 3 and of HSDS that we read, for their names in camel case.
_KEYS = """
alternate_name minimum_age maximum_age assured_date assurer_email last_modified service_areas service_at_locations
cost_options organization_id parent_organization_id organization_identifiers identifier_scheme identifier_type
valid_from valid_to opens_at closes_at schedule_link attending_type attending_access deliverable_type service_id
location_id location_type external_identifier external_identifier_type address_1 address_2 address_type state_province
postal_code amount_description taxonomy_term taxonomy_id term_uri service_area extent_type application_process
wait_time required_documents interpretation_services eligibility_description fees_description additional_urls
additional_websites legal_status uri_type regular_schedules holiday_schedules service_taxonomys physical_addresses
accessibility_for_disabilities total_items target_directories local_offer send_needs needs_referral mask_exact_address
visible_from visible_to
"""
_OTHERS = {
    "minimum_age": ("min_age", "age_min", "min_age_years"),
    "maximum_age": ("max_age", "age_max", "max_age_years"),
    "organization": ("organisation",),
    "organization_id": ("organisation_id",),
    "schedules": ("regular_schedules", "regular_schedule", "schedule"),
    "holiday_schedules": ("holiday_schedule",),
    "attributes": ("service_taxonomys", "service_taxonomies"),
    "addresses": ("physical_addresses", "physical_address"),
    "accessibility": ("accessibility_for_disabilities", "accessibilities"),
    "funding": ("fundings",),
    "wait_time": ("wait_times",),
    "required_documents": ("required_document",),
    "last_modified": ("updated_at", "date_modified"),
    "assured_date": ("date_assured", "last_assured"),
    "transportation": ("transport",),
    "postal_code": ("postcode",),
    "description": ("long_description",),
    "amount_description": ("cost_type",),
    "additional_urls": ("links", "additional_websites", "urls"),
    "interpretation_services": ("interpretation",),
}


def _camel(key: str) -> str:
    return re.sub(r"_([a-z])", lambda part: part[1].upper(), key)


def _all() -> Iterator[tuple[str, str]]:
    for name, others in _OTHERS.items():
        for other in others:
            yield other, name
            yield _camel(other), name
    for key in _KEYS.split():
        turned = next((name for name, others in _OTHERS.items() if key in others), key)
        yield _camel(key), turned


# Another dialect's key → that of HSDS-UK 3. Several of one meaning may stand in one object: see `ledger.watched`.
NAMES: Mapping[str, str] = {other: name for other, name in _all() if other != name}
