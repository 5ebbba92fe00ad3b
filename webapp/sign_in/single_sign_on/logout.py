"""Leaving: what the provider says ends (back-channel logout), and ending its session when somebody signs out here."""

from datetime import datetime
from typing import Any

from authlib.common.urls import add_params_to_uri
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts.models import SignIn
from webapp.accounts.sign_in import LetInBy
from webapp.config.identity_provider import is_safe
from webapp.sign_in.single_sign_on import once
from webapp.sign_in.single_sign_on.models import Identity
from webapp.sign_in.single_sign_on.provider import Provider
from webapp.sign_in.single_sign_on.tokens import LOGOUT_AGE, Claims


def end_sign_ins(session: Session, claims: Claims, now: datetime) -> int | None:
    """End what a good logout token says, and return how many; None where it was taken before. The caller commits.

    With a `sid` it is one session of the provider; without, it is all that the person of its `sub` has, so that they
    are out at their next request.
    """
    issuer = claims["iss"]
    # Longer than such a token is believed by its age, whatever two clocks say.
    if not once.keep_used(session, f"{issuer} {claims['jti']}", now + LOGOUT_AGE * 2):
        return None
    if claims.get("sid"):
        wanted = [SignIn.issuer == issuer, SignIn.provider_session == claims["sid"]]
        wanted += [SignIn.user_id.in_(_person(issuer, claims["sub"]))] if claims.get("sub") else []
    else:
        wanted = [SignIn.user_id.in_(_person(issuer, claims["sub"]))]
    return len(session.scalars(delete(SignIn).where(*wanted).returning(SignIn.id)).all())


def _person(issuer: str, subject: str) -> Any:
    return select(Identity.user_id).where(Identity.issuer == issuer, Identity.subject == subject)


def address(provider: Provider, by: LetInBy, back: str, state: str) -> str:
    """The provider's page that ends its own session and leads `back`; empty where it has none. Raises ProviderFault.

    https://openid.net/specs/openid-connect-rpinitiated-1_0.html
    """
    page = str(provider.metadata().get("end_session_endpoint", ""))
    if not is_safe(page):
        return ""
    hint = [("id_token_hint", by.id_token)] if by.id_token else []
    ours = [("client_id", provider.settings.client_id), ("post_logout_redirect_uri", back), ("state", state)]
    return str(add_params_to_uri(page, hint + ours))
