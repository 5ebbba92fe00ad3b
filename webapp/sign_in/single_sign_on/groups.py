"""What a provider says of somebody's groups, and what each gives here."""

from collections.abc import Collection, Mapping
from typing import Any

from webapp.config.identity_provider import IdentityProvider
from webapp.sign_in.single_sign_on.tokens import Claims


def of(claims: Claims, settings: IdentityProvider) -> frozenset[str] | None:
    """The groups of whom `claims` are about; None where the provider did not say, which is not "in none".

    A name with dots is looked for inside: `realm_access.roles` of Keycloak. Entra ID leaves the list out of the token
    of somebody in more than 200 groups, and says so in `_claim_names`.
    """
    elsewhere = claims.get("_claim_names")
    if isinstance(elsewhere, Mapping) and settings.groups_claim in elsewhere:
        return None
    found: Any = claims.get(settings.groups_claim)
    if found is None:
        found = claims
        for part in settings.groups_claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        found = [found]
    return frozenset(group for group in found if isinstance(group, str)) if isinstance(found, list) else frozenset()


def roles(groups: frozenset[str] | None, settings: IdentityProvider) -> frozenset[str] | None:
    """The roles that `groups` give; empty where they let nobody in. None where administrators give roles here,
    or the provider did not say.
    """
    if not settings.roles or groups is None:
        return None
    given = frozenset(role for group, role in settings.roles if group in groups)
    return given or frozenset({settings.default_role} - {""})


def team(groups: frozenset[str] | None, settings: IdentityProvider, known: Collection[str]) -> str | None:
    """The first team, as the setting has them, that `groups` give and that is `known`; None where none is."""
    given = [slug for group, slug in settings.teams if groups and group in groups and slug in known]
    return given[0] if given else None
