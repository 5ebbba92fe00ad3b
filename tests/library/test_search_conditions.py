"""A search that names a place, a day, a price, an age: what meets all of it goes first."""

from types import SimpleNamespace

import pytest

from tests.library.searching import TODAY, opened, page, titles
from webapp.library.search import named_ages, named_prices
from webapp.library.search.parts_of_day import parts_of_day
from webapp.library.search.query import Query
from webapp.library.search.text import words
from webapp.library.search.thesaurus import Thesaurus

BOOK = Thesaurus.of(
    {
        "same": [["choir", "singing group"], ["evening class", "adult learning"], ["hoist", "lifting aid"]],
        "leads": [{"when": ["lost wife"], "to": ["choir"]}],
        "conditions": [
            {"when": ["weekend"], "label": "Weekend", "group": "day", "facets": {"day": ["saturday", "sunday"]}},
            {"when": ["evening"], "label": "Evening", "group": "part", "parts": ["evening"]},
            {"when": ["night"], "label": "Night", "group": "part", "parts": ["evening"], "with_day": True},
            {"when": ["free", "no charge"], "label": "Free", "group": "cost", "facets": {"cost": ["free"]}},
            {"when": ["women"], "label": "Women", "group": "audience", "facets": {"audience": ["women"]}},
        ],
        "anything": "activities",
        "little": "group what lost",
    }
)
TERMS = {
    "place": [
        SimpleNamespace(
            slug="moss", label="Mossley Vale", also=["The Vale", "Fernhaugh"], centre=(53.40, -2.30), outward=("ZZ1",)
        )
    ],
    "activity": [SimpleNamespace(slug="sport", label="Sport", also=["bowls"])],
    "day": [SimpleNamespace(slug=day, label=day.capitalize(), also=[]) for day in ("monday", "tuesday", "saturday")],
    "language": [SimpleNamespace(slug="urdu", label="Urdu", also=[])],
    "access": [SimpleNamespace(slug="changing", label="Changing place", also=["hoist"])],
}


def choir(row, title, times=(), points=((53.6, -2.3),), codes=(), **facets):
    days = tuple({time.split("-")[0] for time in times})
    facets = {name: (value,) for name, value in facets.items()} | {"day": days, "~time": tuple(times)}
    return page(row, title, "Sing in a choir", facets=facets, points=points, codes=codes)


@pytest.fixture(scope="module")
def choirs(tmp_path_factory):
    return opened(
        tmp_path_factory.mktemp("index"),
        choir(
            0,
            "Monday Choir",
            ("monday-evening", "evening"),
            cost="free",
            place="moss",
            points=((53.40, -2.30),),
            codes=("ZZ1",),
        ),
        choir(1, "Tuesday Choir", ("tuesday-morning", "morning"), cost="under-5"),
        choir(2, "Weekend Choir", ("saturday-evening", "evening"), cost="free", language="urdu", audience="women"),
        page(3, "Whenever Choir", "A choir at no charge that says nothing of its days"),
        page(
            5,
            "Lounge Choir",
            "A choir in the lounge.",
            body="£4.50 a time, or £40 a term.",
            facets={"cost": ("varies",)},
        ),
        page(4, "Cycling", "Ride a trike", facets={"activity": ("sport",)}, body="Bring a water bowl for the dog."),
        thesaurus=BOOK,
        terms=TERMS,
    )


def asked(engine, words):
    return engine.search(Query(words, today=TODAY))


@pytest.mark.parametrize(
    ("words", "fitting", "understood"),
    [
        ("choir on a monday", ["Monday Choir"], {"Monday": "choir"}),
        ("choir monday evening", ["Monday Choir"], {"Monday evening": "choir"}),
        ("choir monday night", ["Monday Choir"], {"Monday night": "choir"}),
        ("choir at the weekend", ["Weekend Choir"], {"Weekend": "choir"}),
        (
            "urdu speaking choir for women",
            ["Weekend Choir"],
            {"Urdu": "choir for women", "Women": "urdu speaking choir"},
        ),
        ("choir ZZ1", ["Monday Choir"], {"ZZ1": "choir"}),
        ("choir fernh", ["Monday Choir"], {"Fernhaugh": "choir"}),
        ("choir mossley va", ["Monday Choir"], {"Mossley Vale": "choir"}),
        ("choir fernhawh", ["Monday Choir"], {"Fernhaugh": "choir"}),
        ("choir in the vale", ["Monday Choir"], {"The Vale": "choir"}),
        ("free activities weekend", ["Weekend Choir"], {"Free": "activities weekend", "Weekend": "free activities"}),
    ],
)
def test_what_the_words_name_is_applied(choirs, words, fitting, understood):
    found = asked(choirs, words)
    assert titles(found)[: found.fitting] == fitting
    assert {named.label: named.without for named in found.understood} == understood
    assert found.total > found.fitting  # nothing about the subject is hidden


def test_a_listing_that_has_no_price_says_it_in_its_own_words(choirs):
    found = asked(choirs, "free choir")
    assert set(titles(found)[: found.fitting]) == {"Monday Choir", "Weekend Choir", "Whenever Choir"}
    assert set(titles(found)[found.fitting :]) == {
        "Tuesday Choir",
        "Lounge Choir",
    }  # which say that they cost something


@pytest.mark.parametrize(
    "words",
    ["evening class", "nothing to sing till monday", "a man who lost his wife at night", "urdu lessons", "choir"],
)
def test_a_word_of_a_longer_name_or_of_a_story_asks_for_nothing(choirs, words):
    assert asked(choirs, words).understood == ()


def test_a_half_typed_place_is_none_where_a_page_goes_on_in_another_way(tmp_path):
    engine = opened(tmp_path, page(0, "Choir"), page(1, "Fernham Choir"), thesaurus=BOOK, terms=TERMS)
    assert asked(engine, "choir fernh").understood == ()
    assert [named.label for named in asked(engine, "choir fernhau").understood] == ["Fernhaugh"]


def test_a_way_in_that_is_all_that_is_asked_for_is_the_thing_itself(choirs):
    assert asked(choirs, "hoist").understood == ()
    assert [named.label for named in asked(choirs, "choir with a hoist").understood] == ["Changing place"]


def test_words_searched_exactly_are_words_alone(choirs):
    assert choirs.search(Query("choir monday", exact=True, today=TODAY)).understood == ()


def test_nobody_offers_it_is_said_with_the_kind_of_thing_that_comes_closest(choirs):
    found = asked(choirs, "bowls")
    assert found.missing == ("bowls",)
    assert [choice.label for choice in found.closest] == ["Sport"]
    assert titles(found) == ["Cycling"]  # for its kind, and not for the dog's bowl


def test_a_tag_does_not_say_its_other_names(tmp_path):
    engine = opened(tmp_path, page(0, "Quiz"), thesaurus=BOOK, terms=TERMS)
    assert asked(engine, "bowls").total == 0


@pytest.mark.parametrize(
    ("typed", "years", "label"),
    [
        ("someone in her 60s", (60, 69), "In their 60s"),
        ("over 65", (65, 110), "Over 65"),
        ("50 plus", (50, 110), "Over 50"),
        ("under 25s", (0, 24), "Under 25"),
        ("aged 18 to 25", (18, 25), "18 to 25"),
        ("72 year old", (72, 72), "Age 72"),
        ("seventies", (70, 79), "In their 70s"),
        ("under 5 pounds", None, ""),
        ("number 12", None, ""),
        ("he's 19", (19, 19), "Age 19"),
        ("over eighties", (80, 110), "Over 80"),
        ("a lady of eighty-two", (82, 82), "Age 82"),
        ("over sixty five", (65, 110), "Over 65"),
        ("he is 19 stone", None, ""),
        ("the bus is 20 minutes away", None, ""),
        ("number is 12", None, ""),
    ],
)
def test_ages_in_words(typed, years, label):
    found = named_ages.find(words(typed))
    assert (found[1:] if found else (None, "")) == (years, label)


@pytest.mark.parametrize(
    ("starts", "ends", "parts"),
    [
        ("10:00", "12:00", ["morning"]),
        ("11:30", "14:00", ["morning", "afternoon"]),
        ("09:00", "17:30", ["morning", "afternoon"]),
        ("19:00", None, ["evening"]),
        ("22:00", "02:00", ["evening"]),
        (None, "12:00", []),
    ],
)
def test_parts_of_a_day(starts, ends, parts):
    assert list(parts_of_day(starts, ends)) == parts


def test_a_misspelt_word_is_the_one_that_stands_beside_its_neighbour_here(tmp_path):
    pages = [page(0, "Repair Café"), page(1, "We prepare parcels"), page(2, "Prepare for work"), page(3, "Report it")]
    found = asked(opened(tmp_path, *pages), "repare cafe")
    assert found.corrected == "repair cafe"
    assert titles(found)[0] == "Repair Café"


def test_a_half_typed_word_is_finished_by_the_one_before_it(tmp_path):
    pages = [page(0, "Carers support"), page(1, "Carers", body="Sunday, summer, sugar"), page(2, "Summer")]
    found = asked(opened(tmp_path, *pages), "carers su")
    assert titles(found)[0] == "Carers support"
    assert "Summer" not in titles(found)


def test_what_is_only_of_the_same_kind_is_counted_apart(tmp_path):
    kinds = {"facets": {"activity": ("sport",)}, "words": "Sport"}
    pages = [page(0, "Cycling", **kinds), page(1, "Crown green bowls", **kinds), page(2, "Knitting")]
    found = asked(opened(tmp_path, *pages, thesaurus=BOOK, terms=TERMS), "bowls")
    assert (titles(found), found.fitting, found.missing) == (["Crown green bowls", "Cycling"], 1, ())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("choir under £6", (6, True)),
        ("choir for less than a fiver", (5, True)),
        ("choir, £4.50 or less", (5, False)),
        ("choir for a couple of quid", (3, False)),
        ("choir up to ten pounds", (10, False)),
        ("choir under 6", None),  # of years, perhaps
        ("has lost 10 pounds", None),
    ],
)
def test_prices_in_words(typed, found):
    price = named_prices.find(words(named_prices.spelt(typed)))
    assert (price and (price.most, price.below)) == found


def test_a_listing_fits_a_price_by_its_label_or_by_the_price_it_gives(choirs):
    found = asked(choirs, "choir for less than a fiver ")
    assert titles(found)[found.fitting :] == []
    found = asked(choirs, "choir under £4 ")
    assert set(titles(found)[found.fitting :]) == {"Tuesday Choir", "Lounge Choir"}
