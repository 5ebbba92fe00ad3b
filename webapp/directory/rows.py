"""One line of a list: what a practitioner needs to choose, in the order they read it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import count, repeat
from types import MappingProxyType
from typing import Any, NamedTuple, cast

import orjson
from flask import current_app
from markupsafe import Markup, escape

from webapp.directory import series, wording
from webapp.directory.named_times import ANY_TIME, NamedTimes
from webapp.english import dates
from webapp.library.front_matter.listing import Session
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit
from webapp.library.vocabulary import Vocabulary
from webapp.web.highlight import Highlighter
from webapp.web.stencil import Stencil

LONG_AGO = 365  # days since somebody checked, from which a label says so with care
CITYWIDE = "Across the city"
NOTHING = Markup("")
NOT_CHECKED: "Label" = ("Not checked here yet", "care")
NOBODY: Mapping[str, date] = MappingProxyType({})
SAMPLE: "Label" = ("Sample", "sample")
KEPT = 2_000  # of each kind of piece, a few hundred bytes each

Label = tuple[str, str]  # words and tone


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One result, ready to show: texts that were made safe.

    `facts` is the line to scan: when, how far, cost, room, where, a tick if checked. Of those each may be missing.
    """

    facts: str
    stencil: Stencil
    values: dict[str, str]

    def written(self, token: str) -> str:
        """The row, for the reader whose forms send `token`; all of it is safe."""
        return self.stencil.filled_from(self.values | {"token": token})


class ListingRows(NamedTuple):
    """The rows of one page. `of_all` are the labels that each of them would have: they are said once.

    `until` is when the first of them says something else: a session that it names has begun, or the day is over.
    """

    rows: list[ListingRow]
    of_all: tuple[Label, ...]
    until: datetime

    def written(self, token: str, first: int = 0, last: int | None = None) -> Markup:
        """From the row at `first` up to the one at `last`, for the reader whose forms send `token`."""
        safe = escape(token)
        return _one_after_another([row.written(safe) for row in self.rows[first:last]])


class ListingFacts(NamedTuple):
    """What a row says whatever was searched for. `soon` is when one can next go, right until `until` where it says."""

    href: Markup
    name: Markup
    soon: Markup
    rest: str  # what stands after the distance
    labels: tuple[Label, ...]
    until: datetime | None

    def line(self, away: str) -> str:
        """The line to scan, with how far `away` it is; all of it is safe."""
        return f"{self.soon}{away}{self.rest}"


class Rows:
    """The rows of one generation's listings: thousands of them are put together from a few hundred pieces.

    Each piece is written once: a place, a cost, a date; and when one can next go, once for all held at the same times.
    """

    def __init__(self, gen: Generation) -> None:
        self._vocabulary = gen.vocabulary
        self._macros = cast(Any, current_app.jinja_env.get_template("directory/_row.html").module)
        self._fact = lru_cache(KEPT)(self._render_fact)
        self._labels = lru_cache(KEPT)(self._render_labels)
        self._where = lru_cache(KEPT)(self._render_where)
        self._cost = lru_cache(KEPT)(self._render_cost)
        self._room = lru_cache(KEPT)(self._render_room)
        self._long_ago = lru_cache(KEPT)(_long_ago)
        self._next: dict[tuple[date, NamedTimes, bytes], tuple[Markup, datetime]] = {}  # by the day and the sessions
        self._others = Stencil(self._macros.others, "said", "members", "each")
        self._stencils = {on_map: self._cut(on_map) for on_map in (False, True)}

    def _cut(self, on_map: bool) -> "RowStencils":
        row, member = self._macros.row, self._macros.member
        holes = ["href", "title", "name", "summary", "why", "facts", "labels", "others", "token", *["number"] * on_map]
        return RowStencils(
            Stencil(row, *holes),
            Stencil(row, *holes, ended=True),
            Stencil(member, "href", "name", "facts", "labels", on_map=on_map),
        )

    def _render_fact(self, words: str, tone: str = "", checked: date | None = None) -> Markup:
        return self._macros.fact(words, tone, checked) if words or checked else NOTHING

    def _render_labels(self, labels: tuple[Label, ...]) -> Markup:
        return self._macros.labels(labels) if labels else NOTHING

    def _render_where(self, places: tuple[str, ...], citywide: bool, checked: date | None) -> Markup:
        return self._render_fact(short_where(places, citywide, self._vocabulary), checked=checked)

    def _render_cost(self, slug: str) -> Markup:
        return self._render_fact(wording.in_a_line(self._vocabulary.label("costs", slug)) if slug else "")

    def _render_room(self, status: str, waiting_weeks: int | None) -> Markup:
        room = wording.capacity(status, waiting_weeks)
        return self._render_fact(wording.in_a_line(room.text), room.tone) if room else NOTHING

    def facts(
        self, card: Mapping[str, Any], confirmed: date | None, now: datetime, today: date, times: NamedTimes
    ) -> ListingFacts:
        """What is known of the listing on `card`; `confirmed` is the last day that somebody here said it is right.

        When one can next go is told of the `times` that were asked for.
        """
        verified = date.fromisoformat(card["verified"]) if card["verified"] and not card["unchecked"] else None
        last = max(verified, confirmed) if verified and confirmed else verified or confirmed
        is_running = card["status"] not in wording.STATUS
        labels = [] if is_running else _status_labels(card)
        checked = None
        if last is None:
            labels.append(NOT_CHECKED)
        elif (today - last).days > LONG_AGO:
            labels.append(self._long_ago(last))
        else:
            checked = last
        if card["sample"]:
            labels.append(SAMPLE)
        held = card["sessions"] if is_running else None
        soon, until = self._soon(held, now, today, times) if held else (NOTHING, None)
        room = self._room(card["capacity"], card["waiting_weeks"]) if is_running else NOTHING
        where = self._where(tuple(card["places"]), card["citywide"], checked)
        rest = f"{self._cost(card['cost'])}{room}{where}"
        return ListingFacts(escape(card["path"]), escape(card["title"]), soon, rest, tuple(labels), until)

    def _soon(
        self, held: list[dict[str, Any]], now: datetime, today: date, times: NamedTimes
    ) -> tuple[Markup, datetime]:
        """When one can next go to what is `held` so, as cards have it, and until when that is right.

        Where `times` are named, it is when one can next go then: who asks for Saturday is not told of Thursday.
        """
        key = today, times, orjson.dumps(held)
        known = self._next.get(key)
        if known is None or now >= known[1]:
            if len(self._next) >= KEPT:
                self._next.clear()
            sessions = [Session.model_validate(item) for item in held]
            soon, until = wording.next_until(times.among(sessions), now, times.days)
            known = self._next[key] = self._render_fact(wording.on_its_own(soon), "when"), until
        return known

    def row(
        self, hit: Hit, known: ListingFacts, title: str, summary: str, shown: "Shown", number: int | None
    ) -> ListingRow:
        """The row of `hit`, with those of its series that it stands for; `number` in the list where a map shows it."""
        line = known.line(self._away(hit.miles))
        values = {
            "href": known.href,
            "title": title,
            "name": known.name,
            "summary": summary,
            "why": self._macros.why(", ".join(hit.why)) if hit.why else NOTHING,
            "facts": line,
            "labels": self._labels_but(shown.of_all, known.labels),
            "others": self._series(hit, known.labels, shown, number is not None) if hit.others else NOTHING,
        }
        if number is not None:
            values["number"] = escape(number)
        stencils = self._stencils[number is not None]
        return ListingRow(line, stencils.ended if hit.card["status"] == "defunct" else stencils.row, values)

    def _away(self, miles: float | None) -> Markup:
        return NOTHING if miles is None else self._fact(wording.distance(miles))

    def _labels_but(self, said: Sequence[Label], labels: tuple[Label, ...]) -> Markup:
        if not labels or labels == said:
            return NOTHING
        return self._labels(tuple([label for label in labels if label not in said]))

    def _series(self, lead: Hit, said: Sequence[Label], shown: "Shown", on_map: bool) -> Markup:
        """What is said of the others of a series below the row of `lead`, whose labels have been `said`."""
        stencil = self._stencils[on_map].member
        members = [
            stencil.filled(
                href=known.href,
                name=escape(series.name(lead, hit, self._vocabulary)),
                facts=known.line(self._away(hit.miles)),
                labels=self._labels_but(said, known.labels),
            )
            for hit in lead.others
            for known in (shown.known(hit),)
        ]
        each = self._macros.each(shown.each(lead.card["title"])) if lead.more else NOTHING
        said_of_them = escape(series.said(lead, self._vocabulary))
        return self._others.filled(said=said_of_them, members=_one_after_another(members), each=each)


_rows = PerGeneration(Rows)


class RowStencils(NamedTuple):
    """A row, that of what has ended, and one of the others of a series below it, with holes for what is theirs."""

    row: Stencil
    ended: Stencil
    member: Stencil


class Shown(NamedTuple):
    """What the rows of one page share: what is known of each hit, and what `of_all` says once.

    `each` is the address of the same search for a title alone, with a row for each of a series.
    """

    known: Callable[[Hit], ListingFacts]
    of_all: tuple[Label, ...]
    each: Callable[[str], str]


def rows(
    hits: Iterable[Hit],
    gen: Generation,
    now: datetime,
    confirmed: Mapping[str, date] = NOBODY,
    *,
    times: NamedTimes = ANY_TIME,
    terms: Iterable[str] = (),
    each: Callable[[str], str] = str,
    first: int | None = None,
) -> ListingRows:
    """`hits` as they are shown, with the `terms` marked that were searched for, and the next of the `times` named.

    `confirmed`: path of a listing → the last day that somebody here said that it is right. `each`: see `Shown`.
    `first` is the number of the first of them in the whole list, where a map shows each by its number.
    """
    of_gen = _rows.of(gen)
    today = dates.day_of(now)

    ends = [dates.day_ends(now)]

    def known_of(hit: Hit) -> ListingFacts:
        known = of_gen.facts(hit.card, confirmed.get(hit.card["path"]), now, today, times)
        if known.until:
            ends.append(known.until)
        return known

    found = [(hit, known_of(hit)) for hit in hits]
    shown = Shown(known_of, _shared([known.labels for _, known in found]), each)
    numbers = repeat(None) if first is None else count(first)
    texts = iter(
        Highlighter(terms).all([text for hit, _ in found for text in (hit.card["title"], hit.card["summary"])])
    )
    written = [
        of_gen.row(hit, known, next(texts), next(texts), shown, number)
        for (hit, known), number in zip(found, numbers, strict=False)
    ]
    return ListingRows(written, shown.of_all, min(ends))


def _one_after_another(parts: Iterable[str]) -> Markup:
    """As `Markup.join`, which makes each of them safe once more: a tenth of the time of a list."""
    return Markup("\n".join(parts))  # nosec B704 # noqa: S704 - each was made safe


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


def _long_ago(day: date) -> Label:
    return f"Last checked {dates.month(day)}", "care"


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
