"""`signpost users` and `signpost audit verify`, by their words and exit statuses."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from tests.accounts.conftest import NAMES, Browser
from webapp.cli.users import trail, users
from webapp.db.engine import db

Run = Callable[..., Result]


@pytest.fixture
def run(site: Flask) -> Run:
    groups = {"users": users, "audit": trail}

    def run_one(group: str, *words: str, typed: str = "", status: int = 0) -> Result:
        result = site.test_cli_runner().invoke(groups[group], list(words), input=typed)
        assert result.exit_code == status, result.output
        return result

    return run_one


ADD = ("add", "--email", "Zofia@Example.org", "--name", "Zofia", "--role", "editor", "--password-stdin")


def test_somebody_is_added_and_signs_in(run: Run, site: Flask) -> None:
    said = run("users", *ADD, "--role", "practitioner", typed="otter bicycle thunder\n").output
    assert said == "Added zofia@example.org: editor, practitioner.\n"
    Browser(site).post("/sign-in", {"email": "zofia@example.org", "password": "otter bicycle thunder"})


def test_bytes_of_another_terminal_do_not_spoil_a_name_or_a_reason(run: Run) -> None:
    """A terminal that is not UTF-8 hands over halves of pairs, which no database takes."""
    odd = ("add", "--email", "zofia@example.org", "--name", "Zo\udcfffia\ufffe", "--role", "editor", "--password-stdin")
    run("users", *odd, typed="otter bicycle thunder\n")
    assert "\tZofia\t" in run("users", "list").output
    run("users", "disable", "--email", "zofia@example.org", "--reason", "left\udcff")
    assert "whole" in run("audit", "verify").output


def test_what_is_wrong_is_said_with_status_1(run: Run) -> None:
    assert "Use 12 characters or more" in run("users", *ADD, typed="short\n", status=1).output
    run("users", *ADD, typed="otter bicycle thunder\n")
    assert "here already" in run("users", *ADD, typed="otter bicycle thunder\n", status=1).output


def test_wrong_usage_has_status_2(run: Run) -> None:
    run("users", "add", "--email", "a@example.org", status=2)
    run("users", "set-role", "--email", "amina@example.org", "--role", "god", status=2)


def test_everyone_is_listed(run: Run) -> None:
    assert len(run("users", "list").output.splitlines()) == len(NAMES)
    first = json.loads(run("users", "list", "--format", "json").output.splitlines()[0])
    assert first["email"] == "amina@example.org"
    assert "password_hash" not in first


def test_somebody_is_stopped_let_in_and_given_another_role(run: Run, site: Flask) -> None:
    amina = Browser(site)
    amina.sign_in("practitioner")
    run("users", "disable", "--email", "amina@example.org", "--reason", "left")
    assert not amina.is_in()
    run("users", "enable", "--email", "amina@example.org")
    run("users", "set-role", "--email", "amina@example.org", "--role", "facilitator")
    amina.sign_in("practitioner")
    assert "Facilitator" in amina.get("/account").text


def test_the_last_administrator_stays(run: Run) -> None:
    assert "last administrator" in run("users", "disable", "--email", "gita@example.org", status=1).output
    assert "Nobody here" in run("users", "disable", "--email", "x@example.org", status=1).output


def test_the_trail_is_checked(run: Run, site: Flask) -> None:
    assert run("audit", "verify").output == "The audit trail is whole: 5 entries.\n"
    with site.app_context():
        db.session.execute(text("drop trigger audit_no_update"))
        db.session.execute(text("update audit set actor = 9 where id = 2"))
        db.session.commit()
    assert run("audit", "verify", status=1).output == "audit:2: it was changed after it was written\n"
