"""Prints the memory of a process that serves searches: python -m benchmarks.memory INDEX QUERIES.json"""

import json
import re
import sys
from pathlib import Path

from benchmarks import made_up
from benchmarks.site import opened

if __name__ == "__main__":
    folder, asked = (Path(a) for a in sys.argv[1:3])
    engine = opened(folder)
    for query in json.loads(asked.read_text("utf-8")):
        engine.search(made_up.as_query(query))
    # The most that was ever resident, of this process alone: getrusage would count what its parent had before.
    most = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    print(int(most[1]) / 1024 if most else "nan")
