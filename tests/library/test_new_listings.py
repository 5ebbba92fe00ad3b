"""Which listings came last, as the pages of a neighbourhood tell it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.corpus import TODAY, Corpus
from webapp.library.build import compile as compiling

LATER = TODAY + timedelta(days=9)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path, assets=3)
    made.build()
    return made


def build_on(corpus: Corpus, day: date, **more: bool) -> None:
    compiling.build(corpus.content, corpus.index_dir, today=day, **more)


def new(corpus: Corpus) -> list[tuple[str, date]]:
    return [(listing.path, listing.since) for listing in corpus.read().new_listings]


def test_what_was_there_from_the_beginning_is_not_new(corpus: Corpus):
    assert new(corpus) == []


def test_what_is_added_is_new_from_that_day_on_whatever_changes_later(corpus: Corpus):
    corpus.asset("choir")
    build_on(corpus, TODAY)
    corpus.asset("choir", summary="A group that sings together on weekday mornings.")
    corpus.asset("shed", places=["gorton-levenshulme"], citywide=None)
    build_on(corpus, LATER)
    assert new(corpus) == [("/directory/shed", LATER), ("/directory/choir", TODAY)]
    build_on(corpus, LATER + timedelta(days=1), everything=True)
    assert new(corpus) == [("/directory/shed", LATER), ("/directory/choir", TODAY)]
    shed = corpus.read().new_listings[0]
    assert (shed.title, shed.places, shed.citywide) == ("Shed", ("gorton-levenshulme",), False)


def test_a_listing_under_another_name_is_not_new(corpus: Corpus):
    corpus.asset("walking-group-0").unlink()
    corpus.asset("strollers", aliases=["walking-group-0"])
    build_on(corpus, LATER)
    assert new(corpus) == []


def test_a_listing_is_new_on_the_first_day_that_readers_see_it(corpus: Corpus):
    corpus.asset("choir", publish_from=LATER.isoformat())
    build_on(corpus, TODAY)
    assert new(corpus) == []
    build_on(corpus, LATER)
    assert new(corpus) == [("/directory/choir", LATER)]


def test_a_listing_whose_file_breaks_keeps_its_day(corpus: Corpus):
    corpus.asset("choir")
    build_on(corpus, TODAY)
    corpus.write("assets/citywide/choir.md", "---\ntitle: [\n---\n")
    words = corpus.content / "vocabulary" / "activities.yml"
    corpus.write("vocabulary/activities.yml", words.read_text().replace("label: ", "label: New ", 1))
    build_on(corpus, LATER)
    assert new(corpus) == [("/directory/choir", TODAY)]
