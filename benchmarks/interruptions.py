"""Fifty visits that go wrong: each report written without a signal must arrive, and arrive once.

    python -m benchmarks.interruptions [--rounds 50] [--seed 1]

In each round a gap report or a learning log is sent without a signal. Then what happens on visits happens, in random
order and at random moments: the page is loaded again, the browser is killed, the signal comes and goes, the site is
updated. At the end everything is sent, and the database is counted. Exit status 1 where one was lost or doubled.
"""

import argparse
import random
import sys
import time
from collections import Counter

from playwright.sync_api import Error
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks import visit
from tests.support.phone import Phone, Served
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.learning_logs.models import LearningLog

HAPPENINGS = ("reload", "kill", "signal for a moment", "update")
# No two reports have a word in common, or the second would be asked whether it is the first.
SYLLABLES = ("ba", "den", "fil", "gor", "hum", "kes", "lor", "mip", "nav", "pol", "rud", "sto", "tev", "wix", "yul")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.interruptions")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with visit.begun() as (site, phone, _):
        written, happened = drill(site, phone, random.Random(given.seed), given.rounds)
        return report(counted(site, written), written, happened)


def drill(site: Served, phone: Phone, chance: random.Random, rounds: int) -> tuple[list[str], Counter[str]]:
    """What was written, and how often each thing happened meanwhile."""
    happened: Counter[str] = Counter()
    phone.sign_in("priya")
    phone.keep()
    written = []
    for number in range(rounds):
        site.relay.cut()
        words = f"{word(chance)} {word(chance)} {word(chance)} {word(chance)}"
        (phone.write_gap if chance.random() < 0.5 else phone.write_log)(words)
        phone.page.wait_for_url("**/offline?waits=*")  # the phone says that it is kept: from here on it must arrive
        written.append(words)
        for what in chance.sample(HAPPENINGS, chance.randint(1, len(HAPPENINGS))):
            happened[what] += 1
            interrupt(site, phone, what, chance)
        if sys.stdout.isatty():
            print(f"\r{number + 1} of {rounds}", end="", flush=True)
    site.relay.mend()
    phone.all_sent()
    return written, happened


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))


def interrupt(site: Served, phone: Phone, what: str, chance: random.Random) -> None:
    """Let one thing happen, at a moment that is not known before."""
    if what == "update":
        site.deploy()
    elif what == "reload":
        phone.page.reload()
    elif what == "kill":
        if chance.random() < 0.5:
            site.relay.mend()  # while it is sending, perhaps
            leave_a_moment(phone, chance)
        phone.kill()
        site.relay.cut()
        phone.start()
        phone.go("/offline")
    else:
        site.relay.mend()
        leave_a_moment(phone, chance)
        site.relay.cut()


def leave_a_moment(phone: Phone, chance: random.Random) -> None:
    """Open the page that sends what waits, and look away before it is done, or after."""
    try:
        phone.page.goto(phone.page.url, wait_until="commit")
    except Error:
        return  # the signal came too late for this page
    time.sleep(chance.random() * 0.8)


def counted(site: Served, written: list[str]) -> Counter[str]:
    """How often each text is in the database."""
    with site.app.app_context():
        return Counter({words: times(db.session, words) for words in written})


def times(session: Session, words: str) -> int:
    """How many gaps and logs say just this."""
    gaps = session.scalar(select(func.count()).select_from(Gap).where(Gap.needed == words)) or 0
    logs = session.scalar(select(func.count()).select_from(LearningLog).where(LearningLog.will_try == words)) or 0
    return gaps + logs


def report(found: Counter[str], written: list[str], happened: Counter[str]) -> int:
    lost = [words for words in written if found[words] == 0]
    doubled = [words for words in written if found[words] > 1]
    said = ", ".join(f"{number} × {what}" for what, number in sorted(happened.items()))
    print(f"{len(written)} written without a signal; {sum(happened.values())} interruptions: {said}")
    print(f"{len(lost)} lost, {len(doubled)} doubled", *lost, *doubled, sep="\n  ")
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
