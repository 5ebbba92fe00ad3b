"""Guessing the secret of the hook is slow, whichever worker is asked, and never keeps the git host out."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.support.outages import Outages
from tests.syncing.conftest import BODY
from webapp.app import create_app
from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.editor import hook_views as views
from webapp.library.syncing import state

pytestmark = pytest.mark.both_databases


def test_guesses_are_soon_too_many(tell):
    answers = [tell("sha256=wrong") for _ in range(views.WRONG.address + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {403}
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_a_right_signature_is_believed_however_many_were_wrong(tell, settings: Settings):
    for _ in range(views.WRONG.address + 5):
        tell("sha256=wrong")
    assert tell("sha256=wrong").status_code == 429
    assert tell().status_code == 202
    assert state.is_asked(settings.index_dir)
    assert tell("sha256=wrong").status_code == 429, "and the guesses go on being refused"


def test_all_workers_count_wrong_signatures_together(app: Flask, settings: Settings, tell):
    """Four processes of one site were four times as many guesses."""
    another = create_app(settings)
    wrong = {"data": BODY, "headers": {"X-Hub-Signature-256": "sha256=wrong"}}
    answers = []
    for _ in range(views.WRONG.address):
        answers.append(tell("sha256=wrong").status_code)
        answers.append(another.test_client().post("/hooks/content", **wrong).status_code)
    with another.app_context():
        db.engine.dispose()
    assert answers.count(403) == views.WRONG.address
    assert answers[-1] == 429


def test_many_wrong_signatures_at_once_are_all_counted(tell):
    with ThreadPoolExecutor(12) as at_once:
        answers = Counter(at_once.map(lambda _: tell("sha256=wrong").status_code, range(48)))
    assert answers == {403: views.WRONG.address, 429: 48 - views.WRONG.address}


def test_other_addresses_are_not_held_up(app: Flask, tell):
    for _ in range(views.WRONG.address + 1):
        tell("sha256=wrong")
    another = app.test_client()
    another.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    assert another.post("/hooks/content", data=BODY, headers={"X-Hub-Signature-256": "sha256=x"}).status_code == 403


@pytest.mark.parametrize("outage", ["locked", "full", "away"])
def test_a_right_signature_is_believed_while_the_database_is_not_there(app: Flask, tell, outage: str):
    with getattr(Outages(app), outage)():
        assert tell().status_code == 202
        assert tell("sha256=wrong").status_code == 503
