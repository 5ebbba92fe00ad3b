"""Learn the weights by which the personal-data guard tells a name from a word (webapp/pii/names/weighing.py).

python -m tools.weigh_names            # learn from the frames that are not held out, and write weights.json
python -m tools.weigh_names --judge    # five times, leave a fifth of all frames out and judge on them; write nothing
python -m tools.weigh_names --judge --wrong    # and list what was judged wrongly

The frames of tests/privacy/frames say where names stand. Each is filled many times: with names of the lists, with names
made of halves of two of them, which no list holds, and, where a frame is of ordinary use, with the same names. So the
weights tell the company of a name, not the name. Prose of content/ teaches besides what names nobody.
"""

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.privacy import fillings
from tests.privacy.make_labelled import HERE, SLOT, part
from webapp.pii.names import find, weighing
from webapp.pii.names.first_names import ALSO_WORDS, SURE
from webapp.pii.names.surnames import ALSO_WORDS as SURNAME_WORDS
from webapp.pii.names.surnames import SURNAMES
from webapp.pii.tokens import words
from webapp.pii.word_list import read

CONTENT = Path(__file__).parents[1] / "content"
EACH = 8  # ways to fill a frame
PENALTY = 0.8  # of the squared weights: of those tried, what found most names in frames left out
STEPS = 600
NAMES = {"first", "rare", "full", "last", "first_low", "full_low", "word_first"}
FRESH = re.compile(r"[^aeiouy]+[aeiouy]+")


class Example(NamedTuple):
    """One run of words: the frame that it is of, what the model sees of it, whether it names somebody, its weight."""

    frame: str
    seen: tuple[str, ...]
    named: bool
    counts: float


class Dice(random.Random):
    """Names from the lists, and names that no list holds."""

    def first(self) -> str:
        """A first name: a listed one, or one that is made up."""
        return (self.choice(SURE_NAMES) if self.random() < 0.45 else self.made(SURE_NAMES)).title()

    def surname(self) -> str:
        """A surname: a listed one, one that is a word too, or one that is made up."""
        kind = self.random()
        if kind < 0.55:
            return self.choice(LAST_NAMES).title()
        if kind < 0.7:
            return self.choice(LAST_WORDS).title()
        return self.made(LAST_NAMES).title()

    def made(self, names: list[str]) -> str:
        """The beginning of one name and the end of another, in no list."""
        while True:
            one, two = self.choice(names), self.choice(names)
            made = one[: max(2, len(one) // 2)] + two[len(two) // 2 :]
            if 4 <= len(made) <= 10 and made not in SURE and made not in SURNAMES and made not in ALSO_WORDS:
                return made


SURE_NAMES = sorted(name for name in SURE if len(name) > 2)
LAST_NAMES = sorted(name for name in SURNAMES - SURNAME_WORDS if len(name) > 2)
PLACE_NAMES = sorted(name for name in read("places") if len(name) > 3)
LAST_WORDS = sorted(SURNAME_WORDS)


def filled(frame: str, dice: Dice) -> tuple[str, list[tuple[int, int, bool]]]:
    """`frame` filled, and where its names (True) and its other slots (False) stand."""
    text, spans, at = "", [], 0
    for slot in SLOT.finditer(frame):
        text += frame[at : slot.start()]
        kind = slot[1].rstrip("0123456789") if not slot[1].startswith("digits") else slot[1]
        said = (
            name(kind, dice) if kind in NAMES else place(dice) if kind == "place" else fillings.filling(slot[1], dice)
        )
        spans.append((len(text), len(text) + len(said), kind in NAMES))
        text += said
        at = slot.end()
    return text + frame[at:], spans


def place(dice: Dice) -> str:
    """A place that a list or the dictionary may know, or that is made up."""
    return (dice.choice(PLACE_NAMES) if dice.random() < 0.4 else dice.made(PLACE_NAMES)).title()


def name(kind: str, dice: Dice) -> str:
    """A name for a slot of `kind`."""
    if kind in ("first", "rare"):
        return dice.first()
    if kind == "first_low":
        return dice.choice(SURE_NAMES)
    if kind == "last":
        return dice.surname()
    if kind == "full":
        return f"{dice.first()} {dice.surname()}"
    if kind == "full_low":
        return f"{dice.choice(SURE_NAMES)} {dice.choice(LAST_NAMES)}"
    if kind == "word_first":
        return dice.choice(sorted(ALSO_WORDS)).title()
    return fillings.filling(kind, dice)


def examples() -> Iterator[Example]:
    """Runs of words from every frame, as often as it is filled, and from the prose of content/."""
    for file in sorted((HERE / "frames").glob("*.txt")):
        identifying = file.stem.startswith("identifying")
        for line in file.read_text("utf-8").splitlines():
            frame = line.split(" | ", 1)[1] if identifying else line
            times = EACH if SLOT.search(frame) else 1
            dice = Dice(frame)
            for _ in range(times):
                text, spans = filled(frame, dice)
                yield from judged(frame, text, spans if identifying else [], 1 / times, identifying=identifying)
    for file in sorted(CONTENT.rglob("*.md")):
        for line in file.read_text("utf-8").splitlines():
            yield from (each for each in judged(line, line, [], 0.6, identifying=False) if "r" not in each.seen)


def judged(
    frame: str, text: str, spans: list[tuple[int, int, bool]], counts: float, *, identifying: bool
) -> Iterator[Example]:
    """The runs of `text` that could be names, each with whether it is one."""
    found = words(text)
    for at, last, ruled in find.candidates(text, found):
        start, end = found[at].start, found[last].end
        over = [span for span in spans if span[0] < end and start < span[1]]
        if any(not is_name for _, _, is_name in over):
            continue
        if identifying and ruled and not over:
            continue  # a name typed into the frame itself
        yield Example(frame, tuple(weighing.features(text, found, at, last, ruled=ruled)), bool(over), counts)


def learn(given: Iterable[Example]) -> dict[str, float]:
    """The weights of a logistic model, by Adam's descent on the penalised loss."""
    given = list(given)
    counted: dict[str, set[str]] = {}
    for each in given:
        for feature in each.seen:
            counted.setdefault(feature, set()).add(each.frame)
    kept = sorted(feature for feature, frames in counted.items() if len(frames) >= 3)
    place = {feature: number for number, feature in enumerate(kept)}
    rows = [np.array([place[f] for f in each.seen if f in place], np.int32) for each in given]
    lengths = np.array([len(row) for row in rows])
    row, column = np.repeat(np.arange(len(rows)), lengths), np.concatenate(rows)
    named = np.array([each.named for each in given], float)
    counts = np.array([each.counts for each in given])
    weights = np.zeros(len(kept))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        odds = np.bincount(row, weights[column], len(rows))
        error = (1 / (1 + np.exp(-odds)) - named) * counts
        slope: NDArray[np.float64] = np.bincount(column, error[row], len(kept)) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = 0.05 * min(1.0, 2 * (1 - step / STEPS) + 0.05)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {feature: round(float(w), 2) for feature, w in zip(kept, weights, strict=True) if abs(w) >= 0.02}


def judge(given: list[Example]) -> None:
    """Print what a model finds in frames that it has not seen, at several thresholds."""
    frames = sorted({each.frame for each in given})
    random.Random(5).shuffle(frames)
    odds: list[tuple[float, Example]] = []
    for fold in range(5):
        left = set(frames[fold::5])
        weights = learn(each for each in given if each.frame not in left)
        odds += [(sum(weights.get(f, 0) for f in each.seen), each) for each in given if each.frame in left]
    if "--wrong" in sys.argv:
        for o, each in sorted(odds, key=lambda pair: pair[0]):
            said = o >= (find.KEPT if "r" in each.seen else find.ADDED)
            if said != each.named:
                print(f"{o:5.1f}", "r" if "r" in each.seen else "u", each.named, each.frame[:110])
    for verdict in ("r", "u"):
        for floor in sorted({*np.arange(-3, 4.5, 0.5), find.KEPT if verdict == "r" else find.ADDED}):
            kept = [(o >= floor, e) for o, e in odds if verdict in e.seen]
            yes = sum(e.counts for k, e in kept if k and e.named) / sum(e.counts for _, e in kept if e.named)
            wrong = sum(e.counts for k, e in kept if k and not e.named)
            every = sum(e.counts for _, e in kept if not e.named)
            print(f"{verdict} {floor:5.1f}  names kept {yes:6.1%}  others {wrong:7.1f} of {every:.0f}")


def main() -> None:
    """Judge, or learn and write."""
    given = list(examples())
    print(f"{len(given)} runs of words, {sum(e.named for e in given)} of them names")
    if "--judge" in sys.argv:
        judge(given)
        return
    weights = learn(each for each in given if part(each.frame) == "tune")
    lines = ",\n".join(f"{json.dumps(feature)}: {value}" for feature, value in sorted(weights.items()))
    weighing.FILE.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    print(f"{len(weights)} weights")


if __name__ == "__main__":
    main()
