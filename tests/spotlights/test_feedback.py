"""After a session each says in a minute what they thought; what is in the way is passed on; nobody's own is shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.spotlights.conftest import NOW, OURS, PAGE, plan
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.people.models import User
from webapp.pii import guard
from webapp.spotlights import feedback, sessions
from webapp.spotlights.feedback import Given
from webapp.spotlights.models import SpotlightSession, Useful

Browsers = Callable[[str], Client]
Held = Callable[[], SpotlightSession]
SIX = ("priya", "femi", "carol", "ed", "ada", "stranger")


def test_a_minute_after_the_session(browser_of: Browsers) -> None:
    femi, priya = browser_of("femi"), browser_of("priya")
    address = plan(femi, day="2026-03-24", at="09:00")
    form = femi.get(address).soup.select_one(".qr-box svg")
    assert form
    assert not form.select("[style]")  # which the content policy would refuse
    assert priya.get(f"{PAGE}/feedback", status=303).location.endswith(address.rsplit("/", 1)[1]), (
        "the one that is open"
    )
    ask = f"{PAGE}/feedback?session={address.rsplit('/', 1)[1]}"
    assert ask in priya.get(address).links()
    page = priya.get(ask)
    nothing = page.send("Send", in_the_way="The form asks twice")
    assert nothing.errors == ["Say whether it was useful", "Choose what kind of thing is in the way"]
    sent = page.send(
        "Send", useful="partly", will_try="Ask first", in_the_way="The form asks twice", kind="system-or-form"
    )
    told = sent.follow().words
    assert "passed on as BAR-0001" in told
    assert "The form asks twice" in priya.get("/barriers/BAR-0001").words
    again = priya.get(ask)
    assert "BAR-0001" in again.words
    assert not again.soup.select("[name=in_the_way]")  # it has its own page now
    assert again.soup.select_one("[name=useful][checked]")["value"] == "partly"  # type: ignore[index]
    again.send("Change my answers", useful="yes", will_try="Ask twice")
    again = priya.get(ask)
    assert "Ask twice" in again.text
    assert priya.get("/barriers").text.count("The form asks twice") == 1
    guarded = again.send("Change my answers", will_try="Ring Ann Lee on 0161 496 0999")
    assert guarded.status == 422
    assert "Ask twice" in priya.get("/account/data.json").text


def test_the_form_is_open_from_the_session_until_two_weeks_after(browser_of: Browsers, clock: Clock) -> None:
    femi = browser_of("femi")
    soon, old = plan(femi, day="2026-04-24"), plan(femi, day="2026-03-01")
    for address, why in ((soon, "opens shortly before"), (old, "is closed")):
        ask = f"{PAGE}/feedback?session={address.rsplit('/', 1)[1]}"
        assert why in femi.get(ask).follow().words
        assert femi.post(ask, {"useful": "yes"}).follow().path == address


@pytest.fixture
def held(app: Flask) -> Callable[[], SpotlightSession]:
    """A session that was planned without anybody at a browser."""

    def make() -> SpotlightSession:
        wanted = sessions.SessionPlan(
            "asking-carers", NOW - timedelta(hours=2), 60, OURS, guard.clean("The long table")
        )
        made = sessions.plan(db.session, wanted, None, NOW)
        sessions.record(db.session, made, sessions.SessionRecord(6, ("carers",)), None, NOW)
        return made

    return make


def test_answers_are_counted_in_fives_alone(
    app: Flask, held: Callable[[], SpotlightSession], browser_of: Browsers
) -> None:
    with app.app_context():
        session, seen = held(), []
        address = f"{PAGE}/sessions/{session.id}"
        for number, name in enumerate(SIX):
            said = Given(
                Useful.NO if name == "stranger" else Useful.YES, guard.clean(f"I try {number}"), may_quote=number < 2
            )
            feedback.give(db.session, session, db.session.get_one(User, PEOPLE[name].id), said, NOW)
            seen.append(feedback.summary(db.session, session))
        db.session.commit()
    assert seen[:4] == [None] * 4
    assert seen[4] == seen[5]  # the sixth, who did not like it, is not given away by looking twice
    assert seen[4]
    assert (seen[4].answers, seen[4].useful) == (5, {Useful.YES: 5})
    assert seen[4].will_try == ("I try 0", "I try 1")  # what may be quoted, without a name
    assert "Of 5 answers" in browser_of("femi").get(address).words
    assert "Of 5 answers" not in browser_of("priya").get(address).words
