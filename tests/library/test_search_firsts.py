"""What stands first and what comes after it: names, their fields, half-typed words, adults before children."""

from pathlib import Path

import pytest

from tests.library.searching import TODAY, opened, page, titles
from webapp.library.search.engine import Engine
from webapp.library.search.query import Query, Results
from webapp.library.search.text import initials
from webapp.library.search.thesaurus import Thesaurus

BOOK = Thesaurus.of(
    {
        "names": [["Blind Aid Trust", "BAT"]],
        "same": [
            ["adult learning", "courses"],
            ["learning disability", "learning disabilities"],
            ["sight loss", "low vision"],
            ["befriending", "companionship"],
            ["cancer", "oncology"],
            ["trisomy", "mosaicism"],
        ],
        "leads": [
            {"when": ["Blind Aid Trust"], "to": ["sight loss"]},
            {"when": ["get to the shops"], "to": ["shopping service"]},
            {"when": ["frightened to go out", "frightened of falling", "worried"], "to": ["anxiety"]},
            {"when": ["trisomy"], "to": ["learning disability"]},
            {"when": ["fall"], "to": ["balance class"]},
            {"when": ["drinks every night", "cut down drinking"], "to": ["sobriety"]},
        ],
        "hints": [{"when": ["support", "down"], "to": ["football"]}],
        "classes": {
            "young": "child children toddler",
            "raising": "daughter parents",
            "who": "adults",
            "feeling": "worried",
        },
        "little": "get to the of how do i",
    }
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    pages = (
        page(1, "Vision Rehabilitation", "Help with sight loss at home."),
        page(2, "Home Visits", "Somebody calls weekly.", organisation="Blind Aid Trust"),
        page(3, "Trust Shop", "Clothes, books and gifts from our shops."),
        page(4, "Errands", "A shopping service by volunteers."),
        page(5, "Saturday Football", "A game of football for either side."),
        page(6, "Macmillan Room", "Advice for people with cancer."),
        page(7, "Company Calls", "A visit, and companionship, each week. Companionship by phone too."),
        page(8, "Kitchen Table", "Soup at noon.", body="A befriender sits with whoever is new."),
        page(9, "Toddler Music", "Songs and drums on a Monday."),
        page(10, "Afternoon Music for Newcomers", "Songs, drums, tea and a chat on a Monday for whoever comes along."),
        page(11, "Lindsey Lodge", "A hospice."),
        page(12, "Potting Shed Lodge", "Plants."),
        page(13, "Steady", "A balance class for those who had a fall."),
        page(14, "Calm", "A group for anxiety."),
        page(
            17, "Calm Hour", "A group for anxiety, and for those who feel anxiety coming.", body="Meets in Fernhaugh."
        ),
        page(18, "Anxiety Anonymous", "A group for anxiety, whose members know anxiety well."),
        page(16, "New Leaf", "Sobriety, one day at a time."),
        page(15, "Parade", "Wreaths are laid.", organisation="Royal British Legion Gorton"),
    )
    return opened(tmp_path_factory.mktemp("index"), *pages, thesaurus=BOOK)


def asked(engine: Engine, words: str) -> Results:
    return engine.search(Query(words, today=TODAY))


def test_an_organisation_stands_first_and_what_works_in_its_field_after_it(engine: Engine):
    assert titles(asked(engine, "blind aid trust "))[:2] == ["Home Visits", "Vision Rehabilitation"]


def test_what_nobody_offers_leads_on_though_it_says_for_whom(tmp_path: Path):
    pages = page(1, "Evenings", "For adults who like company."), page(2, "Gateway", "For a learning disability.")
    here = opened(tmp_path, *pages, thesaurus=BOOK)
    assert titles(asked(here, "trisomy for adults "))[0] == "Gateway"


def test_the_field_stands_in_for_an_organisation_that_is_not_here(tmp_path: Path):
    here = opened(tmp_path, page(1, "Vision Rehabilitation", "Help with sight loss at home."), thesaurus=BOOK)
    assert titles(asked(here, "blind aid trust ")) == ["Vision Rehabilitation"]


def test_a_need_is_met_before_a_title_that_has_a_word_of_it(engine: Engine):
    assert titles(asked(engine, "she never gets to the shops "))[0] == "Errands"


def test_a_word_that_may_hint_at_something_else_does_not_beside_what_is_named(engine: Engine):
    found = asked(engine, "support cancer ")
    assert titles(found) == ["Macmillan Room"]
    assert "football" not in found.also


def test_while_typing_pages_that_write_the_word_go_before_those_with_another_name_for_it(engine: Engine):
    assert titles(asked(engine, "befrien"))[0] == "Kitchen Table"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("music ", "Afternoon Music for Newcomers"),
        ("music for my daughter ", "Toddler Music"),
        ("music, she is 12 ", "Toddler Music"),
    ],
)
def test_what_is_for_children_comes_later_unless_they_are_spoken_of(engine: Engine, words: str, first: str):
    assert titles(asked(engine, words))[0] == first


def test_a_name_of_the_same_sound_is_mended_beside_its_neighbour_alone(engine: Engine):
    assert asked(engine, "lindsay lodge ").corrected == "lindsey lodge"
    assert asked(engine, "lindsay plants ").corrected is None


def test_a_phrase_that_reaches_over_another_takes_no_need_with_it(engine: Engine):
    assert {"Steady", "Calm"} <= set(titles(asked(engine, "she is frightened of going out after a fall")))


@pytest.mark.parametrize("words", ["balance-class", "balanceclass", "balance class"])
def test_a_name_is_found_however_its_two_words_are_written(engine: Engine, words: str):
    assert titles(asked(engine, f"{words} "))[0] == "Steady"


def test_how_to_do_something_is_answered_by_the_page_on_the_thing(tmp_path: Path):
    pages = (
        page(1, "Where to order", "Alarms, from the store."),
        page(2, "How to order", "Alarms, by this form."),
        page(3, "Alarms", "What they do."),
    )
    here = opened(tmp_path, *pages, thesaurus=BOOK)
    found = titles(here.search(Query("how do i order alarms ", titled=True, today=TODAY)))
    assert found == ["How to order", "Where to order", "Alarms"], "the page on the thing needs not say the verb"


def test_a_title_that_asks_how_answers_before_pages_on_the_thing_and_its_verb_drops_none(tmp_path: Path):
    alarms = [page(row, f"Alarm bells {row}", "They ring.", body="Order one.") for row in range(3, 8)]
    others = [page(row, f"Tea {row}") for row in range(9, 30)]
    pages = (page(1, "Bells", "Alarm bells."), page(2, "How to order", body="Alarm bells."), *alarms, *others)
    here = opened(tmp_path, *pages, thesaurus=BOOK)
    assert titles(here.search(Query("how do i order alarm bells ", today=TODAY)))[0] == "How to order"
    assert "Bells" in titles(here.search(Query("how do i order bells ", today=TODAY)))
    assert titles(here.search(Query("how do i order alarm bells 3 ", today=TODAY)))[0] == "Alarm bells 3"


def test_a_word_belongs_to_the_name_that_it_stands_in():
    found = {match.phrase for match in BOOK.find(["adults", "with", "learning", "disabilities"])}
    assert found == {"learning disability", "learning disabilities"}
    assert "adult learning" in {match.phrase for match in BOOK.find(["learning", "for", "adults"])}


def test_an_organisation_is_found_by_the_initials_of_its_name(engine: Engine):
    assert titles(asked(engine, "rbl ")) == ["Parade"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Voluntary Action North Lincolnshire", {"vanl"}),  # the van is a word
        ("Care and Repair Gorton", {"crg"}),
        ("Clayton Art Room", set()),  # a car
        ("Walks in the park", set()),
        ("Age UK", set()),
        ("", set()),
    ],
)
def test_initials_are_of_three_to_six_capitals_and_no_word(name: str, short: set[str]):
    assert initials(name) == short


def test_a_need_told_twice_over_is_one_need(engine: Engine):
    assert titles(asked(engine, "he drinks every night and wants to cut down")) == ["New Leaf"]


def test_a_place_that_only_pages_name_counts_beside_a_need(engine: Engine):
    assert titles(asked(engine, "she is frightened to go out and lives in fernhaugh "))[0] == "Calm Hour"


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("food panty", "food pantry"), ("the food panty", None), ("bread panty", None), ("food party", None)],
)
def test_a_word_that_is_another_makes_a_known_name_with_the_one_before_it(tmp_path: Path, typed: str, searched: str):
    book = Thesaurus.of({"same": [["food pantry", "community fridge"]], "plain": "bread"})
    here = page(1, "Community fridge", "Free food and bread."), page(2, "A party", "Balloons.")
    engine = opened(tmp_path, *here, thesaurus=book)
    assert engine.search(Query(typed, today=TODAY)).corrected == searched


@pytest.mark.parametrize(
    "said",
    [
        "keeps having a fall, frightened to go out ",
        "worried that she will fall ",
        "worried she will fall in the kitchen ",
    ],
)
def test_a_fear_comes_after_what_it_comes_of(tmp_path: Path, said: str):
    pages = page(1, "Calm", "For anxiety."), page(2, "Steady", "A balance class.")
    assert titles(asked(opened(tmp_path, *pages, thesaurus=BOOK), said)) == ["Steady", "Calm"]


def test_what_is_told_in_two_clauses_is_no_name_of_one_thing(tmp_path: Path):
    book = Thesaurus.of({"same": [["fear of falling", "balance class"], ["men who talk", "talk club"]]})
    assert not book.find(["keeps", "falling", "fear", "of", "crowds"], clauses={2})
    assert book.find(["men", "who", "talk"], clauses={1})


def test_carers_of_who_is_ill_come_before_help_for_who_is_ill(tmp_path: Path):
    same = [["carers", "unpaid carers"], ["mental illness", "mental health"]]
    book = Thesaurus.of({"same": same, "classes": {"relation": "mum"}})
    here = opened(
        tmp_path, page(1, "Wellbeing", "For mental illness."), page(2, "Respite", "For carers."), thesaurus=book
    )
    assert titles(asked(here, "carers of someone with mental illness ")) == ["Respite", "Wellbeing"]
    assert titles(asked(here, "carers for mum with mental illness ")) == ["Respite", "Wellbeing"]
    assert titles(asked(here, "carers with mental illness ")) == ["Wellbeing", "Respite"]
