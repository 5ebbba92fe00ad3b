"""The audit trail and one-time forms, on both databases."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.support.clock import Clock
from webapp.config.settings import LONGEST_OFFLINE
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import User
from webapp.web import submissions


def _act(app: Flask, number: int) -> None:
    with app.app_context():
        audit.append(
            db.session,
            now=now(),
            actor=1,
            action="gap.status",
            subject=("gap", f"GAP-{number:04}"),
            before={"status": "reported"},
            after={"status": "answered", "words": ["é", "ہ", '"'], "count": 2.5, "none": None},
        )
        db.session.commit()


def _tamper(app: Flask, *statements: str) -> None:
    """As somebody with the database's own tools would, who first takes the triggers away. Here till the commit."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            statements = ("drop trigger audit_no_update", "drop trigger audit_no_delete", *statements)
        else:
            statements = ("set local session_replication_role = replica", *statements)
        for statement in statements:
            db.session.execute(text(statement))
        db.session.commit()


@pytest.fixture
def trail(either_site: Flask) -> Flask:
    """A site with five entries for its people and six more."""
    for number in range(6):
        _act(either_site, number)
    return either_site


def _fault(app: Flask) -> audit.AuditFault | None:
    with app.app_context():
        return audit.verify(db.session)


def test_a_trail_that_nobody_touched_is_whole(trail: Flask) -> None:
    assert _fault(trail) is None
    with trail.app_context():
        assert audit.count(db.session) == 11
        assert [entry.ref for entry in audit.about(db.session, "gap", "GAP-0003")] == ["GAP-0003"]


def test_an_empty_trail_is_whole(either_site: Flask) -> None:
    _tamper(either_site, "delete from audit", "delete from audit_head")
    assert _fault(either_site) is None


@pytest.mark.parametrize("act", ["update audit set actor = 2 where id = 3", "delete from audit where id = 3"])
def test_the_database_refuses_to_change_an_entry(trail: Flask, act: str) -> None:
    with trail.app_context(), pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(act))
    assert _fault(trail) is None


def test_postgresql_refuses_to_empty_the_trail(trail: Flask) -> None:
    with trail.app_context():
        if db.engine.dialect.name == "postgresql":
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text("truncate audit"))


@pytest.mark.parametrize(
    ("act", "entry", "reason"),
    [
        ("update audit set actor = 2 where id = 8", 8, "changed"),
        ("update audit set action = 'gap.statut' where id = 8", 8, "changed"),
        ("update audit set after = null where id = 8", 8, "changed"),
        ("update audit set hash = replace(hash, 'a', 'b') where id = 8", 8, "changed"),
        ("delete from audit where id = 8", 9, "missing"),
        ("delete from audit where id = 1", 2, "missing"),
        ("delete from audit where id > 9", None, "9 of 11"),
    ],
)
def test_the_first_bad_entry_is_named(trail: Flask, act: str, entry: int | None, reason: str) -> None:
    _tamper(trail, act)
    fault = _fault(trail)
    assert fault
    assert fault.entry == entry
    assert reason in fault.reason


def test_what_json_cannot_hold_is_refused_at_once(site: Flask) -> None:
    with site.app_context(), pytest.raises(TypeError):
        audit.append(db.session, now=now(), actor=1, action="x", subject=("a", "b"), after={"at": now()})


def _at_once(count: int, act: Callable[[int], None]) -> None:
    faults: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait()
        try:
            act(number)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_many_writers_at_once_make_one_chain(either_site: Flask) -> None:
    def write(number: int) -> None:
        for step in range(5):
            _act(either_site, number * 10 + step)

    _at_once(6, write)
    assert _fault(either_site) is None
    with either_site.app_context():
        assert audit.count(db.session) == 5 + 30


FORM = "0123456789abcdef" * 2


def test_a_form_sent_twice_leads_to_the_same_page(either_site: Flask) -> None:
    with either_site.app_context():
        assert submissions.claim(db.session, FORM, 1, "/gaps/new", now()) is None
        submissions.complete(db.session, FORM, 1, "/gaps/GAP-0001")
        db.session.commit()
        assert submissions.claim(db.session, FORM, 1, "/gaps/new", now()) == "/gaps/GAP-0001"
        assert submissions.claim(db.session, FORM, 2, "/gaps/new", now()) is None, "somebody else's form is theirs"


def test_a_form_whose_first_sending_failed_is_new(either_site: Flask) -> None:
    with either_site.app_context():
        assert submissions.claim(db.session, FORM, 1, "/gaps/new", now()) is None
        db.session.rollback()
        assert submissions.claim(db.session, FORM, 1, "/gaps/new", now()) is None


def test_of_many_sendings_at_once_exactly_one_counts(either_site: Flask) -> None:
    outcomes: list[str | None] = []

    def send(number: int) -> None:
        with either_site.app_context():
            outcome = submissions.claim(db.session, FORM, 1, "/gaps/new", now())
            if outcome is None:
                user = User(email=f"made{number}@example.org", name="Made", created_at=now())
                db.session.add(user)
                submissions.complete(db.session, FORM, 1, "/made")
            db.session.commit()
            outcomes.append(outcome)

    _at_once(8, send)
    assert sorted(outcomes, key=str) == ["/made"] * 7 + [None]
    with either_site.app_context():
        made = select(func.count()).select_from(User).where(User.name == "Made")
        assert db.session.scalar(made) == 1


def test_old_forms_are_forgotten(either_site: Flask, clock: Clock) -> None:
    with either_site.app_context():
        submissions.claim(db.session, FORM, 1, "/gaps/new", now())
        clock.passes(days=LONGEST_OFFLINE)  # so long it may wait on a device, and be sent again
        assert submissions.forget(db.session, now()) == 0
        clock.passes(days=2)
        assert submissions.forget(db.session, now()) == 1
