"""The dictionary for programs: a Data Package that names each table, its columns, keys and how they belong together.

The form is that of Frictionless Data (datapackage.org/standard), which tools such as R, Python and Airbyte read.
"""

from collections.abc import Callable, Iterable
from typing import Any

from webapp.data.table import Column, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor(tables: Iterable[Table], title: str, address: Callable[[Table], str]) -> dict[str, Any]:
    """What `datapackage.json` says; `address` gives where a table is as CSV."""
    return {
        "$schema": PROFILE,
        "name": "signpost",
        "title": title,
        "resources": [
            {
                "name": table.name,
                "title": table.title,
                "description": " ".join((table.row, *table.notes)),
                "path": address(table),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": _schema(table),
            }
            for table in tables
        ],
    }


def _schema(table: Table) -> dict[str, Any]:
    return {
        "fields": [
            {"name": column.name, "type": column.kind.value, "description": column.meaning} for column in table.columns
        ],
        "primaryKey": list(table.key),
        "foreignKeys": [_foreign_key(column) for column in table.columns if column.to],
    }


def _foreign_key(column: Column) -> dict[str, Any]:
    table, _, name = column.to.partition(".")
    return {"fields": [column.name], "reference": {"resource": table, "fields": [name]}}
