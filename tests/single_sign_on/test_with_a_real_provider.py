"""Signing in and out by a real provider, the npm package oidc-provider in a process of its own."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.identity import RealProvider, Wanderer
from webapp.people.models import User

ROLES = (("practice", "practitioner"), ("boss", "commissioner"))
TEAMS = (("gorton", "gorton-levenshulme"),)
Person = Callable[[str], User | None]


@pytest.fixture(autouse=True)
def at_the_provider(real: RealProvider, by_provider: Callable[..., None]) -> None:
    real.told.clear()
    by_provider(real.issuer, roles=ROLES, teams=TEAMS, default_role="")


def goes_in(client: Client, wanderer: Wanderer, account: str | None, status: int = 303):
    start = client.get("/sign-in").links("a.govuk-button")[0]
    return client.get(wanderer.goes(client.get(start).location, account), status=status)


def test_amina_who_was_never_here_comes_in_with_the_role_and_team_of_her_groups(
    app: Flask, client: Client, wanderer: Wanderer, person: Person
):
    asked = client.get("/toolkit/").location
    start = client.get(asked).links("a.govuk-button")[0]
    back = wanderer.goes(client.get(start).location, "amina")
    assert client.get(back).location == "/toolkit/", "she goes where she was going"
    page = client.get("/account").words
    assert "Amina Yusuf" in page
    assert "Practitioner" in page
    assert "Change your password" not in page, "she has none here"
    with app.app_context():
        user = person("amina@example.org")
        assert user
        assert (user.team, user.roles, user.password_hash) == ("gorton-levenshulme", {"practitioner"}, "")


def test_carol_keeps_the_account_she_had_and_her_old_password_is_worth_nothing(
    app: Flask, client: Client, wanderer: Wanderer, person: Person
):
    with app.app_context():
        before = person("carol@example.org").id
    assert goes_in(client, wanderer, "carol").location == "/"
    with app.app_context():
        user = person("carol@example.org")
        assert (user.id, user.password_hash) == (before, "")


def test_an_address_that_nobody_verified_opens_no_account_that_is_here(client: Client, wanderer: Wanderer):
    page = goes_in(client, wanderer, "mallory", status=403)
    assert "We were not told an e-mail address that is surely yours" in page.words
    assert client.get("/account").location.startswith("/sign-in")


def test_somebody_in_no_group_that_we_know_stays_out(app: Flask, client: Client, wanderer: Wanderer, person: Person):
    assert "You are in none of the groups" in goes_in(client, wanderer, "joe", status=403).words
    with app.app_context():
        assert person("joe@example.org") is None


def test_saying_no_at_the_provider_is_told_in_plain_words(client: Client, wanderer: Wanderer):
    assert "was stopped before it was finished" in goes_in(client, wanderer, None, status=400).words


def test_a_code_that_was_taken_from_somebody_else_is_refused_by_pkce(client: Client, wanderer: Wanderer, app: Flask):
    """Mallory puts a code of Amina's, which nobody has used, into a question of her own."""
    amina = Client(app, "amina")
    stolen = parse_qs(urlsplit(wanderer.goes(amina.get("/sign-in/provider").location, "amina")).query)
    own = parse_qs(urlsplit(client.get("/sign-in/provider").location).query)
    sent = f"code={stolen['code'][0]}&state={own['state'][0]}&iss={stolen['iss'][0]}"
    assert "could not be trusted" in client.get(f"/sign-in/callback?{sent}", status=400).words
    assert client.get("/account").location.startswith("/sign-in")


def test_an_answer_counts_once_even_for_a_browser_that_keeps_its_old_cookie(client: Client, wanderer: Wanderer):
    question = client.get("/sign-in/provider").location
    kept = client.http.get_cookie("signpost")
    back = wanderer.goes(question, "amina")
    assert client.get(back).location == "/"
    client.post("/sign-out")
    client.http.set_cookie("signpost", kept.value)
    client.get(back, status=400)
    assert client.get("/account").location.startswith("/sign-in")


def test_an_answer_given_to_another_browser_signs_nobody_in(client: Client, wanderer: Wanderer, app: Flask):
    """Mallory's own answer, sent to Priya as a link, must not make her work in Mallory's account."""
    mallory = Client(app, "mallory")
    back = wanderer.goes(mallory.get("/sign-in/provider").location, "carol")
    assert "belongs to another browser" in client.get(back, status=400).words
    assert client.get("/account").location.startswith("/sign-in")


def test_signing_out_ends_the_session_at_the_provider_and_says_so(client: Client, wanderer: Wanderer):
    goes_in(client, wanderer, "amina")
    page = client.post("/sign-out")
    there = page.links("main a")[0]
    assert page.headers["Refresh"] == f"0; url={there}"
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/account").location.startswith("/sign-in"), "here it is over before anybody goes there"
    back = wanderer.goes(there, None)
    assert "signed out of Signpost and of your council account" in client.get(back).words
    assert "You may still be signed in" in client.get("/signed-out").words, (
        "whoever only opens the page is told the rest"
    )


def test_whoever_leaves_at_the_provider_is_out_here_at_the_next_request(
    client: Client, wanderer: Wanderer, real: RealProvider, app: Flask
):
    goes_in(client, wanderer, "amina")
    other = Client(app, "carol")
    with Wanderer() as elsewhere:
        goes_in(other, elsewhere, "carol")
    wanderer.goes(
        f"{real.issuer}/session/end?client_id=signpost&post_logout_redirect_uri=http://localhost/signed-out", None
    )
    assert len(real.told) == 1, "the provider told us"
    said = Client(app, "the provider")
    assert said.post("/sign-out/back-channel", {"logout_token": real.told[0]}, token=False).status == 200
    assert "ended=1" in client.get("/account").location
    assert other.get("/account").status == 200, "nobody else is"
    again = said.post("/sign-out/back-channel", {"logout_token": real.told[0]}, token=False)
    assert again.status == 400, "the same word does not count twice"
