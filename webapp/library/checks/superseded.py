"""Pages that give as the law what no longer holds: each rule, and how it is cited, is in vocabulary/superseded.yml."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from webapp.english import dates
from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem
from webapp.library.terms import SupersededFile, SupersededRule
from webapp.library.vocabulary import Vocabulary


def faults(path: str, source: Source, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Where the page at `path` cites a superseded rule, and is not one of those that may tell of it as history."""
    file = cast(SupersededFile | None, vocabulary.files.get("superseded"))
    folded = source.whole.casefold()
    for rule in file.terms if file else ():
        if path in rule.history or not any(word in folded for word in _telling(rule.says)):
            continue
        for cited in _cited(rule.says, rule.unless).finditer(source.whole):
            if cited["cited"]:
                yield source.problem_at(_message(rule, cited["cited"]), cited.start())


def _message(rule: SupersededRule, words: str) -> str:
    read = f" (see {rule.page})" if rule.page else ""
    return (
        f"`{' '.join(words.split())}` cites what no longer holds since {dates.short_date(rule.since)}: {rule.instead}"
        f"{read}. If it is told as history, add the page to `history` of `{rule.slug}` in vocabulary/superseded.yml"
    )


@lru_cache(maxsize=256)  # the same few rules for every page
def _cited(says: tuple[str, ...], unless: tuple[str, ...]) -> re.Pattern[str]:
    """Finds each phrase of `says`; where one of `unless` begins there it is found first, without `cited`."""
    others = "|".join(map(_phrase, unless))
    passed_over = f"(?:{others})|" if others else ""
    return re.compile(rf"(?i)\b(?:{passed_over}(?P<cited>{'|'.join(map(_phrase, says))}))\b")


@lru_cache(maxsize=256)
def _telling(says: tuple[str, ...]) -> tuple[str, ...]:
    """The longest word of each phrase: hardly any page has one, and to look for it takes a tenth of the time."""
    return tuple(max(phrase.casefold().split(), key=len) for phrase in says)


def _phrase(words: str) -> str:
    return r"[\s*_]+".join(re.escape(word) for word in words.split())
