"""One listing: everything a referrer needs, and nothing that must not be told."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from tests.support.client import Client
from webapp.db.engine import now
from webapp.directory import wording
from webapp.directory.summary import summary
from webapp.english import dates
from webapp.library.front_matter.listing import Imported, Verified
from webapp.library.generation.reader import Generation

pytestmark = pytest.mark.reads_only


def test_a_referrer_finds_every_answer(priya: Client):
    page = priya.get("/directory/heron-watch")
    terms = [dt.get_text(strip=True) for dt in page.soup.select("dl.facts dt")]
    assert {"Who for", "When", "Where", "Cost", "How to refer", "Access", "Languages"} <= set(terms)
    assert "First Saturday of the month, 9:00am to 11:00am" in page.words
    assert "Verified by Didsbury, Burnage and Chorlton Park neighbourhood team on 23 May 2026" in page.words


def test_the_sentence_and_the_first_time_are_read_before_the_facts(priya: Client):
    said = priya.get("/directory/heron-watch").soup.select_one("article").get_text()
    order = [
        said.index(words) for words in ("birdwatching amble", "What happens the first time", "Call 0161", "Who for")
    ]
    assert order == sorted(order)


def test_a_listing_can_be_sent_to_somebody_who_cannot_open_this_site(priya: Client):
    page = priya.get("/directory/heron-watch")
    mail, message = (
        unquote(str(page.soup.select_one(f'.share a[href^="{way}:"]')["href"])) for way in ("mailto", "sms")
    )
    for letter in (mail, message, page.soup.select_one("[data-share]")["data-share"]):
        assert "When: First Saturday of the month" in letter
        assert "Weir Cottage car park" in letter
        assert "Call: 0161 496 0655" in letter
        assert "made up" in letter
    assert "/directory/heron-watch" in mail
    assert "/directory/" not in message, "whoever gets it cannot sign in"


def test_call_mail_and_directions_are_buttons(priya: Client):
    links = priya.get("/directory/heron-watch").links("a.govuk-button")
    assert "tel:01614960655" in links
    assert "mailto:heronwatch@example.org" in links
    assert any(link.startswith("https://www.openstreetmap.org/directions") for link in links)


@pytest.mark.parametrize("slug", ["harebell-womens-safety-service", "lantern-service"])
def test_a_confidential_address_is_nowhere(priya: Client, slug: str):
    page = priya.get(f"/directory/{slug}")
    assert "The address is confidential. Ring to arrange." in page.words
    assert "openstreetmap" not in page.text
    assert "Near here" not in page.words


def test_others_are_offered_beside_it_but_not_itself(priya: Client):
    links = priya.get("/directory/heron-watch").links(".aside a")
    assert links
    assert "/directory/heron-watch" not in links


def test_what_is_wrong_can_be_told(priya: Client):
    assert "/feedback/new?about=/directory/heron-watch" in priya.get("/directory/heron-watch").links(".verified a")


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("warm-water-wednesdays", "It is closed for now"),
        ("saturday-shuffle", "It is not running now"),
        ("the-hour-exchange", "It has closed for good"),
    ],
)
def test_one_that_is_not_running_says_so_plainly(priya: Client, slug: str, words: str):
    page = priya.get(f"/directory/{slug}")
    assert words in page.words
    assert "Taking people" not in page.words.split("Room for people")[0]


def test_a_listing_that_never_was_is_a_helpful_404(priya: Client):
    page = priya.get("/directory/no-such-group", status=404)
    assert page.soup.select_one("main form[role=search]")


def test_nobody_reads_the_directory_without_signing_in(client: Client):
    assert client.get("/directory").status == 303
    assert client.get("/directory/heron-watch").status == 303


def test_another_directorys_silence_is_not_taken_for_a_welcome(content: Generation):
    ours = content.page("/directory/heron-watch", datetime(2026, 11, 20).date()).front.model_copy(
        update={"audiences": (), "age": None}
    )
    origin = Imported(source="North Town", record="0" * 16, file="0" * 16)
    verified = Verified(date=ours.verified.date, by=origin.published)
    theirs = ours.model_copy(update={"imported": origin, "verified": verified})
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert summary(ours, content.vocabulary, now).who == ["Everyone is welcome"]
    assert summary(theirs, content.vocabulary, now).who == ["Not said: ask them"]


def test_nobody_is_sent_to_a_listing_that_has_closed_for_good(priya: Client):
    page = priya.get("/directory/the-hour-exchange")
    assert "It has closed for good" in page.words
    assert not page.soup.select(".reach a")
    for address in ("/directory?q=hour+exchange", "/directory?q=hour+exchange&view=map"):
        rows = {row.h3.a["href"]: row for row in priya.get(address).soup.select("li.result")}
        assert "/directory/the-hour-exchange" in rows
        packed = {href for href, row in rows.items() if row.select_one(".to-pack")}
        assert packed == rows.keys() - {"/directory/the-hour-exchange"}


def test_what_else_is_held_near_it_on_the_day_of_its_next_session(priya: Client, content: Generation):
    """One journey, two things: each is sure to be held that day, at the time that is said, and can be walked to."""
    page = priya.get("/directory/heron-watch")
    beside = page.soup.select_one("section[aria-labelledby=same-day]")
    heading = beside.h2.get_text(strip=True)
    ahead = (dates.today(now()) + timedelta(days=number) for number in range(70))
    day = next(day for day in ahead if dates.long_date(day).startswith(heading.removeprefix("Near here on ")))
    for entry in beside.select(".aside__list > li"):
        clock, away = (fact.get_text() for fact in entry.select(".dots > li"))
        other = content.page(entry.a["href"], day)
        held = [s for s in other.front.sessions if s.starts and wording.held_on(s, day)]
        assert clock in [dates.clock(dates.as_clock(s.starts)) for s in held]
        assert float(re.search(r"([\d.]+) miles?$", away)[1]) <= 2
    assert "/directory/heron-watch" not in page.links(".aside a")
