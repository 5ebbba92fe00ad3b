"""When something is held, as the UK profile has it: never a rule that says more than was meant."""

import pytest

from webapp.library.front_matter.listing import Session
from webapp.library.open_referral import profile
from webapp.library.open_referral.ids import Owner
from webapp.library.open_referral.schedules import schedule

RULE = ("freq", "interval", "byday", "bymonthday")


LISTING = Owner("8c9b0b0e-0000-4000-8000-000000000001")


def held(**said: object) -> dict[str, object]:
    return schedule(Session.model_validate({"frequency": "varies", **said}), LISTING)


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU", "FREQ=DAILY"]
)
def test_a_rule_that_the_profile_can_say_is_said_by_its_parts(rule: str):
    pure = profile.pure(held(rrule=rule), "schedule")
    assert pure["freq"]
    assert pure["byday"]
    assert "description" not in pure


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=6",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
    ],
)
def test_a_rule_that_it_cannot_say_is_told_in_words_and_kept_whole_beside(rule: str):
    """Of these parts HSDS-UK 3.0 has no BYSETPOS, COUNT, WKST and BYMONTH, and knows no day and no year."""
    start = {"dtstart": "2026-01-04"} if "COUNT" in rule or "INTERVAL" in rule else {}
    whole = held(rrule=rule, note="Ring before", **start)
    assert whole["rrule"] == rule
    pure = profile.pure(whole, "schedule")
    assert not pure.keys() & set(RULE)
    assert pure["description"] == f"By the rule {rule}. Ring before."
