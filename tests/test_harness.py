"""The harness itself: what it must refuse, it refuses; what it must forget, it forgets."""

import pytest

from tests.support import page_checks
from tests.support.client import BadAnswer, Client
from tests.support.people import PEOPLE
from webapp.db.engine import Base, db
from webapp.people.models import User

GOOD = """<!doctype html><html lang="en-GB"><head><title>Gaps – Signpost</title></head><body><main>
<h1>Gaps</h1><h2>New</h2><form action="/gaps" method="post"><input type="hidden" name="csrf_token" value="x">
<label for="q">Words</label><input id="q" name="q" aria-describedby="hint"><p id="hint">Short</p>
<button>Send</button></form><a href="#hint">Help</a><img src="/x.png" alt="">{}</main></body></html>"""


def test_a_good_page_passes():
    assert page_checks.faults(GOOD.format("")) == []


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("<h1>Two</h1>", "2 h1"),
        ('<p id="hint">', "2 times"),
        ('<form action="/x"></form>', "no method"),
        ('<form method="get"></form>', "no action"),
        ('<form action="/x" method="post"></form>', "no token"),
        ('<form action="/x" method="get"><form action="/y" method="get"></form></form>', "inside another form"),
        ('<input name="x">', "no label"),
        ('<select name="x"></select>', "no label"),
        ('<p style="color:red">x</p>', "style="),
        ('<p onclick="x()">x</p>', "onclick="),
        ('<div hx-on:click="x()">x</div>', "hx-on:click="),
        ("<style>p{}</style>", "<style>"),
        ("<script>x()</script>", "script in the page"),
        ('<img src="/x.png">', "no alt"),
        ('<a href="/x"></a>', "no words"),
        ("<button></button>", "no words"),
        ('<a href="#">x</a>', "use a button"),
        ("<a>x</a>", "leads nowhere"),
        ('<a href="#gone">x</a>', "not on the page"),
        ('<p aria-labelledby="gone">x</p>', "not on the page"),
        ("<h4>Deep</h4>", "a level is skipped"),
        ('<p tabindex="3">x</p>', "tabindex"),
        ("{{ name }}", "not filled"),
        ('<a href="/gaps/None">x</a>', "made from None"),
    ],
)
def test_a_bad_page_is_refused_with_advice(bad: str, said: str):
    found = page_checks.faults(GOOD.replace("{}", bad))
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    ("was", "instead", "said"),
    [
        ("<title>Gaps", "<title>All gaps", "does not begin"),
        (' lang="en-GB"', "", "language"),
        ("<main>", "<div>", "0 <main>"),
    ],
)
def test_a_page_in_a_bad_frame_is_refused(was: str, instead: str, said: str):
    found = page_checks.faults(GOOD.format("").replace(was, instead))
    assert any(said in fault for fault in found), found


def test_a_part_is_not_asked_for_a_heading_but_for_labels():
    assert page_checks.faults("<p>Nothing found</p>") == []
    assert page_checks.faults('<input name="x">')


def test_the_client_refuses_what_the_checks_refuse(priya: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(priya.app.view_functions, "search.home", _bad_page(priya))
    with pytest.raises(BadAnswer, match="0 h1"):
        priya.get("/")


def _bad_page(priya: Client):
    def view():
        return "<!doctype html><html lang='en'><title>x</title><main></main></html>"

    view.access_rule = priya.app.view_functions["search.home"].access_rule
    return view


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_with_everyone_and_nothing_else(app, turn: int):
    with app.app_context():
        assert db.session.query(User).count() == len(PEOPLE)
        for table in Base.metadata.sorted_tables:
            if table.name not in {"people", "people_roles", "workstream_leads", "convened_teams"}:
                assert db.session.query(table).count() == 0, table.name
        db.session.add(User(email="new@example.org", name="New", created_at=_moment()))
        db.session.commit()
        assert db.session.query(User).count() == len(PEOPLE) + 1


def _moment():
    from webapp.db.engine import now

    return now()


def test_tests_run_on_both_databases(app, request: pytest.FixtureRequest):
    with app.app_context():
        assert db.engine.dialect.name == request.node.callspec.params["database"]


def test_everyone_can_come_in(client, priya, femi, carol, ed, ada, stranger):
    for person in (priya, femi, carol, ed, ada, stranger):
        assert person.get("/").h1
    assert client.get("/").status == 303
