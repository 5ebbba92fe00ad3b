"""Home and directory begin from the reader's patch, or from wherever they chose, and lead anywhere else."""

import pytest
from flask import Flask
from sqlalchemy import update

from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.library.generation.reader import Generation
from webapp.people.models import User

CHOOSE = "Begin from here"


@pytest.fixture
def patch(content: Generation) -> str:
    """What the patch of Priya's team is called."""
    (place,) = content.vocabulary.teams[PEOPLE["priya"].team].places
    return content.vocabulary.label("places", place)


def near(page: Answer) -> str:
    return str(page.soup.select_one("input[name=near]")["value"])


def total(page: Answer) -> int:
    return int(page.soup.select_one(".results__found").get_text().split()[0])


def test_the_directory_begins_near_the_team_and_says_so(priya: Client, patch: str):
    page = priya.get("/directory")
    assert near(page) == patch
    assert f"From your patch: {patch} · change" in page.words
    assert f"groups near {patch}" in page.words
    assert total(page) == total(priya.get("/directory?near=")), "nothing is hidden"
    assert page.soup.select_one(".result .dots li:nth-child(2)").get_text().endswith(("mile", "miles"))


def test_the_home_page_begins_there_too(priya: Client, patch: str):
    page = priya.get("/")
    assert near(page) == patch
    assert f"From your patch: {patch} · change" in page.words
    assert all("&near=" in link for link in page.links(".fingers a"))


def test_the_patch_is_taken_away_with_its_chip_and_stays_away(priya: Client, patch: str):
    chip = priya.get("/directory").soup.select_one("a.chip")
    assert chip.get_text(strip=True) == f"RemoveNear {patch}"
    everywhere = priya.get(str(chip["href"]))
    assert near(everywhere) == ""
    second = next(link for link in everywhere.links(".govuk-pagination a") if "page=2" in link)
    again = next(a for a in priya.get(second).soup.select(".govuk-pagination a") if a.get_text(strip=True) == "1")
    assert near(priya.get(str(again["href"]))) == ""


def test_the_second_page_begins_where_the_first_did(priya: Client, patch: str):
    second = next(link for link in priya.get("/directory").links(".govuk-pagination a") if "page=2" in link)
    assert near(priya.get(second)) == patch


def test_an_address_that_a_colleague_sent_is_left_as_it_is(priya: Client):
    assert near(priya.get("/directory?cost=free")) == ""
    assert "From your patch" not in priya.get("/directory?cost=free").words


def test_another_place_is_remembered_until_it_is_given_up(priya: Client, patch: str, content: Generation):
    slug, other = next((s, p.label) for s, p in content.vocabulary.terms("places").items() if p.label != patch)
    page = priya.get("/account/place?next=/directory").send(CHOOSE, place=slug)
    assert page.location == "/directory"
    assert f"begin from {other} now" in page.follow().words
    assert f"From {other} · change" in priya.get("/directory").words
    assert near(priya.get("/")) == other
    priya.get("/account/place").send(CHOOSE, place="my-team")
    assert near(priya.get("/directory")) == patch


def test_nobody_need_begin_anywhere(priya: Client):
    priya.get("/account/place").send(CHOOSE, place="everywhere")
    page = priya.get("/directory")
    assert near(page) == ""
    assert "From the whole city · change" in page.words


def test_whoever_is_in_no_team_begins_from_the_whole_city(carol: Client):
    assert near(carol.get("/directory")) == ""
    assert "From the whole city · change" in carol.get("/").words


def test_a_team_of_several_places_begins_with_what_serves_them(app: Flask, priya: Client, content: Generation):
    team = next(team for team in content.vocabulary.teams.values() if len(team.places) > 1)
    with app.app_context():
        db.session.execute(update(User).where(User.id == PEOPLE["priya"].id).values(team=team.slug))
        db.session.commit()
    page = priya.get("/directory")
    ticked = {str(box["value"]) for box in page.soup.select("input[name=place][checked]")}
    assert ticked == set(team.places)
    hidden = {str(box["value"]) for box in priya.get("/").soup.select("input[type=hidden][name=place]")}
    assert hidden == set(team.places)


def test_a_place_that_is_none_is_refused_and_nothing_changes(priya: Client, patch: str):
    page = priya.post("/account/place", {"place": "atlantis"})
    assert page.status == 422
    assert page.errors == ["Choose one of the answers shown"]
    assert near(priya.get("/directory")) == patch


def test_the_way_back_leads_to_this_site_alone(priya: Client):
    sent = priya.post("/account/place", {"place": "everywhere", "next": "https://evil.example/"}, status=303)
    assert sent.location == "/"


def test_to_open_the_directory_is_no_search(priya: Client, patch: str):
    assert not priya.get("/directory").soup.select("[data-finished-search]")
    assert priya.get(f"/directory?near={patch}").soup.select("[data-finished-search]")
