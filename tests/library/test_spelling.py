"""A word that this site does not have is never searched as another without saying so."""

import pytest
from searching import TODAY, opened, page, titles

from webapp.english import words as english
from webapp.library.search.engine import Engine
from webapp.library.search.lexicon import Lexicon, distance, is_slip, letters_of, may_be_near
from webapp.library.search.query import Query, Results
from webapp.library.search.thesaurus import Thesaurus

BOOK = Thesaurus.of(
    {
        "same": [["Alcoholics Anonymous", "AA"], ["drop-in", "open door"]],
        "leads": [{"when": ["lonely"], "to": ["befriending"]}],
        "hints": [{"when": ["tamil"], "to": ["English classes"]}],
        "little": "wants like to",
    }
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A site that has a near miss for most of what is asked of it here."""
    return opened(
        tmp_path_factory.mktemp("spelling"),
        page(1, "Newall Green skaters", "Roller skating on Fridays, near the bakers."),
        page(2, "Chair exercise", "Hurling, curing and sailing are talked of over green tea."),
        page(3, "Doorstep befriending", "A friend comes once a week. Join us in the rain."),
        page(4, "Panel of tenants", "A club that meets in the hall. Medal winners welcome."),
        page(5, "E-bike library", "Borrow a bike."),
        page(6, "ESOL for beginners", "English classes."),
        page(7, "Alcoholics Anonymous", "A.A. meets on Mondays."),
        page(8, "Tai chi", "Slow movement."),
        page(9, "Football club", "Five a side."),
        page(11, "Town council", "The council meets."),
        page(12, "Room to Talk", "Counselling, an hour a week."),
        page(10, "Karate in the toolkit", kind="toolkit"),
        thesaurus=BOOK,
    )


def ask(engine: Engine, words: str, **more) -> Results:
    return engine.search(Query(words, kinds=frozenset({"asset"}), today=TODAY, **more))


REAL = """
    nepali quakers greek jain curling padel judo hurdling sikh bikers panda rein jogging dairy sewing newel hail
    sculling chess somali muffin cycling falling chart gran
"""


@pytest.mark.parametrize("word", REAL.split())
def test_a_word_that_is_not_here_finds_nothing(engine: Engine, word: str):
    result = ask(engine, word)
    assert (result.total, result.corrected, result.missing) == (0, None, (word,))


def test_what_is_only_in_other_kinds_of_page_is_missing_too(engine: Engine):
    assert ask(engine, "karate").missing == ("karate",)
    assert engine.search(Query("karate", today=TODAY)).missing == ()


def test_a_likelier_spelling_is_offered_and_not_searched(engine: Engine):
    result = ask(engine, "curling")
    assert (result.total, result.offered) == (0, "curing")
    assert ask(engine, "padel").offered in {"panel", "medal"}


def test_nothing_is_offered_that_is_far_from_what_was_typed(engine: Engine):
    assert [ask(engine, word).offered for word in ("nepali", "quakers", "judo")] == [None, None, None]


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("befreinding", "befriending"),
        ("befrending", "befriending"),
        ("biginners", "beginners"),
        ("excercise", "exercise"),
        ("chiar exercise", "chair exercise"),  # two letters swapped, in a short word
        ("libary", "library"),
        ("Footbll club", "football club"),
        ("councilling", "counselling"),  # which is no form of council
    ],
)
def test_what_is_no_word_is_searched_as_the_nearest_and_told(engine: Engine, typed: str, searched: str):
    result = ask(engine, f"{typed} ")
    assert result.corrected == searched
    assert result.mended == (typed.lower().split()[0],)
    assert result.missing == ()
    assert result.total


def test_as_typed_nothing_is_mended_or_offered(engine: Engine):
    result = ask(engine, "befreinding ", exact=True)
    assert (result.total, result.corrected, result.offered) == (0, None, None)
    assert result.missing == ("befreinding",)


def test_beside_words_that_are_here_the_missing_one_is_named(engine: Engine):
    result = ask(engine, "nepali club")
    assert (result.missing, result.partly) == (("nepali",), True)
    assert "Football club" in titles(result)
    assert result.found_for("Nepali club") == "club"


def test_words_of_telling_are_not_missing(engine: Engine):
    assert ask(engine, "she wants to join a football club").missing == ()
    assert ask(engine, "lonely").missing == ()


def test_what_a_word_may_hint_at_does_not_make_it_found(engine: Engine):
    result = ask(engine, "tamil")
    assert titles(result) == ["ESOL for beginners"]
    assert (result.missing, result.partly, result.found_for("tamil")) == (("tamil",), False, "")


def test_while_typing_longer_words_are_shown_and_a_whole_word_is_still_missing(engine: Engine):
    assert ask(engine, "befr").missing == ()
    half = ask(engine, "foot")
    assert titles(half) == ["Football club"]
    assert half.missing == ("foot",)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ebike", "E-bike library"),
        ("ebikes", "E-bike library"),
        ("e bike", "E-bike library"),
        ("e-bike", "E-bike library"),
        ("E‑bike", "E-bike library"),  # with the hyphen that no line breaks at
        ("e.s.o.l.", "ESOL for beginners"),
        ("E.S.O.L", "ESOL for beginners"),
        ("e s o l", "ESOL for beginners"),
        ("AA", "Alcoholics Anonymous"),
        ("A.A.", "Alcoholics Anonymous"),
        ("a.a. meetings", "Alcoholics Anonymous"),
        ("A A", "Alcoholics Anonymous"),
        ("taichi", "Tai chi"),
        ("tai-chi", "Tai chi"),
    ],
)
def test_stops_hyphens_and_spaces_within_a_word_do_not_matter(engine: Engine, typed: str, found: str):
    result = ask(engine, typed)
    assert titles(result)[:1] == [found]
    assert result.corrected in {None, "tai chi"}


def test_a_sentence_that_ends_in_a_letter_is_no_abbreviation(tmp_path):
    made = opened(tmp_path, page(1, "Hepatitis B. A group", "Plan B. Come along."))
    assert titles(made.search(Query("group", today=TODAY))) == ["Hepatitis B. A group"]
    assert made.search(Query("ba", exact=True, today=TODAY)).total == 0


@pytest.mark.parametrize("word", ["karate", "nepali", "quakers", "greek", "jain", "theatre", "savour", "judo", "sikhs"])
def test_the_language_is_known_though_no_page_holds_its_words(word: str):
    assert english.is_word(word)


@pytest.mark.parametrize("word", ["", "a", "befreinding", "libary", "alchohol", "x" * 100, "naïve", "42", "zzzzzz"])
def test_what_is_no_word_is_not(word: str):
    assert not english.is_word(word)


@pytest.mark.parametrize(
    ("word", "other", "sure"),
    [
        ("chior", "choir", True),
        ("cofee", "coffee", True),
        ("yogga", "yoga", True),
        ("padel", "pedal", False),
        ("padel", "panel", False),
        ("libary", "library", True),
        ("makaton", "marathon", False),
        ("dyspraxia", "dyslexia", False),
        ("fibromyalga", "fibromyalgia", True),
    ],
)
def test_how_near_is_near_enough_to_be_sure(word: str, other: str, sure: bool):
    assert is_slip(word, other) is sure


@pytest.mark.parametrize(
    ("word", "meant"),
    [("suicidle", "suicidal"), ("bleediing", "bleeding"), ("strangald", "strangled"), ("overdoze", "overdose"),
     ("kocaine", "cocaine"), ("sxrangled", "strangled"), ("hanigng", "hanging"), ("poizonnd", "poisoned")],
)  # fmt: skip
def test_what_is_ruled_out_by_letters_alone_is_never_near(word, meant):
    slips = distance(word, meant, 9.0)
    assert may_be_near(word, letters_of(word), meant, letters_of(meant), slips)
    assert not may_be_near(word, letters_of(word), "why", letters_of("why"), 1.5)


def test_a_word_typed_without_its_silent_letter_is_that_word():
    assert Lexicon({"knitting": 1, "nothing": 50, "sitting": 50}).nearest("nitting") == "knitting"
