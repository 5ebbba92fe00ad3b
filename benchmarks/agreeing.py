"""Whether a build of what changed serves what a build of everything serves, after hundreds of edits at random.

python -m benchmarks.agreeing [--rounds 300] [--seed 0]. Ends with 1, and says what was edited, where a reader would see
a difference in any page, list, fault, open record or search.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.support.edits import Edited
from webapp.library.build import index

BUILDS = 10  # of one corpus, before the next begins


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="edits and builds in all")
    parser.add_argument("--seed", type=int, default=0, help="what the first corpus begins with")
    asked = parser.parse_args()
    for seed in range(asked.seed, asked.seed + -(-asked.rounds // BUILDS)):
        random = Random(seed)
        index.SMALL = random.choice([0, 3, 400])  # segments that are left as they are, and such as are written again
        with tempfile.TemporaryDirectory() as folder:
            edited = Edited(Path(folder), random)
            for _ in range(BUILDS):
                for _ in range(random.choice([0, 1, 1, 2, 3])):
                    edited.edit()
                if differing := edited.differs():
                    print(f"seed {seed}, after {', '.join(edited.log)}: {differing}")
                    return 1
    print(f"{asked.rounds} builds served what builds of everything do")
    return 0


if __name__ == "__main__":
    sys.exit(main())
