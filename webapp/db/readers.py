"""Columns of a row that not everybody may read who may read the rest of it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement

ROLES = "read_by"


def only(*roles: str) -> dict[str, Any]:
    """For a column's `info`: people with one of `roles` may read it, and nobody else."""
    return {ROLES: frozenset(roles)}


def may_read(column: ColumnElement[Any], roles: Collection[str]) -> bool:
    """Whether somebody with `roles` may read `column` of a row that they may read."""
    wanted = column.info.get(ROLES)
    return wanted is None or not wanted.isdisjoint(roles)
