"""The history of the demonstration: every status, and answers on the days on which the updates tell them."""

from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from webapp.cli.demo import load_demo
from webapp.db.engine import db
from webapp.english import dates
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.library.generation.reader import Generation
from webapp.library.listings import new_listing
from webapp.mail.outbox import Message
from webapp.people import audit
from webapp.upkeep import signposting
from webapp.upkeep.corrections import Correction, CorrectionState
from webapp.upkeep.suggestions import SuggestedListing, SuggestionState


def test_the_history_is_loaded_once_and_agrees_with_the_updates(app: Flask, content: Generation) -> None:
    with app.app_context():
        assert load_demo()
        assert not load_demo()
        gaps = {gap.ref: gap for gap in db.session.scalars(select(Gap).order_by(Gap.id))}
        assert list(gaps) == [f"GAP-{n:04d}" for n in range(1, 17)]
        assert {gap.status for gap in gaps.values()} == set(Status)
        assert {sent.state for sent in db.session.scalars(select(Correction))} == set(CorrectionState)
        told = [(ref, card["date"]) for card in content.section("update") for ref in card["answers"]]
        assert len(told) >= 5
        for ref, day in told:
            assert gaps[ref].answered_at, ref
            assert dates.day_of(gaps[ref].answered_at).isoformat() == day, ref
        assert {m.channel for m in db.session.scalars(select(Message))} == {"in-product"}
        assert audit.verify(db.session) is None
        _found_and_told(content)


def _found_and_told(content: Generation) -> None:
    """Groups that were found would pass the check and are new; what was told of listings is of some that are there."""
    found = list(db.session.scalars(select(SuggestedListing)))
    assert {sent.state for sent in found} >= {SuggestionState.NEW, SuggestionState.DECLINED}
    for sent in found:
        assert not new_listing.faults(sent.front, sent.body, content.vocabulary, dates.today()), sent.title
        assert content.card(sent.path) is None, "it is in the directory already"
    told = signposting.by_listing(db.session, dates.today())
    assert {became for listing in told for became in listing.counts} == set(signposting.Became)
    for listing in told:
        assert content.card(listing.path), f"{listing.path} is not in the directory any more"


def test_everyone_can_read_the_history(app: Flask, amina: Visitor, cara: Visitor, edie: Visitor) -> None:
    with app.app_context():
        load_demo()
    for number in range(1, 17):
        amina.get(f"/gaps/GAP-{number:04d}")
        cara.get(f"/commissioning/gaps/GAP-{number:04d}")
    shown = cara.get("/commissioning/prototypes")
    for prototype in ("Minibus pick-ups for the walking group", "Thursday evenings at a shed that is there"):
        assert prototype in shown
    assert "The missing thing was the first half-mile" in amina.get("/gaps/GAP-0009")
    assert "Read the whole story: A step-free cooking class in Wythenshawe" in amina.get("/gaps/GAP-0003")
    for path in ("/commissioning", "/commissioning/gaps", "/commissioning/gaps.csv"):
        cara.get(path)
    assert "Questions for someone who does not speak" in edie.get("/editor/corrections")
