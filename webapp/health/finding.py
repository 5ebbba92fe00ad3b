"""What was found in looking at a site: a sentence that says what is so, and one that says what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine

from webapp.config.settings import Settings


class Level(StrEnum):
    """`fault`: something does not work, or soon will not. `notice`: worth a look. `fine`: as it should be."""

    FAULT = "fault"
    NOTICE = "notice"
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    """`about` is the part of the site; `todo` is empty where there is nothing to do. Neither holds a secret."""

    about: str
    level: Level
    said: str
    todo: str = ""


@dataclass(frozen=True)
class Patient:
    """The site that is looked at. With `thorough`, other machines are asked too, and every file is read."""

    settings: Settings
    engine: Engine
    now: datetime
    thorough: bool = False


Check = Callable[[Patient], Iterator[Finding]]


def fine(about: str, said: str) -> Finding:
    return Finding(about, Level.FINE, said)


def notice(about: str, said: str, todo: str) -> Finding:
    return Finding(about, Level.NOTICE, said, todo)


def fault(about: str, said: str, todo: str) -> Finding:
    return Finding(about, Level.FAULT, said, todo)


def how_long(time: timedelta) -> str:
    """A length of time in its largest unit, rounded down: `40 seconds`, `1 minute`, `3 hours`, `12 days`."""
    seconds = max(0, int(time.total_seconds()))
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            return _count(seconds // size, unit)
    return _count(seconds, "second")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """A number of bytes as people say it: `21 kB`, `640 MB`, `12.5 GB`."""
    if number >= 1e9:
        return f"{number / 1e9:,.1f} GB"
    return f"{number / 1e6:,.0f} MB" if number >= 1e6 else f"{number / 1e3:,.0f} kB"
