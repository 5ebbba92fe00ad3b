"""A listing as a landmark: "near Ferry Lane Library" says where the person is, not what is wanted."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.library.searching import TODAY, page, titles
from webapp.library.build import index
from webapp.library.search.engine import Engine
from webapp.library.search.query import Query
from webapp.library.search.thesaurus import Thesaurus

HERE, THERE, AWAY = (53.40, -2.25), (53.402, -2.25), (53.50, -2.10)
FREE = {"when": ["free"], "label": "Free", "group": "cost", "facets": {"cost": ["free"]}}
BOOK = Thesaurus.of({"conditions": [FREE], "plain": "church"})


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    listings = [
        (page(1, "Ferry Lane Library", "Books, and a singing hour."), HERE),
        (page(2, "Far Choir", "Singing for all."), AWAY),
        (page(3, "Near Choir", "Singing for all."), THERE),
        (page(4, "The Wharf", "A café."), HERE),
        (page(5, "Wharf Road Pool", "Swimming."), AWAY),
        (page(6, "Church", "A church."), AWAY),
        (page(7, "Safe Haven House", "Singing, where nobody is told where it is."), None),
    ]
    folder = tmp_path_factory.mktemp("landmarks")
    index.write(folder, [replace(p, points=(at,)) if at else p for p, at in listings], BOOK.phrases())
    books = SimpleNamespace(slug="books", label="Books", also=["library"])
    return Engine.open(folder, thesaurus=BOOK, terms={"activity": [books]})


def search(engine, words):
    return engine.search(Query(words, today=TODAY))


@pytest.mark.parametrize(
    "typed",
    [
        "singing near ferry lane library",
        "singing next to the Ferry Lane Library",
        "near ferry lane library singing",
        "free singing round the corner from ferry lane library",
    ],
)
def test_what_is_asked_for_is_found_near_the_landmark(engine, typed):
    results = search(engine, typed)
    assert titles(results).index("Near Choir") < titles(results).index("Far Choir")
    assert "Ferry Lane Library" in [u.label for u in results.understood]
    assert next(h for h in results.hits if h.card["title"] == "Near Choir").miles == pytest.approx(0.14, abs=0.01)


@pytest.mark.parametrize(
    "typed",
    [
        "singing near wharf",  # of two places it is not said which
        "singing near church",  # any church
        "singing near safe haven house",  # whose address is a secret
        "singing ferry lane library",  # nobody says near
        "singing near",
    ],
)
def test_what_is_no_one_place_is_no_landmark(engine, typed):
    assert not [u for u in search(engine, typed).understood if u.group == "place"]


def test_a_landmark_can_be_left_out_again(engine):
    understood = next(u for u in search(engine, "singing near ferry lane library").understood if u.group == "place")
    assert understood.without == "singing"


def test_the_name_of_a_landmark_asks_for_no_kind_of_thing(engine):
    assert search(engine, "singing near ferry lane library").recognised == ()
    assert [r.slug for r in search(engine, "library").recognised] == ["books"]


@pytest.fixture(scope="module")
def villages(tmp_path_factory):
    """Three in Thornwick, and a choir on the far side that says it is not; Zorbing is done here and there."""
    listings = [
        (page(1, "Choir One", "Singing.", body="4 Mill Lane, Thornwick"), HERE),
        (page(2, "Chess", "Chess. Zorbing too.", body="6 Mill Lane, Thornwick"), THERE),
        (page(3, "Cards", "Cards.", body="8 Mill Lane, Thornwick"), HERE),
        (page(4, "Choir Two", "Singing, singing and more singing.", body="Far from Thornwick"), AWAY),
        (page(5, "Choir Three", "Singing. Zorbing.", body="2 Hill Road"), THERE),
        (page(6, "Zorbing", "Zorbing.", body="In the park"), AWAY),
    ]
    folder = tmp_path_factory.mktemp("villages")
    index.write(folder, [replace(p, points=(at,)) for p, at in listings], BOOK.phrases())
    return Engine.open(folder, thesaurus=BOOK)


def test_a_village_is_where_those_are_that_write_its_name(villages):
    results = search(villages, "singing in thornwick")
    assert [u.label for u in results.understood] == ["Thornwick"]
    assert titles(results)[:2] == ["Choir One", "Choir Three"]  # which lies there too, and does not say so
    assert results.hits[0].fits


@pytest.mark.parametrize("typed", ["singing in zorbing", "thornwick singing", "singing in hall", "singing in"])
def test_what_is_done_here_and_there_is_no_village(villages, typed):
    assert search(villages, typed).understood == ()
