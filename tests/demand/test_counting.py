"""A finished search is counted once, without saying who, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from tests.demand.conftest import asked
from tests.support.client import Client, filled
from webapp.db.engine import Base, db, now
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.searches import counting
from webapp.searches.finished import FinishedSearch, NotOurs, phrase_of
from webapp.searches.models import CountedSearch, LatelyCounted, RecentSearch

pytestmark = pytest.mark.both_databases


KEY = "a key that only this site has, of some length"
NOON = datetime(2026, 3, 10, 12, 20, tzinfo=UTC)


def test_a_search_counts_when_its_reader_stays(priya: Client, finish, counted) -> None:
    page = finish(priya, "/directory?q=walking&place=gorton-levenshulme&cost=free")
    (row,) = counted()
    assert (row.words, row.phrase, row.kind) == ("walking", "walk", "asset")
    assert row.filters == {"cost": ["free"], "place": ["gorton-levenshulme"]}
    assert row.places == ["gorton-levenshulme"]
    assert row.activities == ["walking"]
    assert str(row.found) in page.soup.select_one(".results__found").text or row.found == 0
    assert (row.at.minute, row.at.second) == (0, 0)


def test_what_is_typed_on_the_way_is_not_counted(priya: Client, finish, counted) -> None:
    for typed in ("be", "befr", "befrien"):
        part = priya.get(f"/directory?q={typed}", part=True)
        part.form("/searches")
        assert "seen.gif" not in part.text, "a picture would be fetched at every key"
    finish(priya, "/directory?q=befriending")
    assert [row.words for row in counted()] == ["befriending"]


def test_opening_the_page_alone_writes_nothing(priya: Client, counted) -> None:
    priya.get("/directory?q=walking")
    assert counted() == []


def test_the_whole_directory_is_no_search(priya: Client) -> None:
    page = priya.get("/directory")
    assert not page.soup.select("form[data-finished-search]")


def test_the_search_of_everything_counts_too(priya: Client, finish, counted) -> None:
    finish(priya, "/search?q=falls")
    assert [(row.kind, row.words) for row in counted()] == [("everything", "falls")]


def test_the_same_search_within_half_an_hour_is_one(priya: Client, stranger: Client, finish, counted) -> None:
    for _ in range(3):
        finish(priya, "/directory?q=walking+groups")
    finish(priya, "/directory?q=groups+walking")
    assert len(counted()) == 1
    finish(stranger, "/directory?q=walking+groups")
    finish(priya, "/directory?q=walking+groups&cost=free")
    rows = counted()
    assert len(rows) == 3
    assert rows[0].person == rows[2].person != rows[1].person


def test_without_scripts_a_picture_says_it(priya: Client, counted) -> None:
    page = priya.get("/directory?q=walking")
    (picture,) = page.soup.select("noscript img")
    seen = priya.get(str(picture["src"]))
    assert seen.type == "image/gif"
    assert "no-store" in seen.headers["Cache-Control"]
    priya.get(str(picture["src"]))
    assert [row.words for row in counted()] == ["walking"]
    priya.get(str(page.soup.select_one("noscript img")["src"]), headers={"Sec-Fetch-Site": "cross-site"})
    assert len(counted()) == 1


def test_nobody_can_make_one_up(priya: Client, stranger: Client, counted) -> None:
    token = filled(priya.get("/directory?q=walking").form("/searches"))["search"]
    assert stranger.post("/searches", {"search": token}).status == 400
    assert priya.post("/searches", {"search": f"{token}x"}).status == 400
    assert priya.post("/searches", {}).status == 400
    assert priya.get("/searches/seen.gif?search=nonsense").status == 200
    assert counted() == []


@pytest.mark.parametrize(
    "words", ["walking for Mrs Edna Ogden", "shopping 0161 496 0999", "lunch M22 5RX", "943 476 5919"]
)
def test_words_that_could_name_somebody_are_dropped(priya: Client, finish, counted, app: Flask, words: str) -> None:
    finish(priya, f"/directory?q={words.replace(' ', '+')}&cost=free")
    (row,) = counted()
    assert (row.words, row.phrase, row.words_dropped) == ("", "", True)
    assert row.filters == {"cost": ["free"]}
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            everything = str(db.session.execute(text(f'select * from "{table.name}"')).all())
            assert words not in everything, table.name
            assert words.split()[-1] not in everything, table.name


def test_of_a_postcode_the_first_half_is_kept(priya: Client, finish, counted) -> None:
    finish(priya, "/directory?q=lunch&near=M18+8AA&within=2")
    (row,) = counted()
    assert row.near == "M18"
    assert row.places == ["gorton-levenshulme"]
    assert "/directory?q=lunch&amp;near=M18&amp;within=2" in priya.get("/searches").text


def test_the_same_person_is_another_one_next_month() -> None:
    march, april = counting.person_of(1, KEY, NOON), counting.person_of(1, KEY, NOON + timedelta(days=31))
    assert march != april
    assert march == counting.person_of(1, KEY, NOON + timedelta(days=5))
    assert march != counting.person_of(2, KEY, NOON)
    assert march != counting.person_of(1, KEY[:-1], NOON)


def test_nobody_fills_the_table(app: Flask) -> None:
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        done = [counting.count(db.session, asked(f"word {n}"), 1, KEY, NOON) for n in range(80)]
        assert sum(done) == counting.MOST_AN_HOUR
        assert counting.count(db.session, asked("another"), 2, KEY, NOON)
        assert counting.count(db.session, asked("later"), 1, KEY, NOON + timedelta(hours=1))


def test_half_an_hour_is_from_the_first(app: Flask) -> None:
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        moments = [NOON + timedelta(minutes=minutes) for minutes in (0, 20, 29, 31, 50)]
        assert [counting.count(db.session, asked(), 1, KEY, at) for at in moments] == [True, False, False, True, False]


def test_what_is_old_is_forgotten(app: Flask) -> None:
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        for days in (400, 390, 31, 29, 0):
            counting.count(db.session, asked(f"choir {days}"), 1, KEY, NOON - timedelta(days=days))
        db.session.flush()
        counting.forget(db.session, NOON)
        db.session.expire_all()
        assert db.session.query(CountedSearch).count() == 4
        assert db.session.query(RecentSearch).count() == 2
        assert db.session.query(LatelyCounted).count() == 1


def test_a_token_is_good_for_its_maker_and_a_day_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    token = asked(near="M22", within=2.0, filters={"cost": ["free"]}, found=3).sign(KEY, 1)
    assert FinishedSearch.read(token, KEY, 1).address() == "/directory?q=choir&near=M22&within=2&cost=free"
    with pytest.raises(NotOurs):
        FinishedSearch.read(token, KEY, 2)
    monkeypatch.setattr("webapp.searches.finished.GOOD_FOR", -1)
    with pytest.raises(NotOurs):
        FinishedSearch.read(token, KEY, 1)


def test_searches_for_the_same_are_known_as_one() -> None:
    assert phrase_of("Walking groups") == phrase_of("a group for walks") == "group walk"
    assert phrase_of("Dementia Café") == phrase_of("dementia cafes")
    assert phrase_of("the") == "the"


@pytest.mark.reads_only
def test_words_that_name_a_place_and_an_activity_say_so(content: Generation) -> None:
    results = content.search(Query(words="choir in gorton"))
    made = FinishedSearch.of(
        "asset", words="choir in gorton", found=1, recognised=results.recognised, vocabulary=content.vocabulary
    )
    assert made.places == ["gorton-levenshulme"]
    assert made.activities == ["music-and-singing"]
    district = FinishedSearch.of("asset", words="x", near="M22", found=1, vocabulary=content.vocabulary)
    assert len(district.places) == 2


def test_a_session_that_ended_keeps_nothing_of_it(priya: Client, app: Flask) -> None:
    page = priya.get("/directory?q=walking")
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        db.session.execute(text("update sign_ins set last_seen = :then"), {"then": now() - timedelta(hours=3)})
        db.session.commit()
    assert page.send("/searches").status in (303, 401)
    with app.app_context():
        assert not db.session.execute(text("select * from drafts")).all()
