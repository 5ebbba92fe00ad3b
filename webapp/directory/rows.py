"""One line of a list: what a practitioner needs to choose, in the order they read it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import count, repeat
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup, escape

from webapp.directory import series, wording
from webapp.english import dates
from webapp.library.front_matter.listing import Session
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit
from webapp.library.vocabulary import Vocabulary
from webapp.web.stencil import Stencil

LONG_AGO = 365  # days since somebody checked, from which a label says so with care
CITYWIDE = "Across the city"
NOTHING = Markup("")
NOT_CHECKED: "Label" = ("Not checked here yet", "care")
NOBODY: Mapping[str, date] = MappingProxyType({})
KEPT_ROWS = 4_000  # a few hundred bytes each
KEPT_FACTS = 2_000

Label = tuple[str, str]  # words and tone


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One result, ready to show.

    `facts` is the line to scan: when, how far, cost, room, where, a tick if checked. Of those each may be missing.
    """

    facts: Markup
    stencil: Stencil
    values: dict[str, Markup]

    def written(self, token: str) -> Markup:
        """The row, for the reader whose forms send `token`."""
        return self.stencil.filled(token=escape(token), **self.values)


class ListingRows(NamedTuple):
    """The rows of one page. `of_all` are the labels that each of them would have: they are said once.

    `until` is when the first of them says something else: a session that it names has begun, or the day is over.
    """

    rows: list[ListingRow]
    of_all: tuple[Label, ...]
    until: datetime


@dataclass(slots=True)
class ListingFacts:
    """What a row says on one day whatever was searched for; `soon` is when one can next go, right until `until`."""

    href: Markup
    name: Markup
    rest: Markup  # what stands after the distance
    labels: tuple[Label, ...]
    sessions: tuple[Session, ...]
    soon: Markup = NOTHING
    until: datetime | None = None


class Rows:
    """The rows of one generation's listings. What stays the same from list to list is worked out once a day."""

    def __init__(self, gen: Generation) -> None:
        self._vocabulary = gen.vocabulary
        self._known: dict[tuple[str, str, date | None, date | None, date], ListingFacts] = {}
        self._macros = current_app.jinja_env.get_template("directory/_row.html").module
        self._fact = lru_cache(KEPT_FACTS)(self._render_fact)
        self._labels = lru_cache(KEPT_FACTS)(self._render_labels)
        self._others = Stencil(self._macros.others, "said", "members", "each")  # type: ignore[attr-defined]
        self._stencils = {on_map: self._cut(on_map) for on_map in (False, True)}

    def _cut(self, on_map: bool) -> "RowStencils":
        row, member = self._macros.row, self._macros.member  # type: ignore[attr-defined]
        number = ("number",) if on_map else ()
        return RowStencils(
            Stencil(row, *number, "href", "title", "name", "summary", "why", "facts", "labels", "others", "token"),
            Stencil(member, "href", "name", "facts", "labels", on_map=on_map),
        )

    def _render_fact(self, words: str, tone: str = "", checked: date | None = None) -> Markup:
        return self._macros.fact(words, tone, checked) if words or checked else NOTHING  # type: ignore[attr-defined]

    def _render_labels(self, labels: tuple[Label, ...]) -> Markup:
        return self._macros.labels(labels) if labels else NOTHING  # type: ignore[attr-defined]

    def facts(self, card: Mapping[str, Any], confirmed: date | None, now: datetime, today: date) -> ListingFacts:
        """What is known of the listing on `card`; `confirmed` is the last day that somebody here said it is right."""
        known = self._of(card, confirmed, today)
        if known.until is None or now >= known.until:
            soon, until = wording.next_until(known.sessions, now)
            known.soon = self._fact(wording.on_its_own(soon))
            known.until = until  # last: another thread may be reading
        return known

    def line(self, known: ListingFacts, miles: float | None) -> Markup:
        """The line to scan, with how far it is."""
        away = self._fact(wording.distance(miles)) if miles is not None else ""
        return Markup(f"{known.soon}{away}{known.rest}")  # nosec B704 # noqa: S704 - each was made safe

    def row(self, hit: Hit, known: ListingFacts, shown: "Shown", number: int | None) -> ListingRow:
        """The row of `hit`, with those of its series that it stands for; `number` in the list where a map shows it."""
        card, line = hit.card, self._line(known, hit.miles)
        values = {
            "href": known.href,
            "title": shown.highlight(card["title"]),
            "name": known.name,
            "summary": shown.highlight(card["summary"]),
            "why": self._macros.why(", ".join(hit.why)) if hit.why else NOTHING,  # type: ignore[attr-defined]
            "facts": line,
            "labels": self._labels(tuple(label for label in known.labels if label not in shown.of_all)),
            "others": self._series(hit, known.labels, shown, number is not None) if hit.others else NOTHING,
        }
        if number is not None:
            values["number"] = escape(number)
        return ListingRow(line, self._stencils[number is not None].row, values)

    def _line(self, known: ListingFacts, miles: float | None) -> Markup:
        """The line to scan, with how far it is."""
        away = self._fact(wording.distance(miles)) if miles is not None else NOTHING
        return NOTHING.join((known.soon, away, known.rest))

    def _series(self, lead: Hit, said: Sequence[Label], shown: "Shown", on_map: bool) -> Markup:
        """What is said of the others of a series below the row of `lead`, whose labels have been `said`."""
        stencil = self._stencils[on_map].member
        members = [
            stencil.filled(
                href=known.href,
                name=escape(series.name(lead, hit, self._vocabulary)),
                facts=self._line(known, hit.miles),
                labels=self._labels(tuple(label for label in known.labels if label not in said)),
            )
            for hit in lead.others
            for known in (shown.known(hit),)
        ]
        each = self._macros.each(shown.each(lead.card["title"])) if lead.more else NOTHING  # type: ignore[attr-defined]
        said_of_them = escape(series.said(lead, self._vocabulary))
        return self._others.filled(said=said_of_them, members=NOTHING.join(members), each=each)

    def _of(self, card: Mapping[str, Any], confirmed: date | None, today: date) -> ListingFacts:
        key = card["path"], card["status"], card.get("reported"), confirmed, today
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= KEPT_ROWS:
                self._known.clear()
            found = self._known[key] = self._looked_at(card, confirmed, today)
        return found

    def _looked_at(self, card: Mapping[str, Any], confirmed: date | None, today: date) -> ListingFacts:
        running = card["status"] not in wording.STATUS
        cost = wording.in_a_line(self._vocabulary.label("costs", card["cost"])) if card["cost"] else ""
        room = wording.capacity(card["capacity"], card["waiting_weeks"]) if running else None
        verified = date.fromisoformat(card["verified"]) if card["verified"] and not card["unchecked"] else None
        last = max(filter(None, (verified, confirmed)), default=None)
        labels, checked = _status_labels(card), None
        if last is None:
            labels.append(NOT_CHECKED)
        elif (today - last).days > LONG_AGO:
            labels.append((f"Last checked {dates.month(last)}", "care"))
        else:
            checked = last
        rest = [
            self._fact(cost),
            self._fact(wording.in_a_line(room.text), room.tone) if room else NOTHING,
            self._fact(short_where(card["places"], card["citywide"], self._vocabulary), checked=checked),
        ]
        return ListingFacts(
            href=escape(card["path"]),
            name=escape(card["title"]),
            rest=Markup("").join(rest),
            labels=tuple([*labels, ("Sample", "sample")] if card["sample"] else labels),
            sessions=tuple(Session.model_validate(item) for item in card["sessions"]) if running else (),
        )


_rows = PerGeneration(Rows)


class RowStencils(NamedTuple):
    """A row, and one of the others of a series below it, with holes for what is theirs."""

    row: Stencil
    member: Stencil


class Shown(NamedTuple):
    """What the rows of one page share: what is known of each hit, what `of_all` says once, which words are marked.

    `each` is the address of the same search for a title alone, with a row for each of a series.
    """

    known: Callable[[Hit], ListingFacts]
    of_all: tuple[Label, ...]
    highlight: Callable[[str], Markup]
    each: Callable[[str], str]


def rows(
    hits: Iterable[Hit],
    gen: Generation,
    now: datetime,
    confirmed: Mapping[str, date] = NOBODY,
    *,
    highlight: Callable[[str], Markup] = escape,
    each: Callable[[str], str] = str,
    first: int | None = None,
) -> ListingRows:
    """`hits` as they are shown; `highlight` marks the words that were searched for.

    `confirmed`: path of a listing → the last day that somebody here said that it is right. `each`: see `Shown`.
    `first` is the number of the first of them in the whole list, where a map shows each by its number.
    """
    of_gen = _rows.of(gen)
    today = dates.day_of(now)

    ends = [dates.day_ends(now)]

    def known_of(hit: Hit) -> ListingFacts:
        known = of_gen.facts(hit.card, confirmed.get(hit.card["path"]), now, today)
        ends.append(known.until or now)
        return known

    found = [(hit, known_of(hit)) for hit in hits]
    shown = Shown(known_of, _shared([known.labels for _, known in found]), highlight, each)
    numbers = repeat(None) if first is None else count(first)
    written = [of_gen.row(hit, known, shown, number) for (hit, known), number in zip(found, numbers, strict=False)]
    return ListingRows(written, shown.of_all, min(ends))


def _shared(labels: Sequence[tuple[Label, ...]]) -> tuple[Label, ...]:
    """What all rows of a page would say, where there are several."""
    if len(labels) < 2:
        return ()
    first, *others = labels
    return tuple(label for label in first if all(label in other for other in others))


def _status_labels(card: Mapping[str, Any]) -> list[Label]:
    """That it is not running, and who says so."""
    labels = []
    if card["status"] in wording.STATUS:
        labels.append(wording.STATUS[card["status"]])
        if "reported" in card:  # marked by an editor; the file does not say it yet
            labels.append((f"Reported on {dates.short_date(card['reported'])}, being checked", "care"))
    return labels


def checked(day: date | None, unchecked: bool, is_old: bool, today: date) -> Label:
    """`Verified 3 March 2026 (3 weeks ago)`, `Not checked here yet`, and with what tone."""
    if day is None:
        return NOT_CHECKED
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


def short_where(places: Sequence[str], citywide: bool, vocabulary: Vocabulary) -> str:
    """`Northenden and Brooklands`, or that and how many areas more, in few words."""
    if citywide:
        return CITYWIDE
    if not places:
        return ""
    more = len(places) - 1
    first = vocabulary.short("places", places[0])
    return f"{first} +{more} {'area' if more == 1 else 'areas'}" if more else first
