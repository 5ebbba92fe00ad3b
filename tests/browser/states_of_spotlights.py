"""Spotlight sessions in each state: planned, under way, cancelled, held. See history_of_spotlights."""

from functools import partial

from tests.browser.history_of_spotlights import NAMING
from tests.browser.state import FACILITATOR, PRACTITIONER, State
from tests.support.client import Answer

busy = partial(State, scene="busy")
PAGE = "/spotlights/{spotlight}"
HELD, NEXT, OFF = (f"{PAGE}/sessions/{{{name}}}" for name in ("held", "next", "cancelled"))


def _changed_meanwhile(page: Answer) -> Answer:
    page.client.get(page.path).send("Keep this record", came="12")
    return page.send("Keep this record", came="11")


STATES = (
    busy("spotlight with sessions", FACILITATOR, PAGE),
    busy("spotlights, with what my team plans", FACILITATOR, "/spotlights/"),
    busy("plan a session", FACILITATOR, f"{PAGE}/sessions/new"),
    busy("plan a session, everything wrong", FACILITATOR, f"{PAGE}/sessions/new",
         act=lambda page: page.send("Plan this session", day="2050-01-31", at="02:00", join="x", venue=NAMING)),
    busy("session", PRACTITIONER, HELD),
    busy("session that comes, for who holds it", FACILITATOR, NEXT),
    busy("session that is cancelled", FACILITATOR, OFF),
    busy("change a session", FACILITATOR, f"{NEXT}/change"),
    busy("write up a session", FACILITATOR, f"{HELD}/record"),
    busy("write up a session, naming somebody", FACILITATOR, f"{HELD}/record",
         act=lambda page: page.send("Keep this record", came="x", notes=NAMING)),
    busy("write up a session, changed meanwhile", FACILITATOR, f"{HELD}/record", act=_changed_meanwhile),
)  # fmt: skip
