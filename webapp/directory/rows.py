"""One line of a list: what a practitioner needs to choose, in the order they read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from webapp import dates
from webapp.directory import wording
from webapp.library.model import Session
from webapp.library.search.query import Hit
from webapp.library.vocabulary import Vocabulary

LONG_AGO = 365  # days since somebody checked, from which a label says so with care
CITYWIDE = "Across the city"

Label = tuple[str, str]  # words and tone


@dataclass(frozen=True, slots=True)
class Row:
    """One result, ready to show. `facts` are place, distance, next session and cost; each may be missing."""

    href: str
    title: Markup
    summary: Markup
    why: str
    facts: tuple[str, ...]
    labels: tuple[Label, ...]


def rows(hits: Iterable[Hit], mark: Callable[[str], Markup], vocabulary: Vocabulary, now: datetime) -> list[Row]:
    """`hits` as they are shown; `mark` marks the words that were searched for."""
    return [_row(hit, mark, vocabulary, now) for hit in hits]


def _row(hit: Hit, mark: Callable[[str], Markup], vocabulary: Vocabulary, now: datetime) -> Row:
    card = hit.card
    facts = (
        where(card["places"], card["citywide"], vocabulary),
        wording.distance(hit.miles) if hit.miles is not None else "",
        _next_on(card, now),
        wording.in_a_line(vocabulary.label("costs", card["cost"])) if card["cost"] else "",
    )
    return Row(
        href=card["path"],
        title=mark(card["title"]),
        summary=mark(card["summary"]),
        why=", ".join(hit.why),
        facts=tuple(fact for fact in facts if fact),
        labels=(*_status_labels(card), _checked(card, dates.day_of(now))),
    )


def _status_labels(card: dict[str, Any]) -> list[Label]:
    """Whether it is running, whether there is room, whether it is made up."""
    labels = []
    if card["status"] in wording.STATUS:
        labels.append(wording.STATUS[card["status"]])
        if "reported" in card:  # marked by an editor; the file does not say it yet
            labels.append((f"Reported on {dates.short_date(card['reported'])}, being checked", "care"))
    else:
        room = wording.capacity(card["capacity"], card["waiting_weeks"])
        labels += [(room.text, room.tone)] if room else []
    return [*labels, ("Sample", "sample")] if card["sample"] else labels


def _checked(card: dict[str, Any], today: date) -> Label:
    """When somebody made sure of it; an imported listing that nobody here has looked at says so."""
    day = date.fromisoformat(card["verified"]) if card["verified"] else None
    return checked(day, card["unchecked"], day is not None and (today - day).days > LONG_AGO, today)


def checked(day: date | None, unchecked: bool, is_old: bool, today: date) -> Label:
    """`Verified 3 March 2026 (3 weeks ago)`, `Not checked here yet`, and with what tone."""
    if day is None:
        return "Not checked here yet", "care"
    when = f"{dates.short_date(day)} ({dates.ago(day, today)})"
    if unchecked:
        return f"Published {when}, not checked here yet", "care"
    return f"Verified {when}", "care" if is_old else ""


def where(places: Iterable[str], citywide: bool, vocabulary: Vocabulary) -> str:
    """`Gorton and Levenshulme`, or that and how many areas more, or the whole city."""
    if citywide:
        return CITYWIDE
    first, *more = [vocabulary.label("places", slug) for slug in places] or [""]
    return f"{first} and {len(more)} more" if more else first


def _next_on(card: dict[str, Any], now: datetime) -> str:
    if card["status"] in wording.STATUS:
        return ""
    return wording.next_on((Session.model_validate(said) for said in card["sessions"]), now)
