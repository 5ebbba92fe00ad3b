"""What is new in saved searches: a group that came and fits, a full one that has room. Told on Mondays, never empty."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.directory.criteria import Criteria
from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.mail import outbox
from webapp.people.models import User
from webapp.searches.models import SavedSearch
from webapp.upkeep.closures import Closures, overlaid

FROM = time(8)
BEST = 100  # of each search: what stands further down was hardly meant
PEOPLE_AT_ONCE = 500  # the rest come an hour later
NEW, ROOM = "new", "room"


def enqueue(session: Session, gen: Generation, now: datetime, closures: Closures) -> int:
    """Look at the saved searches that are due, note their news, and enqueue it; returns how many people are told.

    Commit afterwards. A search that was never looked at has no news of room: what was full then is not known.
    """
    monday = dates.day_of(now) - timedelta(days=dates.day_of(now).weekday())
    begins = datetime.combine(monday, FROM, dates.HERE)
    if now < begins:
        return 0
    told = 0
    answers: dict[str, list[dict[str, Any]]] = {}
    for person, searches in _due(session, begins).items():
        for search in searches:
            if search.address not in answers:
                answers[search.address] = _cards(search.address, gen, now, closures)
            _look(search, answers[search.address], gen, now)
        if text := _in_words([search for search in searches if search.news]):
            told += _tell(session, person, text, monday, now)
    return told


def _due(session: Session, begins: datetime) -> dict[int, list[SavedSearch]]:
    """The saved searches that were not looked at since `begins`, of the people whose turn it is."""
    due = (
        SavedSearch.removed_at.is_(None),
        SavedSearch.address.like("/directory?%"),
        or_(SavedSearch.looked_at.is_(None), SavedSearch.looked_at < begins),
    )
    people = select(SavedSearch.user_id).join(User, User.id == SavedSearch.user_id)
    people = people.where(*due, User.disabled.is_(False)).distinct().order_by(SavedSearch.user_id).limit(PEOPLE_AT_ONCE)
    rows = select(SavedSearch).where(*due, SavedSearch.user_id.in_(session.scalars(people).all()))
    found: dict[int, list[SavedSearch]] = {}
    for search in session.scalars(rows.order_by(SavedSearch.user_id, SavedSearch.name, SavedSearch.id)):
        found.setdefault(search.user_id, []).append(search)
    return found


def _cards(address: str, gen: Generation, now: datetime, closures: Closures) -> list[dict[str, Any]]:
    """The cards of what fits best and is running, full or not."""
    criteria = Criteria.from_args(MultiDict(parse_qsl(urlsplit(address).query)), gen)
    asked = replace(criteria.but(open_only=False).query(dates.day_of(now), frozenset(closures)), size=BEST)
    return [hit.card for hit in overlaid(gen.search(asked).hits, closures) if hit.card["status"] == "active"]


def _look(search: SavedSearch, cards: Sequence[dict[str, Any]], gen: Generation, now: datetime) -> None:
    """Note in `search` what is new since it was last looked at, and what is full now."""
    since = dates.day_of(search.looked_at or search.created_at)
    told = {line["path"] for line in search.news or ()}
    came = {new.path for new in gen.new_listings if _is_since(new.since, since, dates.day_of(now))} - told
    was_full = set(search.full or ())
    news = []
    for card in cards:
        is_full = card["capacity"] == "full"
        if card["path"] in came and not (is_full and _only_with_room(search.address)):
            news.append({"path": card["path"], "title": card["title"], "what": NEW})
        elif card["path"] in was_full and not is_full:
            news.append({"path": card["path"], "title": card["title"], "what": ROOM})
    search.news = news
    search.full = [card["path"] for card in cards if card["capacity"] == "full"]
    search.looked_at = now


def _is_since(day: date, since: date, today: date) -> bool:
    return since <= day <= today


def _only_with_room(address: str) -> bool:
    return ("open", "1") in parse_qsl(urlsplit(address).query)


def _in_words(searches: Sequence[SavedSearch]) -> str:
    """`New in “singing near M22”: 2 groups that fit, 1 that has room again.` Empty where nothing is new."""
    parts = []
    for search in searches[:3]:
        came = sum(line["what"] == NEW for line in search.news or ())
        room = sum(line["what"] == ROOM for line in search.news or ())
        counts = [f"{came} {'group that fits' if came == 1 else 'groups that fit'}"] if came else []
        counts += [f"{room} that {'has' if room == 1 else 'have'} room again"] if room else []
        parts.append(f"New in “{search.name}”: {', '.join(counts)}.")
    more = len(searches) - len(parts)
    return " ".join([*parts, f"And in {more} more of your searches."] if more else parts)


def _tell(session: Session, person: int, text: str, monday: date, now: datetime) -> int:
    return outbox.enqueue(
        session,
        now=now,
        to=[person],
        topic="saved-searches",
        subject=("saved-searches", monday.isoformat()),
        text=text,
        path="/searches",
        key=f"saved-searches:{monday.isoformat()}",
    )
