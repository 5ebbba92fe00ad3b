"""An organisation's public contacts. In a correction to its listing they are the point, and nobody's private matter."""

import re
from collections.abc import Sequence

from webapp.pii.match import Match
from webapp.pii.names.first_names import SURE
from webapp.pii.names.words import RELATIONS

PUBLIC = frozenset({"phone", "email", "postcode", "address"})
# Words that speak of somebody: then a number or a street may be theirs.
RELATION = "|".join(sorted(RELATIONS - {"twin", "ex", "partner", "kid", "baby"}))
SOMEBODY = re.compile(
    r"\b(?:he|she|his|hers?|him|he's|she's|i live|lives|lived|living (?:at|in|with)|clients?|patients?|residents?"
    r"|tenants?|citizens?|service users?|lady|gentleman|gent|chap|bloke|neighbours?"
    r"|(?:a|an old|older|young|the) (?:man|woman|carer|person)"
    r"|(?:own|personal|private|home) (?:mobile|phone|number|e-?mail|address)|my (?:own|mobile|number|e-?mail)"
    rf"|keysafe|key safe|born|aged|next of kin|{RELATION})(?:'s)?\b",
    re.I,
)
NAMED_MAIL = re.compile(r"([a-z]+)[._-]?([a-z]*)\d*@", re.I)


def private(text: str, matches: Sequence[Match]) -> list[Match]:
    """Those of `matches` that are not an organisation's contacts, in a text that is about an organisation.

    All of them are private where anything else in the text names or speaks of somebody.
    """
    if any(match.kind not in PUBLIC for match in matches) or SOMEBODY.search(text):
        return list(matches)
    return [match for match in matches if match.kind == "email" and _is_named(match.text)]


def _is_named(address: str) -> bool:
    """Whether an e-mail address begins with somebody's first name: "margaret.khan@example.org"."""
    begins = NAMED_MAIL.match(address.strip())
    return bool(begins and begins[1].lower() in SURE)
