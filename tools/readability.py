"""How hard each page is to read, now and at an earlier commit: `python -m tools.readability [COMMIT] [FOLDER …]`.

Prints a Markdown table: reading age (Kincaid and others, 1975, plus five), words a sentence, and the longest sentence.
Where a COMMIT is named, each figure stands beside what it was then.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from webapp.config.settings import ROOT
from webapp.library.checks.advice import prose
from webapp.library.checks.reading_age import WORD, reading_age, sentences
from webapp.library.front_matter.source import Fault, parse_page

FOLDERS = ("toolkit", "tec", "spotlights", "updates", "changes", "news")


@dataclass(frozen=True)
class Reading:
    """Of one page. `age` in years, None where the page is too short to say; `mean` and `longest` in words."""

    age: float | None
    mean: float
    longest: int


def reading(data: bytes, file: str) -> Reading | None:
    """How hard the page in `data` is to read; None where it cannot be read at all."""
    try:
        words = prose(parse_page(data, file).body)
    except Fault:
        return None
    counts = [len(sentence.split()) for sentence in sentences(words) if WORD.search(sentence)]
    return Reading(reading_age(words), sum(counts) / len(counts), max(counts)) if counts else None


def before(commit: str, file: str) -> Reading | None:
    """The same at `commit`; None where the page was not there."""
    shown = subprocess.run(["git", "show", f"{commit}:{file}"], cwd=ROOT, capture_output=True, check=False)
    return reading(shown.stdout, file) if shown.returncode == 0 else None


def pages(named: list[str]) -> Iterator[Path]:
    for folder in named or [f"content/{name}" for name in FOLDERS]:
        path = ROOT / folder
        yield from [path] if path.is_file() else sorted(path.rglob("*.md"))


def row(file: str, now: Reading, was: Reading | None, compared: bool) -> str:
    def cell(value: float | None, old: float | None, digits: int) -> str:
        said = "" if value is None else f"{value:.{digits}f}"
        if not compared:
            return said
        return f"{'new' if was is None else '' if old is None else f'{old:.{digits}f}'} → {said}"

    old = was or Reading(None, 0, 0)
    cells = (cell(now.age, old.age, 1), cell(now.mean, old.mean, 1), cell(now.longest, old.longest, 0))
    return f"| {file.removeprefix('content/')} | {' | '.join(cells)} |"


def main(given: list[str]) -> None:
    commit = given.pop(0) if given and not (ROOT / given[0]).exists() else ""
    print("| page | reading age | words a sentence | longest sentence |\n|---|---|---|---|")
    ages, means = [], []
    for path in pages(given):
        file = path.relative_to(ROOT).as_posix()
        now = reading(path.read_bytes(), file)
        if now:
            was = before(commit, file) if commit else None
            print(row(file, now, was, bool(commit)))
            means.append(now.mean)
            ages += [now.age] if now.age is not None else []
    if means:
        print(f"\n{len(means)} pages; on average {sum(means) / len(means):.1f} words a sentence", end="")
        print(f", reading age {sum(ages) / len(ages):.1f}." if ages else ".")


if __name__ == "__main__":
    main(sys.argv[1:])
