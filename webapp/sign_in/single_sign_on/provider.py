"""What the identity provider says of itself: where its pages are, and the keys that it signs with.

Every process remembers it for an hour. A key that is not known is looked for at once, for keys are changed without
notice; but at most once a minute, for a forged token names any key it likes.
"""

import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from webapp.config.identity_provider import IdentityProvider, is_safe
from webapp.sign_in.single_sign_on.faults import ProviderFault

REMEMBERED = 60 * 60.0  # seconds
KEYS_AGAIN = 60.0
ASK_AGAIN = 10.0  # after the provider could not be asked: not each of a hundred people waits for it
WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TENANT = "{tenantid}"  # how Entra ID writes the issuer of several tenants
MOST_KEYS = 100


class Provider:
    """One identity provider. `tick` counts seconds, from anywhere."""

    def __init__(self, settings: IdentityProvider, tick: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._tick = tick
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._keys = KeySet([])
        self._metadata_until = self._keys_until = self._keys_from = 0.0
        self._down_until = 0.0

    def metadata(self) -> dict[str, Any]:
        """Its OpenID Connect discovery document. Raises ProviderFault."""
        with self._lock:
            return self._known()

    def keys(self, *, newer: bool = False) -> KeySet:
        """The keys that it signs with; asked for again where `newer` are wanted. Raises ProviderFault."""
        with self._lock:
            moment = self._tick()
            if moment >= self._keys_until or (newer and moment >= self._keys_from):
                self._keys = _readable(self._asked(self._known()["jwks_uri"]))
                self._keys_until, self._keys_from = moment + REMEMBERED, moment + KEYS_AGAIN
            return self._keys

    def issuer_for(self, claims: dict[str, Any]) -> str:
        """Who must have signed `claims`: where it is for several tenants of Entra ID, that of the named tenant.

        Empty where the tenant is not one of those that may sign in.
        """
        issuer = str(self.metadata()["issuer"])
        if TENANT not in issuer:
            return issuer
        tenant = claims.get("tid")
        return issuer.replace(TENANT, tenant) if tenant in self.settings.tenants else ""

    def _known(self) -> dict[str, Any]:
        if self._tick() >= self._metadata_until:
            self._metadata = self._checked(self._asked(self.settings.issuer.rstrip("/") + WELL_KNOWN))
            self._metadata_until = self._tick() + REMEMBERED
        return self._metadata

    def _asked(self, url: str) -> dict[str, Any]:
        if self._tick() < self._down_until:
            raise ProviderFault("it could not be asked a moment ago")
        from webapp.sign_in.single_sign_on.provider_http import json_at

        try:
            return json_at(self.settings, url)
        except ProviderFault:
            self._down_until = self._tick() + ASK_AGAIN
            raise

    def _checked(self, found: dict[str, Any]) -> dict[str, Any]:
        """A document that names another issuer is of another provider, whoever served it."""
        issuer = found.get("issuer")
        for_tenants = isinstance(issuer, str) and TENANT in issuer and bool(self.settings.tenants)
        if issuer != self.settings.issuer and not for_tenants:
            raise ProviderFault(f"it calls itself {issuer!r}: SIGNPOST_OIDC_ISSUER must be that, letter by letter")
        if unsafe := [name for name in NEEDED if not is_safe(str(found.get(name, "")))]:
            raise ProviderFault(f"its {unsafe[0]} is missing or not encrypted")
        return found


def _readable(found: dict[str, Any]) -> KeySet:
    """The keys that we can read: one of a kind that is not known must not cost the others."""
    keys = []
    given = found.get("keys")
    for key in given[:MOST_KEYS] if isinstance(given, list) else ():
        try:
            keys += KeySet.import_key_set({"keys": [key]}).keys
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            continue
    if not keys:
        raise ProviderFault("its keys cannot be read")
    return KeySet(keys)


@lru_cache(maxsize=4)
def of(settings: IdentityProvider) -> Provider:
    """The provider of these settings, with what this process remembers of it."""
    return Provider(settings)
