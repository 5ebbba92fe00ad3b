from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.demand.conftest import searched  # noqa: F401 - counts searches as their pages would
from tests.gaps.conftest import amina, ben, cara, dev  # noqa: F401 - the same people as in the gap log
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
Kept = tuple[Status, str, str, int, int, int | None, int | None]
WHOM: dict[int, list[str]] = {2: ["carers", "older-people"], 3: ["carers"]}
ANSWERS = {1: (1, 2), 2: (7, 15), 3: (3, 6)}  # residents, from and to: what staff answered in all
# Status, place, theme, staff, reported days ago, answered after so many days, closed after so many.
LOG: tuple[Kept, ...] = (
    (Status.NEW, "gorton-levenshulme", "", 1, 2, None, None),
    (Status.NEW, "gorton-levenshulme", "carers", 5, 40, None, None),
    (Status.UNDER_REVIEW, "ardwick-longsight", "carers", 3, 100, 10, None),
    (Status.IN_PLAN, "", "falls", 2, 200, 30, None),
    (Status.MET, "ardwick-longsight", "", 4, 300, 20, 50),
    (Status.NOT_NOW, "cheetham-crumpsall", "falls", 1, 60, 6, 6),
)


@pytest.fixture
def log(app: Flask) -> None:
    """Six gaps, told back from NOW."""
    with app.app_context():
        for number, (status, place, theme, people, ago, answered, closed) in enumerate(LOG, 1):
            at = NOW - timedelta(days=ago)
            low, high = ANSWERS.get(number, (0, 0))
            db.session.add(
                Gap(
                    id=number,
                    needed=f"What is needed in gap {number}",
                    place=place,
                    theme=theme,
                    people=people,
                    status=status,
                    created_at=at,
                    answer="This was found.\nAnd this." if answered is not None else "",
                    answered_at=None if answered is None else at + timedelta(days=answered),
                    audiences=WHOM.get(number, []),
                    residents_low=low,
                    residents_high=high,
                    closed_at=None if closed is None else at + timedelta(days=closed),
                )
            )
        db.session.commit()
