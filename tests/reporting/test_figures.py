"""What is counted, by hand and by the database, on both of them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.reporting.conftest import NOW
from webapp.commissioning.report import figures
from webapp.commissioning.report.figures import Figures
from webapp.commissioning.report.scope import Scope, after, months, starts
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.library.generation.reader import Generation

pytestmark = pytest.mark.both_databases


TODAY = date(2026, 6, 15)


@pytest.fixture
def count(app: Flask, content: Generation, log: None):
    def gather(**args: str) -> Figures:
        scope = Scope.from_args(MultiDict({k.strip("_"): v for k, v in args.items()}), content.vocabulary, TODAY)
        with app.app_context():
            counted = figures.gather(db.session, scope, NOW)
            db.session.rollback()
            return counted

    return gather


YEARS = {"from_": "2025-01-01", "to": "2026-06-15"}


def test_open_is_counted_as_it_is_now_and_closed_within_the_days(count) -> None:
    for days in ({}, {"from_": "2026-06-14"}, YEARS):
        counted = count(**days)
        assert {s: c.gaps for s, c in counted.by_status.items() if s.is_open} == {
            Status.NEW: 2,
            Status.UNDER_REVIEW: 1,
            Status.PROTOTYPE: 0,
            Status.IN_PLAN: 1,
        }
        assert (counted.open.gaps, counted.open.staff) == (4, 11)
    assert (counted.by_status[Status.MET].gaps, counted.by_status[Status.NOT_NOW].gaps) == (1, 1)
    assert (counted.reported.gaps, counted.reported.staff) == (6, 16)
    assert (count().by_status[Status.MET].gaps, count().by_status[Status.NOT_NOW].gaps) == (0, 1)


@pytest.fixture
def open_by(app: Flask, content: Generation, log: None):
    def gather(dimension: str) -> dict[str, figures.Count]:
        with app.app_context():
            scope = Scope.from_args(MultiDict(), content.vocabulary, TODAY)
            stages = figures.open_by(db.session, scope, dimension)
            db.session.rollback()
            return figures.most_first(stages)

    return gather


def test_open_gaps_by_place_theme_audience_and_age(count, open_by) -> None:
    counted, by_place = count(), open_by("place")
    assert {p: (c.gaps, c.staff) for p, c in by_place.items()} == {
        "gorton-levenshulme": (2, 6),
        "ardwick-longsight": (1, 3),
        "": (1, 2),
    }
    assert next(iter(by_place)) == "gorton-levenshulme"
    assert {t: c.gaps for t, c in open_by("theme").items()} == {"carers": 2, "": 1, "falls": 1}
    assert {a: c.gaps for a, c in open_by("audience").items()} == {"": 2, "carers": 2, "older-people": 1}
    assert [c.gaps for c in counted.by_age.values()] == [1, 1, 1, 1]
    assert counted.unanswered_long == 1


def test_residents_are_summed_as_they_may_be_told_of_each_gap(count, open_by) -> None:
    counted = count()
    assert (counted.open.residents.words, counted.open.known) == ("9 to 26", 3)  # up to 5, 7 to 15, up to 6
    by_place = open_by("place")
    assert by_place["gorton-levenshulme"].residents.words == "8 to 20"
    assert by_place["ardwick-longsight"].residents.words == "up to 6"
    assert not by_place[""].residents


def test_the_median_is_of_what_was_answered(count) -> None:
    counted = count(**YEARS)
    assert (counted.to_answer.days, counted.to_answer.of) == (15.0, 4)  # 6, 10, 20, 30
    assert counted.to_answer.words == "15 days"
    assert count(from_="2026-06-14").to_answer.days is None


def test_a_merged_gap_stands_in_no_figure(count, app: Flask) -> None:
    with app.app_context():
        db.session.get_one(Gap, 2).merged_into_id = 3
        db.session.get_one(Gap, 5).merged_into_id = 3
        db.session.commit()
    counted = count(**YEARS)
    assert (counted.open.gaps, counted.reported.gaps, counted.unanswered_long) == (3, 4, 0)
    assert sum(m.reported for m in counted.months) == 4


def test_a_locality_or_an_audience_counts_its_own_alone(count) -> None:
    counted = count(locality="central", **YEARS)
    assert counted.reported.gaps == 4
    assert count(locality="nowhere", **YEARS).reported.gaps == 6
    counted = count(audience="carers", **YEARS)
    assert (counted.open.gaps, counted.reported.gaps) == (2, 2)


def test_days_count_from_midnight_to_midnight_in_great_britain(count) -> None:
    assert starts(date(2026, 6, 1)) == datetime(2026, 5, 31, 23, tzinfo=UTC)
    day = "2026-06-13"  # gap 1
    assert count(from_=day, to=day).reported.gaps == 1
    assert count(from_="2026-06-14").reported.gaps == 0
    assert count(from_="2025-01-01", to="2026-06-12").reported.gaps == 5


def test_months_begin_with_the_first_gap_and_add_up(count) -> None:
    counted = count()
    assert counted.months[0].first == date(2025, 8, 1)
    assert len(counted.months) == 11
    assert sum(m.reported for m in counted.months) == 6
    assert sum(m.answered for m in counted.months) == 4
    assert sum(m.closed for m in counted.months) == 2
    assert count(from_="2024-01-01", to="2025-07-31").months == []


def test_months_are_cut_to_the_latest() -> None:
    assert months(date(2025, 11, 30), date(2026, 2, 1), 12) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert months(date(2000, 1, 1), date(2026, 1, 9), 2) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert after(date(2025, 12, 1)) == date(2026, 1, 1)


def test_days_that_make_no_sense_are_said_and_left_out(content: Generation) -> None:
    def read(**args: str) -> Scope:
        return Scope.from_args(MultiDict({k.strip("_"): v for k, v in args.items()}), content.vocabulary, TODAY)

    nonsense = read(from_="2026-13-01", to="0001-01-01")
    assert (nonsense.said, nonsense.since, nonsense.until) == ((None, None), date(2026, 3, 16), TODAY)
    assert len(nonsense.notices) == 2
    turned = read(from_="2026-05-02", to="2026-05-01")
    assert (turned.since, turned.until, len(turned.notices)) == (date(2026, 5, 1), date(2026, 5, 2), 1)
    later = read(from_="2090-01-01")
    assert later.since <= later.until
    strange = read(locality="atlantis", audience="nobody-we-know")
    assert (strange.locality, strange.audience, len(strange.notices)) == ("", "", 2)
    assert "atlantis" in strange.notices[0]
    assert read().key == ""  # words for the last three months of every day stay where they are tomorrow
