"""What Python does for each process anew is done once, and its collector of garbage looks less often."""

import gc
import os
import sys

# New objects until the young, middle and old ones are looked through. A test process holds millions that stay, and
# looking through them all takes a quarter of a second each time.
COLLECTED = (10_000, 20, 50)


def use() -> None:
    """For this process, and what it starts: byte code is kept, as `make test` keeps it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    gc.set_threshold(*COLLECTED)
