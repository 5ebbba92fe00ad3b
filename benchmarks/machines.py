"""Two machines behind a proxy while one thing after another happens to them: python -m benchmarks.machines [--turns N]

Turn by turn, to one of them by chance: a web process or a worker is killed, PostgreSQL is restarted or ended as by loss
of power, content is pushed, a machine is started anew. Prints what people met, by what happened, and ends with 1 where
a write that was acknowledged is lost or doubled, a page not answered, or a form to be sent again for no reason.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.machines.test_drill import tell
from tests.support import kills
from tests.support.fleet import Fleet, Server
from tests.support.pace import eventually
from tests.support.proxy import Proxy, wait_for
from tests.support.traffic import Traffic
from tests.syncing.remote import Editor

HAPPENINGS = ("kill a web process", "kill a worker", "restart", "loss of power", "push", "start anew")
MAY_SEND_AGAIN = {"kill a web process", "restart", "loss of power"}
QUIET_SECONDS = 1.0  # between two turns


def main(turns: int, writers: int, readers: int) -> int:
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        editor = Editor(Path(folder), assets=2)
        editor.push("Begin")
        with Fleet(Path(folder), server, editor.bare) as fleet:
            for machine in fleet.machines:
                machine.start("web", "worker")
            for machine in fleet.machines:
                eventually(lambda m=machine: m.serves() == editor.head(), "a machine does not make its content")
            with Proxy(Path(folder), [machine.port for machine in fleet.machines]) as proxy:
                wait_for(f"{proxy.url}/healthz")
                traffic = Traffic(proxy.url)
                with traffic.at_work(writers, readers):
                    happened = _run(turns, random.Random(1), server, editor, fleet, traffic)
        return _report(traffic, happened, kills.faults(server.url, traffic.outcome))


def _run(
    turns: int, chance: random.Random, server: Server, editor: Editor, fleet: Fleet, traffic: Traffic
) -> Counter[str]:
    happened: Counter[str] = Counter()
    for number in range(turns):
        machine = chance.choice(fleet.machines)
        traffic.phase = HAPPENINGS[number % len(HAPPENINGS)]
        if traffic.phase.startswith("kill"):
            kind = traffic.phase.rpartition(" ")[2].replace("process", "web")
            machine.kill(kind)
            traffic.go_on()
            machine.start(kind)
        elif traffic.phase == "push":
            editor.corpus.asset(f"choir-{number}")
            editor.push()
            tell(traffic.url)
        elif traffic.phase == "start anew":
            machine.stop("web", "worker")
            machine.start("web", "worker")
        else:
            server.restart("fast" if traffic.phase == "restart" else "immediate")
        for one in fleet.machines:
            eventually(lambda m=one: m.serves() == editor.head(), "a machine does not come back")
        traffic.go_on()
        time.sleep(QUIET_SECONDS)
        happened[traffic.phase] += 1
    return happened


def _report(traffic: Traffic, happened: Counter[str], wrong: list[str]) -> int:
    print("| what happened | times | pages read | not answered | forms saved | sent again | the slowest form |")
    print("|---|---|---|---|---|---|---|")
    for what, times in happened.items():
        failed = traffic.failed.get(what, [])
        cells = (times, traffic.read[what], len(failed), traffic.saved[what], traffic.unanswered[what])
        print(f"| {what} | {' | '.join(f'{cell:,}' for cell in cells)} | {traffic.slowest.get(what, 0):.1f} s |")
        wrong += [f"{what}: {page}" for page in failed]
        if traffic.unanswered[what] and what not in MAY_SEND_AGAIN:
            wrong.append(f"{what}: {traffic.unanswered[what]} forms had to be sent again")
    print(f"\n{len(traffic.outcome.acknowledged):,} acknowledged, {len(wrong)} faults")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--readers", type=int, default=4)
    told = parser.parse_args()
    sys.exit(main(told.turns, told.writers, told.readers))
