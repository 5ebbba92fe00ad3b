"""The objects that are published and their fields: what HSDS-UK 3.0 declares, and what HSDS 3.0 has beyond it.

From this one table come what the required endpoints show, our OpenAPI document and the columns of tabular files.
A type is one of SCALARS, the name of an object, or such a name in brackets: a list of them.
"""

from dataclasses import dataclass
from typing import Any

SCALARS: dict[str, dict[str, Any]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "text": {"type": "string", "minLength": 1},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"},
    "status": {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
    "freq": {"type": "string", "enum": ["WEEKLY", "MONTHLY"]},
    "kind": {"type": "string", "enum": ["physical", "postal", "virtual"]},
}


@dataclass(frozen=True)
class Shape:
    """One object: the file of its table, the fields of the UK profile, ours beyond them, those that it always has."""

    table: str
    profile: dict[str, str]
    extra: dict[str, str]
    required: tuple[str, ...] = ("id",)

    @property
    def fields(self) -> dict[str, str]:
        return self.profile | self.extra


def _fields(text: str) -> dict[str, str]:
    """`name:type`, with spaces between; without a type it is text."""
    return {name: kind or "text" for name, _, kind in (word.partition(":") for word in text.split())}


def _shape(table: str, profile: str, extra: str = "", required: str = "id") -> Shape:
    return Shape(table, _fields(profile), _fields(extra), tuple(required.split()))


SHAPES: dict[str, Shape] = {
    "organization": _shape(
        "organizations",
        "id:uuid name description email:email website:uri logo uri:uri parent_organization_id:uuid "
        "organization_identifiers:[organization_identifier]",
        "legal_status contacts:[contact] services:[service]",
        "id name description",
    ),
    "service": _shape(
        "services",
        "id:uuid organization_id:uuid name description url:uri email:email status:status accreditations "
        "minimum_age:number maximum_age:number assured_date:date alert last_modified:date-time "
        "schedules:[schedule] service_areas:[service_area] service_at_locations:[service_at_location] "
        "languages:[language] organization:organization funding:[funding] cost_options:[cost_option] "
        "contacts:[contact] attributes:[attribute]",
        "alternate_name description_html interpretation_services wait_time additional_urls:[url] "
        "required_documents:[required_document] program_id:uuid program:program",
        "id organization_id name description status last_modified organization",
    ),
    "service_at_location": _shape(
        "service_at_location",
        "id:uuid service_id:uuid location_id:uuid location:location",
        "service:service contacts:[contact]",
        "id service_id location_id location",
    ),
    "location": _shape(
        "locations",
        "id:uuid location_type:kind name description latitude:number longitude:number external_identifier "
        "external_identifier_type addresses:[address] accessibility:[accessibility]",
        "transportation",
        "id location_type",
    ),
    "address": _shape(
        "address",
        "id:uuid location_id:uuid address_1 city region state_province postal_code country address_type:kind",
        required="id address_1 city state_province postal_code country address_type",
    ),
    "accessibility": _shape("accessibility", "id:uuid location_id:uuid description accessibility"),
    "schedule": _shape(
        "schedule",
        "id:uuid service_id:uuid service_at_location_id:uuid valid_from:date valid_to:date dtstart:date freq:freq "
        "interval:number byday bymonthday description opens_at:time closes_at:time notes",
        "rrule count:integer wkst bysetpos byweekno byyearday",
    ),
    "service_area": _shape("service_areas", "id:uuid service_id:uuid name service_area"),
    "language": _shape("languages", "id:uuid service_id:uuid", "name"),
    "funding": _shape("funding", "id:uuid service_id:uuid source"),
    "cost_option": _shape(
        "cost_options",
        "id:uuid service_id:uuid valid_from:date valid_to:date option amount:number amount_description",
        "currency",
    ),
    "contact": _shape(
        "contacts",
        "id:uuid service_id:uuid name title",
        "organization_id:uuid service_at_location_id:uuid email:email phones:[phone]",
    ),
    "phone": _shape("phones", "id:uuid contact_id:uuid number description", "extension", "id number"),
    "attribute": _shape(
        "attribute",
        "id:uuid link_id:uuid taxonomy_term_id:uuid link_type taxonomy_term:taxonomy_term",
        "link_entity",
    ),
    "taxonomy": _shape(
        "taxonomies", "id:uuid name description taxonomy_terms:[taxonomy_term]", "", "id name description"
    ),
    "taxonomy_term": _shape(
        "taxonomy_terms",
        "id:uuid name description parent_id:uuid taxonomy taxonomy_id:uuid term",
        required="id name description",
    ),
    "organization_identifier": _shape(
        "organization_identifiers",
        "id:uuid organization_id:uuid identifier_scheme identifier_type identifier",
        required="id identifier_type identifier",
    ),
    "url": _shape("urls", "id:uuid", "service_id:uuid label url:uri", "id url"),
    "required_document": _shape("required_documents", "id:uuid", "service_id:uuid document", "id document"),
    "program": _shape("programs", "id:uuid", "organization_id:uuid name description", "id name"),
}


def inner(kind: str) -> tuple[str, bool]:
    """The object that a field of this type holds (empty where none), and whether it is a list of them."""
    is_list = kind.startswith("[")
    name = kind.strip("[]")
    return (name if name in SHAPES else ""), is_list
