"""The feeds themselves: answers as Atom (RFC 4287), spotlights as iCalendar (RFC 5545). Nothing in them is personal."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from webapp.dates import HERE
from webapp.library.characters import writable

Card = Mapping[str, Any]

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50


def atom(updates: Iterable[Card], *, base_url: str, name: str, built: datetime) -> bytes:
    """The newest answers, newest first. `updates` are cards; `base_url` has no slash at its end."""
    # The browser's own parser is never asked: this only writes.
    ElementTree.register_namespace("", ATOM)
    cards = sorted(updates, key=lambda card: card["date"], reverse=True)[:MOST]
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _add(feed, "id", f"{base_url}/updates/")
    _add(feed, "title", f"{name}: you asked, we did")
    _add(feed, "updated", _moment_of(cards[0]["date"]) if cards else built.astimezone(UTC).isoformat("T", "seconds"))
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base_url}/updates/")
    _add(_add(feed, "author"), "name", name)
    for card in cards:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{card['id']}")
        _add(entry, "title", card["title"])
        _add(entry, "link", rel="alternate", type="text/html", href=f"{base_url}{card['path']}")
        _add(entry, "published", _moment_of(card["date"]))
        _add(entry, "updated", _moment_of(card["date"]))
        for ref in card["answers"]:
            _add(entry, "category", term=ref, label=f"Answers {ref}")
            _add(entry, "link", rel="related", type="text/html", href=f"{base_url}/gaps/{ref}", title=ref)
        answered = f" Answers {', '.join(card['answers'])}." if card["answers"] else ""
        _add(entry, "summary", card["summary"] + answered)
    written = writable(ElementTree.tostring(feed, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'.encode()


def calendar(spotlights: Iterable[Card], *, base_url: str, name: str, built: datetime) -> bytes:
    """Every session as an event of a whole day. An event keeps its UID when its title or day changes."""
    import icalendar  # here: one file in a thousand needs it, and every worker would hold it in memory

    cal = icalendar.Calendar()
    cal.add("prodid", "-//Signpost//Spotlights//EN")
    cal.add("version", "2.0")
    cal.add("method", "PUBLISH")
    cal.add("x-wr-calname", f"{name}: spotlights")
    cal.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for card in sorted(spotlights, key=lambda card: card["date"]):
        day = date.fromisoformat(card["date"])
        event = icalendar.Event()
        event.add("uid", f"{card['id']}@signpost")
        event.add("dtstamp", built.astimezone(UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", card["title"])
        event.add("description", f"{card['summary']}\n\n{base_url}{card['path']}")
        event.add("url", f"{base_url}{card['path']}")
        event.add("transp", "TRANSPARENT")  # a day with a session is not a day that is taken
        cal.add_component(event)
    return writable(cal.to_ical().decode()).encode()


def _add(parent: ElementTree.Element, tag: str, text: str = "", /, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = text or None
    return child


def _moment_of(day: str) -> str:
    """`2026-03-03` → the morning of that day, as Atom wants a moment."""
    return datetime.combine(date.fromisoformat(day), time(9), HERE).isoformat("T", "seconds")
