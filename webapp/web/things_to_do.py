"""What one can do here beside reading, found by its name: who searches for "add a group" means the form for it."""

from collections.abc import Sequence
from functools import lru_cache

from webapp.library.search.text import stem, words

Link = tuple[str, str]  # words and address

# What it is called, where it is, and how people ask for it.
_THINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Add a group I found",
        "/directory/new",
        ("add group", "add new group", "add service", "add listing", "suggest group"),
    ),
    ("Report a gap", "/gaps/new", ("report gap", "reporting gaps", "gap form", "tell commissioners")),
    ("What is on this week", "/directory/this-week", ("what's on", "what is on", "on this week")),
    ("My packs", "/pack", ("my pack", "make pack", "print pack", "share pack")),
    ("My searches", "/searches", ("my searches", "saved search")),
    ("What you were told", "/notices", ("my notices", "my messages", "notifications")),
    ("Your account", "/account", ("my account", "change password", "my password", "my team", "my place")),
    ("Choose what you are told by e-mail", "/account/notifications", ("stop emails", "stop e-mails", "notifications")),
    ("Write your learning log", "/learning-logs/new", ("learning log",)),
    ("Say what gets in the way", "/barriers/new", ("report barrier", "gets in the way")),
    ("Tell us what is wrong or missing", "/feedback/new", ("tell editors", "report mistake", "wrong information")),
    ("Who to ring", "/who-to-ring", ("who to ring", "who do I ring", "phone numbers", "phone list")),
    ("Take Signpost along where there is no signal", "/offline", ("no signal", "without signal", "offline")),
)
_LITTLE = frozenset(("a", "an", "the", "i", "to", "how", "do"))
_SHOWN = 2


@lru_cache(500)
def things_to_do(typed: str) -> Sequence[Link]:
    """Up to `_SHOWN` things that `typed` names, of which the words stand in it side by side."""
    asked = _phrase(typed)
    found = [(name, href) for name, href, phrases in _stemmed() if any(phrase in asked for phrase in phrases)]
    return tuple(found[:_SHOWN])


@lru_cache(1)
def _stemmed() -> list[tuple[str, str, list[str]]]:
    return [(name, href, [_phrase(phrase) for phrase in phrases]) for name, href, phrases in _THINGS]


def _phrase(text: str) -> str:
    """` add group `, of whole words: so one is found in another as a text is."""
    return f" {' '.join(stem(word) for word in words(text) if word not in _LITTLE)} "
