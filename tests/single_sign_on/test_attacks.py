"""What a forger, a thief or another provider sends us: nobody is signed in, nobody is signed out."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import ECKey, OctKey

from tests.support.client import Answer, Client
from tests.support.identity import CLIENT, SECRET, FakeProvider
from webapp.sign_in.single_sign_on import flow, provider
from webapp.sign_in.single_sign_on.tokens import LOGOUT_EVENT

STRANGER = ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"})
Asked = dict[str, str]
Signs = Callable[..., Answer]


@pytest.fixture(autouse=True)
def at_the_fake(fake: FakeProvider, by_provider: Callable[..., None]) -> None:
    by_provider(fake.url)


def test_the_fake_lets_in_whoever_it_should(signs_in: Signs, is_in: Callable[[], bool]):
    """Or else none of the refusals below would say anything."""
    assert signs_in().location == "/"
    assert is_in()


FORGED: dict[str, Callable[[FakeProvider, Asked], str | None]] = {
    "signed with a key of the forger's": lambda f, a: f.sign(f.id_claims(a["nonce"]), STRANGER),
    "with a key that nobody knows": lambda f, a: f.sign(f.id_claims(a["nonce"]), STRANGER, kid="unknown"),
    "signed by nobody": lambda f, a: f.unsigned(f.id_claims(a["nonce"])),
    "signed with our secret": lambda f, a: f.sign(f.id_claims(a["nonce"]), OctKey.import_key(SECRET), alg="HS256"),
    "changed after it was signed": lambda f, a: _changed(f.sign(f.id_claims(a["nonce"]))),
    "for another question": lambda f, a: f.sign(f.id_claims("another")),
    "for no question": lambda f, a: f.sign(f.id_claims(None)),
    "for another site": lambda f, a: f.sign(f.id_claims(a["nonce"], aud="payroll")),
    "for another site, given to us": lambda f, a: f.sign(f.id_claims(a["nonce"], aud="payroll", azp=CLIENT)),
    "for us and another site, given to that": lambda f, a: f.sign(
        f.id_claims(a["nonce"], aud=[CLIENT, "payroll"], azp="payroll")
    ),
    "of another provider": lambda f, a: f.sign(f.id_claims(a["nonce"], iss="https://evil.example")),
    "over since an hour": lambda f, a: f.sign(f.id_claims(a["nonce"], exp=int(time.time()) - 3600)),
    "without an end": lambda f, a: f.sign(f.id_claims(a["nonce"], exp=None)),
    "not valid yet": lambda f, a: f.sign(f.id_claims(a["nonce"], nbf=int(time.time()) + 3600)),
    "about nobody": lambda f, a: f.sign(f.id_claims(a["nonce"], sub=None)),
    "about a number": lambda f, a: f.sign(f.id_claims(a["nonce"], sub=7)),
    "of another access token": lambda f, a: f.sign(f.id_claims(a["nonce"], at_hash="AAAAAAAAAAAAAAAAAAAAAA")),
    "no token at all": lambda f, a: None,
    "no token but words": lambda f, a: "a.b.c",
}


def _changed(token: str) -> str:
    head, body, seal = token.split(".")
    return f"{head}.{body[:-2]}{'AA' if body[-2:] != 'AA' else 'BB'}.{seal}"


@pytest.mark.parametrize("what", FORGED)
def test_an_id_token_lets_nobody_in_that_is(
    what: str, fake: FakeProvider, signs_in: Signs, is_in: Callable[[], bool], app: Flask, person: Callable
):
    fake.token = lambda asked: FORGED[what](fake, asked)
    assert "could not be trusted" in signs_in().words
    assert not is_in()
    with app.app_context():
        assert person("amina@example.org") is None


def test_a_mixed_up_answer_of_another_provider_is_refused_before_its_code_is_sent_anywhere(
    fake: FakeProvider, signs_in: Signs, is_in: Callable[[], bool]
):
    for wrong in ("https://evil.example", ""):
        assert signs_in(iss=wrong).status == 400
    fake.metadata["authorization_response_iss_parameter_supported"] = True
    provider.of.cache_clear()
    assert signs_in().status == 400, "a provider that always says who it is did not"
    assert "/token" not in fake.asked
    assert not is_in()


def test_an_answer_that_nobody_asked_for_or_twice_is_refused(
    signs_in: Signs, is_in: Callable[[], bool], client: Client
):
    for state in ("guessed", "", None):
        assert "Start signing in again" in signs_in(state=state).words
    assert "Start signing in again" in client.get("/sign-in/callback", status=400).words
    assert not is_in()


def test_an_answer_that_comes_too_late_is_refused(
    signs_in: Signs, is_in: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flow, "LASTS", timedelta(seconds=-5))
    assert signs_in().status == 400
    assert not is_in()


def test_words_about_somebody_else_beside_a_good_token_are_refused(
    fake: FakeProvider, signs_in: Signs, is_in: Callable[[], bool]
):
    del fake.claims["email"]
    fake.userinfo = {"sub": "carol", "email": "carol@example.org", "email_verified": True}
    assert signs_in().status == 400
    assert not is_in()


def test_nobody_is_sent_to_another_site_after_signing_in(fake: FakeProvider, client: Client):
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        asked = client.get("/sign-in/provider", query_string={"next": evil}).location
        answer = fake.goes(asked)
        assert client.get("/sign-in/callback", query_string=answer).location == "/"
        client.post("/sign-out")


@pytest.mark.parametrize(
    ("claim", "says", "lets_in"),
    [("acr", {}, False), ("acr", {"acr": "1"}, False), ("acr", {"amr": ["2"]}, False), ("acr", {"acr": "2"}, True),
     ("amr", {}, False), ("amr", {"amr": ["pwd"]}, False), ("amr", {"amr": ["pwd", "2"]}, True)],
)  # fmt: skip
def test_where_a_second_step_is_asked_for_whoever_came_without_it_stays_out(
    claim: str, says: dict, lets_in: bool, fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, is_in
):
    by_provider(fake.url, strength=(claim, ("2", "3")))
    fake.token = lambda asked: fake.sign(fake.id_claims(asked["nonce"], email=None, **says))
    # What the userinfo page says was signed by nobody.
    fake.userinfo = {"sub": "amina", claim: "2", "email": "amina@example.org", "email_verified": True}
    answer = signs_in()
    assert is_in() == lets_in
    assert lets_in or (answer.status == 403 and "without the second step that" in answer.words)
    (asked,) = fake.questions.values()
    assert json.loads(asked["claims"]) == {"id_token": {claim: {"essential": True, "values": ["2", "3"]}}}


def logout_claims(fake: FakeProvider, **changed: Any) -> dict[str, Any]:
    usual = {
        "iss": fake.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 120, "jti": "j1",
        "sub": "amina", "events": {LOGOUT_EVENT: {}},
    }  # fmt: skip
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


BAD_LOGOUTS: dict[str, Callable[[FakeProvider], str]] = {
    "signed with a key of the forger's": lambda f: f.sign(logout_claims(f), STRANGER),
    "signed by nobody": lambda f: f.unsigned(logout_claims(f)),
    "for another site": lambda f: f.sign(logout_claims(f, aud="payroll")),
    "of another provider": lambda f: f.sign(logout_claims(f, iss="https://evil.example")),
    "about no event": lambda f: f.sign(logout_claims(f, events=None)),
    "about another event": lambda f: f.sign(logout_claims(f, events={"https://evil.example": {}})),
    "an id token": lambda f: f.sign(f.id_claims("n", jti="j1", events={LOGOUT_EVENT: {}})),
    "about nobody": lambda f: f.sign(logout_claims(f, sub=None)),
    "about a list": lambda f: f.sign(logout_claims(f, sub=["amina"])),
    "without a name of its own": lambda f: f.sign(logout_claims(f, jti=None)),
    "of an hour ago": lambda f: f.sign(logout_claims(f, iat=int(time.time()) - 3600)),
    "of another kind": lambda f: f.sign(logout_claims(f), typ="at+jwt"),
}


def test_only_a_good_logout_token_ends_a_sign_in_and_only_once(
    app: Flask, fake: FakeProvider, signs_in: Signs, is_in: Callable[[], bool]
):
    signs_in()
    telling = Client(app, "the provider")

    def tells(token: str) -> int:
        return telling.post("/sign-out/back-channel", {"logout_token": token}, token=False).status

    taken = {what: tells(forge(fake)) for what, forge in BAD_LOGOUTS.items()}
    assert set(taken.values()) == {400}, taken
    assert telling.post("/sign-out/back-channel", token=False).status == 400
    assert is_in()
    good = fake.sign(logout_claims(fake, jti="j2"), typ="logout+jwt")
    assert [tells(good), tells(good)] == [200, 400]
    assert not is_in()


def test_a_logout_of_one_session_leaves_the_same_persons_other_one(
    app: Flask, fake: FakeProvider, signs_in: Signs, is_in: Callable[[], bool]
):
    fake.claims["sid"] = "at her desk"
    signs_in()
    telling = Client(app, "the provider")
    for sid, stays in (("on her phone", True), ("at her desk", False)):
        token = fake.sign(logout_claims(fake, sid=sid, sub=None, jti=sid))
        assert telling.post("/sign-out/back-channel", {"logout_token": token}, token=False).status == 200
        assert is_in() is stays
