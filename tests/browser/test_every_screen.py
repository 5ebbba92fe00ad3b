"""No page is forgotten: each address that answers with HTML is among the states that the browser looks at."""

import re

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.states import STATES
from tests.test_routes import LINES, routes

pytestmark = pytest.mark.reads_only
NO_PAGE = {
    "/account/data.json": "a file",
    "/admin/audit.csv": "a file",
    "/commissioning/demand/outcomes.csv": "a file",
    "/commissioning/demand/searches.csv": "a file",
    "/commissioning/gaps.csv": "a file",
    "/commissioning/gaps.json": "a file",
    "/commissioning/gaps.xlsx": "a file",
    "/commissioning/report.docx": "a file",
    "/commissioning/report.pdf": "a file",
    "/data/<name>.csv": "a file",
    "/data/<name>.json": "a file",
    "/data/<name>.xlsx": "a file",
    "/data/datapackage.json": "a file",
    "/directory/points": "what the map asks for",
    "/metrics": "figures for a program",
    "/directory/tiles.pmtiles": "what the map is drawn from",
    "/editor/corrections/<number>/change.patch": "a file",
    "/editor/due.csv": "a file",
    "/editor/feeds/<slug>/report.txt": "a file",
    "/editor/listings/<slug>/closure.patch": "a file",
    "/editor/listings/<slug>/verified.patch": "a file",
    "/editor/suggestions/<number>/listing.md": "a file",
    "/healthz": "for machines",
    "/learning-logs/export.docx": "a file",
    "/insights.csv": "a file",
    "/insights.docx": "a file",
    "/insights.xlsx": "a file",
    "/insights/programme.csv": "a file",
    "/insights/programme.docx": "a file",
    "/insights/programme.xlsx": "a file",
    "/manifest.webmanifest": "a file",
    "/media/<name>": "a picture",
    "/offline/arrived.json": "what a device asks for",
    "/offline/state.json": "what a device asks for",
    "/previews/<link>": "any other page, with a line above it",
    "/preview/state": "what the preview asks for",
    "/readyz": "for machines",
    "/s/<token>/<number>.ics": "a file",
    "/searches/seen.gif": "a picture",
    "/spotlights/calendar.ics": "a file",
    "/sw.js": "a file",
    "/updates/feed.xml": "a file",
}
# Signing in by a step more: short forms, and words on why nobody was signed in, like those of the pages that are seen.
SHORT = (
    "/account/second-factor", "/sign-in/code", "/sign-in/forgotten", "/sign-in/forgotten/sent", "/sign-in/link/<token>",
    "/sign-in/reset/<token>",
)  # fmt: skip
NO_PAGE |= dict.fromkeys(SHORT, "a short form like that of signing in")
NO_PAGE |= dict.fromkeys(("/sign-in/provider", "/sign-in/callback"), "leads on")
NO_PAGE |= {path: "open data" for _, _, path in LINES if path.startswith("/open-referral/v3")}
REAL = {"the first listing": "/directory/x", "the first handout": "/spotlights/x/y", "the first message": "/news/x"}
REAL |= {f"the first {kind}": f"/{kind}s/x" for kind in ("spotlight", "update", "change")}
REAL |= {"the first card": "/tec/x/card", "the first toolkit page": "/toolkit/x"}
REAL |= {f"the first {section} easy-read": f"/{section}/x/easy-read" for section in ("toolkit", "tec")}


def test_every_page_has_a_state(app: Flask):
    pages = {path for _, method, path in LINES if method == "GET"} - set(NO_PAGE)
    seen = {path for state in STATES if (path := route_of(app, state.path))}
    assert not pages - seen, (
        f"add a state to tests/browser/states.py, or a reason to NO_PAGE, for {sorted(pages - seen)}"
    )
    assert not seen & set(NO_PAGE), "these are pages after all"


def test_every_exception_is_an_address(app: Flask):
    assert {("GET", path) for path in NO_PAGE} <= set(routes(app))


def test_no_state_is_there_twice():
    names = [state.name for state in STATES]
    assert sorted(set(names)) == sorted(names)


def route_of(app: Flask, path: str) -> str:
    """The address of a state as the table of routes writes it; empty where there is no such page."""
    real = re.sub(r"\{\w+\}", "1", REAL.get(path, path)).partition("?")[0]
    try:
        rule, _ = app.url_map.bind("localhost").match(real, return_rule=True)
    except (HTTPException, RequestRedirect):
        return ""
    written = [path for (method, path), route in routes(app).items() if method == "GET" and route is rule]
    return next(path for path in written if len(written) == 1 or path.split("/")[1] == real.split("/")[1])
