"""Several listings that are one thing, in one row: which of them leads, and what is said of the others."""

from dataclasses import replace
from datetime import datetime

from webapp.directory import wording
from webapp.library.front_matter.listing import Session
from webapp.library.search.query import Hit
from webapp.library.vocabulary import Vocabulary

MOST = 12  # others that come with a row; who wants more asks for each by itself
NAMED = 3  # of their places


def led(hit: Hit, now: datetime) -> Hit:
    """The row of a series with another in front: open before closed or full, then the nearest, then the next held."""
    if not hit.others:
        return hit

    def rank(member: Hit) -> tuple[bool, float, datetime]:
        shut = member.card["status"] in wording.STATUS or member.card["capacity"] == "full"
        sessions = [] if shut else [Session.model_validate(held) for held in member.card["sessions"]]
        starts = (when for session in sessions if (when := wording.next_start(session, now)))
        away = float("inf") if member.miles is None else member.miles
        return shut, away, min(starts, default=datetime.max)

    lead, *others = sorted((replace(hit, others=(), more=0), *hit.others), key=rank)
    return replace(lead, others=tuple(others), more=hit.more)


def said(lead: Hit, vocabulary: Vocabulary) -> str:
    """How many others there are, and where: as far as listings say it."""
    number = f"and {len(lead.others) + lead.more} more"
    own = where(lead, vocabulary)
    there = dict.fromkeys(where(other, vocabulary) for other in lead.others)
    places = [place for place in there if place and place != own]
    if not places:
        return f"{number} at other times" if own else f"{number} like this"
    # Names of places have an "and" of their own.
    more = " and other places" if len(places) > NAMED or lead.more else ""
    return f"{number} at {', '.join(places[:NAMED])}{more}"


def where(hit: Hit, vocabulary: Vocabulary) -> str:
    """The place of a listing in few words: its neighbourhood, else its venue; empty where it says neither."""
    places, venues = hit.card["places"], hit.card["venues"]
    return vocabulary.short("places", places[0]) if len(places) == 1 else venues[0] if venues else ""


def name(lead: Hit, other: Hit, vocabulary: Vocabulary) -> str:
    """What tells one of the others apart: another title, else where it is."""
    if other.card["title"] != lead.card["title"]:
        return other.card["title"]
    return where(other, vocabulary) or other.card["title"]
