"""Whatever was edited, and however often, a build of what changed serves what a build of everything would."""

import os
from pathlib import Path
from random import Random

import orjson
import pytest

from tests.support.corpus import TODAY, Corpus, found
from tests.support.edits import Edited
from webapp.library.build import index
from webapp.library.open_referral import edition
from webapp.library.search.query import Query

PUBLISHED = "name: S\norganisation: C\nopen_referral: {publish: all}\n"


def names(corpus: Corpus) -> list[str]:
    return sorted(orjson.loads(row)["name"] for row in edition.of(corpus.read())["whole"])


def test_random_edits_serve_what_a_build_of_everything_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "SMALL", 2)
    edited = Edited(tmp_path, Random(17), listings=5)
    for edits in (1, 2, 0, 3):
        for _ in range(edits):
            edited.edit()
        edited.corpus.build(today=edited.today)
    assert edited.differs() == [], edited.log


def test_of_two_with_one_address_the_first_stays_when_nothing_changes(tmp_path: Path):
    corpus = Corpus(tmp_path)
    first = corpus.asset("shed", title="The first shed")
    corpus.write("assets/other/shed.md", first.read_text().replace("The first", "The second"))
    told = corpus.build().problems
    corpus.write("site.yml", "name: Signpost\norganisation: Another council\n")
    again = corpus.build()
    assert (again.problems, again.served) == (told, 1)
    assert corpus.read().page("/directory/shed", TODAY).title == "The first shed"


def test_a_changed_label_is_in_the_open_record_too(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.write("site.yml", PUBLISHED)
    corpus.asset("choir", activities=["music-and-singing"])
    corpus.build()
    assert b"Music and singing" in edition.of(corpus.read())["whole"][0]
    words = (corpus.content / "vocabulary" / "activities.yml").read_text()
    corpus.write("vocabulary/activities.yml", words.replace("label: Music and singing", "label: Bramble songs"))
    corpus.build()
    assert b"Bramble songs" in edition.of(corpus.read())["whole"][0]


def test_each_listing_has_its_own_open_record_after_all_was_compiled_anew(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=3)
    corpus.write("site.yml", PUBLISHED)
    for file in corpus.content.rglob("*.md"):  # as one commit leaves them
        os.utime(file, (1_790_000_000, 1_790_000_000))
    corpus.build()
    assert names(corpus) == ["Walking group 0", "Walking group 1", "Walking group 2"]
    (corpus.content / "assets" / "citywide" / "walking-group-0.md").unlink()
    corpus.build(everything=True)
    assert names(corpus) == ["Walking group 1", "Walking group 2"]


def test_nobody_is_led_to_a_word_that_went_with_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "SMALL", 0)
    corpus = Corpus(tmp_path, assets=2)
    corpus.asset("brambles", title="Brambleberry evenings")
    corpus.build()
    assert corpus.read().search(Query(words="bramblebery", today=TODAY)).corrected == "brambleberry"
    (corpus.content / "assets" / "citywide" / "brambles.md").unlink()
    corpus.build()
    results = corpus.read().search(Query(words="bramblebery", today=TODAY))
    assert (results.corrected, results.offered) == (None, None)


def test_equals_stand_in_one_order_whichever_was_edited_last(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=3)
    corpus.build()
    before = found(corpus.read(), "walks")
    corpus.asset("walking-group-0", body="A friendly crowd.\n")
    corpus.build()
    assert found(corpus.read(), "walks") == before


def test_a_place_that_only_citywide_listings_serve_counts_them(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=2)
    corpus.build()
    assert corpus.read().search(Query(today=TODAY)).facets["place"]["cheetham-crumpsall"] == 2
