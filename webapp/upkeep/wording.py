"""What a proposed change says, for those who read it."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from webapp.english import dates
from webapp.library.front_matter.listing import Session
from webapp.library.front_matter.model import Asset
from webapp.library.listings.proposals import NEW_SESSION, NewTimes, Proposal
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User

NO_TEAM = "a colleague"
CLOSED_WORDS = {"temporarily closed": "For now", "defunct": "For good"}


def facts(proposed: Mapping[str, Any] | None, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """`proposed`, as a correction keeps it, as terms and answers."""
    if not proposed:
        return []
    proposal = Proposal.model_validate(proposed)
    times = proposal.times
    pairs = [
        ("New phone", proposal.phone),
        ("New e-mail", proposal.email),
        ("New web address", proposal.url),
        ("New day or time", when(times, vocabulary) if times else None),
        ("Which session", _which(times) if times else None),
        ("Closed", CLOSED_WORDS[proposal.status] if proposal.status else None),
        ("Closed since", dates.short_date(proposal.since) if proposal.since else None),
    ]
    return [(term, answer) for term, answer in pairs if answer]


def when(times: NewTimes | Session, vocabulary: Vocabulary) -> str:
    """`Tuesday and Friday, 10:30am to midday`."""
    days = " and ".join(vocabulary.label("days", day) for day in times.days)
    hours = " to ".join(dates.clock(time.fromisoformat(at)) for at in (times.starts, times.ends) if at)
    return ", ".join(part for part in (days, hours) if part) or "times vary"


def sessions(asset: Asset, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Each session of `asset` as a choice of a form, and one for a session that it lacks."""
    known = [(str(n), when(session, vocabulary)) for n, session in enumerate(asset.sessions)]
    return [*known, (str(NEW_SESSION), "It is one more session")] if known else []


def headline(keys: Iterable[str], title: str) -> str:
    """What a patch is called: `Change the phone and times of Chai and Chinwag`."""
    names = {"phone": "phone", "email": "e-mail", "url": "web address", "times": "times", "status": "status"}
    parts = [words for key, words in names.items() if key in keys]
    if "verified" in keys:
        return f"Say who checked {title}"
    return f"Change the {' and '.join(parts) or 'listing'} of {title}"


def team(person: User | None, vocabulary: Vocabulary) -> str:
    """What is said in place of a person: their team."""
    return vocabulary.label("teams", person.team) if person and person.team else NO_TEAM


def _which(times: NewTimes) -> str:
    return "One more" if times.which == NEW_SESSION else f"Number {times.which + 1} of the listing"
