"""A site whose people sign in by a provider: a real one in a process of its own, or one that says what a test wants."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask import Flask
from joserfc.jwk import ECKey

from tests.support.client import Answer, Client
from tests.support.identity import CLIENT, SECRET, SITE, FakeProvider, RealProvider, Wanderer
from webapp.config.identity_provider import IdentityProvider
from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.people.models import User
from webapp.sign_in.single_sign_on import provider

ACCOUNTS = {
    "amina": {
        "email": "Amina@example.org", "email_verified": True, "name": "Amina Yusuf", "groups": ["practice", "gorton"],
    },
    "carol": {"email": "carol@example.org", "email_verified": True, "name": "Carol Whitfield", "groups": ["boss"]},
    "mallory": {"email": "carol@example.org", "email_verified": False, "name": "Mallory", "groups": ["boss"]},
    "joe": {"email": "joe@example.org", "email_verified": True, "name": "Joe Outside", "groups": ["library"]},
}  # fmt: skip


@pytest.fixture(scope="session")
def real() -> Iterator[RealProvider]:
    running = RealProvider(ACCOUNTS)
    yield running
    running.close()


@pytest.fixture(scope="session")
def one_fake() -> Iterator[FakeProvider]:
    running = FakeProvider(ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"}))
    yield running
    running.close()


@pytest.fixture
def fake(one_fake: FakeProvider) -> FakeProvider:
    one_fake.reset()
    provider.of.cache_clear()
    return one_fake


@pytest.fixture
def by_provider(app: Flask, settings: Settings) -> Callable[..., None]:
    """Let people sign in by the provider with this issuer; what is said beside it are settings of ours."""

    def set_up(issuer: str, **more: object) -> None:
        named = IdentityProvider(issuer, CLIENT, SECRET, name="your council account", **more)
        app.extensions["signpost.settings"] = replace(settings, single_sign_on=named, base_url=SITE)

    return set_up


@pytest.fixture
def wanderer() -> Iterator[Wanderer]:
    with Wanderer() as one:
        yield one


@pytest.fixture
def signs_in(client: Client, fake: FakeProvider) -> Callable[..., Answer]:
    """What comes of signing in by the fake provider; what is said changes its answer to us."""

    def sign_in(**changed: str | None) -> Answer:
        asked = client.get("/sign-in/provider").location
        answer = {**fake.goes(asked), **changed}
        sent = urlencode({name: value for name, value in answer.items() if value is not None})
        return client.get(f"/sign-in/callback?{sent}", status=range(100, 600))

    return sign_in


@pytest.fixture
def is_in(client: Client) -> Callable[[], bool]:
    return lambda: client.get("/account").status == 200


@pytest.fixture
def person(app: Flask) -> Callable[[str], User | None]:
    """Look somebody up by their e-mail address. Use inside `with app.app_context()`."""
    return lambda email: db.session.query(User).filter_by(email=email).one_or_none()
