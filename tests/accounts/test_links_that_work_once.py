"""A new password by e-mail, and the administrator's way in from the command line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.accounts.conftest import PASSWORD, Browser, email_of
from tests.accounts.test_second_factor import set_up
from tests.support.clock import Clock
from tests.support.mail import MailServer
from webapp.accounts import administration, one_time_links
from webapp.accounts.models import OneTimeLink
from webapp.cli import messages
from webapp.config.identity_provider import IdentityProvider
from webapp.config.mail_transport import Smtp
from webapp.db.engine import db, now
from webapp.people.models import User

Open = Callable[..., Browser]
NEW = "quartz umbrella thistle"
SENT = "/sign-in/forgotten/sent"


@pytest.fixture(scope="module")
def one_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def change(site: Flask) -> Iterator[Callable[..., None]]:
    """Change settings of the site for one test."""
    before = site.extensions["signpost.settings"]

    def set_to(**more: object) -> None:
        site.extensions["signpost.settings"] = replace(site.extensions["signpost.settings"], **more)

    yield set_to
    site.extensions["signpost.settings"] = before


@pytest.fixture
def mail(one_server: MailServer, change: Callable[..., None]) -> MailServer:
    one_server.taken.clear()
    one_server.answer = lambda step: None
    smtp = Smtp("Signpost <signpost@example.org>", "127.0.0.1", one_server.port, tls="none")
    change(mail=smtp, base_url="http://localhost")
    return one_server


@pytest.fixture
def worker(site: Flask) -> Callable[[], str]:
    def one_round() -> str:
        with site.app_context():
            return messages.send_reset_letters(site.extensions["signpost.settings"])

    return one_round


def link_in(mail: MailServer) -> str:
    text = mail.taken[-1].get_payload(decode=True).decode()
    found = re.search(r"http://localhost(/sign-in/reset/\S+)", text)
    assert found
    return found[1]


def test_amina_chooses_a_new_password_and_is_signed_out_everywhere(
    browser: Open, mail: MailServer, worker: Callable[[], str]
) -> None:
    at_work, at_home = browser("practitioner"), browser()
    assert "/sign-in/forgotten" in at_home.get("/sign-in").text
    assert at_home.post("/sign-in/forgotten", {"email": " Amina@Example.org "}).location == SENT
    assert "a link is on its way" in at_home.get(SENT).text
    assert mail.taken == [], "no page waits for the mail"
    assert worker() == "1 link for a new password sent"
    assert mail.taken[0]["To"] == "amina@example.org"
    link = link_in(mail)
    at_home.get(link)
    assert "Choose something harder to guess" in at_home.post(link, {"new_password": "aminaaminaamina"}, 422).text
    assert at_home.post(link, {"new_password": NEW}).location == "/sign-in"
    assert not at_work.is_in()
    at_home.sign_in(password=PASSWORD, status=422)
    at_home.sign_in(password=NEW)
    for used in (at_home.get(link, 404), at_home.post(link, {"new_password": PASSWORD}, 404)):
        assert "This link does not work any more" in used.text


def test_a_new_password_is_no_way_round_the_second_factor(
    browser: Open, mail: MailServer, worker: Callable[[], str], clock: Clock
) -> None:
    set_up(browser("practitioner"), clock)
    one = browser()
    one.post("/sign-in/forgotten", {"email": "amina@example.org"})
    worker()
    assert one.post(link_in(mail), {"new_password": NEW}).location == "/sign-in"
    assert one.sign_in(password=NEW).location == "/sign-in/code"
    assert not one.is_in()


def test_an_address_that_nobody_has_gets_the_same_answer_the_same_work_and_no_mail(
    browser: Open, mail: MailServer, worker: Callable[[], str], site: Flask
) -> None:
    answers = []
    for email in ("amina@example.org", "nobody@example.org"):
        answer = browser().post("/sign-in/forgotten", {"email": email})
        answers.append((answer.status, answer.location, answer.text))
    assert answers[0] == answers[1]
    with site.app_context():
        rows = db.session.query(OneTimeLink).order_by(OneTimeLink.id).all()
        assert [row.user_id is None for row in rows] == [False, True], "one row is written for each"
    worker()
    assert [letter["To"] for letter in mail.taken] == ["amina@example.org"]
    with site.app_context():
        assert db.session.query(OneTimeLink).count() == 1


def test_who_was_stopped_or_has_no_password_here_gets_none(
    browser: Open, mail: MailServer, worker: Callable[[], str], site: Flask, person: Callable[[str], User]
) -> None:
    with site.app_context():
        administration.disable(db.session, person("editor"), reason="left", by=None, now=now())
        person("facilitator").password_hash = ""
        db.session.commit()
    for role in ("editor", "facilitator"):
        assert browser().post("/sign-in/forgotten", {"email": email_of(role)}).location == SENT
    assert worker() == ""
    assert mail.taken == []


def test_a_link_ends_after_an_hour_and_when_a_newer_one_was_used(
    browser: Open, mail: MailServer, worker: Callable[[], str], clock: Clock
) -> None:
    links = []
    for _ in range(2):
        browser().post("/sign-in/forgotten", {"email": "amina@example.org"})
        worker()
        links.append(link_in(mail))
    browser().post(links[1], {"new_password": NEW})
    browser().get(links[0], 404)
    clock.passes(hours=2)
    browser().post("/sign-in/forgotten", {"email": "amina@example.org"})
    worker()
    clock.passes(minutes=61)
    browser().get(link_in(mail), 404)
    browser().get("/sign-in/reset/guessed", 404)


def test_a_mailbox_is_not_filled(browser: Open, mail: MailServer) -> None:
    for email in ("amina@example.org", "nobody@example.org"):
        for _ in range(one_time_links.ASKED.account or 0):
            browser().post("/sign-in/forgotten", {"email": email})
        assert "Too many tries" in browser().post("/sign-in/forgotten", {"email": email}, 429).text


def test_a_mail_that_the_server_did_not_take_is_tried_again(
    browser: Open, mail: MailServer, worker: Callable[[], str]
) -> None:
    mail.answer = lambda step: "451 later" if step == "RCPT" else None
    browser().post("/sign-in/forgotten", {"email": "amina@example.org"})
    assert worker() == ""
    mail.answer = lambda step: None
    assert worker() != ""
    browser().get(link_in(mail))
    assert worker() == ""


def test_without_mail_there_is_no_such_page_and_none_says_there_is(browser: Open) -> None:
    assert "forgotten my password" not in browser().get("/sign-in").text
    browser().get("/sign-in/forgotten", 404)


def test_the_first_administrator_comes_in_by_a_link_from_the_command_line_where_passwords_are_off(
    browser: Open, site: Flask, change: Callable[..., None], clock: Clock
) -> None:
    provider = IdentityProvider("https://id.example", "signpost", "secret", only=True)
    change(single_sign_on=provider, base_url="http://localhost")
    command = site.test_cli_runner().invoke

    def link() -> str:
        made = command(args=["users", "sign-in-link", "--email", email_of("admin")])
        assert made.exit_code == 0
        return made.output.strip().removeprefix("http://localhost")

    there, gita = link(), browser()
    token = re.search(r'name="csrf_token" value="([^"]+)"', gita.get(there).text)
    assert token
    form = {"csrf_token": token[1]}
    gita.post("/sign-in", {**form, "email": email_of("admin"), "password": PASSWORD}, 404)
    assert "Gita Rao" in gita.get(there).text, "looking at it uses nothing up"
    assert gita.post(there, form).location == "/"
    assert gita.is_in()
    gita.post(there, status=404)
    assert "Signed in by a link from the server" in gita.get(f"/admin/users/{_id(site, 'admin')}").text
    late = link()
    clock.passes(minutes=16)
    browser().get(late, 404)
    refused = command(args=["users", "sign-in-link", "--email", email_of("editor")])
    assert refused.exit_code == 1
    assert "is no administrator" in refused.output


def test_where_passwords_are_off_an_administrator_adds_somebody_without_one(
    browser: Open, site: Flask, change: Callable[..., None]
) -> None:
    admin = browser("admin")
    change(single_sign_on=IdentityProvider("https://id.example", "signpost", "secret", only=True))
    assert "First password" not in admin.get("/admin/users/new").text
    new = {"name": "Noor Said", "email": "noor@example.org", "roles": "editor", "form_id": "0" * 32}
    admin.post("/admin/users/new", new)
    with site.app_context():
        assert db.session.query(User).filter_by(email="noor@example.org").one().password_hash == ""


def _id(site: Flask, role: str) -> int:
    with site.app_context():
        return db.session.query(User).filter_by(email=email_of(role)).one().id
