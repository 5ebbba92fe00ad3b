"""The way to the provider and back: the code flow of OpenID Connect with PKCE, `state` and `nonce`.

What was asked stands in the signed cookie of the browser that asks, so that an answer given to one browser is worth
nothing in another. An answer counts once: see `once`.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.oauth2.client import OAuth2Client

from webapp.sign_in.single_sign_on import groups, strength, tokens
from webapp.sign_in.single_sign_on.provider import Provider
from webapp.sign_in.single_sign_on.tokens import BadToken, Claims, ProviderFault

LASTS = timedelta(minutes=15)  # a password, a code from a phone, a changed password
MOST_AT_ONCE = 3  # tabs in which somebody signs in at the same time
LONGEST_WAY = 500  # characters of an address to go on to, kept in the cookie
LONGEST_ID_TOKEN = 8 * 1024


class TooWeak(Exception):
    """They signed in there, but not as they have to: see `strength`."""


class Cancelled(Exception):
    """Whoever was asked said no, or the provider did."""


@dataclass(frozen=True)
class Question:
    """What was asked of the provider, and where its answer leads to."""

    state: str
    nonce: str
    verifier: str
    going_to: str
    asked_at: int  # seconds since 1970

    @classmethod
    def new(cls, going_to: str, now: datetime) -> "Question":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        way = going_to if len(going_to) <= LONGEST_WAY else "/"
        return cls(state, nonce, verifier, way, int(now.timestamp()))

    def as_list(self) -> list[Any]:
        return [self.state, self.nonce, self.verifier, self.going_to, self.asked_at]

    def is_over(self, now: datetime) -> bool:
        return now - datetime.fromtimestamp(self.asked_at, UTC) > LASTS


@dataclass(frozen=True)
class Answer:
    """Who came back: what the provider says of them, and of its own session."""

    claims: Claims
    issuer: str
    subject: str
    provider_session: str
    id_token: str


def with_question(held: list[list[Any]], question: Question) -> list[list[Any]]:
    """What the cookie holds (`held`) with one more question; the oldest gives way."""
    return [*held, question.as_list()][-MOST_AT_ONCE:]


def take(held: list[list[Any]], state: str) -> tuple[Question | None, list[list[Any]]]:
    """The question that `state` answers, or None; and what the cookie holds without it."""
    found = [Question(*kept) for kept in held if state and secrets.compare_digest(kept[0].encode(), state.encode())]
    return (found[0] if found else None), [kept for kept in held if kept[0] != state]


def address(provider: Provider, question: Question, back: str) -> str:
    """The provider's page that asks who somebody is; it leads `back`. Raises ProviderFault."""
    metadata = provider.metadata()
    with _client(provider, back) as client:
        url, _ = client.create_authorization_url(
            metadata["authorization_endpoint"],
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
            **strength.asked(provider.settings),
        )
    return str(url)


def answer(provider: Provider, question: Question, given: Mapping[str, str], back: str, now: datetime) -> Answer:
    """What the provider says, once its code is changed for a token and the token is found good.

    Raises Cancelled, TooWeak, BadToken (forged, late or not for us) and ProviderFault.
    """
    metadata = provider.metadata()
    _refuse_mixed_up(provider, metadata, given.get("iss"))
    if given.get("error"):
        raise Cancelled(given["error"][:60])
    if not given.get("code") or question.is_over(now):
        raise BadToken("code")
    with _client(provider, back) as client:
        try:
            got = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=given["code"],
                code_verifier=question.verifier,
            )
        except OAuthError as error:
            # It knows the code no more, or it does not know us: the operator finds out which by its own log.
            raise BadToken(f"code: {str(error.error)[:60]}") from None
        except (OSError, ValueError, KeyError, TypeError) as error:  # requests' own faults are the first of these
            raise ProviderFault(f"its token page: {type(error).__name__}") from None
    id_token, access_token = got.get("id_token"), str(got.get("access_token", ""))
    claims = tokens.read_id_token(provider, id_token or "", nonce=question.nonce, access_token=access_token, now=now)
    if not strength.is_met(provider.settings, claims):
        raise TooWeak
    claims = _with_userinfo(provider, metadata, claims, access_token)
    session_id = claims.get("sid")
    return Answer(
        claims=claims,
        issuer=str(claims["iss"]),
        subject=_subject(claims),
        provider_session=session_id if isinstance(session_id, str) and len(session_id) <= 255 else "",
        id_token=id_token if len(id_token) <= LONGEST_ID_TOKEN else "",
    )


def _client(provider: Provider, back: str) -> OAuth2Client:
    """Our secret goes in the form wherever that is taken: in the header each provider reads its signs another way."""
    from webapp.sign_in.single_sign_on import provider_http

    known = provider.metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    by_form = "client_secret_post" in known
    return provider_http.session(
        provider.settings,
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post" if by_form else "client_secret_basic",
    )


def _refuse_mixed_up(provider: Provider, metadata: dict[str, Any], iss: str | None) -> None:
    """Another provider's answer to our question: https://www.rfc-editor.org/rfc/rfc9207#section-2.4"""
    if iss is None and metadata.get("authorization_response_iss_parameter_supported") is True:
        raise BadToken("iss of the answer")
    if iss is not None and iss != metadata["issuer"] and not _is_of_a_tenant(provider, iss):
        raise BadToken("iss of the answer")


def _is_of_a_tenant(provider: Provider, iss: str) -> bool:
    return iss in {provider.issuer_for({"tid": tenant}) for tenant in provider.settings.tenants}


def _with_userinfo(provider: Provider, metadata: dict[str, Any], claims: Claims, access_token: str) -> Claims:
    """`claims`, and what the userinfo page says beside them, where they lack what we need.

    A provider may leave the scope's claims out of the id token of a code flow, e-mail and groups among them:
    https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims
    """
    settings, page = provider.settings, metadata.get("userinfo_endpoint")
    grouped = bool(settings.roles or settings.teams)
    lacks_groups = grouped and groups.of(claims, settings) == frozenset()
    if not page or not access_token or ({settings.email_claim, "name"} <= set(claims) and not lacks_groups):
        return claims
    from webapp.sign_in.single_sign_on import provider_http

    told = provider_http.json_at(settings, str(page), Authorization=f"Bearer {access_token}")
    if told.get("sub") != claims["sub"]:  # https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
        raise BadToken("sub of the userinfo")
    return {**told, **claims}


def _subject(claims: Claims) -> str:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise BadToken("sub")
    return subject
