"""A facilitator plans a session for their team, moves it, cancels it and brings it back."""

from collections.abc import Callable

from flask import Flask

from tests.spotlights.conftest import PAGE, THEIRS, plan
from tests.support.client import Client
from webapp.db.engine import db
from webapp.spotlights.models import SpotlightSession

Browsers = Callable[[str], Client]


def test_what_a_spotlight_says_of_its_time_and_place_is_on_its_page(priya: Client) -> None:
    words = priya.get("/spotlights/timed").words
    for said in ("31 March 2026", "at 2:00pm for 90 minutes", "The long table", "Carers lead", "Tell the convener"):
        assert said in words
    assert "https://meet.example.org/timed" in priya.get("/spotlights/timed").links()


def test_a_planned_session_is_on_the_page_of_the_spotlight_and_of_the_team(browser_of: Browsers) -> None:
    femi, priya = browser_of("femi"), browser_of("priya")
    address = plan(femi, venue="The back room", join="https://zoom.us/j/9434765919")
    for page in (PAGE, "/spotlights/"):
        assert address in priya.get(page).links()
    seen = priya.get(address)
    assert "Thursday 26 March 2026, 2:00pm to 3:00pm" in seen.words
    assert "The back room" in seen.words
    assert "https://zoom.us/j/9434765919" in seen.links()
    assert "Cancel this session" not in seen.words  # that is for who holds it
    assert "Asking carers" in priya.get("/community").words
    # It is only of her team: the stranger's page of spotlights does not lead to it.
    assert address not in browser_of("stranger").get("/spotlights/").links()


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(femi: Client) -> None:
    form = femi.get(f"{PAGE}/sessions/new")
    sent = form.send("Plan this session", day="31/02", at="25:00", join="meet", venue="Ring 0161 496 0999 for Ann Lee")
    assert sent.status == 422
    assert sent.errors == [
        "Day: enter a day like 2026-03-31",
        "Starts at: enter a time like 14:00",
        "Take out what could identify a person. Nothing has been stored",
        "Joining link: paste the whole address, beginning with https://",
    ]
    again = {tag.get("value") for tag in sent.soup.select("main input")}
    assert {"31/02", "25:00", "meet"} <= again
    late = form.send("Plan this session", day="2031-01-01", at="2am")
    assert [line.partition(":")[0] for line in late.errors] == ["Day", "Starts at"]


def test_two_presses_plan_one_session(femi: Client, app: Flask) -> None:
    form = femi.get(f"{PAGE}/sessions/new")
    places = {form.send("Plan this session", day="2026-03-26", at="2.30pm").location for _ in range(2)}
    assert places == {plan(femi, at="14:30")}  # nor does planning the same once more
    with app.app_context():
        assert db.session.query(SpotlightSession).count() == 1


def test_each_holds_sessions_of_their_own_teams_alone(browser_of: Browsers) -> None:
    femi, connie, carol = browser_of("femi"), browser_of("connie"), browser_of("carol")
    theirs = plan(connie, team=THEIRS)
    every = plan(carol, team="all")
    for address in (theirs, every):
        femi.get(f"{address}/change", status=403)
        femi.post(f"{address}/cancel", status=403)
    refused = connie.get(f"{PAGE}/sessions/new").send("Plan this session", team="all", day="2026-03-26", at="14:00")
    assert "Choose one of the answers shown" in refused.errors
    assert "Change it" in carol.get(theirs).words
    assert "All teams" in browser_of("priya").get(every).words


def test_what_is_cancelled_can_be_brought_back(browser_of: Browsers, app: Flask) -> None:
    femi, priya = browser_of("femi"), browser_of("priya")
    address = plan(femi)
    femi.get(address).send("Cancel this session")
    assert "Cancelled" in priya.get(address).words
    assert address not in priya.get("/spotlights/").links()
    assert "Bring it back before" in femi.get(f"{address}/change").send("Save the change", at="15:00").follow().text
    femi.get(address).send("Bring it back")
    assert "Cancelled" not in priya.get(address).words
    with app.app_context():
        assert db.session.query(SpotlightSession).one().sequence == 2


def test_of_two_who_change_it_the_second_hears_of_the_first(femi: Client) -> None:
    address = plan(femi)
    first, second = femi.get(f"{address}/change"), femi.get(f"{address}/change")
    first.send("Save the change", at="15:00")
    late = second.send("Save the change", venue="Upstairs")
    assert late.status == 409
    assert "Somebody changed this" in late.words
    assert late.soup.select_one("input[name=venue]")["value"] == "Upstairs"  # type: ignore[index]
    assert "Upstairs" not in femi.get(address).words


def test_a_session_is_written_up_once_it_has_begun(browser_of: Browsers) -> None:
    femi, priya, stranger = browser_of("femi"), browser_of("priya"), browser_of("stranger")
    assert "not been" in femi.get(f"{plan(femi)}/record").follow().text
    address = plan(femi, day="2026-03-20")  # it has been: who forgot to plan it can still write it up
    assert any(href.endswith("/record") for href in femi.get("/").links())
    page = femi.get(f"{address}/record")
    wrong = page.send("Keep this record", came="a few", notes="Ring Ann Lee on 0161 496 0999")
    assert [line.split(":")[0] for line in wrong.errors] == [
        "How many came",
        "Take out what could identify a person. Nothing has been stored",
    ]
    page.send("Keep this record", came="9", themes=["carers", "reviews"], notes="Nobody had asked", actions="Ask first")
    held = priya.get(PAGE).words
    assert "9 came" in held
    assert "Carers, Reviews" in held
    assert "Nobody had asked" in priya.get(address).words
    assert "Nobody had asked" not in stranger.get(address).words  # what the room said is for who was asked to it
    assert "9" in stranger.get(address).words
    assert not any(href.endswith("/record") for href in femi.get("/").links())
    assert "cannot be cancelled" in femi.post(f"{address}/cancel").follow().words
