"""One thing at several places: one row says so, and opens. The number, the filters and the map stay as they are."""

import json
from pathlib import Path

import pytest

from tests.library.searching import opened, page
from tests.support.client import Answer, Client
from webapp.library.build.series import series_of
from webapp.library.front_matter.model import Asset
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query

pytestmark = pytest.mark.reads_only
SEARCH = "/directory?q=tallow+dipping"


def row(answer: Answer):
    (only,) = answer.soup.select("li.result")
    return only


def series(content: Generation, title: str, organisation: str = "Wick and Wax", summary: str = "", **more: object):
    given = {"summary": summary or "Make candles together.", "organisation": organisation, "status": "active"}
    front = Asset.model_validate({"title": title, **given, "contacts": [{"phone": "0161 496 0177"}], **more})
    return frozenset(series_of(front, content.vocabulary))


def alike(content: Generation, one: str, other: str, **more: object) -> bool:
    return bool(series(content, one, **more) & series(content, other, **more))


def test_one_thing_at_four_places_takes_one_row_and_counts_as_four(priya: Client):
    answer = priya.get(SEARCH)
    assert answer.soup.select_one(".results__found").get_text().startswith("4 groups")
    others = row(answer).select_one("details.others")
    assert others.summary.get_text().startswith("and 3 more at ")
    links = {link["href"] for link in others.select("a")} | {row(answer).h3.a["href"]}
    assert len(links) == 4, "each can be opened, without a script too"


def test_the_nearest_leads(priya: Client):
    assert row(priya.get(f"{SEARCH}&near=M20")).h3.a["href"] == "/directory/tallow-dipping-didsbury"
    assert row(priya.get(f"{SEARCH}&near=M18")).h3.a["href"] == "/directory/tallow-dipping-gorton"


def test_what_is_full_does_not_lead(priya: Client):
    answer = priya.get(f"{SEARCH}&near=M22")
    assert row(answer).h3.a["href"] == "/directory/tallow-dipping-didsbury"
    assert "full" in row(answer).select_one("details.others").get_text()


def test_those_that_do_not_meet_what_was_named_stand_apart(priya: Client):
    answer = priya.get(f"{SEARCH}+wednesday")
    first, second = answer.soup.select("li.result")
    assert first.h3.a["href"] == "/directory/tallow-dipping-didsbury"
    assert first.select_one(".others") is None
    assert "Nearly" in second.find_previous_sibling("li").get_text()
    assert second.select_one(".others summary").get_text().startswith("and 2 more")


def test_filters_count_each(priya: Client):
    facets = priya.get(SEARCH).soup
    assert facets.select_one("#cost-free").find_parent("label").select_one(".choice__count").get_text() == "4"
    assert row(priya.get(f"{SEARCH}&day=monday")).select_one(".others") is None


def test_the_map_has_a_pin_for_each_with_the_number_of_their_row(priya: Client):
    points = json.loads(priya.get(f"{SEARCH.replace('?', '/points?')}&view=map").text)["points"]
    assert {(point["path"].rpartition("-")[2], point["number"]) for point in points} == {
        (place, 1) for place in ("gorton", "levenshulme", "didsbury", "northenden")
    }
    picture = priya.get(f"{SEARCH}&view=map").soup.select("svg.map-picture a")
    assert len(picture) > 1
    assert {pin["href"] for pin in picture} == {"#group-1"}


def test_each_can_have_a_row_of_its_own(priya: Client):
    assert len(priya.get(f"{SEARCH}&each=1").soup.select("li.result")) == 4


def test_titles_that_differ_in_place_day_or_time_are_alike(content: Generation):
    assert alike(content, "Candle café - Gorton", "Gorton candle cafe")
    assert alike(content, "Candle café (Mondays, 10am to 12pm)", "Candle café, Thursday evenings")
    assert alike(content, "Candle café 3rd May 2027", "Candle café 10 June 2027")
    assert alike(content, "Candle café Epworth", "Candle café", locations=[{"address": "4 Reed Lane, Epworth"}])
    assert alike(content, "Candle café: Brigg", "Candle café: Crowle"), "places that nobody has told us of"


def test_what_else_differs_is_another_thing(content: Generation):
    assert not alike(content, "Candle making level 1", "Candle making level 2")
    assert not alike(content, "Candles - Gorton", "Soap - Gorton")
    assert not alike(content, "Gorton", "Levenshulme")
    assert not series(content, "Candle café") & series(content, "Candle café", organisation="Soap Works")
    one, other = (series(content, f"Rota: {name}", summary=name) for name in ("Brigg", "Taekwondo for all ages"))
    assert not one & other, "a name that is no English word may be the thing itself"


def test_pages_are_counted_by_rows_and_only_so_many_come_with_one(tmp_path: Path):
    def of(row: int):
        return page(row, f"Candles {row}", series=("ab",) if row < 6 else ("cd",) if row < 7 else ())

    engine = opened(tmp_path, *(of(row) for row in range(9)))
    first, second = (engine.search(Query("candles", size=2, page=number, in_series=3)) for number in (1, 2))
    assert (first.total, first.pages) == (9, 2)
    rows = first.hits + second.hits
    assert [len(hit.others) for hit in rows] == [3, 0, 0, 0], "what is the only one of its series stands alone"
    assert [hit.more for hit in rows] == [2, 0, 0, 0]
    assert engine.search(Query("candles", size=2)).pages == 5


def test_two_that_share_a_third_are_one_series(tmp_path: Path):
    names = [("a1",), ("b2", "a1"), ("b2",), ("c3",)]
    engine = opened(tmp_path, *(page(row, "Candles", series=of) for row, of in enumerate(names)))
    assert [len(hit.others) for hit in engine.search(Query("candles", in_series=9)).hits] == [2, 0]
