"""A lead who leaves hands over the barriers they look after; until then nobody does, and the queue says so."""

from flask import Flask
from sqlalchemy import delete

from tests.barriers.raising import kept
from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.people.models import WorkstreamLead

CONNIE, LENA = PEOPLE["connie"].id, PEOPLE["lena"].id


def _let_connie_lead(app: Flask) -> None:
    with app.app_context():
        db.session.add(WorkstreamLead(user_id=CONNIE, workstream="maximising-independence"))
        db.session.commit()


def test_stopping_a_lead_asks_who_takes_their_open_barriers(ada: Client, lena: Client, barrier: str, app: Flask):
    _let_connie_lead(app)
    lena.get(f"/barriers/queue/{barrier}").send(f"/barriers/queue/{barrier}/assignment", owner=str(LENA))
    address = f"/admin/users/{LENA}/standing"
    page = ada.get(address)
    assert "Who takes their 1 open barrier?" in page.words
    assert page.send(address, do="disable", reason="left").status == 422
    done = page.send(address, do="disable", reason="left", barriers_to=str(CONNIE))
    assert "Connie Baptiste takes 1 open barrier." in done.follow().words
    assert kept(app, barrier).owner_id == CONNIE


def test_until_then_the_queue_says_that_the_owner_has_left(
    ada: Client, lena: Client, connie: Client, barrier: str, app: Flask
):
    _let_connie_lead(app)
    lena.get(f"/barriers/queue/{barrier}").send(f"/barriers/queue/{barrier}/assignment", owner=str(LENA))
    with app.app_context():
        db.session.execute(delete(WorkstreamLead).where(WorkstreamLead.user_id == LENA))
        db.session.commit()
    assert "Owner has left" in connie.get("/barriers/queue").words
    page = connie.get(f"/barriers/queue/{barrier}")
    assert "Looked after by Owner has left" in page.words
    over = f"/admin/users/{LENA}/handover"
    assert "Connie Baptiste takes" in ada.get(over).send(over, barriers_to=str(CONNIE)).follow().words
    assert "Connie Baptiste" in connie.get("/barriers/queue").words
    assert "1 open barrier is now yours to look after." in connie.get("/notices").words
