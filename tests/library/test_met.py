"""An answer that says that a gap is met names the listing that meets it, and that listing is there."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.asset("choir")
    made.toolkit("asking")
    return made


def told(corpus: Corpus, **front: object) -> list[str]:
    """What is said of an update that answers a gap."""
    keys = {"title": "A choir", "summary": "There is one now.", "owner": "A team", "reviewed": "2026-09-01"}
    keys |= {"review_every": "12 months", "answers": ["GAP-0001"], **front}
    corpus._page("updates/a-choir.md", keys, "You asked for a choir.\n")
    return [f"{problem.line}: {problem.message}" for problem in corpus.check()]


@pytest.mark.parametrize("front", [{}, {"outcome": "not-now"}, {"outcome": "met", "met_by": ["/directory/choir"]}])
def test_what_names_its_listing_or_is_not_met_is_sound(corpus: Corpus, front: dict[str, object]):
    assert told(corpus, **front) == []


def test_met_by_nothing_is_refused(corpus: Corpus):
    assert told(corpus, outcome="met") == [
        "9: this gap is met, and nobody is told by what: add `met_by`, as in `met_by: [/directory/the-listing]`"
    ]


def test_a_listing_that_is_not_there_is_refused(corpus: Corpus):
    (said,) = told(corpus, outcome="met", met_by=["/directory/chior"])
    assert said.startswith("11: there is no page /directory/chior")


def test_a_page_that_is_no_listing_is_refused(corpus: Corpus):
    (said,) = told(corpus, outcome="met", met_by=["/toolkit/asking"])
    assert "/toolkit/asking is no listing" in said


def test_a_listing_without_the_word_is_told_too(corpus: Corpus):
    (said,) = told(corpus, outcome="prototype", met_by=["/directory/choir"])
    assert "its `outcome` is `met`" in said


def test_an_outcome_that_is_none_is_told_with_those_there_are(corpus: Corpus):
    (said,) = told(corpus, outcome="done")
    assert "outcome" in said
