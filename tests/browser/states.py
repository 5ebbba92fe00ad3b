"""Every page of the site in each state that a reader may see it in: empty, full, long, with faults, signed out."""

import re
from collections.abc import Callable

from tests.browser import states_of_packs, states_of_scenes, states_of_sign_in, states_of_spotlights
from tests.browser.state import ADMIN, COMMISSIONER, EDITOR, FACILITATOR, PRACTITIONER, State, open_all
from tests.support.chromium import Visit

LONG = "Wythenshawe-and-everything-around-it-" * 3 + " with a very long name that somebody once typed into a search"
NAMING = "Her NHS number is 943 476 5919 and she lives at M22 4DZ"


def _press(name: str) -> Callable[[Visit], object]:
    return lambda visit: visit.press(name)


def _send_naming(visit: Visit) -> None:
    visit.page.get_by_label("What was needed?").fill(NAMING)
    visit.press("Report this gap")


def _menu(visit: Visit) -> None:
    button = visit.page.get_by_role("button", name=re.compile("^Menu"))
    if button.is_visible():
        button.click()


STATES = (
    State("sign in", None, "/sign-in"),
    State(
        "sign in with nothing typed",
        None,
        "/sign-in",
        lambda v: v.page.locator("form.form button[type=submit]").click(),
    ),
    State("accessibility", None, "/accessibility"),
    State("privacy", None, "/privacy"),
    State("open data", None, "/open-referral"),
    State("signed out", None, "/sign-in?ended=1&kept=1&next=/gaps/new"),
    State("no such page, signed out", None, "/nowhere"),
    State("home", PRACTITIONER, "/"),
    State("home, menu open", PRACTITIONER, "/", _menu),
    State("home of a commissioner", COMMISSIONER, "/"),
    State("home of an editor", EDITOR, "/"),
    State("no such page", PRACTITIONER, "/toolkit/nowhere"),
    State("not for you", PRACTITIONER, "/commissioning"),
    State("directory", PRACTITIONER, "/directory"),
    State("directory, all filters open", PRACTITIONER, "/directory", open_all),
    State("directory, filtered", PRACTITIONER, "/directory?q=walk&near=M22&within=3&cost=free&open=1&sort=distance"),
    State("directory, second page", PRACTITIONER, "/directory?page=2"),
    State("add a group", PRACTITIONER, "/directory/new"),
    State("add a group, sent", PRACTITIONER, "/directory/new/sent"),
    State("this week", PRACTITIONER, "/directory/this-week?near=M22"),
    State("this week, nothing on", PRACTITIONER, "/directory/this-week?near=M22&q=underwater+hockey+for+cats"),
    State("directory, words of time", PRACTITIONER, "/directory?q=walking+this+weekend+near+M22"),
    State("directory on a map", PRACTITIONER, "/directory?q=walk&view=map"),
    State("directory, one thing at several places", PRACTITIONER, "/directory?q=tallow+dipping&near=M20&view=map"),
    State("directory, nothing found", PRACTITIONER, "/directory?q=underwater+hockey+for+cats"),
    State("directory, words of danger", PRACTITIONER, "/directory?q=being+hit+by+her+son"),
    State("directory, a word that is not here", PRACTITIONER, "/directory?q=karate+group"),
    State("directory, long words", PRACTITIONER, f"/directory?q={LONG}"),
    State("listing", PRACTITIONER, "the first listing", open_all),
    State("search, nothing typed", PRACTITIONER, "/search"),
    State("search", PRACTITIONER, "/search?q=falls"),
    State("search, misspelt", PRACTITIONER, "/search?q=demensia"),
    State("search, words of danger", PRACTITIONER, "/search?q=suicidal+and+not+eating"),
    State("search, nothing found", PRACTITIONER, "/search?q=xyzzyplugh"),
    State("toolkit", PRACTITIONER, "/toolkit/"),
    State("toolkit page", PRACTITIONER, "the first toolkit page", open_all),
    State("toolkit page in easy read", PRACTITIONER, "the first toolkit easy-read"),
    State("TEC", PRACTITIONER, "/tec/"),
    State("TEC page", PRACTITIONER, "/tec/demonstration-medication-dispenser", open_all),
    State("TEC page in easy read", PRACTITIONER, "the first tec easy-read"),
    State("card of a device", PRACTITIONER, "the first card"),
    State("eco-map to fill in", PRACTITIONER, "/eco-map"),
    State("without a signal, asked", PRACTITIONER, "/offline"),
    State("without a signal, signed out", None, "/offline"),
    State("who to ring", PRACTITIONER, "/who-to-ring"),
    State("changes", PRACTITIONER, "/changes/"),
    State("change", PRACTITIONER, "the first change"),
    State("spotlights", PRACTITIONER, "/spotlights/"),
    State("spotlight", PRACTITIONER, "the first spotlight", open_all),
    State("handout", PRACTITIONER, "the first handout"),
    State("updates", PRACTITIONER, "/updates/"),
    State("update", PRACTITIONER, "the first update"),
    State("staff news", PRACTITIONER, "/news/"),
    State("message", PRACTITIONER, "the first message"),
    State("gap log", PRACTITIONER, "/gaps"),
    State("gap log, nothing found", PRACTITIONER, "/gaps?q=xyzzyplugh"),
    State("gap", PRACTITIONER, "/gaps/GAP-0001"),
    State("gap that is answered", PRACTITIONER, "/gaps/GAP-0003"),
    State("report a gap", PRACTITIONER, "/gaps/new?q=somewhere+to+sing", open_all),
    State("report a gap, nothing typed", PRACTITIONER, "/gaps/new", _press("Report this gap")),
    State("report a gap, naming somebody", PRACTITIONER, "/gaps/new", _send_naming),
    State("answers", PRACTITIONER, "/gaps/answers"),
    State("notices", PRACTITIONER, "/notices"),
    State("my searches", PRACTITIONER, "/searches"),
    State("feedback", PRACTITIONER, "/feedback/new?about=/toolkit/asset-and-eco-mapping"),
    State("my feedback", PRACTITIONER, "/feedback"),
    State("community", PRACTITIONER, "/community", open_all),
    State("communities", PRACTITIONER, "/communities"),
    State("reviews", PRACTITIONER, "/reviews"),
    State("account", PRACTITIONER, "/account"),
    State("notifications", PRACTITIONER, "/account/notifications"),
    State("dashboard", COMMISSIONER, "/commissioning", open_all),
    State("triage", COMMISSIONER, "/commissioning/gaps", open_all),
    State("triage, nothing found", COMMISSIONER, "/commissioning/gaps?q=xyzzyplugh"),
    State("one gap to work on", COMMISSIONER, "/commissioning/gaps/GAP-0001", open_all),
    State("insights of a team", FACILITATOR, "/insights", open_all),
    State("insights of the programme", COMMISSIONER, "/insights/programme", open_all),
    State("measures", COMMISSIONER, "/insights/measures"),
    State("one measure", COMMISSIONER, "/insights/measures/1", open_all),
    State("new measure", COMMISSIONER, "/insights/measures/new"),
    State("measures from a file", COMMISSIONER, "/insights/measures/import"),
    State("demand", COMMISSIONER, "/commissioning/demand", open_all),
    State("prototypes", COMMISSIONER, "/commissioning/prototypes"),
    State("new prototype", COMMISSIONER, "/commissioning/prototypes/new"),
    State("report for plans", COMMISSIONER, "/commissioning/report", open_all),
    State("words of a report", COMMISSIONER, "/commissioning/report/words"),
    State("any two counted", COMMISSIONER, "/commissioning/cross-tab", open_all),
    State("data to take out", COMMISSIONER, "/data"),
    State("content health", EDITOR, "/editor", open_all),
    State("corrections", EDITOR, "/editor/corrections"),
    State("people", ADMIN, "/admin/users"),
    State("audit trail", ADMIN, "/admin/audit"),
    State("service key", ADMIN, "/admin/service-key"),
    State("how the site is", ADMIN, "/admin/site"),
    State("new person", ADMIN, "/admin/users/new"),
    State("one person", ADMIN, "/admin/users/1"),
    State("stop a sign-in", ADMIN, "/admin/users/1/standing"),
    *states_of_scenes.STATES,
    *states_of_sign_in.STATES,
    *states_of_spotlights.STATES,
    *states_of_packs.STATES,
)
