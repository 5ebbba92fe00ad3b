"""Gaps that ask for the same are found, whatever the endings and names of things; others are not."""

import pytest
from flask import Flask

from webapp.db.engine import db, now
from webapp.gaps import report, search_terms, similar
from webapp.gaps.models import Gap
from webapp.gaps.report import GapReport
from webapp.gaps.statuses import Status
from webapp.library.generation.reader import Generation
from webapp.people.models import User
from webapp.pii import guard

LOG = (
    ("A choir that meets in the evening", "gorton-levenshulme", ""),
    ("Somewhere to repair a bicycle", "gorton-levenshulme", ""),
    ("Help with damp in a rented flat", "", ""),
    ("Lunch club on Sundays that speaks Urdu", "ardwick-longsight", "food"),
    ("Evening bus to Didsbury", "didsbury-burnage-chorlton-park", ""),
    ("Walking group for people with dementia", "", "walking"),
)


@pytest.fixture
def log(app: Flask) -> None:
    with app.app_context():
        reporter = db.session.get_one(User, 1)
        for needed, place, activity in LOG:
            report.record(db.session, GapReport(guard.clean(needed), place, activity=activity), reporter, now())
        db.session.commit()


def found(app: Flask, content: Generation, said: str, place: str = "", **more: str) -> list[int]:
    with app.app_context():
        return [g.id for g in similar.similar(db.session, said, place, thesaurus=content.thesaurus, **more)]


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("choirs meeting in evenings", 1),
        ("singing group in the evening", 1),
        ("bicycles repaired", 2),
        ("bike repairs", 2),
        ("rented flats with damp", 3),
        ("a Sunday lunch in Urdu", 4),
        ("walks for someone who has dementia", 6),
    ],
)
def test_the_same_in_other_words_is_found_first(app: Flask, content: Generation, said: str, number: int) -> None:
    assert found(app, content, said)[:1] == [number]


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    "said",
    ["", "somewhere for people to go", "wheelchair mended at home", "a swimming pool with a hoist", "%", "x" * 900],
)
def test_what_is_not_the_same_is_not_shown(app: Flask, content: Generation, said: str) -> None:
    assert found(app, content, said) == []


@pytest.mark.usefixtures("log")
def test_the_same_place_and_kind_bring_gaps_nearer(app: Flask, content: Generation) -> None:
    assert found(app, content, "evening", "didsbury-burnage-chorlton-park")[0] == 5
    assert found(app, content, "evening", "gorton-levenshulme")[0] == 1


@pytest.mark.usefixtures("log")
def test_closed_and_merged_gaps_are_left_out(app: Flask, content: Generation) -> None:
    with app.app_context():
        db.session.get_one(Gap, 1).status = Status.MET
        db.session.get_one(Gap, 2).merged_into_id = 3
        db.session.commit()
    assert found(app, content, "a choir in the evening to repair a bicycle") in ([], [5])


@pytest.mark.usefixtures("log")
def test_words_are_gone_with_a_report_that_is_taken_back(app: Flask) -> None:
    with app.app_context():
        gap = db.session.get_one(Gap, 6)
        report.take_back(db.session, gap, db.session.get_one(User, 1), now())
        db.session.commit()
        assert db.session.query(search_terms.GapTerm).filter_by(gap_id=6).count() == 0
