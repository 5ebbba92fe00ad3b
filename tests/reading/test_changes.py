"""Changes of law and practice: what comes, what holds, what nobody can confirm."""

from datetime import date

from webapp.reading.changes import timeline

TODAY = date(2026, 11, 29)


def card(path: str, takes_effect: str = "", expected: str = "") -> dict[str, str]:
    return {"path": path, "takes_effect": takes_effect, "expected": expected}


def test_a_change_stands_where_its_day_puts_it():
    cards = [card("spring", "2027-04-01"), card("january", "2027-01-31"), card("today", "2026-11-29")]
    cards += [card("june", "2026-06-02"), card("some day"), card("by March", expected="by March 2027")]
    shown = timeline(cards, TODAY)
    assert [c["path"] for c in shown.coming] == ["january", "spring", "by March"]
    assert [c["path"] for c in shown.in_force] == ["today", "june"]
    assert [c["path"] for c in shown.unconfirmed] == ["some day"]
