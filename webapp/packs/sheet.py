"""What a person is given of a pack, on paper or by a link: each thing in the same few rows, in plain words.

Nothing of a member of staff is in it, no address that is confidential, and no guidance that was written for staff.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from webapp import dates
from webapp.directory import wording
from webapp.directory.share import MADE_UP
from webapp.directory.summary import ListingSummary
from webapp.library.front_matter.fields import dialled
from webapp.library.front_matter.model import Asset, EasyReadPage, TecPage
from webapp.library.generation.reader import Generation
from webapp.packs.contents import PackEntry

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")
CLOSED = {
    "temporarily closed": "This is closed for now. Ring before you go.",
    "inactive": "This is not running now. Ring before you go.",
    "defunct": "This has closed for good. Do not go.",
}
EASY_READ = "/easy-read"


@dataclass(frozen=True)
class SheetLine:
    """One line of a row. `href` is where a press on it leads, as a call does; empty where nowhere."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class SheetRow:
    """One thing to know: its picture (see symbols.py), what it is, and the lines that say it."""

    symbol: str
    label: str
    lines: Sequence[SheetLine]


@dataclass(frozen=True)
class SheetPart:
    """One thing in the pack. `warning` says that it has closed; `number` is that of the item, `path` its page's."""

    number: int
    path: str
    title: str
    summary: str
    warning: str
    rows: Sequence[SheetRow]
    checked: str

    @property
    def call(self) -> SheetLine | None:
        """The first number to ring; None where there is none."""
        lines = (line for row in self.rows for line in row.lines)
        return next((line for line in lines if line.href.startswith("tel:")), None)


@dataclass(frozen=True)
class Sheet:
    """A pack for the person. `gone` counts what is no longer listed; `left_out` names what is for staff alone."""

    title: str
    organisation: str
    made: str
    parts: Sequence[SheetPart]
    gone: int = 0
    left_out: Sequence[str] = ()


def sheet(title: str, entries: Iterable[PackEntry], gen: Generation, now: datetime) -> Sheet:
    """The sheet of `entries` at the moment `now`."""
    parts, left_out, gone = [], [], 0
    for entry in entries:
        if entry.page is None:
            gone += 1  # without its name: why it went is not known here
        elif part := _part(entry, gen, now):
            parts.append(part)
        else:
            left_out.append(entry.title)
    return Sheet(title, gen.site.organisation, dates.short_date(now), parts, gone, left_out)


def sentences(text: str) -> list[str]:
    """One idea a line, for easy read."""
    return [line for line in SENTENCE_END.split(text) if line]


def _part(entry: PackEntry, gen: Generation, now: datetime) -> SheetPart | None:
    if entry.asset and entry.facts:
        return _listing(entry, entry.asset, entry.facts, now)
    assert entry.page
    front = entry.page.front
    why = _why(entry)
    if isinstance(front, TecPage) and front.card:  # what stands round the card was written for staff
        rows = [*why, *_row("words", "What it does", front.card.sentences), *_tec_phone(gen)]
        return SheetPart(entry.item.id, entry.path, front.card.title, "", "", rows, _checked(front.reviewed))
    easy = gen.page(f"{entry.path}{EASY_READ}", dates.day_of(now))
    if easy is None or not isinstance(easy.front, EasyReadPage):
        return None
    said = [sentence for part in easy.front.parts for sentence in part.say]
    rows = [*why, *_row("words", "What to know", said)]
    return SheetPart(entry.item.id, entry.path, easy.title, easy.summary, "", rows, _checked(easy.front.reviewed))


def _listing(entry: PackEntry, asset: Asset, facts: ListingSummary, now: datetime) -> SheetPart:
    warning = CLOSED.get(asset.status, "")
    rows = _phone(asset) if warning else [*_why(entry), *_facts(asset, facts, now), *_phone(asset), *_first(asset)]
    checked = max(filter(None, (entry.confirmed, asset.checked if not asset.unchecked else None)), default=None)
    said = f"{_checked(checked)} {MADE_UP}" if asset.sample else _checked(checked)
    return SheetPart(entry.item.id, entry.path, entry.title, asset.summary, warning, rows, said)


def _checked(day: date | None) -> str:
    return f"Checked on {dates.short_date(day)}." if day else "Nobody here has checked this yet. Ring before you go."


def _why(entry: PackEntry) -> list[SheetRow]:
    return _row("heart", "Why it might suit you", entry.note.split("\n"))


def _facts(asset: Asset, facts: ListingSummary, now: datetime) -> Iterator[SheetRow]:
    yield from _row("clock", "When", facts.sessions)
    yield from _row("calendar", "Next time", [_next(asset, now)])
    if facts.is_confidential and not facts.places:
        yield from _row("pin", "Where", ["The address is private. Ring to arrange where to meet."])
    else:
        yield from _row("pin", "Where", [", ".join(filter(None, (p.name, p.address))) for p in facts.places])
        yield from _getting_there(asset, facts)
    yield from _row("coin", "What it costs", [facts.cost])


def _next(asset: Asset, now: datetime) -> str:
    """The day and time of the next session; that one must ask, where it cannot be worked out."""
    begins = [at for session in asset.sessions if (at := wording.next_start(session, now)) is not None]
    if begins:
        at = min(begins)
        return f"{dates.long_date(at.date())}, {dates.clock(at.time())}"
    in_terms = any(session.term_time for session in asset.sessions)
    return "In term time only. Ring to ask when it is next." if in_terms else "Ring to ask when it is next."


def _getting_there(asset: Asset, facts: ListingSummary) -> Iterator[SheetRow]:
    postcode = next((place.postcode for place in asset.open_locations if place.postcode), "")
    lines = [SheetLine(f"For a taxi, a bus app or a map, say {postcode}.", facts.directions)] if postcode else []
    access = dict.fromkeys(words for place in facts.places for words in place.access)
    lines += [SheetLine(f"{', '.join(access)}.")] if access else []
    if lines:
        yield SheetRow("bus", "How to get there", lines)


def _phone(asset: Asset) -> list[SheetRow]:
    lines = []
    for contact in asset.contacts:
        if contact.phone:
            lines.append(SheetLine(contact.phone, f"tel:{dialled(contact.phone)}"))
        if contact.email:
            lines.append(SheetLine(contact.email, f"mailto:{contact.email}"))
    if asset.url:
        lines.append(SheetLine(asset.url, asset.url))
    return [SheetRow("phone", "Who to ring", lines)] if lines else []


def _tec_phone(gen: Generation) -> list[SheetRow]:
    tec = gen.vocabulary.contacts.get("tec")
    if tec is None or not tec.phone:
        return []
    made_up = " (Sample number, not in use)" if tec.sample else ""
    return [SheetRow("phone", "Who to ring", [SheetLine(f"{tec.phone}{made_up}", f"tel:{dialled(tec.phone)}")])]


def _first(asset: Asset) -> list[SheetRow]:
    return _row("door", "The first time", [asset.first_time or ""])


def _row(symbol: str, label: str, lines: Iterable[str]) -> list[SheetRow]:
    said = [SheetLine(line) for line in lines if line]
    return [SheetRow(symbol, label, said)] if said else []
