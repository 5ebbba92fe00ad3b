"""The kinds of value that front matter holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from webapp.library.front_matter import fields


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2026-10-06", "6 months", "2027-04-06"),
        ("2026-12-31", "2 months", "2027-02-28"),
        ("2026-11-30", "1 month", "2026-12-30"),
        ("2026-10-06", "2 weeks", "2026-10-20"),
        ("2026-10-06", "90 days", "2027-01-04"),
        ("2026-10-06", "12months", "2027-10-06"),
    ],
)
def test_a_period_after_a_date(start: str, period: str, expected: str):
    assert fields.after(date.fromisoformat(start), period) == date.fromisoformat(expected)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 99), st.sampled_from(["day", "week", "month"]))
def test_a_longer_period_never_ends_sooner(start: date, count: int, unit: str):
    first, second = (fields.after(start, f"{n} {unit}s") for n in (count, count + 1))
    assert start < first < second


@pytest.mark.parametrize("period", ["", "soon", "1", "months", "1 fortnight", "-1 month", "1.5 years"])
def test_what_is_no_period_is_refused(period: str):
    with pytest.raises(ValueError, match="not a period"):
        fields.after(date(2026, 1, 1), period)


GOOD = [
    (fields.Postcode, "m224dz", "M22 4DZ"),
    (fields.Postcode, "M1 1AE", "M1 1AE"),
    (fields.Postcode, "ec1a 1bb", "EC1A 1BB"),
    (fields.Clock, "9:30", "09:30"),
    (fields.Clock, "18.00", "18:00"),
    (fields.Phone, "0161 496 0123", "0161 496 0123"),
    (fields.Phone, "999", "999"),
    (fields.Phone, "+44 161 496 0123", "+44 161 496 0123"),
    (fields.Email, "hello@example.org", "hello@example.org"),
    (fields.Url, "https://example.org/x", "https://example.org/x"),
    (fields.SitePath, "/toolkit/x", "/toolkit/x"),
    (fields.Period, "6 months", "6 months"),
    (fields.GapReference, "GAP-0001", "GAP-0001"),
]
BAD = [
    (fields.Postcode, "M22"),
    (fields.Postcode, "M22 4D"),
    (fields.Postcode, "22M 4DZ"),
    (fields.Clock, "24:00"),
    (fields.Clock, "9"),
    (fields.Clock, 930),
    (fields.Phone, "01"),
    (fields.Phone, "call us"),
    (fields.Email, "hello at example.org"),
    (fields.Email, "a@b"),
    (fields.Url, "example.org"),
    (fields.Url, "javascript:alert(1)"),
    (fields.Url, "https://"),
    (fields.SitePath, "//evil.example"),
    (fields.SitePath, "toolkit/x"),
    (fields.Period, "soon"),
    (fields.Period, 6),
    (fields.GapReference, "GAP-1"),
]


@pytest.mark.parametrize(
    ("kind", "written", "meant"), GOOD, ids=lambda value: str(value) if isinstance(value, str) else ""
)
def test_what_is_right_is_taken(kind: object, written: object, meant: str):
    assert TypeAdapter(kind).validate_python(written) == meant


@pytest.mark.parametrize(("kind", "written"), BAD, ids=lambda value: str(value) if isinstance(value, str | int) else "")
def test_what_is_wrong_is_refused_in_words(kind: object, written: object):
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(written)
    (fault,) = refused.value.errors()
    assert fault["type"] == "advice"
    assert "as in" in fault["msg"] or "beginning with" in fault["msg"] or "begin with" in fault["msg"]
