"""What an answer of the open data is checked against: the standard's own schemas where they are, and always our own.

The standard's files are not ours to copy. They are looked for in the folder that OPEN_REFERRAL_STANDARD names, else in
`../shared/open-referral` beside the checkout. Without them everything is still checked against our OpenAPI document.
"""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from webapp.config.settings import ROOT
from webapp.library.site import Site
from webapp.open_referral import openapi

API = "/open-referral/v3"
FORMATS = FormatChecker()  # of the draft's own, "time" wants a zone: the standard's examples have none
HOST = "https://openreferraluk.org/specifications/3.0/schema/"
ONE = {
    "services": "service", "organizations": "organization", "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term", "service_at_locations": "service_at_location",
}  # fmt: skip
DOCUMENT = openapi.document(Site(name="Signpost", organisation="A council that does not exist"), "http://localhost")


def standard() -> Path | None:
    """The folder of the standard's files; None on a machine that has none. A folder that is named must be there."""
    if named := os.environ.get("OPEN_REFERRAL_STANDARD"):
        assert (Path(named) / "openapi.json").is_file(), f"OPEN_REFERRAL_STANDARD names {named}: no openapi.json there"
        return Path(named)
    beside = ROOT.parent / "shared" / "open-referral"
    return beside if (beside / "openapi.json").is_file() else None


ORACLES = ["our own OpenAPI", *(["the standard"] if standard() else [])]


def faults(record: Any, shape: str, oracle: str) -> list[str]:
    """What is wrong with one record of the kind `shape`, with every format looked at."""
    check = _ours(shape) if oracle == ORACLES[0] else _standards(shape)
    return [f"{shape} {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in check.iter_errors(record)]


def undeclared(record: dict[str, Any], shape: str, oracle: str) -> Iterator[str]:
    """Properties of `record`, at any depth, that the UK profile does not declare: an error to a strict validator."""
    if oracle == ORACLES[0]:
        fields = DOCUMENT["components"]["schemas"][shape]["properties"]
        declared = {key: field for key, field in fields.items() if "x-beyond-profile" not in field}
    else:
        declared = _standard_file(shape)["properties"]
    for key, value in record.items():
        if key not in declared:
            yield f"{shape}.{key}"
            continue
        reference = declared[key].get("$ref") or declared[key].get("items", {}).get("$ref")
        if reference:
            inner = reference.rpartition("/")[2].removesuffix(".json")
            for item in value if isinstance(value, list) else [value]:
                yield from undeclared(item, inner, oracle)


def identities(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with an id, at any depth."""
    if isinstance(value, dict):
        if "id" in value:
            yield value["id"], value
        for inner in value.values():
            yield from identities(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from identities(inner)


@cache
def _ours(shape: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{shape}", "components": DOCUMENT["components"]}
    return Draft202012Validator(schema, format_checker=FORMATS)


@cache
def _standards(shape: str) -> Draft202012Validator:
    return Draft202012Validator(_standard_file(shape), registry=_registry(), format_checker=FORMATS)


@cache
def _standard_file(shape: str) -> dict[str, Any]:
    folder = standard()
    assert folder
    return _with_formats(json.loads((folder / "schema" / f"{shape}.json").read_text()))


def _with_formats(schema: Any) -> Any:
    """Of dates and times the standard says what they are for tables alone; here it is asserted of JSON too."""
    if isinstance(schema, list):
        return [_with_formats(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("datapackage_type")
    more = {"format": kind} if kind in ("date", "time") else {}
    return {key: _with_formats(value) for key, value in schema.items()} | more


@cache
def _registry() -> Registry:
    return Registry().with_resources(
        (f"{HOST}{shape}.json", Resource(contents=_standard_file(shape), specification=DRAFT202012))
        for shape in openapi.SHAPES
        if (standard() or Path()).joinpath("schema", f"{shape}.json").is_file()
    )
