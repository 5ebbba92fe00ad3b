"""Who may use each route, said once more and by hand, and tried: every route, as everybody, as a page and as a part.

A new route fails until it is listed in TABLE. That is the point: somebody besides its author looks at who may use it.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support import private_texts
from tests.support.canary import names_read
from tests.support.client import Answer, Client
from tests.support.people import ROLES
from tests.support.route_table import TABLE
from tests.support.routes import routes
from tests.support.world import examples, find_group
from webapp.db.engine import Base, db
from webapp.library.build.link_checks import PROGRAM
from webapp.library.generation.reader import Generation
from webapp.web.access import AccessRule, rule_of

Line = tuple[str, str, str]
LINES: list[Line] = [tuple(line.split()) for line in TABLE.split("\n") if line]  # type: ignore[misc]
SENT = [line for line in LINES if line[1] != "GET"]
NAMED = "{0[1]} {0[2]}".format  # a line, as test runs show it
EVERYBODY = [None, *ROLES]
# What is answered, to those who may, other than a page or the way on.
BESIDES = {
    # None of them has a saved search of this number.
    "GET /searches/saved/<number>/name": {404},
    **{f"POST /searches/saved/<number>/{what}": {404} for what in ("name", "remove", "restore")},
    "GET /editor/corrections/<number>/change.patch": {404},  # that one says its change in words alone
    # The content of the tests names no feed: tests/feeds/ has some.
    **{f"GET /editor/feeds/<slug>{act}": {404} for act in ("", "/health", "/progress", "/report.txt")},
    "POST /editor/feeds/<slug>/read": {404},
    # The content of these tests is in no repository, so nothing is edited there: tests/editing/ has one.
    **{f"GET /editor/{page}": {404} for page in ("edits/new", "edits/<number>", "files/<file>")},
    **{f"POST /editor/{what}/<file>": {404} for what in ("files", "choices", "checks", "previews")},
    **{f"POST /editor/edits/{act}": {404} for act in ("new", "<number>/discard")},
    "GET /previews/<link>": {404},
    "GET /directory/tiles.pmtiles": {404},  # a deployment may have a file of its own
    "GET /preview/state": {404},  # only `signpost serve` has it
    # Nobody marked or confirmed anything there.
    **{f"GET /editor/listings/<slug>/{what}.patch": {404} for what in ("closure", "verified")},
    # A log is its writer's: for all others it is not there. tests/learning_logs/ reads it as its writer.
    **{f"GET /learning-logs/<log_id>{act}": {404} for act in ("", "/edit")},
    **{
        f"POST /learning-logs/<log_id>/{act}": {404}
        for act in ("edit", "peers", "peers/undo", "withdraw", "withdraw/undo")
    },
    # A pack is its owner's: for all others it is not there. tests/packs/ reads it as its owner.
    **{f"GET /pack/<pack_id>{act}": {404} for act in ("", "/name", "/items/<number>/note")},
    **{f"POST /pack/<pack_id>/{act}": {404} for act in ("use", "name", "remove", "restore")},
    **{f"POST /pack/<pack_id>/items/<number>/{act}": {404} for act in ("move", "remove", "restore", "note")},
    **{f"GET /pack/<pack_id>{act}": {404} for act in (".pdf", "/print")},
    "POST /pack/<pack_id>/links": {404},
    "POST /pack/links": {404},  # a press says which listing
    "GET /pack/links/<number>": {404},
    **{f"POST /pack/links/<number>/{act}": {404} for act in ("stop", "email", "text")},
    **{f"GET /s/<token>{act}": {404} for act in ("", "/<number>.ics")},  # tests/packs/ opens those that work
    **{f"POST /pack/items{act}": {404} for act in ("", "/<number>/undo")},  # a press says what it adds
    "POST /offline/kept.json": {404},  # this browser keeps nothing: tests/offline/ has one that does
    "POST /offline/device": {400},  # a press says which it is
    **{f"POST /offline/pins{act}": {404} for act in ("", "/remove")},  # a press says which page
    "POST /sign-in/demo": {404},  # outside the demonstration there is no such thing
    # Without mail there is no new password by mail, and links that let in have a token: tests/accounts/ has both.
    **{f"GET /sign-in/{path}": {404} for path in ("forgotten", "forgotten/sent", "reset/<token>", "link/<token>")},
    **{f"POST /sign-in/{path}": {404} for path in ("forgotten", "reset/<token>", "link/<token>")},
    # Nobody signs in by a provider until a deployment names one: tests/single_sign_on/ does.
    **{f"GET /{path}": {404} for path in ("sign-in/provider", "sign-in/callback", "signed-out")},
    "GET /media/<name>": {200, 404},  # the content may have no pictures
    # Open data is off until a deployment switches it on: tests/open_referral/ does.
    **{f"GET {path}": {404} for _, _, path in LINES if path.startswith("/open-referral")},
    # Their own token is what lets in; tests/messages/ tries right and wrong ones.
    **{
        f"{method} {path}": {404}
        for method, path in (
            ("GET", "/spotlights/calendar.ics"),
            ("GET", "/updates/feed.xml"),
            ("GET", "/unsubscribe/<token>"),
            ("POST", "/unsubscribe/<token>"),
            ("POST", "/unsubscribe/<token>/undo"),
            ("GET", "/still-right/<token>"),
            ("POST", "/still-right/<token>"),
            ("POST", "/still-right/<token>/change"),
            ("GET", "/still-right/<token>/stop"),
            ("POST", "/still-right/<token>/stop"),
        )
    },
}


def may(who: str, role: str | None) -> bool:
    return who == "public" or (role is not None and (who == "signed-in" or role in who.split(",")))


def test_every_route_is_listed(app: Flask):
    known = set(routes(app))
    listed = {(method, path) for _, method, path in LINES}
    assert not known - listed, f"say in TABLE who may use {sorted(known - listed)}"
    assert not listed - known, f"there is no such route: {sorted(listed - known)}"
    assert len(LINES) == len(listed), "a line is there twice"


# What a page of content has no reason to lead to: files, feeds that a key opens, parts of pages, what follows a form.
NOT_LED_TO = re.compile(
    r"\.(csv|js|json|md|pmtiles|xlsx|docx|pdf|gif|ics|xml|webmanifest)$|^/pack/links$"
    r"|^/(admin|healthz|metrics|readyz|sign-in|signed-out|preview)"
    r"|^/commissioning/(data-key|demand/|gaps/|prototypes/|report/words)|^/insights/measures/"
    r"|^/(accessibility|privacy|open-referral.*|directory/points|directory/new/sent|feedback/thanks)$"
    r"|^/account/(unsent|second-factor/new)$"
)


def test_content_may_lead_to_every_page_of_the_program(app: Flask):
    """A link to a page that is there is never called a fault."""
    pages = {
        path for method, path in routes(app) if method == "GET" and "<" not in path and not NOT_LED_TO.search(path)
    }
    assert not pages - PROGRAM, "add them to link_checks.PROGRAM, or say why not in NOT_LED_TO"


def test_content_may_lead_to_no_page_that_is_not_there(app: Flask):
    """A link that `content check` lets through never ends in "page not found"."""
    pages = {path for method, path in routes(app) if method == "GET"}
    assert not PROGRAM - pages, "there are no such pages: take them out of link_checks.PROGRAM"
    assert not {path for path in PROGRAM if NOT_LED_TO.search(path)}, "NOT_LED_TO says why content has no reason to"


def test_each_view_says_what_the_table_says(app: Flask):
    wrong = [
        f"{method} {path}: the table says {who}, the view says {_says(rule)}"
        for who, method, path in LINES
        if (route := routes(app).get((method, path))) and (rule := rule_of(app, route.endpoint))
        if any(may(who, role) != rule.allows(frozenset({role}) if role else None) for role in EVERYBODY)
    ]
    assert not wrong, "\n".join(wrong)


def _says(rule: AccessRule) -> str:
    return "public" if rule.public else ",".join(sorted(rule.roles)) or "signed-in"


@pytest.fixture
def example(content: Generation, browser_of: Callable[[str], Client]) -> Callable[[str], str]:
    return examples(content, browser_of)


@pytest.fixture
def tried(app: Flask, browser_of: Callable[[str], Client], example: Callable[[str], str]) -> Callable[..., list[str]]:
    """What came of each line for each of `roles`, as a page and as a part, where that is not what the table says.

    And each planted word that was told to somebody who may not read it.
    """

    @cache
    def person(role: str | None, part: bool) -> Client:
        """Somebody of `role`, at two browsers: one asks for pages, one for parts. What ends a sign-in ends one."""
        # A form token is no way in: it is valid for everybody here.
        return browser_of(ROLES[role]) if role else Client(app, "someone signed out")

    def attempt(line: Line, roles: Iterable[str | None], sent: dict[str, str] | None = None) -> list[str]:
        who, method, path = line
        if (method, path) not in routes(app):
            return [f"there is no route {method} {path}: take it out of TABLE"]
        address, wrong = example(path), []
        for role, part in product(roles, (False, True)):
            if method == "GET":
                answer = person(role, part).get(address, status=range(100, 600), part=part)
            else:
                answer = person(role, part).post(address, sent, part=part)
            wrong += _told_to(ROLES[role] if role else "", answer)
            came = _outcome(answer, f"{method} {path}")
            if came != _expected(who, role):
                as_part = " as a part" if part else ""
                wrong.append(f"{role or 'signed out'}: {method} {address}{as_part} answered {answer.status}: {came}")
        return wrong

    return attempt


@pytest.mark.one_database
def test_nobody_gets_what_they_may_not_whatever_they_send(
    app: Flask, tried: Callable[..., list[str]], example: Callable[[str], str]
):
    """Each with an answer to everything that any view reads; and nothing is different afterwards."""
    refusals = [(line, [role for role in EVERYBODY if not may(line[0], role)]) for line in LINES]
    assert all(roles for line, roles in refusals if line[0] != "public"), "all else is refused to somebody"
    for _, _, path in LINES:
        example(path)
    sent, before = dict.fromkeys(names_read(), "1"), everything_but_sign_ins(app)
    wrong = [said for line, roles in refusals for said in tried(line, roles, sent)]
    assert not wrong, "\n".join(wrong)
    after = everything_but_sign_ins(app)
    assert [table for table, rows in before.items() if rows != after[table]] == []


def everything_but_sign_ins(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that somebody who only signs in leaves as it is."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in {"sign_ins", "people"}]
    with app.app_context():
        return {table.name: [tuple(row) for row in db.session.execute(select(table))] for table in tables}


def _told_to(name: str, answer: Answer) -> list[str]:
    """Where `answer` tells `name` of PEOPLE, or nobody in particular, what is for others."""
    others = {column for column in private_texts.words_in(answer) if name not in private_texts.readers_of(column)}
    return [f"{name or 'someone signed out'} reads {column} at {answer.path}" for column in sorted(others)]


@pytest.fixture
def planted(app: Flask, example: Callable[[str], str], browser_of: Callable[[str], Client]) -> None:
    """There is something to see on every page, and each text of the database has a word by which it is known."""
    find_group(browser_of("stranger"), "Ukuleles on Sunday")
    for _, method, path in LINES:
        if method == "GET":
            example(path)
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        private_texts.plant(db.session, example("/directory/<slug>"))
        db.session.commit()


@pytest.mark.one_database
def test_everybody_gets_the_pages_they_may_and_no_word_that_is_for_others(
    planted: None, tried: Callable[..., list[str]]
):
    pages = [line for line in LINES if line[1] == "GET"]
    wrong = [said for line in pages for said in tried(line, _those_who_may(line))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("line", SENT, ids=NAMED)
def test_everybody_may_send_what_they_may(line: Line, tried: Callable[..., list[str]]):
    """Each with a history of its own, because what is sent may change it."""
    wrong = tried(line, _those_who_may(line))
    assert not wrong, "\n".join(wrong)


def _those_who_may(line: Line) -> list[str | None]:
    allowed = [role for role in EVERYBODY if may(line[0], role)]
    assert allowed, f"nobody may use {line}"
    return allowed


def _expected(who: str, role: str | None) -> str:
    if may(who, role):
        return "let in"
    return "sent to sign in" if role is None else "refused"


def _outcome(answer, route: str) -> str:
    to_sign_in = answer.headers.get("HX-Redirect", "") if answer.part else answer.location
    if answer.status in ({401} if answer.part else {303}) and to_sign_in.startswith("/sign-in?") | (
        to_sign_in == "/sign-in"
    ):
        # Signing out leads there too, but its route is public.
        own = {"POST /sign-out", "GET /sign-in/code", "POST /sign-in/code"}
        return "let in" if route in own else "sent to sign in"
    if answer.status == 403:
        return "refused"
    fine = {200, 204, 301, 303} if route.startswith("GET") else {200, 204, 303, 400, 409, 422}
    return "let in" if answer.status in fine | BESIDES.get(route, set()) else f"answered {answer.status}"


def test_nothing_is_changed_from_another_site(ada: Client, example: Callable[[str], str]):
    elsewhere = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ]
    own_token = {"/unsubscribe/<token>", "/still-right/<token>/stop"}  # asked alone
    for _, _, path in SENT:
        address = example(path)
        for headers in elsewhere:
            response = ada.http.post(address, data={"csrf_token": ada.csrf_token()}, headers=headers)
            assert response.status_code == 403, f"{path} took a form from elsewhere: {headers}"
        response = ada.http.post(address, data={}, headers={"Sec-Fetch-Site": "same-origin"})
        refused = {400, 403} | ({404} if path in own_token else set())
        assert response.status_code in refused, f"{path} took a form without a token"
