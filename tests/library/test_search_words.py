"""From what a person types to what is found: other names, needs, spelling, half-typed words, marks, pins."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from searching import TODAY, opened, page, titles

from tests.support.pace import work
from webapp.library.search import thesaurus
from webapp.library.search.lexicon import Lexicon, distance
from webapp.library.search.query import Query
from webapp.library.search.thesaurus import Thesaurus
from webapp.web.highlight import Highlighter

ROOT = Path(__file__).parents[2]

SMALL = Thesaurus.of(
    {
        "same": [["LD", "learning disability"], ["foodbank", "food bank"]],
        "leads": [
            {"when": ["lonely", "someone to talk to"], "to": ["befriending", "lunch club"]},
            {"when": ["lost his wife"], "to": ["bereavement"]},
            {"when": ["can't cook"], "to": ["meals on wheels"]},
        ],
        "names": [["Andy's Man Club", "AMC"]],
        "little": "wants some really",
        "pins": [{"when": ["singing"], "first": ["/directory/8"], "never": ["/directory/7"]}],
    }
)
TERMS = {
    "place": [SimpleNamespace(slug="hulme-moss-side", label="Hulme and Moss Side", also=("Hulme", "Moss Side"))],
    "audience": [SimpleNamespace(slug="autism", label="Autistic people", also=("autism",))],
}


@pytest.fixture
def engine(tmp_path):
    return opened(
        tmp_path,
        page(1, "Doorstep befriending", "A friend comes once a week."),
        page(2, "Gateway", "Evenings for adults with a learning disability."),
        page(3, "Corner food bank", "Parcels on Fridays."),
        page(4, "Hot meals on wheels", "Lunch at your door."),
        page(5, "Andy's Man Club", "Talk on Mondays."),
        page(6, "Walking on", "Bereavement walks."),
        page(7, "Singing for lungs", "Breathe and sing."),
        page(8, "Quiet choir", "For people who say they cannot sing."),
        page(9, "Disability rights for learning providers", "Nothing to do with it."),
        page(10, "Friendly lunch club", "Dinner in company."),
        thesaurus=SMALL,
        terms=TERMS,
        outward={"M22": (53.388, -2.257)},
    )


def ask(engine, words, **more):
    return engine.search(Query(words, today=TODAY, **more))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lonely", "Doorstep befriending"),
        ("Somebody who is really LONELY", "Doorstep befriending"),
        ("wants someone to talk to", "Doorstep befriending"),
        ("just lost my wife", "Walking on"),
        ("losing his wife", "Walking on"),
        ("cannot cook", "Hot meals on wheels"),
        ("struggles to cook", "Hot meals on wheels"),
        ("can’t cook for himself", "Hot meals on wheels"),
        ("foodbank", "Corner food bank"),
        ("LD", "Gateway"),
        ("andys man club", "Andy's Man Club"),
        ("andy man clubb", "Andy's Man Club"),
        ("befreinding", "Doorstep befriending"),
        ("berevement", "Walking on"),
        ("befr", "Doorstep befriending"),
        ("lonel", "Doorstep befriending"),
        ("lunchclub ", "Friendly lunch club"),
    ],
)
def test_the_right_thing_comes_first(engine, words, found):
    assert titles(ask(engine, words))[:1] == [found]


def test_the_reader_is_told_what_else_was_searched_and_why(engine):
    result = ask(engine, "lonely")
    assert result.also == ("befriending", "lunch club")
    assert [(hit.card["title"], hit.why) for hit in result.hits] == [
        ("Doorstep befriending", ("befriending",)),
        ("Friendly lunch club", ("lunch club",)),
    ]


def test_what_the_typed_words_found_needs_no_reason(engine):
    assert ask(engine, "food bank").hits[0].why == ()


def test_leads_work_one_way(engine):
    assert ask(engine, "befriending").also == ()


def test_a_correction_is_told_and_can_be_refused(engine):
    assert ask(engine, "berevement walks").corrected == "bereavement walks"
    assert ask(engine, "bereavement walks").corrected is None
    refused = ask(engine, "berevement ", exact=True)
    assert (refused.corrected, refused.total) == (None, 0)


def test_places_and_people_are_offered_as_filters(engine):
    found = ask(engine, "autistic man in moss side").recognised
    assert [(r.group, r.slug, r.words) for r in found] == [
        ("place", "hulme-moss-side", "moss side"),
        ("audience", "autism", "autistic"),
    ]


def test_a_postcode_in_the_words_is_where_to_measure_from(engine):
    result = ask(engine, "lunch m22 5rx")
    assert result.near == (53.388, -2.257)
    assert (result.recognised[0].group, result.recognised[0].slug) == ("near", "M22 5RX")
    assert titles(result)[0] == "Friendly lunch club"


def test_editors_can_put_a_listing_first_or_leave_it_out(engine):
    assert titles(ask(engine, "singing group")) == ["Quiet choir"]
    assert "Singing for lungs" in titles(ask(engine, "breathe"))


def test_only_the_beginning_of_a_very_long_query_is_searched(engine):
    assert ask(engine, "walks " * 100).cut
    assert not ask(engine, "walks").cut


def test_a_word_that_no_page_holds_does_not_hide_the_others(engine):
    assert titles(ask(engine, "zzyzx qqqq parcels"))[0] == "Corner food bank"


MOST_WORK = 100  # times that of an everyday search, which takes a few milliseconds
HOSTILE = [
    "x" * 100_000, "a " * 2000, "*1* " * 10, "*", "?" * 300, "title:choir", "text:(a AND b)", "[a TO z]", "choir~9",
    "choir^100", '"' * 999, "(" * 500, ")(" * 400, "NOT NOT NOT", "AND OR", "\x00", "choir\x00\x01\x02",
    "\u202echoir\u202c", "\u200b\u200c\u200d", "\ufeffchoir", "\ud800", "💚" * 300, "é" * 500, "ﷺ" * 200, "ا" * 300,
    "中文搜索" * 60, "a" + "\u0301" * 2000, "(a+)+$" * 50, "(?:a|a)*b" * 30, "' OR 1=1 --", "<script>alert(1)</script>",
    "{{7*7}}", "${jndi:x}", "../../etc/passwd",
    "%00%ff", "\\" * 400, "-" * 400, "_" * 400, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaab " * 20, "befriendingg" * 40, "1" * 400,
    "1 " * 300, "0x41", "M22 " * 200, "m22 5rx" * 50, " " * 1000, "\t\n\r", "the of and to", "no not never can't",
    "ſtreet ﬁtneſs", "İstanbul", "ß" * 90, "don't " * 90, "\N{COMBINING GRAVE ACCENT}", "٣" * 200,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_can_break_or_stall_a_search(engine, words):
    result = ask(engine, words)
    usual = work(lambda: ask(engine, "walking for people with dementia"))
    assert work(lambda: ask(engine, words), times=2) < MOST_WORK * usual
    assert 0 <= result.total <= 10
    words_of = Highlighter(result.terms)
    for hit in result.hits:
        words_of(hit.card["title"])


def test_the_thesaurus_of_the_site_is_sound_and_broad():
    book, problems = thesaurus.load(ROOT / "content/vocabulary/thesaurus.yml", ROOT)
    assert problems == []
    for words in (
        "skint",
        "widower",
        "unsteady on her feet",
        "COPD",
        "gets lost at night",
        "been evicted",
        "hears voices",
    ):
        assert book.find(words.lower().split()), words


def test_a_fault_in_the_thesaurus_is_told_with_its_line(tmp_path):
    file = tmp_path / "thesaurus.yml"
    file.write_text("same:\n  - [a, b]\nleads:\n  - when: [x]\n    too: [y]\n")
    book, problems = thesaurus.load(file, tmp_path)
    assert {(p.file, p.line) for p in problems} == {("thesaurus.yml", 4), ("thesaurus.yml", 5)}
    assert book.find(["a"]) == []


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("walk", "walk", 0),
        ("walk", "wlak", 1),
        ("walk", "talk", 1),
        ("counceling", "counseling", 0.5),
        ("alchohol", "alcohol", 1),
    ],
)
def test_slips_between_words(a, b, slips):
    assert distance(a, b, 3) == slips


def test_the_commoner_of_two_words_as_near_is_meant():
    assert Lexicon({"choir": 50, "chair": 1}).nearest("choar") == "choir"
