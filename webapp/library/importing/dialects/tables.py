"""HSDS as tables: a folder or a zip of CSV files, joined into services of HSDS-UK 3's shape.

Tables and keys: docs.openreferral.org, HSDS 1.1 to 3.1. A file may be called by a table's name in the singular or the
plural, or by the path that `datapackage.json` gives.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from webapp.library.importing.dialects.lists import Record

Row = dict[str, str]
# A table → what its file may be called besides.
TABLES = {
    "services": ("service",),
    "organizations": ("organization", "organisations", "organisation"),
    "programs": ("program",),
    "locations": ("location",),
    "service_at_locations": ("service_at_location", "services_at_location", "services_at_locations"),
    "addresses": ("address", "physical_addresses", "physical_address"),
    "postal_addresses": ("postal_address",),
    "contacts": ("contact",),
    "phones": ("phone",),
    "schedules": ("schedule", "regular_schedules", "regular_schedule"),
    "holiday_schedules": ("holiday_schedule",),
    "cost_options": ("cost_option",),
    "languages": ("language",),
    "funding": ("fundings",),
    "service_areas": ("service_area",),
    "required_documents": ("required_document",),
    "accessibility": ("accessibilities", "accessibility_for_disabilities"),
    "attributes": ("attribute", "service_attributes", "service_attribute", "service_taxonomys", "service_taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomys"),
    "taxonomies": ("taxonomy",),
    "eligibilitys": ("eligibility", "eligibilities"),
    "organization_identifiers": ("organization_identifier",),
    "additional_urls": ("urls", "url"),
    "capacities": ("service_capacity", "service_capacities"),
    "units": ("unit",),
}
NAMED = {name: table for table, others in TABLES.items() for name in (table, *others)}
# A table → the keys by which its rows belong to others, the nearest first: a phone of a contact is not the service's.
BELONGS = {
    "service_at_locations": ("service_id",),
    "phones": ("contact_id", "service_at_location_id", "service_id", "location_id", "organization_id"),
    "contacts": ("service_at_location_id", "service_id", "location_id", "organization_id"),
    "schedules": ("service_at_location_id", "service_id", "location_id"),
    "holiday_schedules": ("service_at_location_id", "service_id", "location_id"),
    "languages": ("phone_id", "service_id", "location_id"),
    "service_areas": ("service_at_location_id", "service_id"),
    "addresses": ("location_id",),
    "postal_addresses": ("location_id", "organization_id"),
    "accessibility": ("location_id",),
    "cost_options": ("service_id",),
    "funding": ("service_id", "organization_id"),
    "required_documents": ("service_id",),
    "eligibilitys": ("service_id",),
    "capacities": ("service_id",),
    "organization_identifiers": ("organization_id",),
    "additional_urls": ("service_id", "organization_id"),
}
ENTITIES = {
    "service_id": "services", "organization_id": "organizations", "location_id": "locations",
    "service_at_location_id": "service_at_locations", "contact_id": "contacts", "phone_id": "phones",
}  # fmt: skip


class BadTable(Exception):
    """A file that is no table. The message says which, and why."""


@dataclass
class Joined:
    """What the tables hold. `paths`: where a key stands in a record → its file; `orphans`: file → rows of nothing."""

    records: list[Record] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    orphans: Counter[str] = field(default_factory=Counter)
    unknown: list[str] = field(default_factory=list)


def table_of(name: str) -> str:
    """The table that a file called `name` holds; empty where it is none of HSDS."""
    path = PurePosixPath(name)
    return NAMED.get(path.stem.lower().replace("-", "_"), "") if path.suffix.lower() == ".csv" else ""


def joined(files: Mapping[str, str]) -> Joined:
    """The services of `files`, name → text. Raises BadTable."""
    made = Joined()
    rows: dict[str, list[Record]] = defaultdict(list)
    called: dict[str, str] = {}
    for name, text in files.items():
        table = table_of(name)
        if not table:
            made.unknown.append(name)
            continue
        called.setdefault(table, PurePosixPath(name).name)
        rows[table] += _rows(name, text)
    known = {table: {str(row["id"]): row for row in listed if row.get("id")} for table, listed in rows.items()}
    _attach_all(rows, known, made, called)
    _attach_terms(rows, known, made, called)
    for held in rows["service_at_locations"]:
        _refer(held, "location", "location_id", known.get("locations", {}))
    for capacity in rows["capacities"]:
        _refer(capacity, "unit", "unit_id", known.get("units", {}))
    _name_parents(rows["organizations"], known.get("organizations", {}))
    for service in rows["services"]:
        _refer(service, "organization", "organization_id", known.get("organizations", {}))
        _refer(service, "program", "program_id", known.get("programs", {}))
    made.records = rows["services"]
    made.paths = dict(_paths(called))
    return made


def _rows(name: str, text: str) -> Iterator[Record]:
    """The rows of one table, without what is empty."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header = [key.strip().lower() for key in next(reader, [])]
        if len(set(header)) < len(header):
            twice = next(key for key in header if header.count(key) > 1)
            raise BadTable(f"{name} has the column `{twice}` twice")
        for row in reader:
            if len(row) > len(header):
                raise BadTable(f"{name}, line {reader.line_num:,}, has {len(row)} cells under {len(header)} headings")
            if found := {key: cell.strip() for key, cell in zip(header, row, strict=False) if key and cell.strip()}:
                yield found
    except csv.Error as error:
        raise BadTable(f"{name} is no sound CSV near line {reader.line_num:,}: {error}") from None


def _attach_all(
    rows: Mapping[str, list[Record]],
    known: Mapping[str, Mapping[str, Record]],
    made: Joined,
    called: Mapping[str, str],
) -> None:
    for table, keys in BELONGS.items():
        for row in rows.get(table, ()):
            key = next((key for key in keys if row.get(key)), "")
            parent = known.get(ENTITIES.get(key, ""), {}).get(str(row.get(key)))
            if parent is None:
                made.orphans[called[table]] += 1
            else:
                parent.setdefault(table, []).append(row)
                del row[key]


def _attach_terms(
    rows: Mapping[str, list[Record]],
    known: Mapping[str, Mapping[str, Record]],
    made: Joined,
    called: Mapping[str, str],
) -> None:
    """Attributes belong to anything with an id, and to a term of a taxonomy."""
    terms = known.get("taxonomy_terms") or known.get("taxonomies") or {}
    everything = {identity: row for table in ENTITIES.values() for identity, row in known.get(table, {}).items()}
    for row in rows.get("attributes", ()):
        key = next((key for key in ("link_id", "service_id") if row.get(key)), "")
        parent = everything.get(str(row.get(key)))
        if parent is None:
            made.orphans[called["attributes"]] += 1
            continue
        del row[key]
        _refer(row, "taxonomy_term", "taxonomy_term_id" if "taxonomy_term_id" in row else "taxonomy_id", terms)
        parent.setdefault("attributes", []).append(row)


def _refer(row: Record, name: str, key: str, known: Mapping[str, Record]) -> None:
    if (there := known.get(str(row.get(key)))) is not None:
        row[name] = there
        del row[key]


def _name_parents(organizations: Iterable[Record], known: Mapping[str, Record]) -> None:
    for row in organizations:
        parent = known.get(str(row.get("parent_organization_id")))
        if parent is not None and parent is not row and parent.get("name"):
            row["parent_organization"] = {"name": parent["name"]}


def _paths(called: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where each table's columns stand in a record, the deepest first, and the file they came from."""
    inside = {"organizations": ["organization."], "programs": ["program."]}
    places = ["service_at_locations[].", "service_at_locations[].location.", "organization.", ""]
    for table in called:
        name = "" if table == "services" else f"{table}[]."
        ahead = inside.get(table) or ([""] if not name else [f"{place}{name}" for place in places])
        if table == "locations":
            ahead = ["service_at_locations[].location."]
        if table in {"phones", "languages"}:
            ahead += [f"{place}{outer}{name}" for place in places for outer in ("contacts[].", "phones[].")]
        if table == "taxonomy_terms":
            ahead = [f"{place}attributes[].taxonomy_term." for place in places]
        for prefix in ahead:
            yield prefix, f"{called[table]} "
