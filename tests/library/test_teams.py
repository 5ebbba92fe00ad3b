"""Where and when the communities meet, as an editor writes it in vocabulary/teams.yml."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.corpus import Corpus
from webapp.library.checks.words import faults
from webapp.library.vocabulary import Vocabulary, load

TEAM = """\
title: Teams
kinds:
  - {slug: neighbourhood, label: Neighbourhood teams}
terms:
  - slug: harbour
    label: Harbour neighbourhood team
"""
WHEN = "    day: tuesday\n    time: 14:00\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    places = "title: Places\nlocalities: [{slug: west, label: West}]\nterms:\n  - {slug: harbour, label: Harbour}\n"
    made.write("vocabulary/places.yml", places)
    return made


def written(corpus: Corpus, more: str) -> Vocabulary:
    corpus.write("vocabulary/teams.yml", TEAM + more)
    known, problems = load(corpus.content / "vocabulary", corpus.content.parent)
    assert not problems, problems
    return known


def told(corpus: Corpus, more: str) -> list[tuple[int, str]]:
    """The lines and messages that a check tells of a team with `more` of its own."""
    corpus.write("vocabulary/teams.yml", TEAM + more)
    known, problems = load(corpus.content / "vocabulary", corpus.content.parent)
    found = [*problems, *faults(corpus.content / "vocabulary", corpus.content.parent, known, (), with_advice=True)]
    return [(p.line, p.message) for p in found if p.file.endswith("teams.yml") and p.level == "error"]


def test_a_team_says_where_and_when_it_meets(corpus: Corpus):
    more = f"    kind: neighbourhood\n    locality: west\n    places: [harbour]\n{WHEN}    minutes: 75\n"
    more += "    room: The net loft\n    join: https://meet.example.org/harbour\n    skips: [2026-12-22]\n"
    known = written(corpus, more)
    team = known.teams["harbour"]
    assert (team.day, team.time, team.minutes, team.room) == ("tuesday", "14:00", 75, "The net loft")
    assert team.skips == (date(2026, 12, 22),)
    assert not told(corpus, more)
    assert Vocabulary.from_data(known.as_data()).teams == known.teams


def test_a_team_need_not_meet(corpus: Corpus):
    assert not told(corpus, "")
    assert written(corpus, "").teams["harbour"].time is None


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("    places: [harbor]\n", 7, "did you mean `harbour`?"),
        ("    day: tusday\n    time: 14:00\n", 7, "did you mean `tuesday`"),
        ("    kind: neighborhood\n", 7, "did you mean `neighbourhood`?"),
        ("    locality: wset\n", 7, "did you mean `west`?"),
        ("    day: tuesday\n", 7, "add `time`"),
        ("    time: 14:00\n", 7, "add `day`"),
        (f"{WHEN}    skips: [2026-12-23]\n", 9, "which is a Wednesday"),
        ("    day: tuesday\n    time: 25:00\n", 8, "this is not a time"),
        (f"{WHEN}    minutes: 5\n", 9, "use a number from 10 to 480"),
        (f"{WHEN}    minutes: an hour\n", 9, "use a whole number"),
        (f"{WHEN}    join: meet.example.org\n", 9, "beginning with https://"),
        (f"{WHEN}    rom: The net loft\n", 9, "did you mean `room`?"),
    ],
)
def test_a_slip_is_told_at_its_line_with_what_to_do(corpus: Corpus, more: str, line: int, said: str):
    found = told(corpus, more)
    assert len(found) == 1, found
    assert found[0][0] == line
    assert said in found[0][1]


def test_a_team_whose_file_has_a_slip_keeps_meeting_as_before(corpus: Corpus):
    written(corpus, WHEN)
    corpus.asset("walking-group")
    corpus.build()
    corpus.write("vocabulary/teams.yml", f"{TEAM}    day: tuesday\n    time: 2pm\n")
    assert "this is not a time" in str(corpus.build().problems)
    assert corpus.read().vocabulary.teams["harbour"].time == "14:00"
