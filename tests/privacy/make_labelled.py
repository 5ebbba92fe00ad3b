"""Make `labelled.jsonl`, the sentences that the personal-data guard is measured on.

Frames in `frames/` were written by hand, and everything in them is invented. Each is filled here, always in the same
way, with numbers, names and places. Three frames in ten are held out: rules are tuned on the rest alone.

    python -m tests.privacy.make_labelled
"""

import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.privacy import fillings

HERE = Path(__file__).parent
FILE = HERE / "labelled.jsonl"
SLOT = re.compile(r"\{(\w+)\}")
IDENTIFYING_EACH = 5  # ways to fill a frame that identifies somebody
ORDINARY_EACH = 3


def sentences() -> Iterator[dict[str, object]]:
    """Every labelled sentence: its id, text, the kinds it holds (none where ordinary), and `tune` or `held`."""
    seen: set[str] = set()
    for file in sorted((HERE / "frames").glob("*.txt")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            kinds, frame = line.split(" | ", 1) if file.stem.startswith("identifying") else ("", line)
            times = (IDENTIFYING_EACH if kinds else ORDINARY_EACH) if SLOT.search(frame) else 1
            for turn in range(times):
                text = fill(frame, seed=f"{file.stem}:{number}:{turn}")
                if text in seen:
                    continue
                seen.add(text)
                yield {
                    "id": f"{file.stem}-{number}-{turn}",
                    "text": text,
                    "kinds": kinds.split(",") if kinds else [],
                    "part": part(frame),
                }


def fill(frame: str, *, seed: str) -> str:
    """`frame` with its slots filled, the same for the same seed."""
    dice = random.Random(seed)
    return SLOT.sub(lambda slot: fillings.filling(slot[1], dice), frame)


def part(frame: str) -> str:
    """`held` for three frames in ten, chosen by their words, so that new frames move no old ones."""
    return "held" if hashlib.sha256(frame.encode()).digest()[0] < 77 else "tune"


def main() -> None:
    """Write the file anew."""
    lines = [json.dumps(sentence, ensure_ascii=False) for sentence in sentences()]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
