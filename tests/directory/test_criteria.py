"""What an address asks of the directory. Nothing in it can be wrong enough to refuse."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from webapp.directory.criteria import FACETS, Criteria
from webapp.library.generation.reader import Generation

NAMES = ["q", "near", "within", "open", "sort", "page", "exact", *FACETS]


def criteria(content: Generation, *pairs: tuple[str, str]) -> Criteria:
    return Criteria.from_args(MultiDict(pairs), content)


def test_everything_asked_for_is_in_the_address_again(content: Generation):
    address = "/directory?q=walk&near=M22&within=2&activity=walking&cost=free&cost=donation&open=1&sort=distance&page=2"
    asked = criteria(
        content,
        *[("cost", "free"), ("cost", "donation"), ("activity", "walking"), ("q", "walk"), ("near", "M22")],
        *[("within", "2"), ("open", "1"), ("sort", "distance"), ("page", "2")],
    )
    assert asked.address() == address
    assert not asked.notices


def test_a_postcode_nobody_knows_stands_for_its_district(content: Generation):
    district, full = criteria(content, ("near", "m22")), criteria(content, ("near", "m22 5rx"))
    assert district.near
    assert full.near
    assert full.near.point == district.near.point
    assert full.near.name == "M22 5RX"


def test_a_place_is_known_by_any_of_its_names(content: Generation):
    near = criteria(content, ("near", "  northenden ")).near
    assert near
    assert near.name == "Northenden"


def test_an_unknown_place_is_told_and_everywhere_is_searched(content: Generation):
    asked = criteria(content, ("near", "Atlantis"))
    assert asked.near is None
    assert "We do not know where “Atlantis” is" in asked.notices[0]


@pytest.mark.parametrize("within", ["abc", "-1", "0", "nan", "inf", "1e9"])
def test_a_distance_that_is_none_is_left_out(content: Generation, within: str):
    asked = criteria(content, ("near", "M22"), ("within", within))
    assert asked.within is None
    assert within in asked.notices[0]


def test_a_filter_that_does_not_exist_is_dropped_with_a_notice(content: Generation):
    asked = criteria(content, ("cost", "gold"), ("cost", "free"))
    assert asked.filters == {"cost": ("free",)}
    assert "“gold”" in asked.notices[0]
    several = criteria(content, *[("place", f"gone-{i}") for i in range(50)])
    assert several.notices == ("50 filters do not exist any more, so they were left out.",)


@pytest.mark.parametrize("page", ["", "x", "0", "-3", "9" * 5000, "²", "1.5"])
def test_a_page_that_makes_no_sense_is_the_first(content: Generation, page: str):
    assert criteria(content, ("page", page)).page == 1


def test_one_filter_is_taken_away_or_put_on_from_the_first_page(content: Generation):
    asked = criteria(content, ("cost", "free"), ("cost", "donation"), ("page", "3"))
    assert asked.removing("cost", "free").address() == "/directory?cost=donation"
    assert asked.removing("cost").address() == "/directory?near="
    assert asked.adding("activity", "walking").address() == "/directory?activity=walking&cost=free&cost=donation"


def test_a_gap_is_filled_in_with_what_was_looked_for(content: Generation):
    asked = criteria(content, ("q", "choir"), ("place", "gorton-levenshulme"), ("audience", "carers"), ("cost", "free"))
    assert asked.gap_address() == "/gaps/new?q=choir&place=gorton-levenshulme&audience=carers&cost=free"


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text())))
def test_nothing_that_is_typed_into_an_address_breaks_it(content: Generation, pairs: list[tuple[str, str]]):
    asked = criteria(content, *pairs)
    again = criteria(content, *asked_pairs(asked.address()))
    assert again.address() == asked.address()


def asked_pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)
