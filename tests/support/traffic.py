"""People at work through a proxy while things happen to what stands behind it, and what each of them was answered."""

import itertools
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.at_work import NotSaved, Person
from tests.support.kills import Outcome, words
from tests.support.pace import GIVE_UP_SECONDS, eventually
from tests.support.people import PASSWORD, PEOPLE

PAGES = ("/directory?q=walking", "/gaps", "/directory/walking-group-0", "/")
PAUSE = 0.2  # seconds: this machine has to be left to what stands behind the proxy, too
TURNED_AWAY = re.compile(r"^POST \S+: (502|503|504) ")


@dataclass
class Traffic:
    """`phase` is what happens now. `unanswered` counts what had to be sent again, by phase; `failed` pages by phase."""

    url: str
    phase: str = "calm"
    people: Sequence[str] = tuple(person.email for person in PEOPLE.values())  # who work, with the tests' password
    pages: Sequence[str] = PAGES
    outcome: Outcome = field(default_factory=Outcome)
    read: Counter[str] = field(default_factory=Counter)
    saved: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    failed: dict[str, list[str]] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)  # seconds from the first sending until it was saved
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self, writers: int = 2, readers: int = 2) -> Iterator[None]:
        """So many people, until the end."""
        names = itertools.cycle(self.people)
        people = [Person(self.url, next(names), PASSWORD) for _ in range(writers + readers)]
        acts = [self._write] * writers + [self._read] * readers
        threads = [threading.Thread(target=act, args=(one,)) for act, one in zip(acts, people, strict=True)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()

    def go_on(self, saved: int = 4, read: int = 8) -> None:
        """Wait until so much more has been done."""
        wanted = self.saved.total() + saved, self.read.total() + read
        eventually(lambda: self.saved.total() >= wanted[0] and self.read.total() >= wanted[1], "nobody gets on")

    def _write(self, person: Person) -> None:
        while not self._ended.is_set():
            form_id, began = uuid.uuid4().hex, time.monotonic()
            needed = f"Somewhere to sing, by the words {words(form_id)}"
            while True:
                try:
                    self.outcome.acknowledged[person.report(needed, form_id)] = needed
                    self.saved[self.phase] += 1
                    took = time.monotonic() - began
                    self.slowest[self.phase] = max(took, self.slowest.get(self.phase, 0))
                    break
                except OSError:
                    self.unanswered[self.phase] += 1
                except NotSaved as answer:
                    if not TURNED_AWAY.match(str(answer)):
                        self.outcome.refused.append(str(answer))
                        break
                    self.unanswered[self.phase] += 1
                if time.monotonic() - began > GIVE_UP_SECONDS:
                    self.outcome.refused.append(f"a form was sent for {GIVE_UP_SECONDS} seconds in vain")
                    return
                time.sleep(0.05)
            time.sleep(PAUSE)

    def _read(self, person: Person) -> None:
        number = 0
        while not self._ended.is_set():
            page, number, phase = self.pages[number % len(self.pages)], number + 1, self.phase
            try:
                status, way = person.read(page)
            except OSError as error:
                status, way = 0, str(error)
            if status == 200:
                self.read[phase] += 1
            else:
                self.failed.setdefault(phase, []).append(f"{page}: {status} {way[:200]}")
            time.sleep(PAUSE)
