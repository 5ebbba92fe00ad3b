"""A page with a fault keeps its last good version, whatever else changes; and a page that goes, goes."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.corpus import TODAY, Corpus, found
from webapp.library.build import compile as compiling
from webapp.library.build import index
from webapp.library.generation.reader import NoContent, Reader


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path, assets=5)
    made.asset("singing", title="Singing for lungs", activities=["music-and-singing"])
    made.toolkit("first-conversation", "Ask what a good day is.\n")
    made.build()
    return made


def break_it(corpus: Corpus) -> None:
    corpus.write("assets/citywide/singing.md", "---\ntitle: Singing: broken\n---\n")
    corpus.write("toolkit/first-conversation.md", "---\ntitle: First\n")


def test_a_broken_page_keeps_its_last_good_version(corpus: Corpus):
    break_it(corpus)
    outcome = corpus.build()
    served = corpus.read()
    assert {problem.file for problem in outcome.problems} == {
        "content/assets/citywide/singing.md",
        "content/toolkit/first-conversation.md",
    }
    assert served.kept == {"/directory/singing", "/toolkit/first-conversation"}
    assert served.page("/directory/singing", TODAY).title == "Singing for lungs"
    assert "good day" in served.page("/toolkit/first-conversation", TODAY).html
    assert found(served, "lungs") == ["/directory/singing"]
    assert len(served.problems) == len(outcome.problems)


def test_it_is_kept_through_builds_and_through_a_change_of_vocabulary(corpus: Corpus):
    break_it(corpus)
    corpus.build()
    words = corpus.content / "vocabulary" / "activities.yml"
    corpus.write("vocabulary/activities.yml", words.read_text().replace("label: ", "label: New ", 1))
    corpus.build()
    corpus.build(everything=True)
    served = corpus.read()
    assert served.kept == {"/directory/singing", "/toolkit/first-conversation"}
    assert served.page("/directory/singing", TODAY).title == "Singing for lungs"
    assert found(served, "lungs") == ["/directory/singing"]
    assert served.section("toolkit")[0]["path"] == "/toolkit/first-conversation"


def test_a_mended_page_is_new_again(corpus: Corpus):
    break_it(corpus)
    corpus.build()
    corpus.asset("singing", title="Singing for everyone")
    corpus.toolkit("first-conversation", "Ask who matters.\n")
    assert not corpus.build().problems
    served = corpus.read()
    assert served.kept == frozenset()
    assert served.page("/directory/singing", TODAY).title == "Singing for everyone"
    assert found(served, "lungs") == []


@pytest.mark.parametrize("small", [0, 3], ids=["beside large segments", "with small ones"])
def test_pages_are_found_by_a_changed_label_as_if_all_were_made_anew(corpus: Corpus, small: int, monkeypatch):
    monkeypatch.setattr(index, "SMALL", small)
    corpus.asset("drama", title="Footlights", activities=["drama-and-film"], summary="Plays, and some gospel singing.")
    corpus.build(everything=True)
    for name, old, new in (
        ("activities", "label: Music and singing", "label: Bramble and gospel singing"),
        ("thesaurus", "same:\n", "same:\n  - [footlights, gospel singing]\n"),
        ("activities", "label: Bramble and gospel singing", "label: Bramble songs"),
        ("activities", "label: Bramble songs", "label: Bramble tunes"),
    ):
        before = (corpus.content / "vocabulary" / f"{name}.yml").read_text()
        assert old in before
        corpus.write(f"vocabulary/{name}.yml", before.replace(old, new, 1))
        assert corpus.build().changed == 0
    changed = corpus.read()
    assert found(changed, "bramble") == ["/directory/singing"]
    compiling.build(corpus.content, corpus.index_dir.parent / "at-once", today=TODAY)
    at_once = Reader(corpus.index_dir.parent / "at-once").current()
    for asked in ("bramble", "gospel singing", "music", "musci", "walking", ""):
        assert found(changed, asked) == found(at_once, asked)
    assert changed.engine._parts.lexicon == at_once.engine._parts.lexicon


def test_a_broken_vocabulary_keeps_its_last_good_version(corpus: Corpus):
    corpus.write("vocabulary/activities.yml", "title: [\n")
    outcome = corpus.build()
    assert [problem.file for problem in outcome.problems] == ["content/vocabulary/activities.yml"]
    served = corpus.read()
    assert "music-and-singing" in served.vocabulary.terms("activities")
    assert len(served.kept) == 0
    assert found(served, "walking")


def test_a_broken_name_keeps_its_last_good_version(corpus: Corpus):
    corpus.write("site.yml", "name: 7\n")
    assert corpus.build().problems
    assert corpus.read().site.name == "Signpost"


def test_a_page_that_is_removed_goes(corpus: Corpus):
    break_it(corpus)
    corpus.build()
    (corpus.content / "assets" / "citywide" / "singing.md").unlink()
    outcome = corpus.build()
    assert outcome.removed == 1
    served = corpus.read()
    assert served.page("/directory/singing", TODAY) is None
    assert found(served, "singing") == []


def test_one_change_costs_one_page(corpus: Corpus):
    corpus.asset("walking-group-3", title="Changed")
    outcome = corpus.build()
    assert (outcome.changed, outcome.removed) == (1, 0)
    assert found(corpus.read(), "changed") == ["/directory/walking-group-3"]


def test_a_page_comes_and_goes_on_its_days(corpus: Corpus):
    corpus.asset("planned", publish_from=(TODAY + timedelta(2)).isoformat(), expires=(TODAY + timedelta(4)).isoformat())
    seen = []
    for days in range(7):
        compiling.build(corpus.content, corpus.index_dir, today=TODAY + timedelta(days))
        served = corpus.read()
        seen.append(served.page("/directory/planned", TODAY + timedelta(days)) is not None)
        assert ("/directory/planned" in found(served, "planned")) == seen[-1]
    assert seen == [False, False, True, True, True, False, False]


def test_of_two_that_want_one_address_the_first_keeps_it_and_the_second_has_it_next(corpus: Corpus):
    first = corpus.asset("shed", title="The first shed")
    corpus.write("assets/other/shed.md", first.read_text().replace("The first", "The second"))
    assert len(corpus.build().problems) == 1
    assert corpus.read().page("/directory/shed", TODAY).title == "The first shed"
    first.unlink()
    assert not corpus.build().problems
    assert corpus.read().page("/directory/shed", TODAY).title == "The second shed"


def test_what_cannot_be_served_is_told_once_however_many_ask(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "gen-20261129T180000000-abcd").mkdir()
    reader = Reader(tmp_path)
    for _ in range(3):
        with pytest.raises(NoContent):
            reader.current()
    assert caplog.text.count("passed over") == 1
