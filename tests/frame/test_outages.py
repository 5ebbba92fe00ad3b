"""While the database is locked, full, read-only or away, people are told what was not saved, and lose nothing."""

import errno
import resource
from collections.abc import Callable

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.support.client import Client, filled
from tests.support.hostile import FROM_HERE
from tests.support.outages import Outages
from tests.support.people import PASSWORD, ROLES
from tests.support.routes import routes
from tests.support.world import examples
from webapp.db import faults
from webapp.db.engine import db, now
from webapp.gaps import report as gap_report
from webapp.gaps.models import Gap
from webapp.library.generation.reader import Generation
from webapp.people import audit
from webapp.web.access import rule_of

CANNOT_WRITE = ["locked", "full", "read_only"]
TYPED = "A choir <in the evening> that meets weekly"


@pytest.fixture
def outages(app: Flask) -> Outages:
    return Outages(app)


@pytest.fixture
def example(content: Generation, browser_of: Callable[[str], Client]) -> Callable[[str], str]:
    return examples(content, browser_of)


def report(priya: Client) -> dict[str, str]:
    page = priya.get("/gaps/new")
    place = next(str(o["value"]) for o in page.soup.select("select[name=place] option") if o["value"])
    form_id = filled(page.form("/gaps/new"))["form_id"]
    return {"needed": TYPED, "place": place, "form_id": form_id}


def reported(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Gap)) or 0


@pytest.mark.parametrize("outage", CANNOT_WRITE)
@pytest.mark.parametrize("part", [False, True], ids=["page", "part"])
def test_what_could_not_be_saved_is_still_there_and_is_saved_once_when_sent_again(
    app: Flask, priya: Client, outages: Outages, outage: str, part: bool
):
    typed = report(priya)
    with getattr(outages, outage)():
        answer = priya.post("/gaps/new", typed, status=503, part=part)
        assert int(answer.headers["Retry-After"]) > 0
        assert "This was not saved" in answer.words
        assert "Nothing you typed is lost" in answer.words
        assert TYPED in answer.words
        assert answer.send("Send it again").status == 503, "it may take longer"
    assert reported(app) == 0
    assert answer.send("Send it again").status == 303
    assert answer.send("Send it again").status == 303, "twice by mistake"
    assert reported(app) == 1


@pytest.mark.parametrize("outage", CANNOT_WRITE)
def test_pages_are_read_while_nothing_can_be_written(priya: Client, outages: Outages, outage: str):
    with getattr(outages, outage)():
        for path in ("/", "/directory?q=walking", "/gaps", "/account"):
            priya.get(path, status=200)


def test_while_nothing_can_be_read_a_page_says_so(priya: Client, outages: Outages):
    with outages.away():
        page = priya.get("/gaps", status=503)
        assert page.h1 == "Signpost cannot be read just now"
        assert int(page.headers["Retry-After"]) > 0
        assert not priya.get("/gaps", status=503, part=True).is_whole
    priya.get("/gaps", status=200)


def test_what_is_sent_while_nothing_can_be_read_comes_back(app: Flask, priya: Client, outages: Outages):
    typed = report(priya)
    with outages.away():
        answer = priya.post("/gaps/new", typed, status=503)
        assert TYPED in answer.words
    assert answer.send("Send it again").status == 303
    assert reported(app) == 1


@pytest.mark.parametrize("outage", [*CANNOT_WRITE, "away"])
def test_a_password_does_not_come_back(client: Client, outages: Outages, outage: str):
    with getattr(outages, outage)():
        page = client.post(
            "/sign-in",
            {"email": "priya@example.org", "password": PASSWORD},
            status=503,
            headers={"Referer": "http://localhost//evil.example/x"},
        )
        assert "This was not saved" in page.words
        assert PASSWORD not in page.text
        assert "/evil.example/x" in page.links("main a")


def test_a_form_that_is_too_long_is_not_given_back(priya: Client, outages: Outages):
    with outages.away():
        page = priya.post("/gaps/new", {"needed": "x" * 300_000}, status=503)
        assert "This was not saved" in page.words


@pytest.mark.parametrize("outage", [*CANNOT_WRITE, "away"])
def test_no_form_is_answered_with_an_error_of_ours(
    app: Flask, browser_of: Callable[[str], Client], example, outages: Outages, outage: str
):
    """Every form, whatever it would write, and those of tomorrow."""
    sent = [(example(path), rule.endpoint) for (method, path), rule in routes(app).items() if method == "POST"]
    people = [(address, _somebody(app, browser_of, endpoint)) for address, endpoint in sent]
    refused = 0
    app.testing = False
    try:
        with getattr(outages, outage)():
            for address, person in people:
                answer = person.http.post(address, data={"csrf_token": person.csrf_token()}, headers=FROM_HERE)
                assert answer.status_code in {200, 204, 303, 400, 404, 409, 422, 503}, (
                    f"{address}: {answer.status_code}"
                )
                assert answer.status_code != 503 or answer.headers["Retry-After"]
                refused += answer.status_code == 503
                answer.close()
    finally:
        app.testing = True
    assert refused > 5, "many write, or look who is asking"


def test_no_page_is_answered_with_an_error_of_ours(
    app: Flask, browser_of: Callable[[str], Client], example, outages: Outages
):
    asked = [(example(path), rule.endpoint) for (method, path), rule in routes(app).items() if method == "GET"]
    people = {endpoint: _somebody(app, browser_of, endpoint) for _, endpoint in asked}
    app.testing = False
    try:
        with outages.away():
            for address, endpoint in asked:
                answer = people[endpoint].http.get(address)
                assert answer.status_code < 500 or answer.status_code == 503, f"{address}: {answer.status_code}"
                answer.close()
    finally:
        app.testing = True


@pytest.mark.parametrize(
    "statement",
    [
        "select from where",
        "insert into people (id) values (1)",
        "insert into people_roles (user_id, role) values (999, 'admin')",
        "delete from audit",
    ],
)
def test_a_fault_of_ours_is_not_called_an_outage(app: Flask, statement: str):
    with app.app_context():
        audit.append(db.session, now=now(), actor=1, action="a", subject=("a", "b"))
        db.session.commit()
        with pytest.raises(DBAPIError) as fault:
            db.session.execute(text(statement))
        db.session.rollback()
    assert not faults.is_unavailable(fault.value)


@pytest.mark.parametrize("missing", ["select * from not_there", "select not_there from people"])
def test_a_database_of_an_older_version_is_an_outage(app: Flask, missing: str):
    with app.app_context():
        with pytest.raises(DBAPIError) as fault:
            db.session.execute(text(missing))
        db.session.rollback()
    assert faults.is_unavailable(fault.value)


def test_a_full_disk_is_an_outage_and_a_missing_file_is_not():
    assert faults.is_unavailable(OSError(errno.ENOSPC, "No space left on device"))
    assert not faults.is_unavailable(FileNotFoundError(errno.ENOENT, "No such file"))


def test_too_many_open_files_are_an_outage():
    assert faults.is_unavailable(OSError(errno.EMFILE, "Too many open files"))


def test_when_memory_is_short_what_was_typed_comes_back(app: Flask, priya: Client, monkeypatch: pytest.MonkeyPatch):
    def no_memory(*_: object) -> None:
        raise MemoryError

    typed = report(priya)
    with monkeypatch.context() as while_it_lasts:
        while_it_lasts.setattr(gap_report, "record", no_memory)
        answer = priya.post("/gaps/new", typed, status=503)
    assert TYPED in answer.words
    assert answer.send("Send it again").status == 303
    assert reported(app) == 1


def test_while_no_file_can_be_opened_a_form_comes_back_and_it_passes_by_itself(app: Flask, priya: Client):
    """As it is: this process may open no more than it has, and its connections to the database are new ones.

    Its templates it has read, as a web process has before it answers.
    """
    for template in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(("errors/", "parts/"))):
        app.jinja_env.get_template(template)
    typed = report(priya)
    with app.app_context():
        db.engine.dispose()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, limits[1]))
    try:
        priya.get("/gaps", status=503)
        answer = priya.post("/gaps/new", typed, status=503)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert TYPED in answer.words
    assert answer.send("Send it again").status == 303
    assert reported(app) == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("sqlite3.OperationalError SQLITE_FULL", "disk is full"),
        ("builtins.OSError ENOSPC", "disk is full"),
        ("psycopg.errors.DiskFull 53100", "disk is full"),
        ("sqlite3.OperationalError SQLITE_BUSY", "locked"),
        ("psycopg.errors.LockNotAvailable 55P03", "locked"),
        ("sqlite3.OperationalError SQLITE_READONLY_DBMOVED", "only be read"),
        ("psycopg.errors.ReadOnlySqlTransaction 25006", "only be read"),
        ("builtins.OSError EMFILE", "Too many files"),
        ("builtins.MemoryError", "memory"),
        ("sqlalchemy.exc.TimeoutError", "connections"),
        ("psycopg.errors.AdminShutdown 57P01", "stopping or starting"),
        ("psycopg.OperationalError", "cannot be reached"),
    ],
)
def test_whoever_looks_after_the_machine_reads_what_it_was(kind: str, words: str):
    assert words in faults.in_words(kind)


def test_a_fault_of_the_program_is_not_blamed_on_the_machine():
    assert faults.in_words("builtins.ValueError") == ""


def test_waiting_for_a_free_connection_for_too_long_is_an_outage():
    assert faults.is_unavailable(sqlalchemy.exc.TimeoutError())


def test_the_log_names_what_failed_and_not_what_was_typed(priya: Client, outages: Outages, caplog):
    typed = report(priya)
    with outages.full():
        priya.post("/gaps/new", typed, status=503)
    (line,) = [record.getMessage() for record in caplog.records if '"fault"' in record.getMessage()]
    assert "SQLITE_FULL" in line or "53100" in line
    assert "choir" not in caplog.text


def _somebody(app: Flask, browser_of: Callable[[str], Client], endpoint: str) -> Client:
    rule = rule_of(app, endpoint)
    assert rule
    return browser_of(next(name for role, name in ROLES.items() if rule.allows(frozenset({role}))))
