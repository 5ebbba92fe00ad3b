"""How somebody must have signed in at the provider, such as by a second factor: asked for and looked at.

Without `SIGNPOST_OIDC_STRENGTH` whoever the provider lets in is let in.
"""

import json

from webapp.config.identity_provider import IdentityProvider
from webapp.sign_in.single_sign_on.tokens import Claims


def asked(settings: IdentityProvider) -> dict[str, str]:
    """What the question says beside the rest: that the token must have one of these words.

    https://openid.net/specs/openid-connect-core-1_0.html#IndividualClaimsRequests, and for `acr` also the older way.
    """
    if settings.strength is None:
        return {}
    claim, values = settings.strength
    wanted = {"id_token": {claim: {"essential": True, "values": list(values)}}}
    return {"claims": json.dumps(wanted), **({"acr_values": " ".join(values)} if claim == "acr" else {})}


def is_met(settings: IdentityProvider, claims: Claims) -> bool:
    """Whether the id token with these `claims` has one of the words; a provider that says nothing has not."""
    if settings.strength is None:
        return True
    claim, values = settings.strength
    said = claims.get(claim)
    return any(word in values for word in (said if isinstance(said, list) else [said]))
