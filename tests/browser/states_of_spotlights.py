"""Spotlight sessions in each state: planned, under way, cancelled, held. See history_of_spotlights."""

from functools import partial

from tests.browser.history_of_spotlights import NAMING
from tests.browser.state import COMMISSIONER, FACILITATOR, PRACTITIONER, State, open_all
from tests.support.client import Answer

busy = partial(State, scene="busy")
PAGE = "/spotlights/{spotlight}"
HELD, NEXT, OFF = (f"{PAGE}/sessions/{{{name}}}" for name in ("held", "next", "cancelled"))


def _changed_meanwhile(page: Answer) -> Answer:
    page.client.get(page.path).send("Keep this record", came="12")
    return page.send("Keep this record", came="11")


def _noted_meanwhile(page: Answer) -> Answer:
    page.client.get(page.path).send("Save these notes", notes="They laughed")
    return page.send("Save these notes", notes="They cried")


STATES = (
    busy("propose a spotlight", COMMISSIONER, "/spotlights/propose"),
    busy("propose a spotlight, nothing typed", COMMISSIONER, "/spotlights/propose",
         act=lambda page: page.send("Download the file")),
    State("propose a spotlight where nothing is", COMMISSIONER, "/spotlights/propose", scene="bare"),
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
    *(busy(f"meeting, step {step}", FACILITATOR, f"{PAGE}/run?session={{held}}&step={step}") for step in (1, 2, 5, 6)),
    busy("meeting, its end and everything open", FACILITATOR, f"{PAGE}/run?session={{held}}&step=60", do=open_all),
    busy("meeting without a session", FACILITATOR, "/spotlights/{other}/run", do=open_all),
    busy("meeting, notes naming somebody", FACILITATOR, f"{PAGE}/run?session={{held}}",
         act=lambda page: page.send("Save these notes", notes=NAMING)),
    busy("meeting, notes saved meanwhile", FACILITATOR, f"{PAGE}/run?session={{held}}", act=_noted_meanwhile),
    busy("a minute after a session", PRACTITIONER, f"{PAGE}/feedback?session={{held}}", do=open_all),
    busy("a minute after a session, wrong", PRACTITIONER, f"{PAGE}/feedback?session={{held}}",
         act=lambda page: page.send("Send", in_the_way="It asks twice", will_try=NAMING)),
    busy("a minute after a session, changed", FACILITATOR, f"{PAGE}/feedback?session={{held}}"),
)  # fmt: skip
