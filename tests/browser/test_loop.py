"""The whole loop: two people report what they cannot find, three more say "me too", and all five hear what was done."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, expect

from tests.support.chromium import Visit, Windows
from tests.support.live import Site
from tests.support.mail import MailServer, NotifyServer
from webapp.accounts.demo import PASSWORD
from webapp.config.settings import ROOT
from webapp.db.engine import now
from webapp.english.dates import day_of

PHONE = {"width": 375, "has_touch": True, "is_mobile": True}
REPORTERS = ("priya", "bilal")
SUPPORTERS = ("dawn", "grace", "huda")
ANSWER = "The music service starts xylorimba lessons at the library in May"
TRIED = "Six lessons at the library, on Tuesdays"
NOTIFY_KEY = "tests-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"
TEMPLATE = "33333333-3333-3333-3333-333333333333"
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Hand:
    """Counts what a thumb does after the search: taps, and fields that it fills in."""

    taps: int = 0
    fields: int = 0

    def tap(self, what: Locator) -> None:
        what.tap()
        self.taps += 1

    def write(self, where: Locator, words: str) -> None:
        """Put `words` in a field; the tap that opens the keyboard is one."""
        self.tap(where)
        where.fill("")
        where.press_sequentially(words)
        self.fields += 1


@dataclass
class Story:
    """What happened: the references of the two reports, the second merged into the first, and what it took."""

    first: str = ""
    second: str = ""
    hands: list[Hand] = field(default_factory=list)
    alike_before: str = ""
    alike_after: str = ""


@pytest.fixture(scope="module")
def story(windows: Windows) -> Story:
    told = Story()
    with at_home(windows, "priya") as visit:
        hand = search_in_vain(visit, "xylorimba")
        told.first = report(visit, hand, "Xylorimba lessons for beginners")
        told.hands.append(hand)
    with at_home(windows, "bilal") as visit:
        hand = search_in_vain(visit, "theremin")
        hand.tap(visit.page.get_by_role("link", name="Report a gap"))
        similar = visit.page.locator("#similar")
        told.alike_before = similar.inner_text()
        hand.write(visit.page.get_by_label("What was needed?"), "Somebody who gives xylorimba lessons")
        expect(similar).to_contain_text("Is it one of these?")
        told.alike_after = similar.inner_text()
        told.second = send(visit, hand)
        told.hands.append(hand)
    for name, wanted in zip(SUPPORTERS, ([told.first], [told.second], [told.first, told.second]), strict=True):
        with at_home(windows, name) as visit:
            for ref in wanted:
                say_me_too(visit, ref)
    with windows.open("commissioner") as visit:
        merge(visit, told.first, told.second)
        plan_prototype(visit, told.first)
        publish(visit, told.first)
    return told


@contextmanager
def at_home(windows: Windows, name: str) -> Iterator[Visit]:
    """Somebody of the demonstration at a phone, signed in with a password."""
    with windows.open(**PHONE) as visit:
        page = visit.go("/sign-in")
        page.get_by_label("E-mail address").fill(f"{name}@example.org")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).tap()
        page.wait_for_url(f"{visit.site.url}/")
        yield visit


def search_in_vain(visit: Visit, words: str) -> Hand:
    """Look for what nobody offers near M18. From here on, taps are counted."""
    page = visit.page
    page.get_by_label("What they love, need or want to try").fill(words)
    page.get_by_label("Near", exact=True).fill("M18")
    visit.press("Search")
    expect(page.get_by_role("heading", name="Is this missing here?")).to_be_visible()
    assert not page.locator(".results .result").count()
    return Hand()


def report(visit: Visit, hand: Hand, needed: str) -> str:
    hand.tap(visit.page.get_by_role("link", name="Report a gap"))
    field = visit.page.get_by_label("What was needed?")
    assert field.input_value() == "xylorimba", "what was searched for is filled in already"
    hand.write(field, needed)
    return send(visit, hand)


def send(visit: Visit, hand: Hand) -> str:
    """Send the form as it stands. The number of the new gap."""
    hand.tap(visit.page.get_by_role("button", name="Report this gap"))
    visit.page.wait_for_url(re.compile(r"/gaps/GAP-\d+$"))
    expect(visit.page.locator(".gap__facts").first).to_contain_text("Gorton and Levenshulme")
    return visit.path.rsplit("/", 1)[1]


def say_me_too(visit: Visit, ref: str) -> None:
    page = visit.go("/gaps?q=xylorimba")
    row = page.locator("li.gap", has_text=ref)
    row.get_by_role("button", name="Me too").tap()
    page.wait_for_url(re.compile(ref))
    expect(page.locator("main")).to_contain_text("You are one of them")


def merge(visit: Visit, main: str, other: str) -> None:
    page = visit.go(f"/commissioning/gaps/{main}")
    page.get_by_label(f"The same as {other}").check()
    visit.press("Merge the ticked ones with this")
    page.get_by_role("radio", name=re.compile(main)).check()
    visit.press("Merge these gaps")
    visit.go(f"/commissioning/gaps/{main}")
    expect(page.locator("main")).to_contain_text("5 staff asked")


def plan_prototype(visit: Visit, ref: str) -> None:
    page = visit.page
    visit.press("Plan a prototype for this gap", "link")
    assert page.get_by_label("Which gaps is it about?").input_value() == ref
    today = day_of(now())
    for label, words in {
        "Title": "Tuesday xylorimba",
        "In one sentence, what is being tried?": TRIED,
        "What do we think will happen?": "We believe that six lessons will show who stays",
        "What will be tried?": "One tutor, eight places, borrowed instruments",
        "How will we know?": "How many come to all six",
        "First day": today.isoformat(),
        "Last day": (today + timedelta(days=42)).isoformat(),
    }.items():
        page.get_by_label(label, exact=True).fill(words)
    visit.press("Plan this prototype")
    page.wait_for_url(re.compile(r"/commissioning/prototypes/\d+$"))
    expect(page.locator(".gap-list")).to_contain_text(ref)


def publish(visit: Visit, ref: str) -> None:
    page = visit.go(f"/commissioning/gaps/{ref}")
    page.get_by_label("Answer to the people who asked", exact=True).fill(ANSWER)
    visit.press("Save this gap")
    expect(page.locator("main")).to_contain_text("Everyone who asked has been told")


def test_reporting_takes_two_fields_and_four_taps_at_the_most(story: Story):
    assert [hand for hand in story.hands if hand.fields > 2 or hand.taps > 4] == []


def test_what_is_like_it_is_shown_while_it_is_typed(story: Story):
    assert story.first not in story.alike_before
    assert story.first in story.alike_after
    assert story.second != story.first, "and may be reported all the same"


@pytest.mark.parametrize("name", REPORTERS + SUPPORTERS)
def test_each_is_told_once_and_sees_what_became_of_theirs(windows: Windows, story: Story, name: str):
    mine = story.second if name in {"bilal", "grace"} else story.first
    with at_home(windows, name) as visit:
        page = visit.go("/notices")
        answers = page.get_by_role("link", name="“Xylorimba lessons for beginners” has an answer.")
        expect(answers).to_have_count(1)
        assert story.first in visit.go("/gaps/answers").locator("main").inner_text()
        main = visit.go(f"/gaps/{mine}").locator("main")
        assert visit.path.startswith(f"/gaps/{story.first}")
        for said in (ANSWER, TRIED, "5 staff asked"):
            expect(main).to_contain_text(said)
        if mine == story.second:
            expect(main).to_contain_text(f"You asked for {story.second}")


def test_the_answer_stands_under_you_asked_we_did_and_in_its_feed(windows: Windows, story: Story):
    with windows.open("facilitator") as visit:
        page = visit.go("/updates/")
        told = page.locator("ol.results").get_by_role("link", name="Xylorimba lessons for beginners")
        expect(told).to_have_count(1)
        expect(page.locator("main")).to_contain_text(ANSWER)
        told.click()
        page.wait_for_url(re.compile(story.first))
        visit.go("/account/notifications")
        if page.get_by_role("button", name="Make my addresses").count():
            visit.press("Make my addresses")
        address = page.locator("#feed-address").input_value()
        feed = ElementTree.fromstring(visit.context.request.get(address).body())
    entries = [e for e in feed.iter(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == "Xylorimba lessons for beginners"]
    assert len(entries) == 1
    assert ANSWER in (entries[0].findtext(f"{ATOM}summary") or "")
    assert [c.get("term") for c in entries[0].iter(f"{ATOM}category")] == [story.first]


@pytest.mark.parametrize("way", ["smtp", "notify"])
def test_each_gets_one_mail_about_the_answer(story: Story, site: Site, tmp_path: Path, way: str):
    site.copy_database(tmp_path / "signpost.db")
    with MailServer() as mail, NotifyServer() as notify:
        by = {
            "smtp": {
                "SIGNPOST_SMTP_URL": f"smtp://127.0.0.1:{mail.port}?tls=none",
                "SIGNPOST_MAIL_FROM": "Signpost <signpost@council.example>",
            },
            "notify": {
                "SIGNPOST_NOTIFY_API_KEY": NOTIFY_KEY,
                "SIGNPOST_NOTIFY_TEMPLATE_ID": TEMPLATE,
                "SIGNPOST_NOTIFY_URL": notify.url,
            },
        }
        run(site, tmp_path, by[way], "worker", "--once")
        if way == "smtp":  # a second round, by hand: tests/messages has the rest of what may come twice
            run(site, tmp_path, by[way], "messages", "send")
        smtp = [(str(m["To"]), str(m["Subject"]), m.get_content()) for m in mail.taken]
        said = [(m["email_address"], *(m["personalisation"][k] for k in ("subject", "body"))) for m in notify.taken]
        assert (bool(smtp), bool(said)) == (way == "smtp", way == "notify")
    ours = [(to, subject) for to, subject, text in smtp + said if f"/gaps/{story.first}\n" in text.replace("\r", "")]
    everyone = sorted(f"{name}@example.org" for name in REPORTERS + SUPPORTERS)
    assert sorted(to for to, subject in ours if subject == "An answer to something you asked") == everyone
    assert sorted(to for to, subject in ours if subject == "News of something you asked") == everyone, "the prototype"
    assert len(ours) == 2 * len(everyone)


def run(site: Site, folder: Path, mail: dict[str, str], *command: str) -> None:
    """Run a command as an operator would, on the copy of the database in `folder`."""
    env = {
        **site.environ,
        **mail,
        "DATABASE_URL": f"sqlite:///{folder / 'signpost.db'}",
        "SIGNPOST_STATE_DIR": str(folder / "state"),
        "SIGNPOST_BASE_URL": "https://signpost.example",
        "NO_PROXY": "127.0.0.1",
        "PATH": os.environ["PATH"],
    }
    program = Path(sys.executable).parent / "signpost"
    done = subprocess.run([program, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
