"""A line of the log for each try to sign in: by what, and what came of it.

It names nobody. `account` is a code of the e-mail address that only this site's key makes: whoever reads the log sees
that a hundred tries were at one account, and asks the site whose it is by `signpost users log-code --email …`.
"""

import logging
from enum import StrEnum

from webapp.web import current, throttle
from webapp.web.log_lines import line, reference, say

SHOWN = 16  # letters of the code: enough to tell accounts apart


class By(StrEnum):
    """What somebody showed to be let in."""

    PASSWORD = "password"  # nosec B105 # noqa: S105 - a name
    CODE = "password and code"
    LINK = "link"
    PROVIDER = "provider"
    DEMO = "demonstration"


def let_in(by: By, email: str) -> None:
    """Somebody is signed in."""
    _note(logging.INFO, f"let in by {by}", email)


def refused(by: By, email: str = "") -> None:
    """What was shown was not right; `email` is empty where it said nobody's."""
    _note(logging.WARNING, f"refused: {by}", email)


def too_many(by: By, email: str) -> None:
    """So many tries that no more are looked at for a while."""
    _note(logging.WARNING, f"too many tries: {by}", email)


def code_of(email: str) -> str:
    """What `email` is called in the log."""
    return throttle.keyed_hash(current.settings().secret_key, f"log {email.strip().lower()}")[:SHOWN]


def _note(level: int, said: str, email: str) -> None:
    whose = {"account": code_of(email)} if email else {}
    say(level, line(event="sign-in", request=reference(), said=said, **whose))
