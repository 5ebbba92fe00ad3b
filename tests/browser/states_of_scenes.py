"""The states that a demonstration is never in, each in a scene of its own: see scenes.py."""

import uuid
from collections.abc import Callable
from functools import partial

from tests.browser.history import TALK, WORD
from tests.browser.state import ADMIN, COMMISSIONER, EDITOR, FACILITATOR, LEAD, PRACTITIONER, State, open_all
from tests.support.client import Answer

TICKED = "&".join(f"gap=GAP-{number:04}" for number in range(10, 30))
MANY = f"/commissioning/gaps/many?{TICKED}&list=status%3Dopen"
WALK = "/editor/files/assets/citywide/walk.md"
NAMING = "Her NHS number is 943 476 5919 and she lives at M22 4DZ"

bare, busy, small, written = (partial(State, scene=name) for name in ("bare", "busy", "small", "written"))


def send(button: str, **typed: object) -> Callable[[Answer], Answer]:
    """Fill in the form that has this button, or this action, and send it."""
    return lambda page: page.send(button, **typed)


def post(path: str, **typed: object) -> Callable[[Answer], Answer]:
    return lambda page: page.client.post(path, typed)


def taken_away(page: Answer) -> Answer:
    """A saved search that was removed can be brought back."""
    return page.send("Remove singing")


def unnamed(page: Answer) -> Answer:
    return page.client.post(page.path, {"name": ""})


def too_many(page: Answer) -> Answer:
    while page.status != 429:
        page = page.client.post("/sign-in", {"email": "nobody@example.org", "password": "guessed wrongly"})
    return page


def too_long(page: Answer) -> Answer:
    return page.client.post("/gaps/new", {"needed": "x" * 300_000})


def expired(page: Answer) -> Answer:
    """A form whose token is too old."""
    return page.client.post("/gaps/new", {"needed": TALK, "csrf_token": "old"}, token=False)


def both_wrote(page: Answer) -> Answer:
    """Two editors changed the same line of what they both opened."""
    text = page.soup.select_one("#text").get_text().lstrip()
    for words in ("A lively group.", "A calm group."):
        sent = {"text": text.replace("A friendly group.", words), "form_id": uuid.uuid4().hex}
        answer = page.send("Save this change", **sent)
    return answer


EMPTY = (
    *(bare(f"{path} where nothing is, for a practitioner", PRACTITIONER, path) for path in (
        "/", "/directory", "/toolkit/", "/tec/", "/spotlights/", "/updates/", "/gaps", "/gaps/answers", "/gaps/new",
        "/notices", "/searches", "/feedback", "/search?q=anything", "/account", "/account/place", "/community",
        "/communities", "/learning-logs", "/learning-logs/new", "/learning-logs/record", "/news/",
    )),
    *(bare(f"{path} where nothing is, for a commissioner", COMMISSIONER, path) for path in (
        "/", "/commissioning", "/commissioning/gaps", "/commissioning/demand", "/communities",
        "/commissioning/demand/anywhere/participation",
        "/commissioning/prototypes", "/commissioning/report", "/commissioning/data-key", "/commissioning/did-it-work",
        "/insights/programme", "/insights/measures",
    )),
    *(bare(f"{path} where nothing is, for an editor", EDITOR, path) for path in (
        "/editor", "/editor/corrections", "/editor/due", "/editor/listings", "/editor/health/orphans",
        "/editor/suggestions", "/editor/feeds", "/editor/feeds/ours/health",
    )),
)  # fmt: skip
GAPS = (
    busy("gap log, two pages", PRACTITIONER, "/gaps"),
    busy("gap with long words", PRACTITIONER, "/gaps/GAP-0003"),
    busy("gap that was merged", PRACTITIONER, "/gaps/GAP-0002"),
    busy("gap that others were merged into", PRACTITIONER, "/gaps/GAP-0001"),
    busy("gap that was just reported", PRACTITIONER, "/gaps/new",
         act=send("/gaps/new", needed="A place to fly kites", place="gorton-levenshulme")),
    busy("gap just joined", PRACTITIONER, "/gaps/GAP-0030", act=post("/gaps/GAP-0030/support")),
    busy("gap just left again", PRACTITIONER, "/gaps/GAP-0030", act=post("/gaps/GAP-0030/support/undo")),
    busy("gap with a prototype", PRACTITIONER, "/gaps/GAP-0004"),
    busy("what is planned, tried and met", PRACTITIONER, "/gaps/roadmap"),
    busy("gap whose prototype was stopped", PRACTITIONER, "/gaps/GAP-0007"),
    busy("report a gap, others are like it", PRACTITIONER, "/gaps/new?q=evening+choir"),
    busy("report a gap, asked whether it is another", PRACTITIONER, "/gaps/new",
         act=send("/gaps/new", needed="An evening choir", place="gorton-levenshulme", evidence="It was full")),
    busy("report a gap, long and nothing chosen", PRACTITIONER, "/gaps/new",
         act=send("/gaps/new", needed=WORD * 6, place="nowhere", evidence=NAMING)),
    busy("answers with long words", PRACTITIONER, "/gaps/answers"),
    busy("home with long words", PRACTITIONER, "/"),
)  # fmt: skip
TRIAGE = (
    busy("triage, all", COMMISSIONER, "/commissioning/gaps", do=open_all),
    busy("triage, second page", COMMISSIONER, "/commissioning/gaps?page=2"),
    busy("triage, every filter on", COMMISSIONER,
         "/commissioning/gaps?q=choir&status=new&place=gorton-levenshulme&owner=none&sort=people"),
    busy("triage, gap open", COMMISSIONER, "/commissioning/gaps?gap=GAP-0003", do=open_all),
    busy("triage, merged gap open", COMMISSIONER, "/commissioning/gaps?gap=GAP-0002"),
    busy("one gap with long words", COMMISSIONER, "/commissioning/gaps/GAP-0003", do=open_all),
    busy("one merged gap", COMMISSIONER, "/commissioning/gaps/GAP-0002"),
    busy("one gap that others were merged into", COMMISSIONER, "/commissioning/gaps/GAP-0001"),
    busy("one gap, status without a reason", COMMISSIONER, "/commissioning/gaps/GAP-0012",
         act=send("Save this gap", status="met")),
    busy("one gap, answer that names somebody", COMMISSIONER, "/commissioning/gaps/GAP-0012",
         act=send("Save this gap", answer=NAMING)),
    busy("one gap, changed by somebody else", COMMISSIONER, "/commissioning/gaps/GAP-0012",
         act=send("Save this gap", answer=TALK, version="9")),
    busy("one gap, note added", COMMISSIONER, "/commissioning/gaps/GAP-0013", act=send("Save this gap", note=TALK)),
    busy("split a gap", COMMISSIONER, "/commissioning/gaps/GAP-0001/split"),
    busy("split a gap, nothing typed", COMMISSIONER, "/commissioning/gaps/GAP-0001/split",
         act=send("Split this gap", stays="", goes="")),
    busy("merge gaps", COMMISSIONER, "/commissioning/gaps/merge?gap=GAP-0003&gap=GAP-0014&gap=GAP-0015"),
    busy("change many gaps", COMMISSIONER, MANY),
    busy("change many gaps, nothing chosen", COMMISSIONER, MANY, act=send("See what changes")),
    busy("change many gaps, sure?", COMMISSIONER, MANY,
         act=send("See what changes", theme="carers", status="under-review", reason=TALK)),
    busy("many gaps changed, to be undone", COMMISSIONER, MANY,
         act=lambda page: page.send("See what changes", theme="dementia").send("Change these 20 gaps")),
    busy("view saved, no name", COMMISSIONER, "/commissioning/gaps?status=open", act=send("Save this view", called="")),
    busy("view deleted", COMMISSIONER, "/commissioning/gaps", act=post("/commissioning/views/1/delete")),
    busy("key for a tool", COMMISSIONER, "/commissioning/data-key"),
    busy("key for a tool, new", COMMISSIONER, "/commissioning/data-key", act=send("Make a new key")),
)  # fmt: skip
COMMISSIONING = (
    busy("dashboard of a place", COMMISSIONER, "/commissioning?place=gorton-levenshulme", do=open_all),
    busy("report with long words", COMMISSIONER, "/commissioning/report", do=open_all),
    busy("demand of a place", COMMISSIONER, "/commissioning/demand?place=gorton-levenshulme"),
    busy("draft of a gap", COMMISSIONER,
         "/commissioning/demand/gaps?phrase=club+lunch+saturdai&near=miles-platting-newton-heath-moston-city-centre"),
    busy("a cell of demand", COMMISSIONER, "/commissioning/demand/gorton-levenshulme/relationships"),
    busy("prototypes in every state", COMMISSIONER, "/commissioning/prototypes"),
    busy("prototype that runs", COMMISSIONER, "/commissioning/prototypes/1"),
    busy("prototype that is planned", COMMISSIONER, "/commissioning/prototypes/2"),
    busy("prototype past its last day", COMMISSIONER, "/commissioning/prototypes/3"),
    busy("prototype that was stopped", COMMISSIONER, "/commissioning/prototypes/4"),
    busy("prototype, change the plan", COMMISSIONER, "/commissioning/prototypes/1/edit"),
    busy("prototype, decide", COMMISSIONER, "/commissioning/prototypes/3/decide"),
    busy("prototype, nothing decided", COMMISSIONER, "/commissioning/prototypes/3/decide",
         act=send("Keep this decision")),
    busy("prototype, what becomes of a gap", COMMISSIONER, "/commissioning/prototypes/4/gaps/GAP-0007"),
    busy("new prototype, nothing typed", COMMISSIONER, "/commissioning/prototypes/new",
         act=send("Plan this prototype")),
    busy("prototype, no such gap", COMMISSIONER, "/commissioning/prototypes/1", act=send("Add this gap", ref="none")),
)  # fmt: skip
UPKEEP = (
    busy("content health with much to do", EDITOR, "/editor"),
    busy("a part of content health", EDITOR, "/editor/health/listings-due"),
    busy("corrections with long words", EDITOR, "/editor/corrections"),
    busy("corrections that were decided", EDITOR, "/editor/corrections?state=not-changed"),
    busy("correction in words", EDITOR, "/editor/corrections/1"),
    busy("correction ready as a patch", EDITOR, "/editor/corrections/2"),
    busy("correction of what has closed", EDITOR, "/editor/corrections/3"),
    busy("correction, nothing said", EDITOR, "/editor/corrections/1", act=send("Save this decision")),
    busy("add a group, nothing said", PRACTITIONER, "/directory/new", act=send("Send it to the editors")),
    busy("what was found, told", PRACTITIONER, "/feedback"),
    busy("groups that were found", EDITOR, "/editor/suggestions"),
    busy("group that was found", EDITOR, "/editor/suggestions/1"),
    busy("group that was found, nothing decided", EDITOR, "/editor/suggestions/1", act=send("Save this decision")),
    busy("groups that were declined", EDITOR, "/editor/suggestions?state=declined"),
    busy("did it work", COMMISSIONER, "/commissioning/did-it-work"),
    busy("listing that was said to be full", PRACTITIONER, "/directory/bobbin-larder"),
    busy("listings due", EDITOR, "/editor/due"),
    busy("listings due in one place", EDITOR, "/editor/due?place=ardwick-longsight"),
    busy("listing just checked", EDITOR, "/editor/due", act=send("I checked today that this is right")),
    busy("closed and confirmed", EDITOR, "/editor/listings"),
    busy("listing with patches", EDITOR, "/editor/listings/bobbin-larder"),
    busy("listing without patches", EDITOR, "/editor/listings/shuttle-larder"),
    busy("listing that is closed, for an editor", EDITOR, "/directory/bobbin-larder"),
    busy("listing that is closed", PRACTITIONER, "/directory/bobbin-larder"),
    busy("directory with one closed", PRACTITIONER, "/directory?q=bobbin+larder"),
    busy("something wrong with a listing", PRACTITIONER, "/feedback/new?about=/directory/shuttle-larder", do=open_all),
    busy("something wrong, nothing said", PRACTITIONER, "/feedback/new?about=/directory/shuttle-larder",
         act=send("/feedback/new", phone="not a number", text=NAMING)),
    busy("thanks for telling", PRACTITIONER, "/feedback/thanks"),
    busy("my feedback with long words", PRACTITIONER, "/feedback"),
    small("is it right? a fresh link", None, "/still-right/{link}"),
    small("is it right? nothing typed", None, "/still-right/{link}", act=send("It needs this change", text="")),
    small("is it right? a change told", None, "/still-right/{link}", act=send("It needs this change", text=TALK)),
    small("is it right? it is", None, "/still-right/{link}", act=lambda page: page.client.post(page.path)),
    small("is it right? the link is too old", None, "/still-right/{old}"),
    small("ask no more?", None, "/still-right/{link}/stop"),
    small("asked no more", None, "/still-right/{link}/stop", act=lambda page: page.client.post(page.path)),
    small("a page being written, with a fault", EDITOR, WALK, act=send("Save this change", text="---\ntitle: [\n")),
    small("a page that two people wrote", EDITOR, WALK, act=both_wrote),
    small("edits", EDITOR, "/editor/edits"),
    small("a page begun", EDITOR, "/editor/edits/new"),
    small("one edit", EDITOR, "/editor/edits/1"),
    small("feeds", EDITOR, "/editor/feeds"),
    small("feed that proposes changes", EDITOR, "/editor/feeds/north-town"),
    small("feed that is being read", EDITOR, "/editor/feeds/east-village/progress"),
    small("how good a feed is", EDITOR, "/editor/feeds/north-town/health?sort=fresh"),
    written("preview of a draft", EDITOR, "/toolkit/draft"),
    written("preview of a page with a fault", EDITOR, "/toolkit/faulty"),
    written("preview of any other page", EDITOR, "/"),
)  # fmt: skip
MINE = (
    busy("notices with long words", PRACTITIONER, "/notices"),
    busy("all notices just read", PRACTITIONER, "/notices", act=send("Mark all as read")),
    busy("my searches with long words", PRACTITIONER, "/searches"),
    busy("rename a search", PRACTITIONER, "/searches/saved/2/name"),
    busy("rename a search, no name", PRACTITIONER, "/searches/saved/2/name", act=unnamed),
    busy("search just removed", PRACTITIONER, "/searches", act=taken_away),
    busy("my feeds", PRACTITIONER, "/account/notifications"),
    busy("my e-mails, saved", PRACTITIONER, "/account/notifications", act=send("Save what I am told")),
    busy("password too short", PRACTITIONER, "/account",
         act=send("Change password", current="wrong", new="short")),
    busy("what was not sent", FACILITATOR, "/account/unsent"),
    busy("what was not sent, in its form again", FACILITATOR, "/gaps/new?unsent=2"),
    busy("what was not sent, whose form is gone", FACILITATOR, "/account/unsent/2"),
    busy("stop an e-mail", None, "/unsubscribe/{unsubscribe}"),
    busy("an e-mail stopped", None, "/unsubscribe/{unsubscribe}", act=lambda page: page.client.post(page.path)),
    busy("new person, nothing typed", ADMIN, "/admin/users/new", act=send("/admin/users/new")),
    busy("stop somebody who looks after gaps", ADMIN, "/admin/users/3/standing"),
    busy("stop somebody, nothing chosen", ADMIN, "/admin/users/3/standing", act=send("/admin/users/3/standing")),
    busy("hand over", ADMIN, "/admin/users/3/handover"),
    busy("hand over, nothing chosen", ADMIN, "/admin/users/3/handover", act=send("/admin/users/3/handover")),
    busy("hand over nothing", ADMIN, "/admin/users/6/handover"),
    busy("somebody with open work", ADMIN, "/admin/users/3"),
    busy("one person stopped", ADMIN, "/admin/users/6", act=lambda page: page.client.post("/admin/users/6/standing")),
)  # fmt: skip
LOGS = (
    busy("my logs with long words", PRACTITIONER, "/learning-logs"),
    busy("log that says everything", PRACTITIONER, "/learning-logs/{log}"),
    busy("log to change", PRACTITIONER, "/learning-logs/{log}/edit", do=open_all),
    busy("log that was withdrawn", PRACTITIONER, "/learning-logs/{withdrawn}"),
    busy("log that was begun", PRACTITIONER, "/learning-logs/new", do=open_all),
    busy("log that names somebody", PRACTITIONER, "/learning-logs/new",
         act=send("Keep this log", helped="", concept=NAMING, will_try=WORD * 6, in_the_way=NAMING, kind="process")),
    busy("record with long words", PRACTITIONER, "/learning-logs/record"),
    busy("record for the first year", PRACTITIONER, "/learning-logs/record?as=asye&from=nonsense"),
)  # fmt: skip
OURS = "/community/gorton-levenshulme"
COMMUNITY = (
    busy("community with long words", FACILITATOR, "/community", do=open_all),
    busy("community of another team", PRACTITIONER, "/community/ardwick-longsight"),
    busy("community, for a commissioner who is asked", COMMISSIONER, OURS),
    busy("communities, for a commissioner who is asked", COMMISSIONER, "/communities"),
    busy("community, just off the rota", PRACTITIONER, OURS, act=send(f"{OURS}/rota/off")),
    busy("community, what is brought names somebody", PRACTITIONER, OURS, act=send("Put me on the rota", about=NAMING)),
    busy("ask a commissioner", FACILITATOR, f"{OURS}/invitations"),
    busy("ask a commissioner, nothing chosen", FACILITATOR, f"{OURS}/invitations", act=send("Ask them", day="")),
    busy("what somebody looks after", ADMIN, "/admin/users/7/assignments"),
    busy("what somebody looks after, changed", ADMIN, "/admin/users/7/assignments",
         act=send("Save what they look after", convenes=["gorton-levenshulme"])),
    busy("where my pages begin", PRACTITIONER, "/account/place"),
    busy("where my pages begin, nothing chosen", PRACTITIONER, "/account/place",
         act=lambda page: page.client.post("/account/place", {"place": "nowhere"})),
)  # fmt: skip
QUEUE = "/barriers/queue/BAR-0001"
BARRIERS = (
    small("no barriers", PRACTITIONER, "/barriers"),
    busy("barriers with long words", PRACTITIONER, "/barriers", do=open_all),
    busy("barriers, nothing found", PRACTITIONER, "/barriers?q=xyzzyplugh"),
    busy("a barrier", PRACTITIONER, "/barriers/BAR-0001"),
    busy("a barrier that is a gap", PRACTITIONER, "/barriers/BAR-0002"),
    busy("pass on a barrier", PRACTITIONER, "/barriers/new", do=open_all),
    busy("pass on a barrier, nothing typed", PRACTITIONER, "/barriers/new", act=send("Pass it on")),
    busy("pass on a barrier, naming somebody", PRACTITIONER, "/barriers/new",
         act=send("Pass it on", text=NAMING, kind="process")),
    small("queue of a lead, empty", LEAD, "/barriers/queue"),
    busy("queue of a lead", LEAD, "/barriers/queue", do=open_all),
    busy("a barrier in the queue", LEAD, QUEUE, do=open_all),
    busy("a barrier in the queue, answered without a word", LEAD, QUEUE, act=send("Change the status", status="")),
    busy("a barrier becomes something to try", LEAD, f"{QUEUE}/plan"),
    busy("a barrier becomes something to try, nothing chosen", LEAD, f"{QUEUE}/plan",
         act=send("Plan this prototype")),
)  # fmt: skip
INSIGHTS = (
    small("insights of a team where nothing is", FACILITATOR, "/insights"),
    small("insights of a team, for an administrator", ADMIN, "/insights?team=gorton-levenshulme"),
    small("new measure, nothing typed", COMMISSIONER, "/insights/measures/new", act=send("Add this measure")),
    small("new measure, long and naming somebody", COMMISSIONER, "/insights/measures/new",
          act=send("Add this measure", title=WORD, source=NAMING, target="many")),
)  # fmt: skip
FAULTS = (
    busy("sent too late", PRACTITIONER, "/gaps/new", act=expired),
    busy("too long to send", PRACTITIONER, "/gaps/new", act=too_long),
    small("too many tries", None, "/sign-in", act=too_many),
    small("not in a shape we know", PRACTITIONER, "/", act=lambda page: page.client.post("/sign-out", token=False)),
    small("not to be done here", PRACTITIONER, "/", act=lambda page: page.client.post("/directory")),
    State("a fault of ours", PRACTITIONER, "/", scene="broken"),
    State("getting ready", PRACTITIONER, "/directory", scene="unready"),
)  # fmt: skip
STATES = (*EMPTY, *GAPS, *TRIAGE, *COMMISSIONING, *UPKEEP, *MINE, *LOGS, *COMMUNITY, *BARRIERS, *INSIGHTS, *FAULTS)
