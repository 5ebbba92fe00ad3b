"""Builds of the content that are killed at work, while somebody searches."""

import random
import subprocess
import sys
import time

from tests.support.corpus import TODAY, Corpus, found
from webapp.config.settings import ROOT
from webapp.library.generation.reader import Generation, Reader

ASSETS = 12


class Builders:
    """Builders of one corpus, one after another, that can be killed."""

    def __init__(self, corpus: Corpus) -> None:
        arguments = [sys.executable, "-m", "tests.support.builder", str(corpus.content), str(corpus.index_dir)]
        self._process = subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def build(self, number: int, kill_after: float | None = None) -> str:
        """`finished` or `killed`. `kill_after` is in seconds."""
        assert self._process.stdin
        assert self._process.stdout
        print(number, "" if kill_after is None else kill_after, file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=30)


def sound(generation: Generation) -> bool:
    """Whether everything is there and can be found."""
    pages = [generation.page(f"/directory/walking-group-{n}", TODAY) for n in range(ASSETS)]
    return all(pages) and len(found(generation, "walking")) == ASSETS


def kill_builds(corpus: Corpus, builders: Builders, kills: int) -> int:
    """Kill `kills` builds at random moments; how many searches were made. Raises AssertionError for one that failed."""
    reader = Reader(corpus.index_dir)  # one that has been open all along, as a web process has
    assert builders.build(0) == "finished"
    usual, killed, searches = 1.0, 0, 0
    for number in range(1, 5 * kills):
        began = time.monotonic()
        if builders.build(number, kill_after=random.uniform(0, usual)) == "killed":
            killed += 1
        else:
            usual = min(usual, time.monotonic() - began)  # it ended first: kill the next one sooner
        assert sound(reader.current()), f"after build {number}"
        assert sound(corpus.read()), f"after build {number}"
        searches += 2
        if killed == kills:
            break
    assert killed == kills, f"only {killed} were killed at work"
    return searches
