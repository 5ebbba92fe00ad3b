"""A need beside an age, two needs in one story, what somebody wants, and what listings say of ages and days."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.library.searching import TODAY, opened, page, titles
from webapp.library.build import index, pages
from webapp.library.front_matter.model import Asset
from webapp.library.search import given_ages, given_days, named_ages, ranking
from webapp.library.search.engine import Engine
from webapp.library.search.query import Query
from webapp.library.search.text import stem
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.search.word_forms import word_form
from webapp.library.terms import Term, VocabularyFile
from webapp.library.vocabulary import Vocabulary

BOOK = Thesaurus.of(
    {
        "same": [["food bank", "food parcel", "food pantry"], ["choir", "singing group"]],
        "kinds": [{"when": ["exercise"], "to": ["tai chi", "circuits"]}],
        "leads": [
            {"when": ["find job", "wants job", "lost job", "no job"], "to": ["job club"]},
            {"when": ["{youngster} looks after", "{youngster} looking after"], "to": ["young carers"]},
            {"when": ["uses wheelchair"], "to": ["wheelchair sport"]},
            {"when": ["wants to volunteer"], "to": ["helping out"]},
            {"when": ["can't pay", "conned over the phone"], "to": ["debt advice"]},
            {"when": ["needs a break"], "to": ["respite"]},
            {"when": ["looks after husband"], "to": ["carers support"]},
            {"when": ["out of hospital"], "to": ["hospital discharge"]},
            {"when": ["nobody at home", "on her own"], "to": ["befriending"]},
            {"when": ["forgets tablets"], "to": ["pill dispenser"]},
            {"when": ["keeps forgetting"], "to": ["memory café"]},
        ],
        "classes": {"youngster": "boy girl", "young": "youth", "raising": "son"},
        "little": "wants needs help keeps gets got find on her his he to and the a in up own",
    }
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    pages = [
        page(1, "Monday Job Club", "A job club for whoever lost a job and looks for work."),
        page(2, "Young Makers", "Games for those aged 16 to 21, with a job club on its way."),
        page(3, "Elders' Job Club", "A job club."),
        page(4, "Young Carers", "Young carers meet here."),
        page(5, "Wheelchair Rugby", "Wheelchair sport. Wheelchair sport for all."),
        page(6, "Spare Hour", "Helping out in the shop, an hour a week."),
        page(7, "Way Home", "Hospital discharge: somebody meets you, and sees you in after hospital discharge."),
        page(8, "Homecoming", "Hospital discharge with a volunteer."),
        page(9, "Back Again", "Hospital discharge and a hot meal."),
        page(10, "Doorstep", "Tea, cards and a chat, week by week.", body="We do some befriending too."),
        page(11, "Debt Desk", "Debt advice."),
        page(12, "Larder", "A food bank."),
        page(13, "Dosette", "A pill dispenser that rings."),
        page(14, "Remember When", "A memory café."),
        page(16, "Carers Corner", "Carers support. Whoever is new to carers support begins here."),
        page(17, "A Night Off", "Respite."),
        page(18, "Slow Hands", "Tai chi in the hall."),
        page(19, "Move", "Exercise for anyone."),
        page(15, "Parkinson's Tea", "Food and talk for people with Parkinson's."),
    ]
    ages = {2: "16-21", 3: "60-110"}
    listed = [replace(p, facets={"~age": (ages[p.row],)}) if p.row in ages else p for p in pages]
    folder: Path = tmp_path_factory.mktemp("told")
    index.write(folder, listed, BOOK.phrases())
    return Engine.open(folder, thesaurus=BOOK)


def found(engine: Engine, words: str) -> list[str]:
    return titles(engine.search(Query(words, today=TODAY)))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        # An age says whose need it is: what names no age is for them too, what is for others comes after.
        ("help to find a job, he's 19", ["Monday Job Club"]),
        ("help to find a job, she is 72", ["Elders' Job Club", "Monday Job Club"]),
        ("he's 14 and looks after his mum", ["Young Carers"]),  # as a boy does
        # What somebody wants comes before what else is told of them.
        ("wants to volunteer but uses a wheelchair", ["Spare Hour"]),
        ("uses a wheelchair and wants to volunteer", ["Spare Hour"]),
        ("looks after her husband and needs a break", ["A Night Off", "Carers Corner"]),
        ("food par", ["Larder"]),  # as food parcel goes on, where no page goes on so
        ("food park", ["Parkinson's Tea"]),
    ],
)
def test_what_is_asked_for_stands_first(engine, words, first):
    assert found(engine, words)[: len(first)] == first


def test_who_asks_for_a_thing_finds_each_kind_of_it_and_not_the_other_way(engine):
    assert found(engine, "exercise") == ["Move", "Slow Hands"]
    assert found(engine, "tai chi") == ["Slow Hands"]


def told(words: str) -> list[tuple[str, list[str]]]:
    """What the needs in `words` lead to first, each with the words that tell it."""
    typed = words.split()
    return [(need.others[0], [typed[at] for at in sorted(need.at)]) for need in BOOK.find(typed)]


def test_a_need_that_words_of_a_longer_one_tell_is_no_other():
    assert told("she keeps forgetting things") == [("memory café", ["keeps", "forgetting"])]
    assert told("keeps forgetting his tablets") == [("pill dispenser", ["forgetting", "tablets"])]


def test_small_words_tell_a_need_where_they_stand_word_for_word():
    assert told("he lives on his own") == [("befriending", ["own"])]
    assert told("her own bed") == []


def test_words_of_a_need_that_only_look_alike_tell_nothing():
    assert word_form("used") != word_form("use")  # who used to garden loved it, who would use a tablet need not
    assert word_form("stuck") != word_form("sticks")
    assert word_form("hearing") == word_form("heard")


def test_a_negation_belongs_to_what_follows_it():
    job = ("job club", ["lost", "job"])
    assert sorted(told("lost her job and cant pay")) == [("debt advice", ["cant", "pay"]), job]


def test_each_of_two_needs_is_met_by_one_of_the_first_three(engine):
    three = found(engine, "got out of hospital and nobody at home")[:3]
    assert three[0] in {"Way Home", "Homecoming", "Back Again"}
    assert "Doorstep" in three


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("leaving hospital friday", []),  # a date
        ("somewhere to go on a friday", ["Friday"]),
        ("conned over the phone by a man", []),  # how it was done
        ("a chat over the phone", ["By phone"]),
    ],
)
def test_what_belongs_to_a_story_asks_for_nothing(tmp_path: Path, words, named):
    terms = {
        "day": [SimpleNamespace(slug="friday", label="Friday", also=["Fri"])],
        "access": [SimpleNamespace(slug="by-phone", label="By phone", also=["over the phone"])],
    }
    engine = opened(tmp_path, page(1, "Way Home", "Back from hospital."), terms=terms, thesaurus=BOOK)
    assert [u.label for u in engine.search(Query(words, today=TODAY)).understood] == named


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("young carer 14", "Age 14"),
        ("widow 78 lives alone", "Age 78"),
        ("78 lives alone", "Age 78"),
        ("82yo male", "Age 82"),
        ("walks 50 plus", "Over 50"),
        ("activities for 18 to 25 year olds", "18 to 25"),
        ("bus 22 with a ramp", None),
        ("carer 20 hours a week", None),
        ("man 20 stone", None),
    ],
)
def test_ages_as_they_are_typed_in_a_hurry(typed, label):
    age = named_ages.find(typed.split())
    assert (age and age[2]) == label


@pytest.mark.parametrize(
    ("title", "summary", "body", "ages"),
    [
        ("Over 50's Football", "", "", (50, 110)),
        ("Carers Forum 16-25", "", "", (16, 25)),
        ("Lunch", "For residents aged 60 and over.", "", (60, 110)),
        ("Hub", "Work for 18 - 24 year olds.", "Anyone over 30 may visit.", (18, 24)),
        ("Walks", "", "Open to people over the age of 55.", (55, 110)),
        ("Gym", "", "Sessions for 16+ and for those aged 60+.", (16, 110)),
        ("Choir 10-12", "Over 20 years of song.", "Under 30 minutes away. £15. 0161 496 0123.", None),
        ("Archery", "", "Adults £5, under 16s £2.", None),  # one price among others leaves nobody out
    ],
)
def test_the_ages_that_a_listing_gives(title, summary, body, ages):
    assert given_ages.given(title, summary, body) == ages


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sun 2pm, canal basin", {"sunday"}),
        ("Tues & Thurs, 10-3", {"tuesday", "thursday"}),
        ("Office open Mon-Fri 9-5", set()),
        ("We sat in the sun on Sun Street", set()),
    ],
)
def test_the_days_that_a_listing_names_in_short(text, days):
    assert given_days.terms(text) == {stem(day) for day in days}


def test_who_ticks_every_box_is_for_nobody_in_particular():
    whom = [f"group-{n}" for n in range(ranking.MOST_AUDIENCES + 1)]
    of_whom = VocabularyFile(title="Whom", terms=[Term(slug=w, label=w.replace("-", " ").title()) for w in whom])
    words = Vocabulary(dict.fromkeys(pages.SPOKEN, of_whom))
    for audiences, said in ((whom[:2], "Group 0 · Group 1"), (whom, "")):
        listing = Asset.model_construct(title="Players", audiences=audiences)
        assert pages.labels_of(SimpleNamespace(front=listing), words) == said


def test_a_day_in_short_is_found_by_its_name(tmp_path: Path):
    engine = opened(tmp_path, page(1, "Ramble", "Sun 2pm from the basin."), page(2, "Chess", "Mondays."))
    assert found(engine, "sunday") == ["Ramble"]


def test_two_things_are_not_one_by_their_stem():
    pairs = [
        "refuge refugees",
        "memory memorial",
        "minor minority",
        "hears hearing",
        "probate probation",
        "cloth clothes",
        "fish fishing",
    ]
    assert not [pair for pair in pairs if len({stem(word) for word in pair.split()}) < 2]
    assert stem("refugee") == stem("refugees")
