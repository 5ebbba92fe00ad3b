"""Time in tests. None asserts how many seconds something takes: on a busy machine that fails for no fault.

Limits on seconds are measured in `benchmarks/`. A test may wait until something has happened, and it may compare two
times that were taken in the same moment.
"""

import time
from collections.abc import Callable

GIVE_UP_SECONDS = 120  # not a limit of the product: what has not come by then will not come


def eventually(happened: Callable[[], bool], what: str) -> None:
    """Wait until `happened()`; where it never does, fail with `what`."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < GIVE_UP_SECONDS, what
        time.sleep(0.02)


def work(act: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor that `act` takes, the least of `times`: to be compared, never asserted as it is."""

    def once() -> float:
        began = time.process_time()
        act()
        return time.process_time() - began

    return min(once() for _ in range(times))
