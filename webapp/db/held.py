"""Rows that one request holds until its commit, so that nobody else changes them meanwhile."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

Row = TypeVar("Row")


def held(session: Session, model: type[Row], number: int | None) -> Row | None:
    """The row of `model` with this id, as it is now, and held; None where there is none."""
    if number is None:
        return None
    key: Any = model
    wanted = select(model).where(key.id == number).with_for_update().execution_options(populate_existing=True)
    return session.scalars(wanted).one_or_none()
