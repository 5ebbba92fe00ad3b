"""What every answer tells the browser, and what other sites cannot do."""

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import create_environ

from tests.support.client import Client
from webapp.app import behind, create_app
from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.web import security

pytestmark = pytest.mark.reads_only
SETTINGS = Settings(secret_key="x" * 40)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_another_site_cannot_send_a_form_even_with_a_token(priya: Client, headers: dict[str, str]):
    answer = priya.post("/sign-out", headers=headers)
    assert answer.status == 403
    assert priya.get("/").status == 200  # still signed in


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"]
)
def test_an_older_browser_is_judged_by_its_origin(priya: Client, origin: str):
    answer = priya.http.post("/sign-out", data={"csrf_token": priya.csrf_token()}, headers={"Origin": origin})
    assert answer.status_code == 403


def test_our_own_form_passes(priya: Client):
    headers = {"Origin": "http://localhost"}
    answer = priya.http.post("/sign-out", data={"csrf_token": priya.csrf_token()}, headers=headers)
    assert answer.status_code == 303


def test_a_wrong_host_is_refused_without_a_page_of_ours(app):
    answer = app.test_client().get("/healthz", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"


def test_pictures_come_from_the_map_host_alone():
    policy = security.content_policy("https://{s}.tiles.example/{z}/{x}/{y}.png")
    assert "img-src 'self' data: https://*.tiles.example;" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("tiles", ["", "javascript:alert(1)", "tiles.example/{z}"])
def test_a_map_address_that_is_none_opens_nothing(tiles: str):
    assert "img-src 'self' data:;" in security.content_policy(tiles)


def test_only_https_promises_https():
    assert "Strict-Transport-Security" in security.headers_for(SETTINGS)
    assert "Strict-Transport-Security" not in security.headers_for(replace(SETTINGS, https=False))


@pytest.mark.parametrize(("proxies", "seen"), [(0, "192.0.2.1"), (1, "198.51.100.7"), (2, "203.0.113.5")])
def test_only_the_proxies_that_were_counted_say_where_a_request_came_from(proxies: int, seen: str):
    site = behind(proxies, lambda environ, start: [environ["REMOTE_ADDR"].encode()])
    said = {"X-Forwarded-For": "127.0.0.1, 203.0.113.5, 198.51.100.7"}
    asked = create_environ(headers=said, environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    assert b"".join(site(asked, lambda *_: lambda _: None)).decode() == seen


def test_over_https_the_cookie_belongs_to_this_very_host(settings: Settings):
    """A browser refuses a name that begins so from any other host, and without https."""
    site = create_app(replace(settings, https=True))
    cookie = site.test_client().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-signpost=")
    assert all(part in cookie for part in ("Secure", "Path=/"))
    assert "Domain" not in cookie
    with site.app_context():
        db.engine.dispose()


def test_the_cookie_stays_away_from_scripts_and_other_sites(app: Flask):
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]
    for part in ("signpost=", "HttpOnly", "SameSite=Lax"):
        assert part in cookie
