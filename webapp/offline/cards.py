"""One listing or page as a device keeps it: enough to read, to ring and to find it by, and no more than its page.

A card is plain JSON:
  title, path, summary   text
  labels                 list of text: whether it is running, whether there is room, when it was checked
  facts                  list of [heading, list of text]
  calls                  list of [words, href]: telephone, e-mail, website, directions
  next                   when it is next held, in the time of Great Britain without a zone (ISO 8601); or empty
  words                  what else it is found by, in small letters
  html                   the text of a page of guidance; listings have none
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from webapp.directory import wording
from webapp.directory.summary import ListingSummary
from webapp.library.build.pages import Page
from webapp.library.front_matter.fields import dialled
from webapp.library.front_matter.model import Asset
from webapp.library.vocabulary import Vocabulary
from webapp.packs.contents import PackEntry

Card = dict[str, Any]
FOUND_BY = ("activities", "audiences", "outcomes", "places", "languages")  # the fields of a listing with terms of these


def of_entry(entry: PackEntry, vocabulary: Vocabulary, now: datetime) -> Card | None:
    """The card of something as it is today; None where its page is gone."""
    if entry.page is None:
        return None
    if entry.asset is None or entry.facts is None:
        return of_page(entry.page)
    return _of_listing(entry.page.path, entry.asset, entry.facts, vocabulary, now)


def of_page(page: Page) -> Card:
    """The card of a page of guidance, with its whole text."""
    return {"path": page.path, "title": page.title, "summary": page.summary, "html": page.html}


def _of_listing(path: str, asset: Asset, facts: ListingSummary, vocabulary: Vocabulary, now: datetime) -> Card:
    card = {
        "path": path,
        "title": asset.title,
        "summary": asset.summary,
        "labels": [text for text, _ in facts.labels],
        "facts": [[heading, lines] for heading, said in _facts(asset, facts) if (lines := [s for s in said if s])],
        "calls": list(_calls(asset, facts)),
        "next": _next(asset, now),
        "words": " ".join(dict.fromkeys(_words(asset, vocabulary))),
    }
    return {name: value for name, value in card.items() if value}


def _facts(asset: Asset, facts: ListingSummary) -> Iterator[tuple[str, Iterable[str]]]:
    """In the order of the listing's own page."""
    private = ["The address is private. Ring to arrange where to meet."] if facts.is_confidential else []
    places = [", ".join(filter(None, (place.name, place.address))) for place in facts.places]
    yield "When", facts.sessions
    yield "Where", [*places, *private]
    yield "Serves", [facts.serves]
    yield "Cost", [facts.cost]
    yield "Who for", [", ".join(facts.who), facts.age]
    yield "The first time", [asset.first_time or ""]
    yield "How to refer", [", ".join(facts.routes), facts.refer_note]
    yield "Room", [facts.room]
    yield "Access", [", ".join(facts.access)]
    yield "Languages", [facts.languages]
    yield "Run by", [asset.organisation]


def _calls(asset: Asset, facts: ListingSummary) -> Iterator[list[str]]:
    for contact in asset.contacts:
        if contact.phone:
            yield [f"Call {contact.phone}", f"tel:{dialled(contact.phone)}"]
        if contact.email:
            yield [f"E-mail {contact.email}", f"mailto:{contact.email}"]
    if asset.url:
        yield ["Website", asset.url]
    if facts.directions:
        yield ["Directions", facts.directions]


def _next(asset: Asset, now: datetime) -> str:
    if asset.status in wording.STATUS:
        return ""
    begins = [at for session in asset.sessions if (at := wording.next_start(session, now)) is not None]
    return min(begins).isoformat(timespec="minutes") if begins else ""


def _words(asset: Asset, vocabulary: Vocabulary) -> Iterator[str]:
    """The names of everything it is tagged with, and what else people call those."""
    for name in FOUND_BY:
        terms = vocabulary.terms(name)
        for slug in getattr(asset, name, ()):
            if term := terms.get(slug):
                yield from (words.lower() for words in (term.label, *term.also))
