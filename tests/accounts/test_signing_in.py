"""Signing in: the right people, nobody else, and on to the right page."""

from collections.abc import Callable
from statistics import median
from time import process_time

import pytest
from flask import Flask

from tests.accounts.conftest import NAMES, PASSWORD, Browser, email_of
from webapp.accounts import administration, demo, onward, passwords, sign_in
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.people.models import User

Open = Callable[..., Browser]


@pytest.mark.parametrize("role", NAMES)
def test_amina_and_her_colleagues_sign_in_and_see_their_own_account(browser: Open, role: str) -> None:
    page = browser(role).get("/account").text
    assert NAMES[role] in page


def test_capitals_and_spaces_in_the_e_mail_do_not_matter(browser: Open) -> None:
    assert browser().post("/sign-in", {"email": " Amina@Example.ORG ", "password": PASSWORD}).location == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("amina@example.org", "not her password"),
        ("amina@example.org", PASSWORD.upper()),
        ("amina@example.org", PASSWORD + " "),
        ("nobody@example.org", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(browser: Open, email: str, password: str) -> None:
    one = browser()
    page = one.post("/sign-in", {"email": email, "password": password}, 422).text
    assert "That e-mail address and password do not match" in page
    assert password not in page
    assert not one.is_in()


def test_someone_who_was_stopped_gets_the_same_answer(site: Flask, browser: Open, person: Callable) -> None:
    with site.app_context():
        administration.disable(db.session, person("editor"), reason="left", by=None, now=now())
        db.session.commit()
    page = browser().sign_in("editor", status=422).text
    assert "That e-mail address and password do not match" in page


def test_an_unknown_person_takes_as_long(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real figures of argon2, so that a skipped hash would show."""
    monkeypatch.setattr(
        passwords, "hasher", passwords.PasswordHasher(passwords.PASSES, passwords.MEMORY, passwords.LANES)
    )
    passwords._nobodys.cache_clear()
    with site.app_context():
        kept = passwords.hashed(PASSWORD)
        passwords.matches("", "x")
        known, unknown = [
            median(_seconds(lambda kept=kept: passwords.matches(kept, "wrong")) for _ in range(7))
            for kept in (kept, "")
        ]
    passwords._nobodys.cache_clear()
    assert 0.5 < known / unknown < 2


def _seconds(act: Callable[[], object]) -> float:
    """Of the processor: another program on the machine must not decide this."""
    start = process_time()
    act()
    return process_time() - start


def test_empty_fields_are_told_in_words(browser: Open) -> None:
    page = browser().post("/sign-in", {"email": "", "password": ""}, 422).text
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page


def test_a_new_session_begins_so_one_planted_before_is_worth_nothing(site: Flask, browser: Open) -> None:
    mallory, victim = browser("practitioner"), browser()
    planted = mallory.client.get_cookie("signpost")
    assert planted
    victim.client.set_cookie("signpost", planted.value)
    victim.sign_in("commissioner")
    assert NAMES["commissioner"] in victim.get("/account").text
    assert not mallory.is_in(), "the session that was planted has ended"


def test_a_cookie_that_was_changed_signs_nobody_in(browser: Open) -> None:
    one = browser("practitioner")
    cookie = one.client.get_cookie("signpost")
    assert cookie
    one.client.set_cookie("signpost", cookie.value[:-3] + "abc")
    assert not one.is_in()


def test_whoever_is_in_already_goes_on(browser: Open) -> None:
    assert browser("editor").get("/sign-in?next=/account", 303).location == "/account"


def test_after_signing_in_people_go_where_they_were_going(browser: Open) -> None:
    one = browser()
    asked = one.get("/account?tab=1", 303).location
    assert asked == "/sign-in?next=/account?tab%3D1"
    assert 'name="next" value="/account?tab=1"' in one.get(asked).text
    assert one.sign_in(next="/account?tab=1").location == "/account?tab=1"


PAYLOADS = [
    "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\t/evil.example",
    "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "//evil.example/%2f..",
    "https:evil.example", "https:/evil.example", "https:///evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html,x", "vbscript:x", "/\x00/evil.example", "\x00//evil.example", "//evil.example@localhost/",
    "https://localhost@evil.example/", "http://localhost.evil.example/", "//localhost:80@evil.example", "evil.example",
    "./evil", "../evil", "/.//evil.example", "/..//evil.example", "/\u2028/evil.example", "/\xa0/evil.example",
    "//[::1", "//%65vil.example", "/sign-in?next=//evil.example", "/sign-out", "?next=//evil.example",
    "/" + "a" * 3000, "ftp://evil.example", "//\u3002evil.example", "/\u2029evil",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nobody_is_sent_to_another_site(payload: str) -> None:
    assert onward.here_only(payload) == "/"


def test_nobody_is_sent_to_another_site_in_a_real_answer(browser: Open) -> None:
    for payload in PAYLOADS[:8]:
        assert browser().sign_in(next=payload).location == "/"


@pytest.mark.parametrize(
    "path", ["/", "/account", "/directory?q=walk&place=a&place=b", "/search?q=https://x", "/a//b", "/é"]
)
def test_pages_of_this_site_are_fine(path: str) -> None:
    assert onward.here_only(path) == path


def test_signing_out_ends_it_and_clears_the_browser(browser: Open) -> None:
    one = browser("practitioner")
    copied = one.client.get_cookie("signpost")
    answer = one.post("/sign-out")
    assert answer.location == "/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "You have signed out" in one.get("/sign-in").text
    assert copied
    one.client.set_cookie("signpost", copied.value)
    assert not one.is_in(), "an old copy of the cookie is worth nothing"


class TestTheDemonstration:
    @pytest.fixture
    def demo_site(self, make_site: Callable[..., Flask], clock: object) -> Flask:
        app = make_site(demo=True)
        with app.app_context():
            demo.load(db.session, now(), ["gorton-levenshulme", "ardwick-longsight"])
            db.session.commit()
        return app

    @pytest.mark.parametrize("who", demo.SHOWN, ids=lambda who: who.role)
    def test_one_press_enters_as_each_role(self, demo_site: Flask, who: demo.DemoPerson) -> None:
        one = Browser(demo_site)
        page = one.get("/sign-in").text
        assert who.email in page
        assert demo.PASSWORD in page
        one.post("/sign-in/demo", {"email": who.email})
        assert who.name in one.get("/account").text
        # and from there to another role, without signing out first
        one.post("/sign-in/demo", {"email": demo.SHOWN[0].email})
        assert demo.SHOWN[0].name in one.get("/account").text

    def test_the_password_works_too(self, demo_site: Flask) -> None:
        Browser(demo_site).post("/sign-in", {"email": demo.SHOWN[2].email, "password": demo.PASSWORD})

    def test_only_people_of_the_demonstration_enter_without_a_password(self, demo_site: Flask) -> None:
        Browser(demo_site).post("/sign-in/demo", {"email": email_of("admin")}, 404)

    def test_loading_twice_adds_nobody(self, demo_site: Flask) -> None:
        with demo_site.app_context():
            before = db.session.query(User).count()
            people = demo.load(db.session, now())
            assert len(people) == len({p.id for p in people})
            assert db.session.query(User).count() == before

    def test_there_is_none_of_it_anywhere_else(self, browser: Open) -> None:
        page = browser().get("/sign-in").text
        assert demo.PASSWORD not in page
        assert "/sign-in/demo" not in page
        browser().post("/sign-in/demo", {"email": demo.SHOWN[0].email}, 404)


def test_a_browser_is_told_in_words() -> None:
    assert (
        sign_in.device_of("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130")
        == "Edge on Windows"
    )
    assert sign_in.device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604") == "Safari on iPhone"
    assert sign_in.device_of("Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile Safari/537") == "Chrome on Android"
    assert sign_in.device_of("") == "A browser on a computer"


def test_limits_come_from_the_settings() -> None:
    limits = sign_in.SignInLimits.of(Settings(secret_key="x", idle_minutes=5, session_minutes=60))
    assert (limits.idle.total_seconds(), limits.longest.total_seconds()) == (300, 3600)
