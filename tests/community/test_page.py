"""The page of a team: what its people see, and what others do."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.community.conftest import HERE, NOW, OURS, THEIRS, THERE, answer, report
from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.library.generation.reader import Generation, NewListing
from webapp.people.models import User
from webapp.spotlights.models import SpotlightSession

LAST_MONDAY = date(2026, 3, 16)


def test_my_team_opens_with_its_next_meeting_and_who_to_ask(priya: Client):
    page = priya.get("/community")
    assert page.h1 == "Our team"
    assert "Next meeting: Thursday 26 March 2026, 2:00pm" in page.words
    assert "Thursdays, 2:00pm to 3:00pm" in page.words
    assert "The long table" in page.words
    assert "Femi Adeyemi" in page.words
    assert "Connie Baptiste" in page.words
    assert "https://meet.example.org/ours" in page.links()


def test_another_team_sees_when_we_meet_and_nothing_of_what_we_say(
    priya: Client, stranger: Client, write_log: Callable[..., None]
):
    write_log("Ask before I offer", LAST_MONDAY)
    priya.get(HERE).send("Put me on the rota", about="A large package")
    report(priya, "A choir in the evening")
    assert "Ask before I offer" in priya.get(HERE).words
    page = stranger.get(HERE)
    assert "Next meeting: Thursday 26 March 2026" in page.words
    for hidden in ("Ask before I offer", "Priya Nair", "A large package", "A choir in the evening"):
        assert hidden not in page.text
    assert "https://meet.example.org/ours" not in page.links()
    assert "is for its own people" in page.words


def test_a_convener_sees_each_of_their_teams(connie: Client, write_log: Callable[..., None]):
    write_log("Ask before I offer", LAST_MONDAY)
    page = connie.get(HERE)
    assert "Ask before I offer" in page.words
    assert {HERE, THERE} <= set(page.links(".sort a"))


def test_a_team_with_nothing_yet_says_what_would_be_there(stranger: Client):
    page = stranger.get("/community")
    assert page.h1 == "Their team"
    assert "Nobody has said yet when this community meets" in page.words
    assert "Nobody has this role in the team yet" in page.words
    assert "Nothing passed on yet" in page.words
    assert "Nothing is shared yet" in page.words
    assert "No group was added in the last two months" in page.words


def test_whoever_is_in_no_team_is_led_to_all_of_them(ed: Client, lena: Client):
    page = ed.get("/community", status=303).follow()
    assert page.h1 == "Communities of Practice"
    assert "You are not in a team" not in page.words, "an editor need not be in one"
    assert "You are not in a team" in lena.get("/communities").words
    assert {HERE, THERE} <= set(page.links("main a"))


def test_a_team_that_is_none_is_not_found(priya: Client):
    for path in ("/community/atlantis", "/community/atlantis/invitations"):
        priya.get(path, status=404)
    assert priya.post("/community/atlantis/rota").status == 404


def test_last_week_tells_only_what_was_shared_here(priya: Client, write_log: Callable[..., None]):
    write_log("Ask before I offer", LAST_MONDAY)
    write_log("Kept to myself", LAST_MONDAY, share=False)
    write_log("Taken back", LAST_MONDAY, withdrawn_at=NOW)
    write_log("Said elsewhere", LAST_MONDAY, team=THEIRS)
    write_log("Said earlier", LAST_MONDAY - timedelta(weeks=1))
    section = priya.get(HERE).soup.select_one("[aria-labelledby=tries]").get_text()
    assert "What we said we would try last week" in section
    assert "Ask before I offer" in section
    for other in ("Kept to myself", "Taken back", "Said elsewhere", "Said earlier", "Priya"):
        assert other not in section


@pytest.mark.parametrize(("weeks", "shown"), [(0, True), (2, True), (4, True), (5, False)])
def test_a_week_in_which_nobody_shared_shows_the_one_before(
    priya: Client, write_log: Callable[..., None], weeks: int, shown: bool
):
    write_log("Ask before I offer", LAST_MONDAY + timedelta(weeks=1) - timedelta(weeks=weeks))
    assert ("Ask before I offer" in priya.get(HERE).words) is shown


def test_what_we_passed_on_stands_with_its_answer(priya: Client, carol: Client):
    ref = report(priya, "A choir in the evening")
    priya.get("/barriers/new").send("/barriers/new", text="The form asks the same twice", kind="system-or-form")
    answer(carol, ref, "One begins in May, at the library.")
    section = priya.get(HERE).soup.select_one("[aria-labelledby=raised]").get_text(" ", strip=True)
    assert "A choir in the evening" in section
    assert "One begins in May, at the library." in section
    assert "The form asks the same twice" in section
    assert section.index("A choir") < section.index("The form"), "the last news stands first"


def test_a_barrier_that_is_a_gap_stands_there_once(priya: Client, content: Generation):
    sent = priya.get("/barriers/new").send("/barriers/new", text="Nobody sings in the evening", kind="provision")
    assert sent.status == 303, sent.words
    rows = priya.get(HERE).soup.select("[aria-labelledby=raised] li")
    assert len(rows) == 1


def test_our_patch_tells_new_groups_and_answers_from_here_alone(
    priya: Client, carol: Client, monkeypatch: pytest.MonkeyPatch
):
    day = NOW.date()
    new = [
        NewListing(day, "/directory/choir", "Choir", (OURS,), citywide=False),
        NewListing(day, "/directory/shed", "Shed", (THEIRS,), citywide=False),
        NewListing(day, "/directory/line", "Line", (), citywide=True),
        NewListing(day - timedelta(days=90), "/directory/old", "Older", (OURS,), citywide=False),
    ]
    monkeypatch.setattr(Generation, "new_listings", property(lambda self: new))
    for place, needed in ((OURS, "A choir in the evening"), (THEIRS, "A shed on Sundays")):
        answer(carol, report(priya, needed, place), "It begins in May.")
    aside = priya.get(HERE).soup.select_one("aside.aside")
    assert [a["href"] for a in aside.select("[aria-labelledby=listings] li a")] == [
        "/directory/choir",
        "/directory/line",
    ]
    answers = aside.select_one("[aria-labelledby=answers]").get_text()
    assert "A choir in the evening" in answers
    assert "A shed on Sundays" not in answers


def test_the_spotlight_that_was_planned_for_us_comes_first(app: Flask, priya: Client, content: Generation):
    card = content.section("spotlight")[-1]
    slug = card["path"].rsplit("/", 1)[1]
    with app.app_context():
        for team, days in ((OURS, 2), (THEIRS, 1)):
            starts = NOW + timedelta(days=days)
            db.session.add(
                SpotlightSession(
                    spotlight=slug, team=team, starts_at=starts, ends_at=starts + timedelta(hours=1), changed_at=NOW,
                    venue="The long table",
                )
            )  # fmt: skip
        db.session.commit()
    section = priya.get(HERE).soup.select_one("[aria-labelledby=spotlight]").get_text(" ", strip=True)
    assert card["title"] in section
    assert "Thursday 26 March 2026, 9:30am" in section
    assert "The long table" in section


def test_the_home_page_leads_with_my_community(priya: Client, femi: Client, carol: Client):
    priya.get(HERE).send("Put me on the rota", about="A large package")
    section = priya.get("/").soup.select_one("main section")
    words = section.get_text(" ", strip=True)
    assert words.startswith("My community")
    assert "Next meeting: Thursday 26 March 2026, 2:00pm" in words
    assert "You bring something." in words
    assert "Priya Nair brings something." in femi.get("/").words
    assert "My community" not in carol.get("/").soup.select_one("main").get_text()


def test_someone_who_changed_teams_sees_the_new_one(app: Flask, priya: Client):
    with app.app_context():
        db.session.execute(update(User).where(User.id == PEOPLE["priya"].id).values(team=THEIRS))
        db.session.commit()
    assert priya.get("/community").h1 == "Their team"
    assert "is for its own people" in priya.get(HERE).words


def test_my_community_is_in_the_navigation(priya: Client):
    link = priya.get(HERE).soup.select_one("nav a[href='/community']")
    assert link.get_text() == "My community"
    assert link["aria-current"] == "true"
