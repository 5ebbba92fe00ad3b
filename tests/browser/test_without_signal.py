"""A visit without a signal, on a phone of one's own: what can be read there, and what becomes of what is written.

`python -m benchmarks.interruptions` does this fifty times, with everything that can go wrong in between.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from tests.support.people import PEOPLE
from tests.support.phone import Phone, Served
from webapp.accounts import drafts
from webapp.db.engine import db, now
from webapp.gaps.models import Gap
from webapp.learning_logs.models import LearningLog
from webapp.people.models import User

PRIYA = PEOPLE["priya"].id
LIMIT = 9 * 24 * 60 * 60  # seconds, past the seven days for which anything is kept
PRESS = "(words) => [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(words)).click()"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("visits"), index_dir)
    yield served
    served.close()


@pytest.fixture
def phone(browser, find_browser, site: Served, tmp_path: Path) -> Iterator[Phone]:
    """Priya's own, which keeps things."""
    site.relay.mend()
    site.failing.clear()
    held = Phone(browser.browser_type, find_browser.find(), tmp_path / "phone", site)
    held.sign_in("priya")
    held.keep()
    yield held
    held.kill()


def count(site: Served, column, words: str) -> int:
    with site.app.app_context():
        return db.session.scalar(select(func.count()).where(column == words)) or 0


def test_what_is_kept_is_read_and_searched_and_what_is_written_arrives_once(site: Served, phone: Phone):
    site.relay.cut()
    page = phone.go("/directory")
    expect(page.get_by_text("This is how it was on")).to_be_visible()
    name = page.locator("#kept-found a").nth(1).inner_text()
    page.get_by_label("Search Gorton and Levenshulme").fill(name[:-1])  # as one types
    expect(page.locator("#kept-found a").first).to_have_text(name)
    page.locator("#kept-found a").first.click()
    expect(page.locator("h1")).to_have_text(name)
    expect(phone.go("/community").locator("h1")).to_have_text("Gorton and Levenshulme neighbourhood team")
    expect(phone.go("/insights").locator("h1")).to_have_text("This page is not kept here")

    phone.write_gap("Bagpipe lessons after dark")
    expect(page.get_by_text("It is kept on this device")).to_be_visible()
    phone.write_log("Ask what she sang as a girl")
    expect(page.get_by_text("It is kept on this device")).to_be_visible()
    phone.kill()
    phone.start()
    site.deploy()
    phone.go("/offline").reload()
    assert phone.waiting() == ["waiting", "waiting"]
    site.relay.mend()
    phone.all_sent()
    phone.all_sent()
    assert count(site, Gap.needed, "Bagpipe lessons after dark") == 1
    assert count(site, LearningLog.will_try, "Ask what she sang as a girl") == 1


def test_two_pages_are_two_reports_and_what_waits_outlives_what_is_kept(site: Served, phone: Phone):
    site.relay.cut()
    page, other = phone.page, phone.context.new_page()
    phone.begin_gap(page, "Harps in the park")
    page.wait_for_timeout(400)  # until it is kept while it is typed
    phone.begin_gap(other, "Lutes by the canal")
    other.get_by_role("button", name="Report this gap").click()
    expect(other.get_by_text("It is kept on this device")).to_be_visible()
    other.close()
    page.reload()
    expect(page.get_by_label("What was needed?")).to_have_value("Harps in the park")
    page.get_by_role("button", name="Report this gap").click()
    expect(page.get_by_text("It is kept on this device")).to_be_visible()

    page.clock.install(time=time.time() + LIMIT)
    phone.go("/pack")
    expect(page.get_by_text("it has been removed")).to_be_visible()
    expect(page.get_by_role("heading", name="Gap report")).to_have_count(2)
    expect(page.get_by_text("Harps")).to_have_count(0)  # whoever finds the phone does not read it
    expect(page.get_by_role("button", name="Throw it away")).to_have_count(0)
    site.relay.mend()
    phone.all_sent()
    assert count(site, Gap.needed, "Harps in the park") == 1
    assert count(site, Gap.needed, "Lutes by the canal") == 1


def test_what_cannot_be_taken_just_now_holds_nothing_up_and_is_never_lost_unsaid(site: Served, phone: Phone):
    site.relay.cut()
    phone.write_gap("A kazoo band")
    phone.write_log("Bring the kazoo along")
    site.failing["/gaps/new"] = 500
    site.relay.mend()
    page = phone.go("/offline")
    expect(page.get_by_text("could not be saved just then")).to_be_visible()
    expect(page.get_by_text("Learning log sent.")).to_be_visible()
    for button in ("Stop keeping", "Sign out"):
        page.evaluate(PRESS, button)
        expect(page.get_by_text(f"press “{button}")).to_be_visible()
        assert phone.waiting() == ["waiting"]
    for status in (429, 500):
        site.failing["/gaps/new"] = status
        if status == 500:  # somebody else signs in, and it still cannot be handed over
            page.context.clear_cookies()
            phone.sign_in("carol")
        phone.go("/offline")
        page.wait_for_load_state("networkidle")
        assert phone.waiting() == ["waiting"]
    expect(page.get_by_text("kazoo")).to_have_count(0)
    site.failing.clear()
    phone.go("/")
    phone.emptied()
    with site.app.app_context():
        assert any(["needed", "A kazoo band"] in draft.fields for draft in drafts.of(db.session, PRIYA, now()))


def test_what_the_guard_stops_comes_back_to_its_writer_with_every_word(site: Served, phone: Phone):
    site.relay.cut()
    typed = "A befriender for Mrs Agnes Holloway, 943 476 5919"
    phone.write_gap(typed)
    site.relay.mend()
    page = phone.go("/offline")
    expect(page.get_by_text("It was not taken as it is")).to_be_visible()
    page.get_by_role("button", name="Open it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Take out the name")
    expect(page.get_by_label("What was needed?")).to_have_value(typed)
    page.get_by_label("What was needed?").fill("A befriender who knits")
    page.get_by_role("button", name="Report this gap").click()
    page.wait_for_url("**/gaps/GAP-*")
    phone.all_sent()
    assert count(site, Gap.needed, "A befriender who knits") == 1


def test_signing_out_removes_all_of_it_and_hands_over_what_was_not_sent(site: Served, phone: Phone):
    site.relay.cut()
    phone.write_gap("Lessons in whittling, says Mr Otto Bancroft of 12 Mill Lane")
    site.relay.mend()
    page = phone.go("/offline")
    expect(page.get_by_text("It was not taken as it is")).to_be_visible()
    other = phone.context.new_page()
    other.goto(site.url + "/gaps/new")
    with other.expect_response("**/gaps/similar"):  # asked once signed out, it leads to the sign-in page
        other.get_by_label("What was needed?").fill("Typed in another tab")
    page.evaluate("document.querySelector('form[action=\"/sign-out\"] button').click()")
    page.wait_for_url("**/sign-in")
    phone.emptied()
    expect(other.get_by_text("You signed out in another tab")).to_be_visible()
    expect(other.get_by_label("What was needed?")).to_have_value("Typed in another tab")
    with site.app.app_context():
        draft, *_ = drafts.of(db.session, PRIYA, now())
        assert ["needed", "Lessons in whittling, says […] of […]"] in draft.fields


def test_whoever_is_stopped_keeps_nothing_from_the_next_contact_on(site: Served, phone: Phone):
    stop(site, True)
    try:
        phone.go("/pack")
        phone.emptied()
        site.relay.cut()
        with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
            phone.go("/pack")
    finally:
        stop(site, False)


def stop(site: Served, is_stopped: bool) -> None:
    with site.app.app_context():
        db.session.execute(update(User).where(User.id == PRIYA).values(disabled=is_stopped))
        db.session.commit()
