"""Answers as an Atom feed (RFC 4287). Nothing in it is personal."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from xml.etree import ElementTree

from flask import Response

from webapp.english.dates import HERE
from webapp.library.characters import writable

Card = Mapping[str, Any]

KEPT_SECONDS = 15 * 60  # by the reader's own program; never by anything in between
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
    xml = writable(ElementTree.tostring(feed, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml}'.encode()


def answer(body: bytes, mimetype: str) -> Response:
    """A feed as it is sent."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response


def _add(parent: ElementTree.Element, tag: str, text: str = "", /, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = text or None
    return child


def _moment_of(day: str) -> str:
    """`2026-03-03` → the morning of that day, as Atom wants a moment."""
    return datetime.combine(date.fromisoformat(day), time(9), HERE).isoformat("T", "seconds")
