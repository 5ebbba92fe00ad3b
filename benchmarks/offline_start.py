"""How long a phone takes to open Signpost without a signal: python -m benchmarks.offline_start [--slower 4] [--times 9]

The processor is slowed down as Lighthouse does for a phone. Prints what is kept, and the median and the worst of: until
the page says what is kept, until the patch can be searched, and until one search is answered. Ends with 1 where the
median of the first is over its aim.
"""

import argparse
import statistics
import sys

from playwright.sync_api import Page

from benchmarks import visit
from tests.support.phone import Phone, Served

AIM = 1500  # milliseconds to the first page
STORED = "navigator.storage.estimate().then(({ usage }) => usage)"
SEARCH = """(words) => new Promise((done) => {
  const began = performance.now();
  const box = document.getElementById("kept-search");
  box.value = words;
  box.form.requestSubmit();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.offline_start")
    parser.add_argument("--slower", type=int, default=4)
    parser.add_argument("--times", type=int, default=9)
    given = parser.parse_args()
    with visit.begun() as (site, phone, _):
        return int(measure(site, phone, given.slower, given.times) > AIM)


def measure(site: Served, phone: Phone, slower: int, times: int) -> float:
    """The median of the milliseconds until the first page."""
    phone.sign_in("priya")
    phone.keep()
    print(f"kept in the browser: {phone.page.evaluate(STORED) / 1000:,.0f} kB")
    site.relay.cut()
    phone.context.new_cdp_session(phone.page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    start, patch, answer = [], [], []
    for _ in range(times):
        start.append(shown(phone, "/"))
        patch.append(shown(phone, "/directory"))
        answer.append(phone.page.evaluate(SEARCH, "walking"))
    print(f"ms on a processor slowed {slower} times, without a signal: median / worst of {times}")
    for what, took in (("the first page", start), ("the patch, to search", patch), ("one search", answer)):
        print(f"  {what}: {statistics.median(took):,.0f} / {max(took):,.0f}")
    return statistics.median(start)


def shown(phone: Phone, path: str) -> float:
    """Milliseconds from the press until what is kept is shown."""
    page: Page = phone.go(path)
    page.locator("[data-kept] nav").wait_for()
    return float(page.evaluate("performance.getEntriesByName('signpost:shown')[0].startTime"))


if __name__ == "__main__":
    sys.exit(main())
