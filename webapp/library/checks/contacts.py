"""Pages that send readers to somebody and do not say how they are reached."""

import re
from collections.abc import Iterator
from functools import lru_cache

from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary

GUIDANCE = {"toolkit", "tec", "spotlight", "handout", "change"}  # kinds whose readers are told whom to ring


def faults(kind: str, source: Source, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The first place at which a page says "your TEC team" without naming that contact under `ask`."""
    if kind not in GUIDANCE:
        return
    asked = source.front.get("ask")
    named = asked if isinstance(asked, list) else []
    for contact in vocabulary.contacts.values():
        if not contact.called or contact.slug in named:
            continue
        sent = _sent_to(contact.called).search(source.whole)
        if sent:
            message = f"`{' '.join(sent[0].split())}` leaves readers to find the number: add `{contact.slug}` to `ask`"
            yield source.problem_at(message, sent.start())


@lru_cache(maxsize=128)  # the same few contacts for every page
def _sent_to(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds "your TEC team", with a word or two between at most, as in "your council's quality team"."""
    called = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in names)
    return re.compile(rf"(?i)\byour\s+(?:[\w'’]+\s+){{0,2}}(?:{called})\b")
