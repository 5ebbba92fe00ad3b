"""Reading what the provider signed: who somebody is (an id token), and who has left (a logout token)."""

import json
from datetime import datetime, timedelta
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws
from joserfc import jwt as signed
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from webapp.sign_in.single_sign_on.faults import ProviderFault
from webapp.sign_in.single_sign_on.provider import TENANT, Provider

# Signatures by a key that the provider alone has. What it may say it uses beside these (`none`, an HS with the secret
# of ours) is not asked: https://www.rfc-editor.org/rfc/rfc8725#section-3.1
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
LEEWAY = 60  # seconds by which two clocks may differ
LONGEST = 32 * 1024  # characters
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPES = {None, "JWT", "logout+jwt"}
LOGOUT_AGE = timedelta(minutes=5)  # how old a logout token may be, whatever it says itself

Claims = dict[str, Any]


class BadToken(Exception):
    """A token that the provider did not sign, not for us, or not now. The message has no claim of it."""


def read_id_token(provider: Provider, token: str, *, nonce: str, access_token: str, now: datetime) -> Claims:
    """The claims of an id token that answers the question with this `nonce`. Raises BadToken and ProviderFault."""
    header, claims = _verified(provider, token)
    read = CodeIDToken(
        claims,
        header,
        _for_us(provider, claims) | {"exp": {"essential": True}, "nonce": {"essential": True}},
        {"nonce": nonce, "client_id": provider.settings.client_id, "access_token": access_token},
    )
    try:
        read.validate(int(now.timestamp()), LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise BadToken(_said(error)) from None
    return claims


def read_logout_token(provider: Provider, token: str, *, now: datetime) -> Claims:
    """The claims of a logout token: `sub`, `sid` or both, and a `jti`. Raises BadToken and ProviderFault.

    https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation
    """
    header, claims = _verified(provider, token)
    moment = int(now.timestamp())
    wanted: dict[str, Any] = {name: {"essential": True} for name in ("iat", "jti", "events")}
    try:
        JWTClaimsRegistry(moment, LEEWAY, **_for_us(provider, claims), **wanted).validate(claims)
    except (JoseError, ValueError, TypeError) as error:
        raise BadToken(_said(error)) from None
    if header.get("typ") not in LOGOUT_TYPES:
        raise BadToken("typ")
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise BadToken("events")
    if "nonce" in claims:  # an id token, sent again as if it were this
        raise BadToken("nonce")
    if not _are_words(claims, "sub", "sid", "jti") or not (claims.get("sub") or claims.get("sid")):
        raise BadToken("sub")
    if moment - int(claims["iat"]) > LOGOUT_AGE.total_seconds():
        raise BadToken("iat")
    return claims


def _verified(provider: Provider, token: str) -> tuple[dict[str, Any], Claims]:
    """The header and claims of a token that the provider signed."""
    if not isinstance(token, str) or len(token) > LONGEST:
        raise BadToken("size")
    try:
        _refuse_unknown_algorithm(token)
        try:
            found = _decoded(token, provider.keys())
        except InvalidKeyIdError:
            found = _decoded(token, provider.keys(newer=True))
        header, claims = dict(found.header), found.claims
        if not isinstance(claims, dict):
            raise BadToken("claims")
        _refuse_key_of_another_tenant(provider, header, claims)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadToken(_said(error)) from None
    return header, claims


def _refuse_unknown_algorithm(token: str) -> None:
    """Before any key is asked for: a forgery with `none` must not cost a question to the provider."""
    header = jws.extract_compact(token.encode()).headers()
    if header.get("alg") not in ALGORITHMS or "crit" in header:
        raise BadToken("alg")


def _decoded(token: str, keys: Any) -> signed.Token:
    return signed.decode(token, keys, registry=JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False))


def _refuse_key_of_another_tenant(provider: Provider, header: dict[str, Any], claims: Claims) -> None:
    """Entra ID says of some keys which tenant they sign for."""
    key = provider.keys().get_by_kid(header.get("kid"), {"alg": header["alg"]})
    owner = key.as_dict(private=False).get("issuer")
    if isinstance(owner, str) and owner.replace(TENANT, str(claims.get("tid"))) != claims.get("iss"):
        raise BadToken("iss of the key")


def _for_us(provider: Provider, claims: Claims) -> dict[str, Any]:
    issuer = provider.issuer_for(claims)
    if not issuer:
        raise BadToken("tid")
    us = provider.settings.client_id
    return {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": us}}


def _are_words(claims: Claims, *names: str) -> bool:
    return all(isinstance(claims[name], str) and len(claims[name]) <= 255 for name in names if name in claims)


def _said(error: Exception) -> str:
    return json.dumps(str(getattr(error, "claim", "") or type(error).__name__))


__all__ = ["BadToken", "Claims", "ProviderFault", "read_id_token", "read_logout_token"]
