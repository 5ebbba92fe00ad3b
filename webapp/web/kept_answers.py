"""Answers that many readers get in the same words, given again below Flask: no view, template or search runs for them.

A view says with `offer` that its answer is one. Where it is asked for a second time, `KeptAnswers`, round the whole
site, keeps what was really sent, headers and all, with marks where its reader's own words stood. It gives it again only
while everything is the same that the answer may depend on: the address, what HTMX says of its request, the generation,
the settings, the newest entry of the audit trail, and the reader's roles. Who asks is looked up each time, as for any
page. Whatever is not plainly so goes the usual way, which also says what is wrong. See docs/decisions/written-once.md.
"""

import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast
from urllib.parse import unquote_plus

from flask import Flask, request

from webapp.config.settings import Settings
from webapp.db import engine
from webapp.library.generation.reader import NoContent
from webapp.people.models import Person
from webapp.telemetry import tracing
from webapp.web import current, log_lines, navigation, request_log, security, slow, unsent
from webapp.web.sessions import Sessions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KEPT = 8_000_000  # bytes of answers, in each process: those that were asked for last
LATELY = 5_000  # addresses that were asked for once, of which a number each is remembered
LONGEST = 2_000  # letters of an address with what HTMX says; what is longer nobody asks for twice
BESIDE = 2_500  # bytes that an answer takes beside its body and its address: headers, and what its search was
PACKED_FROM = 20_000  # bytes, from which an answer is kept compressed: a list is 55 kB, and 10 kB then
OFFER, FAULT = "signpost.offer", "signpost.fault"
HTMX = ("HTTP_HX_REQUEST", "HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_HX_CURRENT_URL",
        "HTTP_HX_TARGET", "HTTP_HX_TRIGGER", "HTTP_HX_TRIGGER_NAME", "HTTP_HX_PROMPT")  # fmt: skip
NOT_PLAIN = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_TRANSFER_ENCODING")
OF_ITS_READER = {"content-length", request_log.HEADER.lower()}  # headers that each answer has anew
# What stands, between two NULs, for a reader's own words in a kept answer, in the order of OwnWords. No page has a NUL.
MARKS = (b"header", b"signed", b"token")

Address = tuple[str | None, ...]
Headers = list[tuple[str, str]]


class Recognised(Protocol):
    """Whose sign-in it is, and what the audit trail's newest entry was sealed with when that was asked."""

    @property
    def person(self) -> Person: ...
    @property
    def as_of(self) -> str: ...


# By what a good cookie says, and the moment. May raise.
Recognise = Callable[[Settings, Mapping[str, Any], datetime], Recognised | None]


class Conditions(NamedTuple):
    """What must be the same for an answer to be given again."""

    content: Hashable
    settings: Settings
    as_of: str


class OwnWords(NamedTuple):
    """What of an answer is its reader's alone, as it stands there; empty where it has no such thing."""

    header: bytes
    signed: bytes
    token: bytes


NO_WORDS = OwnWords(b"", b"", b"")


class Offer(NamedTuple):
    """What a view says of its answer: how it can be made another reader's, and for whom it cannot."""

    until: datetime
    search_in_page: bool | None
    sign: Callable[[int], str] | None
    but_for: frozenset[int]
    roles: frozenset[str]
    route: str
    conditions: Conditions
    own: OwnWords


class KeptAnswer(NamedTuple):
    """An answer: its `pieces` in turn with marks, or where it is long `packed`, which is all of them compressed.

    `headers` are those that every reader gets the same. `size` is how many bytes all of it takes, nearly.
    """

    pieces: tuple[bytes, ...]
    packed: bytes
    headers: Headers
    offer: Offer
    size: int


ByRoles = dict[frozenset[str], KeptAnswer]


def offer(
    until: datetime,
    *,
    search_in_page: bool | None = False,
    signed: str = "",
    sign: Callable[[int], str] | None = None,
    but_for: Collection[int] = (),
) -> None:
    """Let the answer to this request be given again, until then, to all who have the same roles, but for some.

    Of its reader it may hold the header (`search_in_page` says which; None is none), form tokens and `signed`, which
    `sign` makes for the id of a person. All else that it says hangs on its address, content, settings, and what is
    audited.
    Who edits content is told more on every page: theirs is not kept. Nor is what somebody is told once, as that answer
    changes their cookie.
    """
    me, settings = current.person(), current.settings()
    is_their_own = unsent.ASKED in request.args or me.has("editor", "admin")
    if is_their_own or me.id in but_for or current.is_watched() or tracing.is_on() or request.url_rule is None:
        return
    gen, token = current.content(), security.token()
    if token in unquote_plus(request.query_string.decode("latin-1")):
        return  # what somebody typed would be taken for what their forms send
    header = "" if search_in_page is None else str(navigation.header(me, gen.site, search_in_page))
    own = OwnWords(header.encode(), signed.encode(), token.encode())
    request.environ[OFFER] = Offer(
        until, search_in_page, sign, frozenset(but_for), me.roles, request.url_rule.rule,
        Conditions(gen.state, settings, current.as_of()), own,
    )  # fmt: skip


class KeptAnswers:
    """`app`, asked only for what has not been answered before. `recognise` is a short way to know who asks."""

    def __init__(self, app: Flask, recognise: Recognise) -> None:
        self._app = app
        self.site: WSGIApplication = app.wsgi_app  # which makes each answer anew
        self._recognise = recognise
        self._conditions: Conditions | None = None
        self._kept: OrderedDict[Address, ByRoles] = OrderedDict()
        self._asked: set[int] = set()
        self._size = 0  # bytes
        self._keeping = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = time.perf_counter()
        address = _address(environ)
        answers = self._kept.get(address)
        if not answers:
            return self._answered(address, environ, start_response)
        route = next(iter(answers.copy().values())).offer.route  # another thread may add to them
        asked = slow.Below(settings=self._settings(), route=route, reference=log_lines.new_reference())
        before = slow.below.set(asked)
        try:
            found = self._found(address, answers, environ, asked.settings)
        except Exception as fault:
            environ[FAULT], found = fault, None
        finally:
            slow.below.reset(before)
        if found is None:
            return self._answered(address, environ, start_response)
        headers, body = found
        own = [("Content-Length", str(len(body))), (request_log.HEADER, asked.reference)]
        start_response("200 OK", headers + own)
        request_log.answered_again(asked, environ, time.perf_counter() - began)
        return [body]

    def _settings(self) -> Settings:
        return cast(Settings, self._app.extensions["signpost.settings"])

    def _found(
        self, address: Address, answers: ByRoles, environ: "WSGIEnvironment", settings: Settings
    ) -> tuple[Headers, bytes] | None:
        """The answer to whoever asks, its headers and body; None where the usual way must be gone."""
        held, moment = self._cookie(environ), engine.now()
        asking = self._recognise(settings, held, moment) if held else None
        if held is None or asking is None:
            return None
        me = asking.person
        kept = answers.get(me.roles)
        if kept is None or kept.offer.until <= moment or me.id in kept.offer.but_for:
            return None
        try:
            gen = self._app.extensions["signpost.content"].current()
        except NoContent:
            return None
        if kept.offer.conditions != (gen.state, settings, asking.as_of):
            return None
        whose, in_page = str(held.get(security.TOKEN, "")), kept.offer.search_in_page
        token = security.known_token(self._app.secret_key, whose)
        at = environ["PATH_INFO"]
        header = "" if in_page is None else navigation.known_header(self._app, me, gen.site, at, whose, in_page)
        if token is None or header is None:
            return None
        with suppress(KeyError):  # another thread may have just put it out
            self._kept.move_to_end(address)
        signed = kept.offer.sign(me.id) if kept.offer.sign else ""
        return kept.headers, _filled(kept, OwnWords(header.encode(), signed.encode(), token.encode()))

    def _cookie(self, environ: "WSGIEnvironment") -> Mapping[str, Any] | None:
        """What the session's cookie says, where it came before and was good: nothing else is believed here."""
        sessions = self._app.session_interface
        if not isinstance(sessions, Sessions):
            return None
        start, sent = f"{sessions.get_cookie_name(self._app)}=", environ.get("HTTP_COOKIE", "")
        if sent.count(start) != 1:  # of several it is not for us to choose
            return None
        ours = [part for part in sent.replace(" ", "").split(";") if part.startswith(start)]
        return sessions.remembered(self._app, ours[0].removeprefix(start)) if ours else None

    def _answered(
        self, address: Address, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """What the site answers, kept where its view has offered that."""
        sent: list[Any] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            sent[:] = status, headers
            return start_response(status, headers, exc_info)

        answer = self.site(environ, start)
        offered: Offer | None = environ.get(OFFER)
        if offered is None or not address or not sent or sent[0] != "200 OK" or not self._was_asked(address):
            return answer
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        self._keep(address, offered, sent[1], body)
        return [body]

    def _was_asked(self, address: Address) -> bool:
        """Whether it was asked for before, lately: to keep what nobody asks for again costs a tenth of making it."""
        asked = hash(address)
        if asked in self._asked:
            return True
        if len(self._asked) >= LATELY:
            self._asked.clear()
        self._asked.add(asked)
        return False

    def _keep(self, address: Address, offered: Offer, headers: Headers, body: bytes) -> None:
        """Keep what was answered, where its reader's own words stand in it as they should, and it sets no cookie."""
        own = offered.own
        if own.header not in body or own.signed not in body or b"\0" in body:
            return
        if any(name.lower() == "set-cookie" for name, _ in headers):
            return
        for words, mark in zip(own, MARKS, strict=True):
            body = body.replace(words, b"\0%b\0" % mark) if words else body
        is_long = len(body) > PACKED_FROM
        pieces, packed = ((), zlib.compress(body, 1)) if is_long else (tuple(body.split(b"\0")), b"")
        size = sum(map(len, pieces)) + len(packed) + _length(address) + BESIDE
        same = [header for header in headers if header[0].lower() not in OF_ITS_READER]
        kept = KeptAnswer(pieces, packed, same, offered._replace(own=NO_WORDS), size)
        with self._keeping:
            if self._conditions != offered.conditions:
                self._conditions, self._kept, self._size = offered.conditions, OrderedDict(), 0
            answers = self._kept.setdefault(address, {})
            before = answers.get(offered.roles)
            self._size += kept.size - (before.size if before else 0)
            answers[offered.roles] = kept
            while self._size > KEPT:
                _, gone = self._kept.popitem(last=False)
                self._size -= sum(answer.size for answer in gone.values())


def raise_fault(environ: "WSGIEnvironment") -> None:
    """Raise what the short way failed with, once: whoever looks who asks would fail again, after as long a wait."""
    if fault := environ.pop(FAULT, None):
        raise fault


def _address(environ: "WSGIEnvironment") -> Address:
    """What the request asks for, but for who asks; nothing where it is not as plain as a browser's GET of a page."""
    get = environ.get
    if get("REQUEST_METHOD") != "GET" or get("CONTENT_LENGTH", "0") not in {"", "0"} or any(map(get, NOT_PLAIN)):
        return ()
    where = get("wsgi.url_scheme"), get("HTTP_HOST"), get("SCRIPT_NAME"), get("PATH_INFO"), get("QUERY_STRING")
    address = (*where, *map(get, HTMX)) if "HTTP_HX_REQUEST" in environ else where
    return address if _length(address) <= LONGEST else ()


def _length(address: Address) -> int:
    return sum(map(len, filter(None, address)))


def _filled(kept: KeptAnswer, own: OwnWords) -> bytes:
    """The answer with a reader's own words where the marks are."""
    words = dict(zip(MARKS, own, strict=True))
    pieces = zlib.decompress(kept.packed).split(b"\0") if kept.packed else list(kept.pieces)
    pieces[1::2] = [words[mark] for mark in pieces[1::2]]
    return b"".join(pieces)
