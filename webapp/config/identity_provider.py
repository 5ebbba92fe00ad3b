"""The identity provider by which people sign in, as settings have it. Each setting is in docs/deploying.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from webapp.config.roles import ROLES

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY = "none"  # as a default role: whoever is in no group that gives one stays out
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class IdentityProvider:
    """An OpenID Connect provider, and what its groups mean here.

    `roles` and `teams` are pairs of a group and what it gives, in the order in which they were written. Without any
    `roles`, administrators give roles here and groups are not asked. `default_role` is for whoever is in none of them;
    empty keeps them out. `email_domains` are those whose addresses this provider alone gives out, so that it need not
    say that it verified one. `tenants` are those of Entra ID that may sign in where `issuer` is for several.
    `strength` is a claim of the id token, and the words of which it must have one: how somebody signed in there.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "your work account"  # as in "Sign in with …"
    scopes: str = "openid profile email"
    email_claim: str = "email"
    groups_claim: str = "groups"
    roles: Pairs = ()
    teams: Pairs = ()
    default_role: str = "practitioner"
    email_domains: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    strength: tuple[str, tuple[str, ...]] | None = None
    only: bool = False  # nobody signs in with a password that is kept here


def read(env: Mapping[str, str], base_url: str, *, only: bool) -> IdentityProvider | None:
    """The provider that `env` names, or None. Raises ValueError with one sentence that names a setting.

    `base_url` is this site's own address, to which the provider sends people back.
    """
    given = {name: env.get(f"SIGNPOST_OIDC_{name}", "").strip() for name in NAMES}
    if not given["ISSUER"]:
        if others := [name for name, value in given.items() if value]:
            raise ValueError(f"SIGNPOST_OIDC_{others[0]} is set, but SIGNPOST_OIDC_ISSUER does not say whose it is.")
        if only:
            raise ValueError("SIGNPOST_OIDC_ONLY is set, but SIGNPOST_OIDC_ISSUER does not say how people sign in.")
        return None
    if not base_url:
        raise ValueError("SIGNPOST_BASE_URL is missing: the identity provider sends people back to it.")
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        if not given[name]:
            raise ValueError(f"SIGNPOST_OIDC_{name} is missing: copy it from where Signpost is registered.")
    scopes = given["SCOPES"] or IdentityProvider.scopes
    if "openid" not in scopes.split():
        raise ValueError("SIGNPOST_OIDC_SCOPES must have openid among them.")
    roles = _pairs(given["ROLES"], "ROLES")
    if unknown := [role for _, role in roles if role not in ROLES]:
        raise ValueError(f"SIGNPOST_OIDC_ROLES has {unknown[0]!r}: the roles are {', '.join(ROLES)}.")
    return IdentityProvider(
        issuer=_issuer(given["ISSUER"]),
        client_id=given["CLIENT_ID"],
        client_secret=given["CLIENT_SECRET"],
        name=given["NAME"] or IdentityProvider.name,
        scopes=scopes,
        email_claim=given["EMAIL_CLAIM"] or IdentityProvider.email_claim,
        groups_claim=given["GROUPS_CLAIM"] or IdentityProvider.groups_claim,
        roles=roles,
        teams=_pairs(given["TEAMS"], "TEAMS"),
        default_role=_default_role(given["DEFAULT_ROLE"], bool(roles)),
        email_domains=_all_like(DOMAIN, given["EMAIL_DOMAINS"], "EMAIL_DOMAINS", "domains, as in council.example"),
        tenants=_all_like(TENANT, given["TENANTS"], "TENANTS", "ids of Entra ID tenants, with commas between"),
        strength=_strength(given["STRENGTH"]),
        only=only,
    )


# What stands behind SIGNPOST_OIDC_: SIGNPOST_OIDC_ISSUER, SIGNPOST_OIDC_CLIENT_ID, SIGNPOST_OIDC_CLIENT_SECRET,
# SIGNPOST_OIDC_NAME, SIGNPOST_OIDC_SCOPES, SIGNPOST_OIDC_EMAIL_CLAIM, SIGNPOST_OIDC_GROUPS_CLAIM, SIGNPOST_OIDC_ROLES,
# SIGNPOST_OIDC_TEAMS, SIGNPOST_OIDC_DEFAULT_ROLE, SIGNPOST_OIDC_EMAIL_DOMAINS, SIGNPOST_OIDC_TENANTS,
# SIGNPOST_OIDC_STRENGTH.
NAMES = (
    "ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "SCOPES", "EMAIL_CLAIM", "GROUPS_CLAIM", "ROLES", "TEAMS",
    "DEFAULT_ROLE", "EMAIL_DOMAINS", "TENANTS", "STRENGTH",
)  # fmt: skip


def is_safe(url: str) -> bool:
    """Whether `url` is an address that is asked: encrypted, or on this machine alone."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.hostname or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _issuer(given: str) -> str:
    if not is_safe(given) or urlsplit(given).query or urlsplit(given).fragment:
        raise ValueError("SIGNPOST_OIDC_ISSUER must be the provider’s own name of itself, beginning with https://.")
    return given.rstrip("/") if urlsplit(given).path == "/" else given


def _pairs(given: str, name: str) -> Pairs:
    """`Commissioners=commissioner; CN=Editors,OU=Groups=editor`: the last equals sign is ours, groups may have more."""
    found = []
    for part in filter(None, (part.strip() for part in given.split(";"))):
        group, _, gives = (piece.strip() for piece in part.rpartition("="))
        if not group or not gives:
            raise ValueError(f"SIGNPOST_OIDC_{name} has {part!r}: write GROUP=WHAT IT GIVES, with semicolons between.")
        found.append((group, gives))
    return tuple(found)


def _default_role(given: str, mapped: bool) -> str:
    if given and given not in {*ROLES, NOBODY}:
        raise ValueError(f"SIGNPOST_OIDC_DEFAULT_ROLE is {given!r}: use {', '.join(ROLES)} or {NOBODY}.")
    if not mapped and given == NOBODY:
        raise ValueError("SIGNPOST_OIDC_DEFAULT_ROLE is none, and no SIGNPOST_OIDC_ROLES would let anybody in.")
    # Where groups decide, whoever is in none of them is somebody that the council did not mean.
    chosen = given or (NOBODY if mapped else IdentityProvider.default_role)
    return "" if chosen == NOBODY else chosen


def _strength(given: str) -> tuple[str, tuple[str, ...]] | None:
    """`acr=gold,silver` is a claim and the words of which it must have one."""
    claim, _, said = (part.strip() for part in given.partition("="))
    words = tuple(word for word in (part.strip() for part in said.split(",")) if word)
    if given and not (claim and words):
        raise ValueError(f"SIGNPOST_OIDC_STRENGTH is {given!r}: write CLAIM=VALUE, as in acr=2 or amr=mfa.")
    return (claim, words) if given else None


def _all_like(pattern: re.Pattern[str], given: str, name: str, what: str) -> tuple[str, ...]:
    parts = tuple(part.strip().lower() for part in given.split(",") if part.strip())
    if wrong := [part for part in parts if not pattern.fullmatch(part)]:
        raise ValueError(f"SIGNPOST_OIDC_{name} has {wrong[0]!r}: use {what}.")
    return parts
