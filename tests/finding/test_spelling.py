"""What a reader is told of words that are not here, and what commissioners hear of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Answer, Client
from tests.support.corpus import Corpus
from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.searches.models import CountedSearch

DEMAND = "/commissioning/demand"
PAGES = ["/directory", "/search"]


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """A site of three groups, with next to no other names for anything."""
    corpus = Corpus(tmp_path)
    corpus.write("vocabulary/thesaurus.yml", "same:\n  - [befriending, visiting]\nlittle: wants to\n")
    corpus.asset("skaters", title="Newall Green skaters", summary="Skating by the bakers on Fridays.")
    corpus.asset("befriending", title="Doorstep befriending", summary="A friend calls once a week.")
    corpus.asset("hall-club", title="Hall club", summary="Curing and tea in the hall.")
    corpus.build()
    return replace(settings, index_dir=corpus.index_dir)


@pytest.fixture
def everybody(priya: Client, femi: Client, stranger: Client) -> Callable[[str], None]:
    """Three people open a page and stay until it has said what they searched for."""

    def search(address: str) -> None:
        for person in (priya, femi, stranger):
            assert person.get(address).send("/searches").status == 204

    return search


def unmet(carol: Client) -> list[str]:
    table = carol.get(DEMAND).soup.select_one("[aria-labelledby=words] table")
    return [row.select_one("th").text for row in table.select("tbody tr")] if table else []


def found(page: Answer) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in page.soup.select(".result h3 a")]


@pytest.mark.reads_only
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("word", ["karate", "nepali", "quakers", "greek", "jain", "curling", "padel", "choir", "sikh"])
def test_a_word_that_is_not_here_is_said_to_be_missing(priya: Client, path: str, word: str):
    page = priya.get(f"{path}?q={word}")
    assert page.soup.select_one(".results__found").get_text() == f"Nothing for “{word}”"
    assert found(page) == []
    assert f"Nothing for “{word}”" in priya.get(f"{path}?q={word}", part=True).words


@pytest.mark.reads_only
@pytest.mark.parametrize("path", PAGES)
def test_another_spelling_is_a_link(priya: Client, path: str):
    page = priya.get(f"{path}?q=curling+club")
    assert "Nothing for “curling”. Did you mean curing club ? These match the rest of what you typed." in page.words
    assert found(page) == ["Hall club"]
    assert f"{path}?q=curing+club" in page.links()


@pytest.mark.reads_only
@pytest.mark.parametrize("path", PAGES)
def test_a_slip_of_the_pen_is_searched_as_the_right_word_and_said_to_be(priya: Client, path: str):
    page = priya.get(f"{path}?q=befreinding")
    assert "Nothing for “befreinding”. Showing results for befriending ." in page.words
    assert found(page) == ["Doorstep befriending"]
    just = priya.get(f"{path}?q=befreinding&exact=1")
    assert found(just) == []
    assert f"{path}?q=befreinding&exact=1" in page.links()


@pytest.mark.reads_only
def test_the_number_found_is_of_the_words_that_are_here(priya: Client):
    assert "1 group for “club”" in priya.get("/directory?q=nepali+club").words
    assert "1 result for “club”" in priya.get("/search?q=nepali+club").words


def test_commissioners_hear_of_a_word_that_is_not_here(carol: Client, everybody):
    everybody("/directory?q=nepali")
    assert unmet(carol) == ["nepali"]


def test_what_is_found_for_the_other_words_does_not_hide_it(carol: Client, everybody):
    everybody("/directory?q=karate+club")
    assert unmet(carol) == ["karate"]


def test_a_slip_of_the_pen_counts_as_the_right_word_and_as_found(priya: Client, app: Flask):
    priya.get("/directory?q=befreinding").send("/searches")
    with app.app_context():
        (row,) = db.session.query(CountedSearch)
        assert (row.phrase, row.found) == ("befriend", 1)


def test_words_that_could_be_somebody_are_not_kept_though_one_of_them_is_missing(carol: Client, everybody):
    everybody("/directory?q=Mrs+Oyelaran+club")
    assert unmet(carol) == []
