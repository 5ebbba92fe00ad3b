"""What Lighthouse says of a shared page on a slow phone: python -m benchmarks.shared_page [--times 3]

A pack of three listings is shared, and its page is opened signed out. Prints the scores and what the page loads, and
ends with 1 where one is worse than its aim. Lighthouse comes from npm, at the version below; no test needs it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from benchmarks import visit
from tests.support.phone import Phone

LIGHTHOUSE = "lighthouse@13.5.0"
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 100}  # of 100
MOST_BYTES = 40_000  # that the page loads in all
THINGS = 3
SECONDS = 180  # that one look may take
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shared_page")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with visit.begun() as (_, phone, folder):
        address = shared(phone)
        looks = [look(address, phone.program, folder / "look.json") for _ in range(given.times)]
    return told(looks)


def shared(phone: Phone) -> str:
    """The link to a new pack."""
    phone.sign_in("priya")
    page = phone.go("/directory?q=walking")
    for number in range(THINGS):
        page.locator(".result").nth(number).get_by_role("button", name="Add to pack").click()
        expect(page.locator("#packed")).to_contain_text(str(number + 1))
    phone.go("/pack").get_by_role("link", name="My pack").first.click()
    page.get_by_role("button", name="Make a link").click()
    return page.locator("#link-address").inner_text()


def look(address: str, program: str, file: Path) -> dict[str, Any]:
    """One report of Lighthouse, as a slow phone sees `address`."""
    npx = Path(sys.executable).parent / "npx"
    wanted = [f"--only-categories={','.join(AIMS)}", "--output=json", f"--output-path={file}", "--quiet"]
    command = [str(npx), "--yes", LIGHTHOUSE, address, *wanted, f"--chrome-flags={FLAGS}"]
    path = f"{npx.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, env={**os.environ, "CHROME_PATH": program, "PATH": path}, check=True, timeout=SECONDS)
    report: dict[str, Any] = json.loads(file.read_text())
    return report


def told(looks: list[dict[str, Any]]) -> int:
    """Print the median of each figure; 1 where one misses its aim."""
    missed = 0
    for name, aim in AIMS.items():
        score = statistics.median(100 * look["categories"][name]["score"] for look in looks)
        print(f"{name}: {score:.0f} of 100, aim {aim}")
        missed += score < aim
    size = max(look["audits"]["total-byte-weight"]["numericValue"] for look in looks)
    print(f"all that it loads: {size / 1000:.1f} kB, aim {MOST_BYTES / 1000:.0f}")
    return int(missed > 0 or size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
