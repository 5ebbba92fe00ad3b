"""When something is not as it should be, a reader is told what to do and loses nothing."""

import pytest
from flask import Flask

from tests.support.client import Client, filled
from webapp.db.engine import db
from webapp.web.access import rule_of

pytestmark = pytest.mark.reads_only


def test_an_unknown_page_offers_a_search(priya: Client):
    page = priya.get("/no-such-page", status=404)
    assert page.h1 == "We cannot find that page"
    assert page.soup.select_one("main form[action='/search'] input[name=q]")


def test_an_unknown_page_says_little_to_somebody_signed_out(client: Client):
    page = client.get("/no-such-page", status=404)
    assert not page.soup.select("nav")


def test_a_part_gets_a_part(priya: Client):
    answer = priya.get("/no-such-page", status=404, part=True)
    assert not answer.is_whole


def test_an_old_token_gives_back_what_was_typed(priya: Client):
    sent = {"title": "A <choir> in the evening", "csrf_token": "old", "form_id": "1" * 32}
    page = priya.post("/gaps/new", sent, token=False)
    assert page.status == 400
    assert page.h1 == "Check and send again"
    form = page.form("Send it again")
    assert form.get("action") == "/gaps/new"
    back = filled(form)
    assert back["title"] == sent["title"], "to be changed, not only to be read"
    assert back["csrf_token"] != "old"


def test_a_password_is_never_given_back(client: Client):
    typed = {"email": "priya@example.org", "password": "kettle lantern meadow"}
    page = client.post("/sign-in", typed, token=False)
    assert page.status == 400
    assert "kettle" not in page.text


def test_a_form_that_is_too_long_is_refused_in_words(priya: Client):
    page = priya.post("/gaps/new", {"title": "x" * 300_000})
    assert page.status == 413
    assert page.h1 == "That is too long to send"


def test_a_fault_of_ours_is_told_and_logged_without_what_was_typed(app: Flask, priya: Client, monkeypatch, caplog):
    def broken(**_: str) -> str:
        raise ValueError("canary-of-what-was-typed")

    broken.access_rule = rule_of(app, "search.home")  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "search.home", broken)
    monkeypatch.setattr(app, "testing", False)
    page = priya.get("/?q=canary-of-the-query", status=500)
    assert page.h1 == "Something went wrong on our side"
    assert "canary" not in page.text
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text
    reference = page.words.split("reference ")[1].split(".")[0]
    assert reference in caplog.text


def test_while_nothing_is_compiled_pages_say_so(settings, tmp_path):
    from dataclasses import replace

    from webapp.app import create_app

    made = create_app(replace(settings, index_dir=tmp_path))
    bare = Client(made)
    assert bare.get("/readyz", status=503).status == 503
    assert "Signpost" in bare.get("/sign-in", status=range(200, 504)).text
    with made.app_context():
        db.engine.dispose()  # or it would hold the file that the next test makes anew
