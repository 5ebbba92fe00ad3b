"""One line of a list: what a practitioner needs to choose, in the order they read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from webapp import dates
from webapp.directory import wording
from webapp.library.front_matter.model import Session
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit
from webapp.library.vocabulary import Vocabulary

LONG_AGO = 365  # days since somebody checked, from which a label says so with care
CITYWIDE = "Across the city"
NOTHING = Markup("")
KEPT_ROWS = 4_000  # a few hundred bytes each
KEPT_FACTS = 2_000

Label = tuple[str, str]  # words and tone


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One result, ready to show. `facts` are place, distance, next session and cost; each may be missing."""

    href: str
    title: Markup
    summary: Markup
    why: str
    facts: Markup
    labels: Markup


@dataclass(slots=True)
class ListingFacts:
    """What a row says on one day whatever was searched for; `soon` is when one can next go, right until `until`."""

    where: Markup
    cost: Markup
    labels: Markup
    sessions: tuple[Session, ...]
    soon: Markup = NOTHING
    until: datetime | None = None


class Rows:
    """The rows of one generation's listings. What stays the same from list to list is worked out once a day."""

    def __init__(self, gen: Generation) -> None:
        self._vocabulary = gen.vocabulary
        self._known: dict[tuple[str, str, date | None, date], ListingFacts] = {}
        self._macros = current_app.jinja_env.get_template("directory/_row.html").module
        self._fact = lru_cache(KEPT_FACTS)(self._render_fact)

    def _render_fact(self, words: str) -> Markup:
        return self._macros.fact(words) if words else NOTHING  # type: ignore[attr-defined]

    def row(self, hit: Hit, highlight: Callable[[str], Markup], now: datetime, today: date) -> ListingRow:
        """`hit` as it is shown; `mark` marks the words that were searched for."""
        card = hit.card
        known = self._of(card, today)
        if known.until is None or now >= known.until:
            soon, until = wording.next_until(known.sessions, now)
            known.soon = self._fact(soon)
            known.until = until  # last: another thread may be reading
        away = self._fact(wording.distance(hit.miles)) if hit.miles is not None else ""
        return ListingRow(
            href=card["path"],
            title=highlight(card["title"]),
            summary=highlight(card["summary"]),
            why=", ".join(hit.why),
            facts=Markup(f"{known.where}{away}{known.soon}{known.cost}"),  # noqa: S704 - each was made safe
            labels=known.labels,
        )

    def _of(self, card: dict[str, Any], today: date) -> ListingFacts:
        key = card["path"], card["status"], card.get("reported"), today
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= KEPT_ROWS:
                self._known.clear()
            found = self._known[key] = self._looked_at(card, today)
        return found

    def _looked_at(self, card: dict[str, Any], today: date) -> ListingFacts:
        label = self._macros.label  # type: ignore[attr-defined]
        labels = [*_status_labels(card), _checked(card, today)]
        running = card["status"] not in wording.STATUS
        cost = wording.in_a_line(self._vocabulary.label("costs", card["cost"])) if card["cost"] else ""
        return ListingFacts(
            where=self._fact(where(card["places"], card["citywide"], self._vocabulary)),
            cost=self._fact(cost),
            labels=Markup("").join(label(words, tone) for words, tone in labels),
            sessions=tuple(Session.model_validate(item) for item in card["sessions"]) if running else (),
        )


_rows = PerGeneration(Rows)


def rows(hits: Iterable[Hit], highlight: Callable[[str], Markup], gen: Generation, now: datetime) -> list[ListingRow]:
    """`hits` as they are shown; `mark` marks the words that were searched for."""
    of_gen = _rows.of(gen)
    today = dates.day_of(now)
    return [of_gen.row(hit, highlight, now, today) for hit in hits]


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
