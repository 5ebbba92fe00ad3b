"""Rows that one request holds until its commit, so that nobody else changes them meanwhile."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

Row = TypeVar("Row")


def held(session: Session, model: type[Row], number: int | None, *options: ExecutableOption) -> Row | None:
    """The row of `model` with this id, as it is now, and held; None where there is none.

    `options` say how what belongs to it is loaded.
    """
    if number is None:
        return None
    key: Any = model
    wanted = select(model).where(key.id == number).options(*options).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
