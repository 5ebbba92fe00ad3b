"""Searches of the last five months for the demonstration, so that commissioners' pages have something to show."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.people.models import User
from webapp.searches.counting import person_of
from webapp.searches.finished import phrase_of
from webapp.searches.models import CountedSearch

DAYS = 152
SEARCHES = Path(__file__).with_name("demo_searches.yml")

Entry = dict[str, Any]  # one entry of the file


def load_demo(session: Session, now: datetime, users: Sequence[User], secret_key: str) -> int:
    """Add the searches, made by `users`, and say how many; nothing where any have been counted. Commit afterwards.

    The same every time, but for the days: they are counted back from `now`. With the site's own `secret_key`, the
    people of the demonstration stay the same ones when they go on searching.
    """
    if not users or session.scalar(select(CountedSearch.id).limit(1)) is not None:
        return 0
    dice = random.Random(20261)  # nosec B311 # noqa: S311 - nothing secret: the demonstration looks alike each time
    every = yaml.safe_load(SEARCHES.read_text(encoding="utf-8"))
    rows = [_search(dice, entry, now, users, secret_key) for entry in every for _ in range(entry["times"])]
    rows.sort(key=lambda row: row.at)
    session.add_all(rows)
    return len(rows)


def _search(dice: random.Random, entry: Entry, now: datetime, users: Sequence[User], secret_key: str) -> CountedSearch:
    # More of them lately: the intranet is new and word gets round.
    at = now - timedelta(days=DAYS * dice.random() ** 1.4, hours=dice.randrange(1, 9))
    place = dice.choice(entry["places"])
    return CountedSearch(
        at=at.replace(minute=0, second=0, microsecond=0),
        person=person_of(dice.choice(users).id, secret_key, at),
        kind="asset",
        words=entry["words"],
        phrase=phrase_of(entry["words"]),
        words_dropped=False,
        near="",
        filters={"place": [place]} if place else {},
        places=[place] if place else [],
        outcomes=entry.get("outcomes", []),
        activities=entry.get("activities", []),
        found=dice.choice(entry["found"]),
    )
