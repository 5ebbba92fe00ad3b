"""A process that forks builders on request, so that a test can kill one in the middle of its work.

Each line on stdin is a number, and after how many seconds to kill: change a page, build, and stop. Answers with how
it ended.
    python -m tests.support.builder CONTENT INDEX_DIR
"""

import os
import signal
import sys
import time
from pathlib import Path

from webapp.library.build import compile as compiling

PAGE = """---
title: Walking group {number}
summary: A group that walks together on weekday mornings, for the {number}th time.
organisation: Walkers together
status: active
citywide: true
contacts: [{{phone: 0161 496 0123}}]
verified: {{date: 2026-10-06, by: Wythenshawe neighbourhood team}}
---
A friendly group.
"""


def main(content: Path, index_dir: Path) -> None:
    for line in sys.stdin:
        number, kill_after = int(line.split()[0]), [float(word) for word in line.split()[1:]]
        child = os.fork()
        if child == 0:
            work(content, index_dir, number)
            os._exit(0)
        for seconds in kill_after:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "finished", flush=True)


def work(content: Path, index_dir: Path, number: int) -> None:
    (content / "assets" / "citywide" / f"walking-group-{number % 3}.md").write_text(PAGE.format(number=number))
    compiling.build(content, index_dir, everything=number % 2 == 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
