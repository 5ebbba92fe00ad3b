"""“I checked today that this is right”: one press, one a day, told to everybody, and taken back as easily."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select, update

from tests.gaps.site import Visitor
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import User
from webapp.upkeep import confirmations
from webapp.upkeep.models import Confirmation

LARDER = "/directory/bobbin-larder"


LONG_AGO = "/directory/whispering-shelf"  # a listing that nobody has looked at for more than a year


def confirms(person: Visitor) -> str:
    return person.sends(f"{LARDER}/confirmation")


def days_ago(app: Flask, days: int) -> None:
    """As if what was confirmed so far had been so many days ago."""
    with app.app_context():
        today = db.session.scalars(select(Confirmation.day)).first()
        assert today
        db.session.execute(update(Confirmation).values(day=today - timedelta(days=days)))
        audit.append(db.session, now=now(), actor=None, action="test.time-passed", subject=("listing", LARDER))
        db.session.commit()


def test_the_page_says_how_often_and_when_last(amina: Visitor, ben: Visitor):
    assert "I checked today that this is right" in amina.get(LARDER)
    assert "Confirmed once since, last on" in confirms(amina)
    assert "You checked this today." in amina.get(LARDER)
    assert "You checked this today." not in ben.get(LARDER)
    assert "Confirmed twice since" in confirms(ben)


def test_everybody_sees_a_check_at_once_on_the_tag_and_in_the_list(amina: Visitor, ben: Visitor):
    def seen() -> tuple[str, str]:
        tags = ben.client.get(LONG_AGO).soup.select_one(".asset__labels")
        link = ben.client.get("/directory?q=whispering+shelf").soup.select_one(f'.result a[href="{LONG_AGO}"]')
        return tags.get_text(" "), link.find_parent("li").get_text(" ")

    tags, row = seen()
    assert "Verified" in tags
    assert "Last checked" in row
    amina.sends(f"{LONG_AGO}/confirmation")
    tags, row = seen()
    assert "(today)" in tags
    assert "Last checked" not in row
    assert "checked " in row
    assert "A new check was due" not in ben.get(LONG_AGO)


def test_twice_in_a_day_counts_once(amina: Visitor, app: Flask):
    confirms(amina)
    assert "Confirmed once since" in confirms(amina)
    days_ago(app, 1)
    assert "Confirmed twice since" in confirms(amina)


def test_it_can_be_taken_back_the_same_day_and_only_ones_own(amina: Visitor, ben: Visitor):
    confirms(amina)
    ben.sends(f"{LARDER}/confirmation/undo")
    assert "Confirmed once" in ben.get(LARDER)
    page = amina.client.get(LARDER).send("Undo your check of today").follow()
    assert "I checked today that this is right" in page.words
    assert "Confirmed" not in page.words


def test_what_was_before_the_last_verification_does_not_count(amina: Visitor, app: Flask):
    with app.app_context():
        amina_herself = db.session.get_one(User, 1)
        assert confirmations.confirm(db.session, LARDER, amina_herself, date(2020, 1, 1), now())
        db.session.commit()
    assert "Confirmed" not in amina.get(LARDER)


def test_nobody_is_named(amina: Visitor, ben: Visitor, app: Flask):
    confirms(amina)
    assert "Priya" not in ben.get(LARDER)
    with app.app_context():
        assert db.session.scalars(select(Confirmation.team)).all() == ["gorton-levenshulme"]


def test_odd_addresses(amina: Visitor):
    assert amina.tries("/directory/no-such-listing/confirmation", {}).status == 404
    assert amina.tries("/directory/no-such-listing/confirmation/undo", {}).status == 404
    amina.get(f"{LARDER}/confirmation", status=405)
