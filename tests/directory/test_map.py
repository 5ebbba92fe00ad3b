"""The map beside the list."""

import json

import pytest

from webapp.library.search.query import Query

pytestmark = pytest.mark.reads_only


def test_the_map_is_asked_for_by_an_address_and_keeps_the_search(priya):
    page = priya.get("/directory?q=singing&near=M22&view=map").soup
    drawn = page.select_one("[data-map]")
    assert drawn["data-map"] == "/directory/points?q=singing&near=M22&view=map"
    assert page.select("ol.results h3"), "the list is always there"
    assert priya.get("/directory?q=singing&near=M22").soup.select_one("[data-map]") is None


def test_filters_changed_beside_the_map_keep_it(priya):
    page = priya.get("/directory?q=singing&view=map").soup
    assert page.select_one("input[type=hidden][name=view][value=map][form=finder]")


def test_points_are_those_of_the_list(priya):
    said = json.loads(priya.get("/directory/points?activity=walking&near=M22").text)
    listed = {a["href"] for a in priya.get("/directory?activity=walking&near=M22").soup.select("ol.results h3 a")}
    assert said["points"]
    assert {point["path"] for point in said["points"]} <= listed
    assert said["near"]["name"] == "M22"


def test_a_confidential_place_is_on_no_map(priya, content):
    secret = {"/directory/lantern-service", "/directory/harebell-womens-safety-service"}
    shown = {point["path"] for point in json.loads(priya.get("/directory/points").text)["points"]}
    assert not secret & shown
    cards = [hit.card for hit in content.search(Query(kinds=frozenset({"asset"}), size=500)).hits]
    assert secret <= {card["path"] for card in cards}, "they are in the directory, without a point"


def test_what_makes_no_sense_gives_an_empty_map_not_a_fault(priya):
    answer = priya.get("/directory/points?near=%00&within=banana&activity=nothing&page=999999999")
    assert answer.status == 200
