"""Whose account it is, what it may do, and what is said when the provider is away or of another make."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import ECKey

from tests.support.client import Answer, Client
from tests.support.identity import FakeProvider
from webapp.accounts import administration
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.sign_in.single_sign_on import provider

TENANT, OTHER = "6babcaad-604b-40ac-a9d7-9fd97c0b779f", "11111111-2222-4333-8444-555555555555"
Signs = Callable[..., Answer]
Ask = Callable[[], bool]


def test_a_new_address_and_name_at_the_provider_are_new_here_and_the_account_is_the_same(
    app: Flask, fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, client: Client, person: Callable
):
    by_provider(fake.url)
    signs_in()
    client.post("/sign-out")
    fake.claims |= {"email": "amina.khan@example.org", "name": "Amina Khan"}
    signs_in()
    with app.app_context():
        assert person("amina@example.org") is None
        assert person("amina.khan@example.org").name == "Amina Khan"


def test_a_second_person_with_the_address_of_the_first_does_not_get_her_account(
    fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, client: Client, is_in: Ask
):
    by_provider(fake.url)
    signs_in()
    client.post("/sign-out")
    fake.claims["sub"] = "another amina"
    assert "Another account here has your e-mail address" in signs_in().words
    assert not is_in()


def test_whoever_was_stopped_here_stays_out_whatever_the_provider_says(
    app: Flask, fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, client: Client, person: Callable
):
    by_provider(fake.url)
    signs_in()
    with app.app_context():
        administration.disable(db.session, person("amina@example.org"), reason="left", by=None, now=now())
        db.session.commit()
    assert "has been stopped" in signs_in().words
    fake.claims |= {"sub": "ed", "email": "ed@example.org"}
    with app.app_context():
        administration.disable(db.session, person("ed@example.org"), reason="left", by=None, now=now())
        db.session.commit()
    assert "has been stopped" in signs_in().words, "nor does a first visit open an account that was stopped"


def test_an_address_counts_where_the_provider_alone_gives_it_out(
    fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, is_in: Ask
):
    del fake.claims["email_verified"]
    by_provider(fake.url)
    assert signs_in().status == 403
    by_provider(fake.url, email_domains=("other.example",))
    assert signs_in().status == 403
    by_provider(fake.url, email_domains=("example.org",))
    assert signs_in().location == "/"
    assert is_in()


def test_groups_that_change_change_what_somebody_may_do_at_their_next_sign_in(
    app: Flask, fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, client: Client, person: Callable
):
    by_provider(
        fake.url, roles=(("g-ed", "editor"), ("g-com", "commissioner")), default_role="", groups_claim="realm.roles"
    )
    fake.claims["realm"] = {"roles": ["g-ed", "g-com"]}
    signs_in()
    assert client.get("/editor").status == 200
    fake.claims["realm"] = {"roles": ["g-com"]}
    elsewhere = Client(app, "amina at another browser")
    asked = elsewhere.get("/sign-in/provider").location
    elsewhere.get("/sign-in/callback", query_string=fake.goes(asked))
    elsewhere.get("/editor", status=403)
    assert client.get("/account").location.startswith("/sign-in"), "what she had open before has ended"
    fake.claims["realm"] = {"roles": ["g-library"]}
    assert "You are in none of the groups" in signs_in().words
    assert elsewhere.get("/account").location.startswith("/sign-in")
    with app.app_context():
        acts = [entry.action for entry in audit.about(db.session, "person", str(person("amina@example.org").id))]
        assert acts == ["person.added", "person.linked", "person.roles"]


def test_the_last_administrator_stays_one_whatever_the_groups_say(
    app: Flask, fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, person: Callable
):
    by_provider(fake.url, roles=(("g-ed", "editor"),), default_role="")
    fake.claims |= {"sub": "ada", "email": "ada@example.org", "groups": ["g-ed"]}
    assert signs_in().location == "/"
    with app.app_context():
        assert person("ada@example.org").roles == {"admin"}


def test_when_the_provider_is_away_a_plain_page_says_so_and_passwords_still_work(
    fake: FakeProvider, by_provider: Callable[..., None], client: Client, signs_in: Signs
):
    by_provider(fake.url)
    fake.status = 500
    page = client.get("/sign-in/provider", status=503)
    assert "We cannot reach your council account" in page.words
    assert "/sign-in" in page.links()
    asked = len(fake.asked)
    client.get("/sign-in/provider", status=503)
    assert len(fake.asked) == asked, "it is left in peace for a moment"
    provider.of.cache_clear()
    fake.status, fake.metadata["issuer"] = 200, "https://evil.example"
    client.get("/sign-in/provider", status=503)
    provider.of.cache_clear()
    fake.metadata["issuer"], fake.metadata["token_endpoint"] = fake.url, "http://evil.example/token"
    client.get("/sign-in/provider", status=503)


def test_an_answer_of_the_provider_that_is_too_long_is_not_read(
    fake: FakeProvider, by_provider: Callable[..., None], client: Client
):
    by_provider(fake.url)
    fake.metadata["more"] = "x" * 600_000
    client.get("/sign-in/provider", status=503)


def test_where_passwords_are_switched_off_nobody_gets_in_by_one(
    fake: FakeProvider, by_provider: Callable[..., None], client: Client, ada: Client, is_in: Ask
):
    by_provider(fake.url, only=True)
    page = client.get("/sign-in")
    assert "Password" not in page.words
    client.post("/sign-in", {"email": "priya@example.org", "password": "kettle lantern meadow"}, status=404)
    assert not is_in()
    assert "Change your password" not in ada.get("/account").words


def test_a_key_that_the_provider_changed_is_found_and_a_forger_cannot_make_us_ask_without_end(
    fake: FakeProvider, by_provider: Callable[..., None], signs_in: Signs, client: Client
):
    by_provider(fake.url)
    clock = [1000.0]
    provider.of(_settings(client.app))._tick = lambda: clock[0]  # type: ignore[method-assign]
    signs_in()
    client.post("/sign-out")
    second = ECKey.generate_key("P-256", {"kid": "second", "use": "sig", "alg": "ES256"})
    fake.keys = [{"kty": "odd", "kid": "of a kind to come"}, second.as_dict(private=False)]
    fake.token = lambda asked: fake.sign(fake.id_claims(asked["nonce"]), second, kid="second")
    assert signs_in().status == 400, "within a minute it is not looked for again"
    clock[0] += 61
    assert signs_in().location == "/"
    client.post("/sign-out")
    clock[0] += 61
    fake.token = lambda asked: fake.sign(fake.id_claims(asked["nonce"]), second, kid="third")
    before = fake.asked.count("/keys")
    for _ in range(4):
        signs_in()
    assert fake.asked.count("/keys") == before + 1


def _settings(app: Flask) -> Any:
    return app.extensions["signpost.settings"].single_sign_on


class TestEntraId:
    """Its shapes, as its documentation has them: it cannot be asked from a test."""

    @pytest.fixture(autouse=True)
    def of_entra(self, fake: FakeProvider, by_provider: Callable[..., None]) -> None:
        self.issuer = f"{fake.url}/{TENANT}/v2.0"
        fake.metadata["issuer"] = f"{fake.url}/{{tenantid}}/v2.0"
        fake.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post", "private_key_jwt"]
        fake.keys = [{**fake.key.as_dict(private=False), "issuer": f"{fake.url}/{{tenantid}}/v2.0"}]
        fake.claims = {
            "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ", "tid": TENANT, "oid": "o", "ver": "2.0",
            "name": "Amina Yusuf", "preferred_username": "amina@council.example", "iss": self.issuer,
            "roles": ["Signpost.Commissioner"],
        }  # fmt: skip
        by_provider(
            fake.url,
            tenants=(TENANT,),
            email_claim="preferred_username",
            email_domains=("council.example",),
            groups_claim="roles",
            roles=(("Signpost.Commissioner", "commissioner"),),
            default_role="",
        )

    def test_somebody_of_a_tenant_that_may_comes_in(
        self, signs_in: Signs, app: Flask, person: Callable, client: Client
    ) -> None:
        assert signs_in().location == "/"
        with app.app_context():
            assert person("amina@council.example").roles == {"commissioner"}

    @pytest.mark.parametrize(
        "changed",
        [
            {"tid": OTHER},
            {"tid": OTHER, "iss": "OTHER"},
            {"iss": "OTHER"},
            {"tid": None},
        ],
        ids=["another tenant", "another tenant that says so", "an issuer of another tenant", "no tenant"],
    )
    def test_nobody_else_does(self, changed: dict[str, str], fake: FakeProvider, signs_in: Signs, is_in: Ask) -> None:
        fake.claims |= {k: (v or "").replace("OTHER", f"{fake.url}/{OTHER}/v2.0") for k, v in changed.items()}
        assert signs_in().status == 400
        assert not is_in()

    def test_a_key_of_another_tenant_does_not_sign_for_this_one(
        self, fake: FakeProvider, signs_in: Signs, is_in: Ask
    ) -> None:
        fake.keys[0]["issuer"] = f"{fake.url}/{OTHER}/v2.0"
        assert signs_in().status == 400
        assert not is_in()

    def test_somebody_in_too_many_groups_is_told_what_to_ask_for(
        self, fake: FakeProvider, signs_in: Signs, by_provider: Callable[..., None], app: Flask, person: Callable
    ) -> None:
        del fake.claims["roles"]
        fake.claims |= {"_claim_names": {"roles": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph"}}}
        assert "in so many groups" in signs_in().words

    def test_an_email_that_anybody_could_have_written_opens_no_account(
        self, fake: FakeProvider, signs_in: Signs, by_provider: Callable[..., None], is_in: Ask
    ) -> None:
        """In Entra ID the administrators of a tenant write what they like into `email`."""
        fake.claims["email"] = "carol@example.org"
        by_provider(fake.url, tenants=(TENANT,))
        assert "surely yours" in signs_in().words
        assert not is_in()
        fake.claims["xms_edov"] = True
        assert signs_in().location == "/"
