"""A number that says who somebody is, typed into every field of the product, is kept nowhere."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.demand.conftest import searched  # noqa: F401 - a fixture: what people looked for
from tests.support.canary import LEAVING, SPELLINGS, Typist, fields_of_forms, files_that_hold, holds, rows_that_hold
from tests.support.client import Client
from tests.support.people import PEOPLE, ROLES
from tests.test_routes import LINES, example  # noqa: F401 - a fixture: a real path for each line of the table
from webapp.cli import worker
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.library.generation.reader import Generation
from webapp.mail.carrier import DeliveryOutcome, Fate

# Forms that are there under conditions of their own, or hold what is to be published, and where they are tried instead.
ELSEWHERE = {
    "webapp.editor.edit_forms": "where content is a repository: tests/editing/test_writing_here.py; it is published",
    "webapp.sign_in.forms.ForgottenForm": "where mail is set up: tests/accounts/test_links_that_work_once.py",
    "webapp.sign_in.forms.ResetForm": "a password, which is hashed",
    "webapp.accounts.forms.PasswordForm": "a password, which is compared: tests/accounts/test_second_factor.py",
    "webapp.sign_in.forms.CodeForm": "a code, which is compared: tests/accounts/test_second_factor.py",
}
NOT_HERE = {"/preview/state"}  # there while somebody writes, on their own machine


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Everything that is logged, by whatever part, however unimportant."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.name}: {self.format(record)}")

    ear = Ear(logging.DEBUG)
    loggers = [logging.getLogger(), logging.getLogger("signpost.requests")]
    for logger in loggers:
        logger.addHandler(ear)
    yield said
    for logger in loggers:
        logger.removeHandler(ear)


@pytest.fixture
def typist(
    app: Flask,
    browser_of: Callable[[str], Client],
    example: Callable[[str], str],  # noqa: F811 - the fixture of that name
    searched: Callable[..., None],  # noqa: F811 - the fixture of that name
    content: Generation,
    monkeypatch: pytest.MonkeyPatch,
) -> Typist:
    """Has typed the number wherever it can be typed."""
    pages = {path: (who, example(path)) for who, method, path in LINES if method == "GET" and path not in NOT_HERE}
    listing = pages["/directory/<slug>"][1]
    page = content.page(listing, now().date())
    monkeypatch.setattr("webapp.upkeep.still_right_views._listing", lambda token: page)
    for way, send in (("can_mail", "by_email"), ("can_text", "by_text")):  # as where mail is set up; none leaves
        monkeypatch.setattr(f"webapp.packs.sending.{way}", lambda settings: True)
        monkeypatch.setattr(f"webapp.packs.sending.{send}", lambda *_: DeliveryOutcome(Fate.SENT))
    held = f"{pages['/spotlights/<slug>/run'][1]}?session=1"  # yesterday, so there are notes to keep
    searched("polish choir", 6)
    draft = "/commissioning/demand/gaps?phrase=polish+choir&near=anywhere"
    more = [*furnish_more(browser_of, listing), ("facilitator", held), ("commissioner", draft)]
    at_work = Typist(app, monkeypatch)
    at_work.read(Client(app, "someone signed out"), "/sign-in")
    for who, address in (*more, *pages.values()):
        at_work.read(browser_of(role_of(who)), address)
    by = (now() + timedelta(days=30)).date().isoformat()
    chosen = {"gap": ["GAP-0002", "GAP-0003"], "status": "in-plan", "reason": "We plan it", "target_on": by}
    at_work.use(browser_of("carol"), browser_of("carol").post("/commissioning/gaps/many", chosen))
    for who, method, path in LINES:
        if method == "POST" and not LEAVING.search(path):
            at_work.missed |= set() if at_work.send_blindly(browser_of(role_of(who)), path, example(path)) else {path}
    after_the_sign_in_ended(app, browser_of)
    return at_work


def role_of(who: str) -> str:
    """Somebody who may do what the table says that `who` may."""
    return ROLES[who.split(",")[0] if who not in {"public", "signed-in"} else "practitioner"]


def furnish_more(browser_of: Callable[[str], Client], listing: str) -> list[tuple[str, str]]:
    """More to fill in: a second gap, a prototype that is not decided. Addresses that say what they are about."""
    priya, carol = browser_of("priya"), browser_of("carol")
    priya.post("/gaps/new", {"needed": "A choir for the evening", "place": "citywide", "form_id": "0" * 31 + "1"})
    plan = dict.fromkeys(("title", "public", "hypothesis", "tries", "measure"), "Singing on Mondays")
    days = {"starts_on": "2026-01-01", "ends_on": "2026-02-01", "place": "citywide", "form_id": "0" * 31 + "2"}
    prototype = carol.post("/commissioning/prototypes/new", plan | days).location
    carol.post("/gaps/new", {"needed": "Somewhere to mend", "place": "citywide", "form_id": "0" * 31 + "3"})
    assert carol.post("/commissioning/views", {"called": "Mine", "list": "q=choir"}).status == 303
    assert priya.get("/directory?q=walking").send("Save this search").status == 303
    assert priya.post("/pack/items", {"path": listing}).status == 303
    assert priya.post("/pack/1/links", {"days": "30", "form_id": "0" * 31 + "4"}).status == 303
    log = priya.get("/learning-logs/new").send("Keep this log", helped="not_yet")
    assert log.status == 303
    desks = (
        "gaps?gap=GAP-0002",
        "gaps/GAP-0002",
        "gaps/GAP-0002/split",
        "gaps/many?gap=GAP-0001&gap=GAP-0002",
        "gaps/merge?gap=GAP-0001&gap=GAP-0002",
    )
    return [
        ("lead", "/barriers/queue/BAR-0001"),  # before the prototype is decided, which it could be linked to
        ("facilitator", f"/community/{PEOPLE['femi'].team}/invitations"),
        ("commissioner", "/commissioning/prototypes/1/gaps/GAP-0001"),
        ("signed-in", "/gaps/GAP-0003"),
        ("signed-in", f"{log.location}/edit"),  # of one that nothing got in the way of, so far
        ("signed-in", "/directory?q=walking"),
        ("signed-in", "/search?q=walking"),
        ("signed-in", f"/feedback/new?about={listing}"),
        ("signed-in", "/searches/saved/1/name"),
        *(("signed-in", f"/pack/{page}") for page in ("1", "1/name", "1/items/1/note", "links/1")),
        ("editor", listing),
        *(("commissioner", f"{prototype}{act}") for act in ("", "/edit", "/decide")),
        *(("commissioner", f"/commissioning/{page}") for page in desks),
    ]


def after_the_sign_in_ended(app: Flask, browser_of: Callable[[str], Client]) -> None:
    """What is sent too late is kept for its sender: all but what says who somebody is."""
    for spelling in SPELLINGS:
        late = browser_of("priya")
        with app.app_context():
            db.session.connection(execution_options={"writes": True})
            db.session.execute(text("update sign_ins set last_seen = :then"), {"then": now() - timedelta(hours=3)})
            db.session.commit()
        sent = {"needed": "A choir", "words": spelling, "place": spelling}
        assert late.post("/gaps/new", sent, query_string={"q": spelling}).status == 303
        assert browser_of("priya").get("/account/unsent").status == 200


@pytest.mark.one_database
def test_a_number_typed_into_every_field_is_kept_nowhere(
    typist: Typist, app: Flask, settings: Settings, lines: list[str], capfd: pytest.CaptureFixture[str]
):
    with app.app_context():
        for job in worker.jobs(settings):
            if job.name != "content":  # the tests share what is compiled
                worker._do(job)
    kept = rows_that_hold(app)
    kept += [f"logged: {line}" for line in lines if holds(line)]
    kept += [f"printed: {line}" for line in "".join(capfd.readouterr()).splitlines() if holds(line)]
    kept += files_that_hold(settings.index_dir)
    if settings.database_url.startswith("sqlite"):
        kept += files_that_hold(Path(settings.database_url.removeprefix("sqlite:///")).parent)
    kept += sorted(set(typist.told))
    assert not kept, "\n".join(kept)
    assert not typist.broken, "\n".join(sorted(set(typist.broken)))
    assert not (missed := forgotten(typist)), "\n".join(missed)


def forgotten(typist: Typist) -> list[str]:
    """What nothing was typed into. A new form is found by itself where its page is one of the routes' table."""
    return [
        *(f"{route} takes text: let the fixture read a page that has its form" for route in sorted(typist.missed)),
        *(
            f"nothing was typed into {form.__module__}.{form.__name__}.{name}"
            for form, name in fields_of_forms()
            if not ELSEWHERE.keys() & {form.__module__, f"{form.__module__}.{form.__name__}"}
            and not any(
                name == tried and (issubclass(other, form) or issubclass(form, other)) for other, tried in typist.tried
            )
        ),
    ]
