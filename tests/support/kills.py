"""Killing the processes that answer while people write through them, and looking what became of each write."""

import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import NullPool, select
from sqlalchemy.orm import Session

from tests.support.at_work import NotSaved, Person
from tests.support.gunicorn import Gunicorn
from webapp.db.engine import connected_to
from webapp.gaps.models import Gap
from webapp.people import audit

EMAIL, PASSWORD = "somebody@example.org", "teapot lantern gravel"
# The workers are born of one that has everything loaded, so that the next is there at once.
LOADED_ONCE = """
preload_app = True

def when_ready(server):
    server.app.wsgi().extensions["signpost.content"].current()

def post_worker_init(worker):
    pass  # what is done for workers that live for weeks
"""
LONGEST_WAIT = 0.06  # seconds from one kill to the next: about as long as two writes take


@dataclass
class Outcome:
    """`acknowledged` has what was written by its reference; `again` is how often somebody had to send it again."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    again: int = 0
    refused: list[str] = field(default_factory=list)


def kill_at_work(site: Gunicorn, kills: int, writers: int, seconds: float = float("inf")) -> Outcome:
    """Kill `kills` workers of `site`, one after another, while `writers` people write. Each tries until it is saved.

    After `seconds` no more are killed.
    """
    site.add_person(EMAIL, PASSWORD)
    people = [Person(site.url, EMAIL, PASSWORD) for _ in range(writers)]
    outcome, ended = Outcome(), threading.Event()
    threads = [threading.Thread(target=_write, args=(person, outcome, ended)) for person in people]
    for thread in threads:
        thread.start()
    chance, until = random.Random(1), time.monotonic() + seconds
    while outcome.kills < kills and time.monotonic() < until:
        so_far = len(outcome.acknowledged)
        while len(outcome.acknowledged) == so_far and any(thread.is_alive() for thread in threads):
            time.sleep(0.001)  # a worker that has only just begun has nothing to lose
        time.sleep(chance.uniform(0, LONGEST_WAIT))
        _kill_one(site, chance)
        outcome.kills += 1
    ended.set()
    for thread in threads:
        thread.join()
    return outcome


def faults(url: str, outcome: Outcome) -> list[str]:
    """What the database at `url` has otherwise than was acknowledged; nothing where all is well."""
    with Session(connected_to(url, poolclass=NullPool)) as session:
        found = {gap.ref: gap.needed for gap in session.scalars(select(Gap))}
        broken = audit.verify(session)
    said = outcome.acknowledged
    wrong = [f"lost: {ref} {needed}" for ref, needed in said.items() if found.get(ref) != needed]
    wrong += [f"{times} times: {needed}" for needed, times in Counter(found.values()).items() if times > 1]
    wrong += [f"never acknowledged: {needed}" for needed in found.values() if needed not in said.values()]
    return wrong + ([] if broken is None else [f"the audit trail: {broken.reason}"]) + outcome.refused


def words(form_id: str) -> str:
    """Letters alone: a row of figures could be somebody's number, and would be refused."""
    return "".join(chr(ord("a") + int(digit, 16)) for digit in form_id)


def _write(person: Person, outcome: Outcome, ended: threading.Event) -> None:
    while not ended.is_set():
        form_id = uuid.uuid4().hex
        needed = f"Somewhere to sing, by the words {words(form_id)}"
        while True:
            try:
                outcome.acknowledged[person.report(needed, form_id)] = needed
                break
            except OSError:  # nobody answered: the same form again, as somebody at a browser would send it
                outcome.again += 1
            except NotSaved as answer:
                outcome.refused.append(str(answer))
                break


def _kill_one(site: Gunicorn, chance: random.Random) -> None:
    while not (alive := site.workers()):
        time.sleep(0.001)
    try:
        os.kill(chance.choice(alive), signal.SIGKILL)
    except ProcessLookupError:  # it was being buried
        _kill_one(site, chance)
