"""Whether a web process grows: one of them, thousands of requests of every kind, and its memory after each thousand.

    python -m benchmarks.growing [--requests 12000]

Everybody signed in asks for other words, pages and filters each time, so that whatever is kept for each of them is seen
to fill up; every 20th request writes. First a process that keeps 20 KB of each request is planted, and must be noticed.
Ends with 1 where the last half of the requests added more than ADDED to what the process has for itself.
"""

import argparse
import itertools
import random
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psutil

from tests.support.at_work import Person
from tests.support.gunicorn import Gunicorn
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader
from webapp.pii import guard

ADDED = 0.05  # of the memory half way
AT_ONCE = 4  # people, as many as the process has threads
PLANTED = 4_000  # requests, until the planted fault must have been seen
PASSWORD = "teapot lantern gravel"
PLANT = """
def post_worker_init(worker):
    site, grown = worker.wsgi, []
    def planted(environ, start_response):
        grown.append(bytearray(b'x' * 20_000))
        return site(environ, start_response)
    worker.wsgi = planted
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growing", description="Whether a web process grows.")
    parser.add_argument("--requests", type=int, default=12_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        index_dir = folder / "index"
        compiling.build(ROOT / "content", index_dir)
        asked = Addresses(index_dir)
        grew = _grew(folder, index_dir, asked, PLANTED, PLANT)
        print(f"planted: {grew:+.1%}, {'noticed' if grew > ADDED else 'NOT NOTICED'}\n", flush=True)
        if grew <= ADDED:
            return 1
        grew = _grew(folder, index_dir, asked, given.requests)
    print(f"From half way to the end it grew by {grew:+.1%}; the aim is {ADDED:.0%} at most.")
    return int(grew > ADDED)


class Addresses:
    """What is asked for, another each time: words of the content in ever new pairs, every filter, every page."""

    def __init__(self, index_dir: Path) -> None:
        gen = Reader(index_dir).current()
        listings = [gen.stored(row) for row in gen.listings()]
        self._pages = [page.path for page in listings]
        for kind in ("toolkit", "tec", "spotlight", "update"):
            self._pages += [card["path"] for card in gen.section(kind)]
        self._words = sorted({word for page in listings for word in re.findall(r"[a-z]{4,}", page.summary.lower())})
        self._places = sorted(gen.vocabulary.terms("places"))
        self._activities = sorted(gen.vocabulary.terms("activities"))
        self._random = random.Random(17)

    def next(self) -> str:
        """An address."""
        choose = self._random.choice
        words, place = f"{choose(self._words)} {choose(self._words)}", choose(self._places)
        kind = self._random.random()
        if kind < 0.4:
            asked = {"q": words, "place": place, "activity": choose(self._activities)}
            return f"/directory?{urlencode({name: asked[name] for name in self._random.sample(sorted(asked), 2)})}"
        if kind < 0.55:
            return f"/search?{urlencode({'q': words})}"
        if kind < 0.85:
            return choose(self._pages)
        return choose(
            ("/", "/gaps", "/directory/this-week", "/account", "/learning-logs/new", f"/gaps?{urlencode({'q': words})}")
        )

    def needed(self) -> str:
        """What somebody could not find, without a word that is a name."""
        while guard.find(text := " ".join(self._random.sample(self._words, 6)).capitalize()):
            pass
        return text


def _grew(folder: Path, index_dir: Path, asked: Addresses, requests: int, planted: str = "") -> float:
    """By what share one process grew while the last half of the requests came; what it had is printed on the way."""
    with Gunicorn(folder, index_dir, planted) as site:
        (pid,) = site.workers()
        process, has = psutil.Process(pid), list[float]()
        people = []
        for number in range(AT_ONCE):
            email = f"somebody-{number}-{requests}@example.org"
            site.add_person(email, PASSWORD)
            people.append(Person(site.url, email, PASSWORD))
        numbers = itertools.count()
        print("| requests | its own memory, MB | with its share of what is common, MB |\n|---|---|---|")
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            while len(has) < requests // 1_000:
                for _ in at_once.map(_work, people, [asked] * AT_ONCE, [numbers] * AT_ONCE):
                    pass
                memory = process.memory_full_info()
                has.append(memory.uss / 1e6)
                print(f"| {len(has) * 1_000} | {has[-1]:.1f} | {memory.pss / 1e6:.1f} |", flush=True)
        if [pid] != site.workers():
            raise SystemExit("The process ended and was replaced.")
    return has[-1] / has[len(has) // 2 - 1] - 1


def _work(person: Person, asked: Addresses, numbers: "itertools.count[int]") -> None:
    """One person's share of a thousand requests. Raises NotSaved and SystemExit for what was not answered rightly."""
    for number in itertools.islice(numbers, 1_000 // AT_ONCE):
        if number % 20 == 0:
            person.report(asked.needed(), f"{number:032x}")
        else:
            path = asked.next()
            status, page = person.read(path)
            if status != 200 or not page.rstrip().endswith("</html>"):
                raise SystemExit(f"{path}: {status}")


if __name__ == "__main__":
    sys.exit(main())
