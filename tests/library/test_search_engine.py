"""Searching a small directory: order, filters, counts, distance, pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from searching import TODAY, facet, opened, page, titles

from webapp.library.search.query import Query

HULME, MOSS_SIDE, WYTHENSHAWE = (53.4660, -2.2500), (53.4550, -2.2400), (53.3880, -2.2570)


def ask(engine, words="", **more):
    return engine.search(Query(words, today=TODAY, **more))


@pytest.fixture
def directory(tmp_path):
    engine = opened(
        tmp_path,
        page(1, "Hulme walking group", "A gentle walk every Tuesday.", points=(HULME,),
             facets={"place": ("hulme",), "cost": ("free",), "day": ("tuesday",)}),
        page(2, "Moss Side lunch club", "A hot meal in company, near the walking trail.", points=(MOSS_SIDE,),
             facets={"place": ("moss-side",), "cost": ("under-5",), "day": ("monday", "tuesday")}),
        page(3, "Wythenshawe Men’s Shed", "Woodwork and tea for a friendly group.", points=(WYTHENSHAWE,),
             facets={"place": ("wythenshawe",), "cost": ("free",), "capacity": ("full",)}),
        page(4, "Telephone friends", "A weekly call.", citywide=True, facets={"cost": ("free",)}),
        page(5, "What a good review looks like", "Guidance on walking through a review.", kind="toolkit"),
    )  # fmt: skip
    yield engine
    engine.close()


@pytest.mark.parametrize("words", ["", "walking", "friendly group", "tuesday near nowhere", "abseiling"])
def test_one_search_after_another_finds_what_it_would_find_alone(directory, words):
    asked = [
        {"kinds": frozenset({"asset"})},
        {"kinds": frozenset({"asset"}), "filters": {"cost": ("free",)}, "within": 2.0, "near": HULME},
        {"kinds": frozenset({"asset"}), "filters": {"cost": ("free",)}, "within": 9.0, "near": HULME},
        {"kinds": frozenset({"toolkit"}), "titled": True},
        {"kinds": frozenset({"asset"}), "open_only": True, "exact": True},
    ]
    in_turn = [titles(ask(directory, words, **more)) for more in asked]
    # Each the other way round, so that none follows the one that it followed before.
    assert [titles(ask(directory, words, **more)) for more in reversed(asked)] == in_turn[::-1]
    counts = [directory.count(Query(words, today=TODAY, **more)) for more in asked]
    assert counts == [ask(directory, words, **more).total for more in asked]


def test_no_words_browse_everything(directory):
    assert ask(directory).total == 5


def test_every_word_comes_before_any_word(directory):
    assert titles(ask(directory, "walking group"))[0] == "Hulme walking group"


@pytest.mark.parametrize("words", ["walk", "walks", "WALKING", "wálking", "  walking  ", "walk\x00ing walking"])
def test_words_are_found_by_their_stem(directory, words):
    assert "Hulme walking group" in titles(ask(directory, words))


@pytest.mark.parametrize("words", ["mens shed", "men's shed", "men’s shed", "Mens Sheds"])
def test_apostrophes_do_not_matter(directory, words):
    assert titles(ask(directory, words))[0] == "Wythenshawe Men’s Shed"


def test_the_last_word_may_be_half_typed(directory):
    assert titles(ask(directory, "teleph")) == ["Telephone friends"]
    assert titles(ask(directory, "lunch cl"))[0] == "Moss Side lunch club"


def test_a_title_counts_for_more_than_a_mention(directory):
    found = titles(ask(directory, "lunch"))
    assert found[0] == "Moss Side lunch club"


def test_kinds_can_be_told_apart(directory):
    assert titles(ask(directory, "walking", kinds=frozenset({"toolkit"}))) == ["What a good review looks like"]
    assert facet(ask(directory, "walking", kinds=frozenset({"toolkit"})), "kind") == {"asset": 2, "toolkit": 1}


def test_filters_are_any_within_a_group_and_all_between_groups(directory):
    both = {"place": ("hulme", "moss-side"), "day": ("tuesday",)}
    assert ask(directory, filters=both).total == 2
    assert titles(ask(directory, filters=both | {"cost": ("free",)})) == ["Hulme walking group"]


def test_a_group_is_counted_without_its_own_filter(directory):
    result = ask(directory, filters={"cost": ("free",)}, kinds=frozenset({"asset"}))
    assert facet(result, "cost") == {"free": 3, "under-5": 1}
    assert facet(result, "day") == {"tuesday": 1}


def test_what_is_citywide_serves_every_place(directory):
    result = ask(directory, filters={"place": ("hulme",)})
    assert titles(result) == ["Hulme walking group", "Telephone friends"]
    assert facet(result, "place") == {"hulme": 2, "moss-side": 2, "wythenshawe": 2}
    assert titles(ask(directory, filters={"place": ("nowhere",)})) == ["Telephone friends"]


def test_every_count_is_what_choosing_it_gives(directory):
    start = Query("", filters={"cost": ("free",), "day": ("tuesday",)}, today=TODAY)
    for group, slugs in directory.search(start).facets.items():
        for slug, number in slugs.items():
            chosen = replace(start, filters={**start.filters, group: (slug,)})
            assert directory.search(chosen).total == number, (group, slug)


def test_an_unknown_choice_gives_nothing(directory):
    assert ask(directory, filters={"cost": ("golden",)}).total == 0
    assert ask(directory, filters={"nothing": ("at-all",)}).total == 0


def test_only_open_leaves_out_what_is_full_or_closed(tmp_path):
    engine = opened(
        tmp_path,
        page(1, "Open"),
        page(2, "Waiting list", facets={"capacity": ("waiting-list",)}),
        page(3, "Full", facets={"capacity": ("full",)}),
        page(4, "Closed", status="temporarily closed"),
    )
    assert sorted(titles(ask(engine, open_only=True))) == ["Open", "Waiting list"]


def test_distance_is_shown_sorted_by_and_limited(directory):
    result = ask(directory, near=HULME, sort="distance", kinds=frozenset({"asset"}))
    by_distance = ["Hulme walking group", "Moss Side lunch club", "Wythenshawe Men’s Shed", "Telephone friends"]
    assert titles(result) == by_distance
    miles = [hit.miles for hit in result.hits]
    assert miles[0] == pytest.approx(0, abs=0.01)
    assert miles[1] == pytest.approx(0.87, abs=0.05)
    assert miles[2] == pytest.approx(5.4, abs=0.1)
    assert miles[3] is None
    assert titles(ask(directory, near=HULME, within=1.0, sort="distance")) == by_distance[:2]


def test_the_nearest_of_several_points_counts(tmp_path):
    engine = opened(tmp_path, page(1, "Two halls", points=(WYTHENSHAWE, HULME)), page(2, "None"))
    assert ask(engine, near=HULME).hits[0].miles == pytest.approx(0, abs=0.01)


def test_near_goes_before_far_where_all_else_is_alike(tmp_path):
    engine = opened(tmp_path, page(1, "Choir", points=(WYTHENSHAWE,)), page(2, "Choir", points=(HULME,)))
    assert [hit.row for hit in ask(engine, "choir", near=HULME).hits] == [2, 1]


def test_checked_lately_and_taking_people_go_first_where_all_else_is_alike(tmp_path):
    engine = opened(
        tmp_path,
        page(1, "Choir", verified=None),
        page(2, "Choir", verified=TODAY - timedelta(days=900)),
        page(3, "Choir", facets={"capacity": ("full",)}),
        page(4, "Choir"),
        page(5, "Choir", status="temporarily closed"),
    )
    best = ask(engine, "choir").hits
    assert (best[0].row, best[-1].row) == (4, 5)
    assert ask(engine, "choir", sort="verified").hits[-1].row == 1


def test_sorted_by_name_without_regard_to_case_or_accents(tmp_path):
    engine = opened(tmp_path, page(1, "bingo"), page(2, "Élan"), page(3, "Art"), page(4, "Drama"))
    assert titles(ask(engine, sort="name")) == ["Art", "bingo", "Drama", "Élan"]


def test_pages_hold_every_result_once(tmp_path):
    engine = opened(tmp_path, *(page(i, f"Choir {i % 7}") for i in range(95)))
    seen = [hit.row for n in range(1, 6) for hit in ask(engine, "choir", page=n).hits]
    assert sorted(seen) == list(range(95))
    last = ask(engine, "choir", page=99)
    assert (last.page, last.pages, len(last.hits)) == (5, 5, 15)


def test_an_empty_index_answers(tmp_path):
    engine = opened(tmp_path)
    assert ask(engine, "choir", near=HULME, within=2, filters={"place": ("hulme",)}).total == 0
    assert ask(engine).total == 0
