"""How often the personal-data guard finds what identifies somebody, and how often it stops an ordinary sentence.

python -m benchmarks.privacy            # both rates, for all sentences and for those held out
python -m benchmarks.privacy --missed   # the sentences it got wrong, those held out left unseen
"""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from webapp.pii import guard

LABELLED = Path(__file__).parents[1] / "tests" / "privacy" / "labelled.jsonl"
LIKELY = frozenset({"name", "address"})  # what is only ever likely; the other kinds have a structure to check


class Rates(NamedTuple):
    """Shares of what was found, each from 0 to 1, and how many there were to find."""

    structured: float
    names: float
    addresses: float
    stopped: float  # ordinary sentences
    counts: tuple[int, int, int, int]


def read(file: Path = LABELLED) -> list[dict[str, Any]]:
    """The labelled sentences."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def measure(sentences: Iterable[Mapping[str, Any]]) -> Rates:
    """The rates over `sentences`. A kind that a sentence holds must be found as that kind."""
    hits: dict[str, list[bool]] = {"structured": [], "name": [], "address": [], "ordinary": []}
    for sentence in sentences:
        found = {match.kind for match in guard.find(sentence["text"])}
        if not sentence["kinds"]:
            hits["ordinary"].append(bool(found))
        for kind in sentence["kinds"]:
            hits[kind if kind in LIKELY else "structured"].append(kind in found)
    shares = [sum(each) / len(each) if each else 0.0 for each in hits.values()]
    return Rates(*shares, counts=tuple(len(each) for each in hits.values()))  # type: ignore[arg-type]


def borrowed(sentence: Mapping[str, Any]) -> bool:
    """Whether an ordinary sentence is crowded on purpose with names of things: firms, laws, authors, places."""
    return str(sentence["id"]).startswith(("ordinary_named", "ordinary_everyday"))


def wrong(sentence: Mapping[str, Any]) -> bool:
    """Whether something was missed, or an ordinary sentence stopped."""
    found = {match.kind for match in guard.find(sentence["text"])}
    return bool(set(sentence["kinds"]) - found) if sentence["kinds"] else bool(found)


def main() -> None:
    """Print what is wrong, or the rates."""
    sentences = read()
    if "--missed" in sys.argv:
        for sentence in (s for s in sentences if s["part"] == "tune" and wrong(s)):
            found = [(match.kind, match.text) for match in guard.find(sentence["text"])]
            print(f"{sentence['id']}\t{sentence['kinds']}\t{found}\t{sentence['text']}")
    else:
        report(sentences)


def report(sentences: list[dict[str, Any]]) -> None:
    """Print both rates, for all sentences and for those held out."""
    began = time.perf_counter()
    measure(sentences)
    each = (time.perf_counter() - began) / len(sentences)
    print("personal-data guard                 all        held out    aim")
    every, held = measure(sentences), measure(s for s in sentences if s["part"] == "held")
    plain = [s for s in sentences if not borrowed(s)]
    held_plain = [s for s in plain if s["part"] == "held"]
    crowded = [s for s in sentences if borrowed(s)]
    rows = (
        ("structured identifiers found", 0, "at least 99%"),
        ("likely names found", 1, "at least 90%"),
        ("street addresses found", 2, ""),
    )
    shown = [(words, place, aim, every, held) for words, place, aim in rows]
    shown.append(("ordinary sentences stopped", 3, "at most 2%", measure(plain), measure(held_plain)))
    of_held = measure(s for s in crowded if s["part"] == "held")
    shown.append(("  crowded with borrowed names", 3, "at most 10%", measure(crowded), of_held))
    for words, place, aim, one, two in shown:
        line = f"{one[place]:7.2%} of {one.counts[place]:<5} {two[place]:7.2%} of {two.counts[place]:<5} {aim}"
        print(f"  {words:<30} {line}")
    text = " ".join(s["text"] for s in plain if not s["kinds"])[:10_000]
    took = []
    for _ in range(7):
        began = time.process_time()
        guard.find(text)
        took.append(time.process_time() - began)
    print(f"  one sentence takes {each * 1e6:.0f} µs, {len(text):,} characters of practice {min(took) * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
