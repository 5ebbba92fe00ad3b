"""Signing in with a work account or codes from a phone, and being removed: in a scene of its own, see scenes.py."""

from functools import partial

from tests.browser.state import ADMIN, PRACTITIONER, State

council = partial(State, scene="council")

STATES = (
    council("sign in with the work account", None, "/sign-in?next=/toolkit/"),
    council("signed out here alone", None, "/signed-out"),
    council("set up codes from a phone", PRACTITIONER, "/account/second-factor/new"),
    council("remove somebody", ADMIN, "/admin/users/6/removal"),
)
