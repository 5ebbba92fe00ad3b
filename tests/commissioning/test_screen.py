"""A commissioner's morning on one screen: the list, the gap beside it, their own views, and what meets a gap."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.gaps.site import Visitor, version
from tests.support.client import Client
from tests.support.world import addresses, report
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.library.generation.reader import Generation

LIST = "/commissioning/gaps"
OPEN = f"{LIST}?status=open&sort=newest&gap=GAP-0001"


@pytest.fixture
def two(priya: Client, stranger: Client) -> None:
    report(priya, "A choir in the evening", "gorton-levenshulme")
    report(stranger, "Evening singing for men")


@pytest.mark.usefixtures("two")
def test_a_gap_opens_beside_the_list_that_stays(carol: Client) -> None:
    page = carol.get(f"{LIST}?status=open")
    first, _ = page.soup.select("[data-row]")
    assert first["href"] == f"{LIST}?status=open&sort=newest&gap=GAP-0002#side"
    whole = carol.get(OPEN)
    part = carol.get(OPEN, part=True)
    for answer in (whole, part):
        assert answer.soup.select_one("#side h2").get_text() == "A choir in the evening"
        assert answer.soup.select_one("tr.is-open [data-row]")["id"] == "row-1"
        assert "GAP-0002" in answer.soup.select_one("#part-similar").get_text()
        assert "Priya" not in answer.text
    assert not part.is_whole


@pytest.mark.usefixtures("two")
def test_work_in_the_panel_leads_back_to_the_same_list(carol: Client) -> None:
    page = carol.get(OPEN)
    after = page.send("Save this gap", status="under-review", reason="Asking the halls")
    assert after.location == OPEN
    assert "GAP-0001 is now “Under review”" in after.follow().words
    after = carol.get(OPEN).send("Save this gap", owner="3", theme="carers", place="citywide")
    page = after.follow()
    assert "Looked after by Carol Whitfield" in page.words
    assert "Whole city" in page.soup.select_one("#side .gap__facts").get_text()


@pytest.mark.usefixtures("two")
def test_what_is_missing_is_said_in_the_panel_and_the_rest_is_kept(carol: Client) -> None:
    page = carol.get(OPEN)
    for part in (False, True):
        refused = page.send("Save this gap", status="met", reason="A hall was found", part=part)
        assert refused.status == 422
        assert "closes the gap" in refused.errors[0]
        assert refused.soup.select_one("#side textarea[name=reason]").get_text(strip=True) == "A hall was found"
        assert refused.soup.select_one("tr.is-open")


@pytest.mark.usefixtures("two")
def test_two_commissioners_see_both_choices(carol: Client, dev: Visitor) -> None:
    page = carol.get(OPEN)
    dev.post(f"{LIST}/GAP-0001/work", theme="dementia", owner=str(dev.id), version=version(page.text))
    refused = page.send("Save this gap", theme="carers", owner="3")
    assert refused.status == 409
    said = " ".join(refused.soup.select_one(".both").get_text(" ").split())
    assert "Theme Now: Dementia Yours: Carers" in said
    assert "Looked after by Now: Dev Rao Yours: Carol Whitfield" in said
    assert refused.send("Save this gap").status == 303  # seen both, and sent again


@pytest.mark.usefixtures("two")
def test_every_filter_is_in_the_address_and_can_be_taken_away(carol: Client) -> None:
    carol.get(f"{LIST}/GAP-0001").send("Save this gap", theme="carers", workstream="early-help", owner="3")
    for query, refs in {
        "theme=carers": ["GAP-0001"],
        "theme=none": ["GAP-0002"],
        "workstream=early-help,short-term-offer": ["GAP-0001"],
        "owner=3": ["GAP-0001"],
        "owner=me": ["GAP-0001"],
        "owner=nobody": ["GAP-0002"],
        "waiting=answer": ["GAP-0002", "GAP-0001"],
        "supporters=2": [],
        "q=GAP-0002": ["GAP-0002"],
        "q=sing": ["GAP-0002"],
        "q=choirs+evenings": ["GAP-0001"],
        "audience=older-people": [],
        "outcome=none": ["GAP-0002", "GAP-0001"],
    }.items():
        page = carol.get(f"{LIST}?{query}")
        assert [tag.get_text() for tag in page.soup.select("td.dense__ref")] == refs, query
        assert len(page.soup.select("a.chip")) == 1, query


def test_odd_addresses_are_answered(carol: Client) -> None:
    for query in (
        "theme=%00",
        "owner=x",
        "gap=GAP-9999",
        "gap=zzz",
        "undo=x",
        "gone=9",
        "page=999",
        "sort=drop",
        "age=1",
    ):
        assert "No gaps" in carol.get(f"{LIST}?{query}").words


@pytest.mark.usefixtures("two")
def test_what_waits_too_long_says_so(carol: Client, app: Flask) -> None:
    with app.app_context():
        db.session.get_one(Gap, 1).created_at -= timedelta(days=100)
        gap = db.session.get_one(Gap, 2)
        gap.created_at -= timedelta(days=80)
        gap.answered_at, gap.answer = gap.created_at, "We are asking."
        db.session.commit()
    page = carol.get(LIST)
    labels = [tag.get_text() for tag in page.soup.select(".dense__waiting .label")]
    assert labels == ["Quiet 3 months", "No answer"]
    assert page.soup.select_one(".label--bad").get_text() == "No answer"
    assert "GAP-0002" in carol.get(f"{LIST}?waiting=news").words
    assert "GAP-0002" not in carol.get(f"{LIST}?waiting=answer").words


@pytest.mark.usefixtures("two")
def test_the_mark_of_the_views_goes_where_the_filters_lead(carol: Client) -> None:
    for part in (False, True):
        marked = carol.get(f"{LIST}?status=new&sort=oldest", part=part).soup.select("#view-tabs [aria-current]")
        assert [link.text for link in marked] == ["New"]
        assert not carol.get(f"{LIST}?status=met", part=part).soup.select("#view-tabs [aria-current]")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("said", ["status=opne", "waiting=godot", "sort=best", "when=reported.2026-02-30", "owner=x"])
def test_what_no_filter_understands_is_told_and_in_no_file(carol: Client, said: str) -> None:
    name, _, value = said.partition("=")
    for page in (carol.get(f"{LIST}?place=citywide&{said}"), carol.get(f"/gaps?{said}", part=True)):
        assert f"Left out, because nothing here is called so: {name} “{value}”." in page.words
    for ending in ("csv", "json", "xlsx"):
        refused = carol.get(f"{LIST}.{ending}?{said}", status=400)
        assert f"{name} “{value}”" in refused.text
    assert "Left out" not in carol.get(f"{LIST}?status=open,met&owner=me&age=30&sort=-place&place=citywide").words


@pytest.mark.usefixtures("two")
def test_a_view_is_saved_opened_deleted_and_brought_back(carol: Client, dev: Visitor) -> None:
    page = carol.get(f"{LIST}?status=open&place=citywide").send("Save this view", called="Whole city").follow()
    (mine,) = page.soup.select(".saved-views__mine a")
    assert mine["aria-current"] == "page"
    assert "GAP-0002" in carol.get(str(mine["href"])).words
    assert "saved-views__mine" not in dev.get(LIST)
    taken = carol.get(LIST).send("Save this view", called="whole CITY")
    assert "You have a view of this name" in taken.errors[0]
    assert "Give the view a name" in carol.get(LIST).send("Save this view", called=" ").errors[0]
    assert carol.get(LIST).send("Save this view", called="Mr Ahmed Khan, 07700 900123").status == 422
    assert "no such view of yours" in dev.sends("/commissioning/views/1/delete")
    page = carol.get(LIST).send("/commissioning/views/1/delete").follow()
    assert "The view “Whole city” is deleted." in page.words
    assert not page.soup.select(".saved-views__mine")
    assert page.send("Bring it back").follow().soup.select(".saved-views__mine")


def test_single_keys_can_be_switched_off(carol: Client, dev: Visitor) -> None:
    page = carol.get(LIST)
    assert page.soup.select_one("#triage[data-keys]")
    page = page.send("Switch single keys off").follow()
    assert not page.soup.select_one("#triage[data-keys]")
    assert "data-keys" in dev.get(LIST)
    assert page.send("Switch single keys on").follow().soup.select_one("#triage[data-keys]")


@pytest.mark.usefixtures("two")
def test_a_page_that_meets_a_gap_is_linked_and_everyone_sees_it(
    carol: Client, priya: Client, content: Generation
) -> None:
    path = addresses(content)["directory"]
    wrong = carol.get(OPEN).send("Link this page", path="/directory/no-such-page")
    assert wrong.status == 422
    assert "There is no page of this site" in wrong.errors[0]
    assert carol.get(OPEN).send("Link this page", path="https://elsewhere.example/directory").status == 422
    carol.get(OPEN).send("Link this page", path=f"http://localhost{path}?q=choir")
    page = priya.get("/gaps/GAP-0001")
    assert "What there is now" in page.words
    assert path in page.links()
    carol.get(OPEN).send(f"{LIST}/GAP-0001/links/remove")
    assert path not in priya.get("/gaps/GAP-0001").links()
    history = carol.get(OPEN).soup.select_one("#part-history").get_text()
    assert "Linked to what meets it" in history
    assert "Link taken away" in history


@pytest.mark.usefixtures("two")
def test_long_texts_keep_to_their_place(carol: Client, priya: Client) -> None:
    long = "Donaudampfschifffahrtsgesellschaft " * 14
    report(priya, long)
    page = carol.get(f"{LIST}?gap=GAP-0003")
    assert page.soup.select_one("#side h2").get_text().endswith("…")
    assert long.strip() in page.soup.select_one("#side").get_text()
