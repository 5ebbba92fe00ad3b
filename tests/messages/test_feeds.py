"""Spotlights in one's own calendar, answers in one's own feed reader, by an address that works without signing in."""

from datetime import date, timedelta
from xml.etree import ElementTree

import icalendar
import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.accounts.feed_key_models import FeedKey
from webapp.db.engine import db
from webapp.library.generation.reader import Generation
from webapp.people.models import User

PAGE = "/account/notifications"
ATOM = "{http://www.w3.org/2005/Atom}"


def addresses(person: Client) -> tuple[str, str]:
    """The paths of somebody's calendar and feed; made where there are none."""
    page = person.get(PAGE)
    if not page.soup.select_one("#feed-address"):
        page = page.send("Make my addresses").follow()
    found = [page.soup.select_one(css) for css in ("#calendar-address", "#feed-address")]
    calendar, feed = [str(tag["value"]).removeprefix("https://signpost.example") for tag in found if tag]
    return calendar, feed


def test_answers_come_to_a_feed_reader(priya: Client, client: Client, content: Generation) -> None:
    _, feed = addresses(priya)
    answer = client.get(feed)
    assert answer.type == "application/atom+xml"
    assert answer.headers["Cache-Control"].startswith("private")
    root = ElementTree.fromstring(answer.text)
    entries = root.findall(f"{ATOM}entry")
    cards = content.section("update")
    assert len(entries) == len(cards) > 0
    assert root.findtext(f"{ATOM}updated")
    first, newest = entries[0], cards[0]
    assert first.findtext(f"{ATOM}title") == newest["title"]
    link = first.find(f"{ATOM}link[@rel='alternate']")
    assert link is not None
    assert link.get("href") == f"https://signpost.example{newest['path']}"
    assert {tag.get("term") for tag in first.findall(f"{ATOM}category")} == set(newest["answers"])
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


@pytest.mark.parametrize("path", ["/updates/", "/spotlights/"])
def test_the_page_that_a_feed_tells_of_leads_to_it(priya: Client, path: str) -> None:
    (way,) = [href for href in priya.get(path).links("main a[href]") if "#feeds" in href]
    assert priya.get(way).soup.select_one("#feeds")


def test_spotlights_come_to_a_calendar(priya: Client, client: Client, content: Generation) -> None:
    calendar, _ = addresses(priya)
    answer = client.get(calendar)
    assert answer.type == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    cards = {card["date"]: card for card in content.section("spotlight")}
    assert len(events) == len(content.section("spotlight")) > 0
    for event in events:
        day = event["DTSTART"].dt
        assert type(day) is date
        assert event["DTEND"].dt == day + timedelta(days=1)
        assert str(event["UID"]) == f"{cards[day.isoformat()]['id']}@signpost"
        assert str(event["URL"]).startswith("https://signpost.example/spotlights/")
    again = icalendar.Calendar.from_ical(client.get(calendar).data).walk("VEVENT")
    assert [event["UID"] for event in again] == [event["UID"] for event in events]


def test_a_feed_holds_nothing_of_whose_it_is(priya: Client, client: Client) -> None:
    for address in addresses(priya):
        body = client.get(address).text
        assert "priya" not in (body + address).lower()
        assert "nair" not in body.lower()


def test_without_a_good_token_there_is_no_feed(priya: Client, client: Client) -> None:
    for address in addresses(priya):
        path, _, token = address.partition("?token=")
        handle, _, code = token.partition("-")
        bad = ("", "x", f"{handle}-", f"{handle}-{code[:-1]}0x", f"-{code}", "é", "x" * 10_000, token.upper() + "x")
        for wrong in bad:
            client.get(path, query_string={"token": wrong}, status=404)
        priya.get(path, status=404)  # being signed in is no token


def test_new_addresses_end_the_old_ones(priya: Client, client: Client) -> None:
    old = addresses(priya)
    priya.get(PAGE).send("Make new addresses")
    new = addresses(priya)
    assert set(old).isdisjoint(new)
    for address in old:
        client.get(address, status=404)
    for address in new:
        client.get(address, status=200)
    priya.get(PAGE).send("Stop these addresses")
    for address in new:
        client.get(address, status=404)


def test_who_has_left_has_no_feed(priya: Client, client: Client, app: Flask) -> None:
    calendar, feed = addresses(priya)
    with app.app_context():
        db.session.get_one(User, PEOPLE["priya"].id).disabled = True
        db.session.commit()
    client.get(calendar, status=404)
    client.get(feed, status=404)


def test_the_database_does_not_hold_the_token(priya: Client, app: Flask) -> None:
    calendar, _ = addresses(priya)
    code = calendar.partition("?token=")[2].partition("-")[2]
    with app.app_context():
        key = db.session.get_one(FeedKey, PEOPLE["priya"].id)
        assert code not in (key.token_handle, key.token_secret)
    assert code not in priya.get("/account/data.json").text
