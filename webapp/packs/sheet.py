"""What a person is given of a pack, on paper or by a link: each thing in the same few rows, in plain words.

Nothing of a member of staff is in it, no address that is confidential, and no guidance that was written for staff.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from webapp.directory import wording
from webapp.directory.summary import ListingSummary
from webapp.english import dates
from webapp.library.front_matter.fields import dialled
from webapp.library.front_matter.listing import Location
from webapp.library.front_matter.model import Asset, EasyReadPage, TecPage
from webapp.library.generation.reader import Generation
from webapp.packs.calendar import bank_holidays
from webapp.packs.contents import PackEntry
from webapp.packs.tongues import ENGLISH, Tongue

# Not the stop of a short form, as in St. Mary’s, nor before a small letter, as in 10 a.m. on Mondays.
SENTENCE_END = re.compile(r"(?<=[.!?۔।؟])(?<!\b[SDM][trs]\.)(?<!\bMrs\.)(?<!\bNo\.)\s+(?=[^\sa-z])|(?<=。)(?=\S)")
OWN_WAYS = frozenset({"drop-in", "self", "family"})  # to join without anybody who does it as their work
EASY_READ = "/easy-read"
GONE = "Something that was here is no longer listed. Ask whoever gave you this."


@dataclass(frozen=True)
class SheetLine:
    """One line of a row. `href` is where a press on it leads, as a call does; empty where nowhere.

    `is_ours`: these are fixed words, in the language of the sheet; else the listing's own.
    """

    words: str
    href: str = ""
    is_ours: bool = False


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
    tongue: Tongue = ENGLISH


def sheet(title: str, entries: Iterable[PackEntry], gen: Generation, now: datetime, tongue: Tongue = ENGLISH) -> Sheet:
    """The sheet of `entries` at the moment `now`, with its fixed words in the language `tongue`."""
    parts, left_out, gone = [], [], 0
    writer = _Writer(gen, now, tongue)
    for entry in entries:
        if entry.page is None:
            gone += 1  # without its name: why it went is not known here
        elif part := writer.part(entry):
            parts.append(part)
        else:
            left_out.append(entry.title)
    return Sheet(title, gen.site.organisation, tongue.day(dates.day_of(now)), parts, gone, left_out, tongue)


def sentences(text: str) -> list[str]:
    """One idea a line, for easy read."""
    return [line for line in SENTENCE_END.split(text) if line]


@dataclass(frozen=True)
class _Writer:
    """Writes parts in one language, of one generation, at one moment."""

    gen: Generation
    now: datetime
    tongue: Tongue

    def part(self, entry: PackEntry) -> SheetPart | None:
        """What is said of one thing; None where all of it was written for staff."""
        if entry.asset and entry.facts:
            return self._listing(entry, entry.asset, entry.facts)
        assert entry.page
        say, front, why = self.tongue.say, entry.page.front, self._why(entry)
        if isinstance(front, TecPage) and front.card:  # what stands round the card was written for staff
            rows = [*why, *_row("words", say("What it does"), front.card.sentences), *self._tec_phone()]
            checked = self._checked(front.reviewed)
            return SheetPart(entry.item.id, entry.path, front.card.title, "", "", rows, checked)
        easy = self.gen.page(f"{entry.path}{EASY_READ}", dates.day_of(self.now))
        if easy is None or not isinstance(easy.front, EasyReadPage):
            return None
        said = [sentence for part in easy.front.parts for sentence in part.say]
        rows = [*why, *_row("words", say("What to know"), said)]
        checked = self._checked(easy.front.reviewed)
        return SheetPart(entry.item.id, entry.path, easy.title, easy.summary, "", rows, checked)

    def _listing(self, entry: PackEntry, asset: Asset, facts: ListingSummary) -> SheetPart:
        say = self.tongue.say
        warning = self._warning(asset)
        first = _row("door", say("The first time"), [asset.first_time or ""])
        rows = [*self._why(entry), *self._facts(asset, facts), *self._phone(asset), *first]
        checked = max(filter(None, (entry.confirmed, asset.checked if not asset.unchecked else None)), default=None)
        said = [self._checked(checked), *([say("Sample: this listing is made up.")] if asset.sample else [])]
        rows = self._phone(asset) if warning else rows
        return SheetPart(entry.item.id, entry.path, entry.title, asset.summary, warning, rows, " ".join(said))

    def _warning(self, asset: Asset) -> str:
        say = self.tongue.say
        if asset.status == "temporarily closed":
            return say("This is closed for now. Ring before you go.")
        if asset.status == "inactive":
            return say("This is not running now. Ring before you go.")
        return say("This has closed for good. Do not go.") if asset.status == "defunct" else ""

    def _checked(self, day: date | None) -> str:
        if day is None:
            return self.tongue.say("Nobody here has checked this yet. Ring before you go.")
        return self.tongue.say("Checked on {date}.", date=self.tongue.day(day))

    def _why(self, entry: PackEntry) -> list[SheetRow]:
        return _row("heart", self.tongue.say("Why it might suit you"), entry.note.split("\n"))

    def _facts(self, asset: Asset, facts: ListingSummary) -> Iterator[SheetRow]:
        say = self.tongue.say
        yield from _row("clock", say("When"), facts.sessions)
        yield SheetRow("calendar", say("Next time"), [SheetLine(words, is_ours=True) for words in self._next(asset)])
        if facts.is_confidential and not facts.places:
            private = say("The address is private. Ring to arrange where to meet.")
            yield SheetRow("pin", say("Where"), [SheetLine(private, is_ours=True)])
        else:
            yield from _row("pin", say("Where"), [", ".join(filter(None, (p.name, p.address))) for p in facts.places])
            yield from self._getting_there(asset, facts)
        yield from _row("coin", say("What it costs"), [facts.cost])
        if joining := [SheetLine(words, is_ours=True) for words in self._joining(asset)]:
            yield SheetRow("door", say("How to join"), joining)

    def _joining(self, asset: Asset) -> Iterator[str]:
        """What stands in the way of whoever just rings or goes; nothing where nothing does."""
        capacity = asset.capacity.status if asset.capacity else ""
        if capacity == "full":
            yield self.tongue.say("This is full now. Ring to ask when there is room.")
        if capacity == "waiting-list":
            yield self.tongue.say("There is a waiting list. Ring to ask how long it is.")
        if asset.referral and OWN_WAYS.isdisjoint(asset.referral.routes):
            yield self.tongue.say("You cannot join by yourself. Ask whoever gave you this to put your name forward.")

    def _next(self, asset: Asset) -> Iterator[str]:
        """The day and time of the next session; that one must ask, where it cannot be worked out."""
        begins = [at for session in asset.sessions if (at := wording.next_start(session, self.now)) is not None]
        if begins:
            at = min(begins)
            yield f"{self.tongue.day(at.date(), long=True)}, {self.tongue.clock(at.time())}"
            if at.date() in bank_holidays(at.year):
                yield self.tongue.say("That day is a bank holiday. Ring before you go.")
        elif any(session.term_time for session in asset.sessions):
            yield self.tongue.say("In term time only. Ring to ask when it is next.")
        else:
            yield self.tongue.say("Ring to ask when it is next.")

    def _getting_there(self, asset: Asset, facts: ListingSummary) -> Iterator[SheetRow]:
        say, places = self.tongue.say, asset.open_locations
        postcode = next((place.postcode for place in places if place.postcode), "")
        told = say("For a taxi, a bus app or a map, say {postcode}.", postcode=postcode)
        lines = [SheetLine(f"{name}{words}") for name, words in _ways(places)]
        lines += [SheetLine(told, facts.directions, is_ours=True)] if postcode else []
        access = dict.fromkeys(words for place in facts.places for words in place.access)
        lines += [SheetLine(f"{', '.join(access)}.")] if access else []
        if lines:
            yield SheetRow("bus", say("How to get there"), lines)

    def _phone(self, asset: Asset) -> list[SheetRow]:
        lines = []
        for contact in asset.contacts:
            if contact.phone:
                lines.append(SheetLine(contact.phone, f"tel:{dialled(contact.phone)}"))
            if contact.email:
                lines.append(SheetLine(contact.email, f"mailto:{contact.email}"))
        if asset.url:
            lines.append(SheetLine(asset.url, asset.url))
        return [SheetRow("phone", self.tongue.say("Who to ring"), lines)] if lines else []

    def _tec_phone(self) -> list[SheetRow]:
        tec = self.gen.vocabulary.contacts.get("tec")
        if tec is None or not tec.phone:
            return []
        lines = [SheetLine(tec.phone, f"tel:{dialled(tec.phone)}")]
        lines += [SheetLine(self.tongue.say("Sample number, not in use"), is_ours=True)] if tec.sample else []
        return [SheetRow("phone", self.tongue.say("Who to ring"), lines)]


def _ways(places: Sequence[Location]) -> Iterator[tuple[str, str]]:
    """How to find and enter each of `places` in the listing's words, after its name where there are more than one."""
    for place in places:
        name = f"{place.name}: " if place.name and len(places) > 1 else ""
        yield from ((name, words) for words in (place.transport, place.access_note) if words)


def _row(symbol: str, label: str, lines: Iterable[str]) -> list[SheetRow]:
    said = [SheetLine(line) for line in lines if line]
    return [SheetRow(symbol, label, said)] if said else []
