"""What the tests of barriers say, and how they look into the database."""

from flask import Flask

from tests.support.client import Answer, Client
from webapp.barriers.models import Barrier, id_of
from webapp.db.engine import db

FORM = {
    "text": "The review form asks for the same answer three times",
    "kind": "system-or-form",
    "workstream": "maximising-independence",
}
MISSING = {"text": "No evening group for people who use a stick", "kind": "provision", "place": "gorton-levenshulme"}


def kept(app: Flask, ref: str = "BAR-0001") -> Barrier:
    """The row behind `ref`, to be read."""
    with app.app_context():
        barrier = db.session.get_one(Barrier, id_of(ref))
        db.session.expunge(barrier)
        return barrier


def raises(person: Client, **said: str) -> Answer:
    """What sending the form of `person` with these answers led to."""
    return person.get("/barriers/new").send("Pass it on", **said)
