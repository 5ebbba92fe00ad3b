"""Listings name roles and teams to get in touch with, never people: whoever writes a person's name is told."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def told(corpus: Corpus) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in corpus.check()]


@pytest.mark.parametrize(
    "name",
    [
        "Janet Okafor",
        "Janet",
        "Mrs Patel",
        "Joy",
        "Pat",
        "Hope Akinwande",
        "Volunteer coordinator: Jane",
        "Sue/Manager",
        "Bob or Keith",
        "Rev. John Smith",
        "Mohammed Ali Hussain",
        "Zofia Kowalczyk",
    ],
)
def test_a_contact_that_is_a_person_is_named_at_its_line(corpus: Corpus, name: str):
    corpus.asset("choir", contacts=[{"phone": "0161 496 0123"}, {"name": name, "phone": "0161 496 0124"}])
    (said,) = told(corpus)
    assert said.startswith("9: `name` seems to name a person")
    assert "write a role or a team" in said


@pytest.mark.parametrize(
    "name",
    [
        "Group leader",
        "Reception",
        "Duty Worker",
        "Volunteer coordinator",
        "Chair",
        "Grace House",
        "Victoria Hall",
        "Youth team",
        "Booking line",
        "Bookings (texts welcome)",
        "Care Navigator",
    ],
)
def test_roles_places_and_teams_are_left_in_peace(corpus: Corpus, name: str):
    corpus.asset("choir", contacts=[{"name": name, "phone": "0161 496 0123"}])
    assert told(corpus) == []


def test_the_same_goes_for_notes_for_who_verified_and_for_owners(corpus: Corpus):
    corpus.asset("choir", contacts=[{"phone": "0161 496 0123", "note": "Ask for Janet"}])
    corpus.asset("band", verified={"date": "2026-10-06", "by": "Janet Okafor"})
    corpus.toolkit("asking", owner="Janet Okafor")
    assert [said.partition(" seems")[0] for said in told(corpus)] == ["11: `by`", "9: `note`", "4: `owner`"]


def test_a_listing_from_a_feed_is_told_of_as_advice_alone(corpus: Corpus):
    imported = {"source": "A council", "record": "1", "file": "2"}
    corpus.asset("choir", imported=imported, contacts=[{"name": "Janet Okafor", "phone": "0161 496 0123"}])
    assert told(corpus) == []
