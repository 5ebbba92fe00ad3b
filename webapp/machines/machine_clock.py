"""Whether this machine's clock can be believed: by it is decided what has had its time and goes for good.

A clock that a fault sets forwards makes everything old at once. The worker notes the time as it goes. Where it has
moved far between two looks, the clock jumped or the worker stood still, which looks the same; then nothing goes for
most of a day, and somebody can look. A clock that was set right again is believed at once.
"""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

FILE = "clock.json"
JUMP = timedelta(hours=26)  # hardly anything is kept for so short a time, and a timer that looks each day is believed
DOUBTED = timedelta(hours=20)


class ClockInDoubt(Exception):
    """The clock has just moved far. The message says by how much, and until when it is doubted."""


def look(folder: Path, now: datetime) -> None:
    """Note in `folder`, of this machine's own, that it is `now`.

    Raises ClockInDoubt; OSError where nothing can be noted.
    """
    seen, jumped, hours = _noted(folder) or (now, None, 0)
    if now - seen > JUMP:
        jumped, hours = now, round((now - seen) / timedelta(hours=1))
    elif jumped and not timedelta() <= now - jumped < DOUBTED:
        jumped, hours = None, 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = folder / f"{FILE}.new"
    aside.touch(mode=0o600)
    aside.write_text(json.dumps({"seen": now.isoformat(), "jumped": jumped and jumped.isoformat(), "hours": hours}))
    aside.replace(folder / FILE)
    if jumped:
        raise ClockInDoubt(_words(jumped, hours))


def doubt(folder: Path, now: datetime) -> str:
    """Why the clock is not believed at the moment, in a sentence; empty where it is. Notes nothing."""
    seen, jumped, hours = _noted(folder) or (now, None, 0)
    if now - seen > JUMP:
        return _words(now, round((now - seen) / timedelta(hours=1)))
    return _words(jumped, hours) if jumped and timedelta() <= now - jumped < DOUBTED else ""


def _words(jumped: datetime, hours: int) -> str:
    until = (jumped + DOUBTED).isoformat(" ", "minutes")
    what = f"The clock went on by {hours} hours at once, or the worker stood still for so long."
    return f"{what} Nothing is removed until {until}."


def _noted(folder: Path) -> tuple[datetime, datetime | None, int] | None:
    """When it was looked at last, when it jumped if it did, and by how many hours; None where that is not known."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        noted = json.loads((folder / FILE).read_text())
        jumped = noted["jumped"] and datetime.fromisoformat(noted["jumped"])
        return datetime.fromisoformat(noted["seen"]), jumped, int(noted["hours"])
    return None
