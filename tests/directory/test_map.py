"""The map beside the list."""

import json
import re
from datetime import date

import pytest

from webapp.library.search.query import Query

pytestmark = pytest.mark.reads_only


def test_the_map_is_asked_for_by_an_address_and_keeps_the_search(priya):
    page = priya.get("/directory?q=singing&near=M22&view=map").soup
    drawn = page.select_one("[data-map]")
    assert drawn["data-map"] == "/directory/points?q=singing&near=M22&view=map"
    assert page.select("ol.results h3"), "the list is always there"
    assert drawn.has_attr("hidden"), "the picture stands in its place until a script draws the map"
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


def test_a_point_says_what_its_row_says(priya):
    said = json.loads(priya.get("/directory/points?q=heron+watch&near=M20&view=map").text)["points"]
    row = priya.get("/directory?q=heron+watch&near=M20&view=map").soup.select_one("li.result")
    first = next(point for point in said if point["path"] == row["data-group"])
    assert first["number"] == 1
    assert first["facts"] == "".join(str(item) for item in row.select_one(".dots").contents)


def test_without_a_script_a_picture_has_a_pin_for_each_place_of_the_list(priya, content):
    page = priya.get("/directory?activity=walking&near=M22&view=map&page=2").soup
    rows = {f"{i['id'].removeprefix('group-')} {i.h3.a.get_text()}" for i in page.select("li.result")}
    drawn = page.select_one("svg.map-picture")
    pins = [name for pin in drawn.select("a") for name in pin["aria-label"].partition(": ")[2].split("; ")]
    assert pins
    assert set(pins) <= rows, "a pin has the number and the name of its row"
    assert {pin["href"] for pin in drawn.select("a")} <= {f"#{row['id']}" for row in page.select("li.result")}
    words = drawn.get_text(" ")
    assert "N" in words.split()
    assert re.search(r"\bmiles?\b", words), "a scale"
    assert "M22" in words
    assert "Northenden and Brooklands" in words


def test_no_pin_of_the_picture_lies_on_another(priya):
    """A pin with three numbers is wider than one with one."""
    drawn = priya.get("/directory?near=M9&q=food&view=map").soup.select("svg.map-picture rect")
    boxes = [tuple(float(box[side]) for side in ("x", "y", "width", "height")) for box in drawn]
    assert len({box[2] for box in boxes}) > 1
    for x, y, wide, high in boxes:
        assert sum(x < other[0] + other[2] and other[0] < x + wide and abs(y - other[1]) < high for other in boxes) == 1


def test_a_confidential_place_is_on_no_map(priya, content):
    secret = {"/directory/lantern-service", "/directory/harebell-womens-safety-service"}
    shown = {point["path"] for point in json.loads(priya.get("/directory/points").text)["points"]}
    assert not secret & shown
    for path in secret:
        page = priya.get(f"/directory?q={content.page(path, date(2026, 11, 20)).title}&exact=1&view=map").soup
        assert page.select_one(f'li.result[data-group="{path}"]'), "it is in the list"
        title = page.select_one(f'li.result[data-group="{path}"] h3 a').get_text()
        assert title not in str(page.select_one(".map-box"))
    cards = [hit.card for hit in content.search(Query(kinds=frozenset({"asset"}), size=500)).hits]
    assert secret <= {card["path"] for card in cards}, "they are in the directory, without a point"


def test_what_makes_no_sense_gives_an_empty_map_not_a_fault(priya):
    answer = priya.get("/directory/points?near=%00&within=banana&activity=nothing&page=999999999")
    assert answer.status == 200
