"""Everything that is published, as files for other programs: one JSON object, a record a line, or a tabular package.

The records are whole: with the fields of HSDS 3.0 that the UK profile has not.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from webapp.library.open_referral import selection
from webapp.library.open_referral.catalogue import Catalogue
from webapp.library.open_referral.selection import Asked
from webapp.library.open_referral.shapes import SCALARS, SHAPES, inner

PACKAGE = "datapackage.json"
# How a tabular package calls our types: https://specs.frictionlessdata.io/table-schema/
TABULAR = {
    "uuid": ("string", "uuid"), "uri": ("string", "uri"), "email": ("string", "email"), "number": ("number", ""),
    "integer": ("integer", ""), "date": ("date", ""), "date-time": ("datetime", ""), "time": ("time", ""),
}  # fmt: skip
LINKS = ("organization", "service", "location", "service_at_location", "contact", "taxonomy", "program")


def chosen(held: Catalogue, today: date, without: str = "") -> list[int]:
    """The services that readers see on `today`, by number, but for those that came from the feed called `without`."""
    numbers = selection.numbers(selection.services(held, Asked(), today))
    return [number for number in numbers.tolist() if not without or held.sources[number] != without]


def lines(held: Catalogue, numbers: list[int]) -> Iterator[bytes]:
    """A record a line."""
    whole = held.edition["whole"]
    return (whole[number] + b"\n" for number in numbers)


def one_object(held: Catalogue, numbers: list[int]) -> Iterator[bytes]:
    """The same as one page of the interface that holds them all."""
    size = len(numbers)
    envelope = {"total_items": size, "total_pages": min(1, size), "page_number": 1, "size": size}
    envelope |= {"first_page": True, "last_page": True, "empty": not size}
    yield orjson.dumps(envelope)[:-1] + b',"contents":[\n'
    for at, line in enumerate(lines(held, numbers)):
        yield (b"," if at else b"") + line
    yield b"]}\n"


def tables(held: Catalogue, numbers: list[int]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file of a tabular package: a CSV file for each kind of object, and what describes them."""
    rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SHAPES}
    for number in numbers:
        _take(orjson.loads(held.edition["whole"][number]), "service", {}, rows)
    for name, stream in (("taxonomy", "taxonomies"), ("taxonomy_term", "terms")):
        for row in held.edition[stream]:
            _take(orjson.loads(row), name, {}, rows)
    resources = []
    for name, shape in SHAPES.items():
        if not rows[name]:
            continue
        columns = [key for key, kind in shape.fields.items() if not inner(kind)[0]]
        made = io.StringIO()
        writer = csv.DictWriter(made, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[name].values())
        yield f"{shape.table}.csv", made.getvalue().encode()
        resources.append(_resource(name, columns))
    package = {"name": "open-referral-uk", "profile": "tabular-data-package", "resources": resources}
    yield PACKAGE, orjson.dumps(package, option=orjson.OPT_INDENT_2)


def write_tables(folder: Path, held: Catalogue, numbers: list[int]) -> list[str]:
    """Write the tabular package into `folder` and return the names of its files. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, data in tables(held, numbers):
        (folder / name).write_bytes(data)
        names.append(name)
    return names


def _take(record: dict[str, Any], name: str, links: dict[str, str], rows: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Put `record` into its table and what it holds into theirs, each with the ids of what it belongs to."""
    fields = SHAPES[name].fields
    row = {key: value for key, value in links.items() if key in fields} | record
    if name == "attribute":
        row["link_entity"] = "service"
    rows[name].setdefault(record["id"], row)
    below = {f"{name}_id": record["id"]} if name in LINKS else {}
    for key, value in record.items():
        within, is_list = inner(fields[key])
        if within:
            if not is_list:
                row[f"{within}_id"] = value["id"]
            for item in value if is_list else [value]:
                _take(item, within, below, rows)


def _resource(name: str, columns: list[str]) -> dict[str, Any]:
    shape = SHAPES[name]
    fields = []
    for column in columns:
        kind = shape.fields[column]
        type_, form = TABULAR.get(kind, ("string", ""))
        described: dict[str, Any] = {"name": column, "type": type_} | ({"format": form} if form else {})
        constraints: dict[str, Any] = {"required": True} if column in shape.required else {}
        if choices := SCALARS[kind].get("enum"):
            constraints["enum"] = choices
        if column == "id":
            constraints["unique"] = True
        fields.append(described | ({"constraints": constraints} if constraints else {}))
    return {
        "name": shape.table,
        "path": f"{shape.table}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
    }
