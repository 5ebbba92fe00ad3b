"""What becomes of a visit on a phone that is full: python -m benchmarks.full_phone

A real browser is told that Signpost may keep next to nothing on its disk, before anything is kept, while something is
typed, when it is sent, and once there is a signal again. Each line says what the phone told its person. Ends with 1
where something was lost, was sent twice, or failed without a word.
"""

import sys
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from benchmarks import visit
from tests.support.phone import Phone, Served
from webapp.db.engine import db
from webapp.gaps.models import Gap

FULL = 1000  # bytes that the browser may use: less than it holds
TYPED = "A tuba for a beginner"
DOUBLE = 1100  # milliseconds within which a second press counts as the same one
OTHER = "Harmonica lessons by post"
FIELD = "What was needed?"


def main() -> int:
    with visit.begun() as (site, phone, _):
        try:
            phone.sign_in("priya")
            for step in STEPS:
                print(f"{step.__name__.replace('_', ' ')}: {step(phone, site)}")
        except AssertionError as wrong:  # what Playwright expected in vain is one too
            print(f"broken: {wrong}")
            return 1
    return 0


def restart(phone: Phone, site: Served, quota: int | None) -> Page:
    """Open the browser anew, with so much room: one that runs goes by what it measured half a minute ago."""
    phone.kill()
    phone.start()
    room = {} if quota is None else {"quotaSize": quota}
    phone.context.new_cdp_session(phone.page).send("Storage.overrideQuotaForOrigin", {"origin": site.url, **room})
    return phone.page


def begun_full(phone: Phone, site: Served) -> str:
    """It is set to keep things, and has no room for any."""
    restart(phone, site, FULL)
    page = phone.go("/offline")
    page.get_by_role("button", name="It is mine alone").click()
    return told(page, "This device has no room left")


def kept_once_free(phone: Phone, site: Served) -> str:
    """Room was made: it keeps what it could not."""
    restart(phone, site, None)
    page = phone.go("/offline")
    page.locator("[data-kept] nav").wait_for()
    page.wait_for_function("navigator.serviceWorker.controller")
    return f"{phone.held()} things are kept"


def typed(phone: Phone, site: Served) -> str:
    """It is full again, without a signal, while something is typed."""
    restart(phone, site, FULL)
    site.relay.cut()
    phone.begin_gap(phone.page, TYPED)
    return told(phone.page, "This device could not keep what you type")


def sent(phone: Phone, site: Served) -> str:
    """It is sent, and nothing can keep it."""
    page = phone.page
    page.get_by_role("button", name="Report this gap").click()
    said = told(page, "this device has no room to keep it")
    expect(page.get_by_label(FIELD)).to_have_value(TYPED)
    assert phone.waiting() == [], "nothing may seem to wait"
    return said


def sent_again(phone: Phone, site: Served) -> str:
    """There is a signal again, on the page that stayed."""
    site.relay.mend()
    phone.page.wait_for_timeout(DOUBLE)
    phone.page.get_by_role("button", name="Report this gap").click()
    phone.page.wait_for_url("**/gaps/GAP-*")
    assert reports(site) == 1, f"{reports(site)} reports"
    return "one report"


def waits_full(phone: Phone, site: Served) -> str:
    """Something waits on it when it runs full: it is sent once, and told, though the phone can note nothing."""
    restart(phone, site, None)
    phone.go("/offline")
    site.relay.cut()
    for words in (OTHER, f"{TYPED}, and a drum"):
        phone.write_gap(words)
        expect(phone.page.get_by_text("It is kept on this device")).to_be_visible()
    restart(phone, site, FULL)
    site.relay.mend()
    page = phone.go("/offline")
    said = told(page, "Gap report sent")
    assert reports(site, OTHER) == 1, f"{reports(site, OTHER)} reports"
    return f"{said}, and of one like another {told(page, 'A question came back')}"


def asked_full(phone: Phone, site: Served) -> str:
    """The server asks whether that is not the first one again; it is not."""
    phone.none_of_these()
    phone.page.wait_for_timeout(DOUBLE)
    assert phone.waiting() == [], "it still waits"
    assert reports(site) == 2, f"{reports(site)} reports"
    return "one report more"


STEPS: tuple[Callable[[Phone, Served], str], ...] = (
    begun_full, kept_once_free, typed, sent, sent_again, waits_full, asked_full,
)  # fmt: skip


def told(page: Page, words: str) -> str:
    """What the phone says, once `words` are in it."""
    line = page.get_by_text(words).first
    expect(line).to_be_visible()
    return f"“{line.inner_text()}”"


def reports(site: Served, words: str = TYPED) -> int:
    """How many gaps begin with `words`."""
    with site.app.app_context():
        return db.session.scalar(select(func.count()).where(Gap.needed.startswith(words))) or 0


if __name__ == "__main__":
    sys.exit(main())
