"""No page ends in "ask your team" without saying how that team is reached."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus

CONTACTS = """\
title: Who to ring
terms:
  - slug: lamps
    label: Lamp store
    what: Lends lamps.
    phone: 0161 496 0123
    called: [lamp team]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.write("vocabulary/contacts.yml", CONTACTS)
    return made


def told(corpus: Corpus) -> list[str]:
    return [f"{p.file}:{p.line}: {p.message}" for p in corpus.check()]


def test_a_page_that_sends_readers_to_a_team_names_it(corpus: Corpus):
    corpus.toolkit("dark", "Ask first.\n\nThen ring your council's lamp\nteam.\n")
    (said,) = told(corpus)
    assert said.startswith("content/toolkit/dark.md:10: `your council's lamp team` leaves readers to find the number")
    corpus.toolkit("dark", "Then ring your lamp team.\n", ask=["lamps"])
    assert told(corpus) == []


def test_a_contact_that_is_not_there_is_refused_with_the_one_that_is_meant(corpus: Corpus):
    corpus.toolkit("dark", ask=["lamp"])
    (said,) = told(corpus)
    assert "vocabulary/contacts.yml: did you mean `lamps`?" in said


def test_a_contact_that_nobody_can_reach_is_a_fault(corpus: Corpus):
    corpus.write("vocabulary/contacts.yml", CONTACTS.replace("    phone: 0161 496 0123\n", ""))
    (said,) = told(corpus)
    assert "there is no way to reach them" in said
