"""What is of the same kind as the thing named, whose place counts, and words that tell of a person."""

from dataclasses import dataclass
from pathlib import Path

from tests.library.searching import opened, page, titles
from webapp.library.search.query import Query
from webapp.library.search.text import stem
from webapp.library.search.thesaurus import Thesaurus

BAKING = {"activity": ("baking",)}
CONDITIONS = [
    {"when": ["women", "ladies"], "label": "Women", "group": "audience", "facets": {"audience": ["women"]}},
    {"when": ["free"], "label": "Free", "group": "cost", "facets": {"cost": ["free"]}},
]
NORTH, SOUTH = (53.52, -2.2), (53.38, -2.2)


@dataclass
class Choice:
    slug: str
    label: str
    also: tuple[str, ...] = ()
    centre: tuple[float, float] | None = None


TERMS = {
    "activity": [Choice("baking", "Things from the oven", ("brioche", "scones", "flapjack"))],
    "place": [Choice("north", "Kersal", centre=NORTH), Choice("south", "Gatley", centre=SOUTH)],
    "language": [Choice("urdu", "Urdu", ("urdu",))],
}


def understood(tmp_path: Path, words: str, **thesaurus: object) -> set[str]:
    engine = opened(
        tmp_path, page(1, "Singing"), terms=TERMS, thesaurus=Thesaurus.of({"conditions": CONDITIONS, **thesaurus})
    )
    return {named.label for named in engine.search(Query(words)).understood}


def test_where_nobody_has_the_thing_what_does_most_of_its_kind_goes_first(tmp_path: Path):
    pages = [
        page(1, "A club", words="Things from the oven", facets=BAKING),
        page(2, "Scones on Friday", "We make scones and flapjack.", words="Things from the oven", facets=BAKING),
        page(3, "Scones to buy", "A shop."),
    ]
    found = opened(tmp_path, *pages, terms=TERMS).search(Query("brioche"))
    assert [choice.label for choice in found.closest] == ["Things from the oven"]
    assert titles(found) == ["Scones on Friday", "A club"]


def test_of_one_kind_the_thing_itself_goes_before_its_like(tmp_path: Path):
    pages = [
        page(1, "A club", words="Things from the oven", facets=BAKING),
        page(2, "Scones on Friday", "We make scones.", words="Things from the oven", facets=BAKING),
        page(3, "A visit", "With a talk, and brioche for all."),
    ]
    assert titles(opened(tmp_path, *pages, terms=TERMS).search(Query("brioche"))) == [
        "A visit",
        "Scones on Friday",
        "A club",
    ]


def test_the_place_in_the_words_counts_and_not_the_one_that_stood_in_the_box(tmp_path: Path):
    pages = [page(1, "North choir", points=(NORTH,)), page(2, "South choir", points=(SOUTH,))]
    engine = opened(tmp_path, *pages, terms=TERMS)
    found = engine.search(Query("choir kersal", near=SOUTH))
    assert titles(found) == ["North choir", "South choir"]
    assert found.near == NORTH
    assert titles(engine.search(Query("choir", near=SOUTH))) == ["South choir", "North choir"]


def test_one_lady_asks_for_no_womens_group(tmp_path: Path):
    assert understood(tmp_path, "lady with dementia singing") == set()
    assert understood(tmp_path, "women singing") == {"Women"}


def test_what_things_are_is_no_story_about_somebody(tmp_path: Path):
    assert understood(tmp_path, "exercises that are free") == {"Free"}
    assert understood(tmp_path, "he is free most days") == set()


def test_a_language_is_asked_for_though_a_need_has_its_words(tmp_path: Path):
    leads = [{"when": ["urdu speaking", "speaks urdu"], "to": ["mosque"]}]
    assert understood(tmp_path, "urdu speaking singing", leads=leads) == {"Urdu"}


def test_what_is_named_beside_a_hint_is_told_where_nobody_has_it(tmp_path: Path):
    hints = [{"when": ["cards"], "to": ["games"]}]
    engine = opened(tmp_path, page(1, "Games", "Cards."), thesaurus=Thesaurus.of({"hints": hints}))
    found = engine.search(Query("cards weaving"))
    assert (found.missing, found.partly) == (("weaving",), True)


def test_words_of_different_things_keep_stems_of_their_own():
    pairs = [
        "adaptations adapted",
        "mobility mobile",
        "allowance allowed",
        "attendance attended",
        "informal information",
    ]
    for one, other in map(str.split, pairs):
        assert stem(one) != stem(other)
    for one, other in map(str.split, ["aged age", "used use", "using use", "eyes eye", "adaptation adaptations"]):
        assert stem(one) == stem(other)


def test_an_ending_that_doubles_a_letter_makes_no_other_word():
    for one, other in (("stopped", "stop"), ("swimming", "swim"), ("knitting", "knits"), ("forgetting", "forgets")):
        assert stem(one) == stem(other)
    for word in ("adding", "calling", "passed", "buzzing"):  # whose letter is double in the word itself
        assert stem(word)[-1] == stem(word)[-2]
    for one, other in (("shopping", "shops"), ("wedding", "wed")):
        assert stem(one) != stem(other)


def test_the_subject_on_another_day_goes_before_what_mentions_it_on_the_day(tmp_path: Path):
    days = {"day": [Choice("thursday", "Thursday"), Choice("monday", "Monday")]}
    pages = [
        page(
            1,
            "Minibus",
            "Trips to shops.",
            body="To the choir, from the choir, to any choir.",
            facets={"day": ("thursday",)},
        ),
        page(2, "Bells", "Ringing.", body="After the choir, on the green.", facets={"day": ("thursday",)}),
        page(3, "Choir", "Singing.", facets={"day": ("monday",)}),
        *(page(number, "Chess", facets={"day": ("thursday",)}) for number in range(4, 14)),
    ]
    assert titles(opened(tmp_path, *pages, terms=days).search(Query("choir thursday")))[0] == "Choir"
