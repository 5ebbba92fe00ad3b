"""Somebody at a browser. Every answer is checked: a page or part with a fault fails the test that fetched it.

page = priya.get("/gaps/new")
after = page.send("Send report", title="A choir in the evening")      # fills in and sends that form
assert after.status == 303
assert "Thank you" in priya.get(after.location).text
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from lxml.html import HtmlElement
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from tests.support import forms, page_checks
from tests.support.forms import filled

RAW_TOKEN = "0" * 40  # what the session of somebody signed out holds; a form carries it signed
STRICT = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


class BadAnswer(AssertionError):
    """A page, a part or an answer that the harness refuses."""


class Answer:
    """What came back. `status`, `headers`, `text` (the body), `location`; `soup` to look into it."""

    def __init__(self, client: "Client", path: str, response: TestResponse, part: bool) -> None:
        self.client, self.path, self.part = client, path, part
        self.status: int = response.status_code
        self.headers: Headers = response.headers
        self.data: bytes = response.get_data()
        self.type: str = response.mimetype or ""

    @property
    def text(self) -> str:
        return self.data.decode()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return page_checks.soup_of(self.text)

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path of this site."""
        return self.headers.get("Location", "").removeprefix("http://localhost")

    @property
    def is_html(self) -> bool:
        return self.type == "text/html" and bool(self.data) and not 300 <= self.status < 400

    @property
    def is_whole(self) -> bool:
        return page_checks.is_whole(self.text)

    @cached_property
    def h1(self) -> str:
        return page_checks.words_at(self.text, "//h1")[0]

    @cached_property
    def words(self) -> str:
        """What a reader sees of the main part, on one line."""
        return page_checks.words_at(self.text, "//main", "//body")[0]

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return page_checks.words_at(self.text, "//*[contains(@class, 'govuk-error-summary__list')]//li")

    def links(self, css: str = "") -> list[str]:
        """Where the links lead that `css` finds, or all of them."""
        if not css:
            return [href for tag in self.tree.iter("a") if (href := tag.get("href")) is not None]
        return [str(tag["href"]) for tag in self.soup.select(css)]

    @cached_property
    def tree(self) -> HtmlElement:
        """The page as lxml reads it: quicker than `soup`, where an XPath or a walk will do."""
        return page_checks.tree_of(self.text)

    def form(self, name: str) -> HtmlElement:
        """The form whose button says `name`, or whose action is `name`."""
        if (found := forms.named(self.tree, name)) is not None:
            return found
        known = [(form.get("action"), forms.buttons(form)) for form in self.tree.iter("form")]
        raise AssertionError(f"{self.path} has no form {name!r}; it has {known}")

    def send(self, name: str, /, part: bool = False, **typed: Any) -> "Answer":
        """Send the form whose button or action is `name`, as it stands but for what is `typed`. A list repeats."""
        form = self.form(name)
        fields: dict[str, Any] = {**filled(form, name), **typed}
        address = urlsplit(urljoin(self.path, str(form.get("action"))))
        path = address.path + (f"?{address.query}" if address.query else "")
        if str(form.get("method")).lower() == "get":
            return self.client.get(path, part=part, query_string=fields)
        here = f"http://localhost{self.path}"
        headers = {"Referer": here, **({"HX-Current-URL": here} if part else {})}
        return self.client.post(path, fields, part=part, headers=headers)

    def follow(self) -> "Answer":
        """Where this redirect leads."""
        assert 300 <= self.status < 400, f"{self.path} answered {self.status}, not a redirect: {self.words[:300]}"
        return self.client.get(self.location)


class Client:
    """One person's browser, or that of somebody who is not signed in. Speaks to the app without a network."""

    def __init__(self, app: Flask, name: str = "someone", token: str | None = None, user_id: int | None = None) -> None:
        self.app, self.name, self.id = app, name, user_id
        self.http = app.test_client()
        with self.http.session_transaction() as session:
            session["csrf_token"] = f"{user_id}.0" if token else RAW_TOKEN  # see security.token_for
            if token:
                session["sign_in"], session["_user_id"], session["_fresh"] = token, str(user_id), True

    def again(self) -> Self:
        """The same person on a browser of their own, signed in by the same cookie."""
        other = type(self)(self.app, self.name)
        with self.http.session_transaction() as mine, other.http.session_transaction() as theirs:
            theirs.update(mine)
        other.id = self.id
        return other

    def get(self, path: str, status: int | Iterable[int] | None = None, part: bool = False, **more: Any) -> Answer:
        """Fetch `path`. `part` asks as HTMX does. `status` is what must come back: 200 or a redirect if not said."""
        return self._open("GET", path, status, part, **more)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        status: int | Iterable[int] | None = None,
        part: bool = False,
        token: bool = True,
        **more: Any,
    ) -> Answer:
        """Send `data` with a valid token (unless not wanted), from a page of this site."""
        fields = dict(data or {})
        if token:
            fields.setdefault("csrf_token", self.csrf_token())
        headers = {"Sec-Fetch-Site": "same-origin", **more.pop("headers", {})}
        return self._open("POST", path, status or range(100, 600), part, data=fields, headers=headers, **more)

    def csrf_token(self) -> str:
        """A token that this browser's session vouches for."""
        with self.http.session_transaction() as session:
            raw = session.setdefault("csrf_token", RAW_TOKEN)
        key = self.app.config.get("WTF_CSRF_SECRET_KEY") or self.app.secret_key
        return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw)

    def _open(self, method: str, path: str, status: Any, part: bool, **more: Any) -> Answer:
        headers = dict(more.pop("headers", {}))
        if part:
            headers["HX-Request"] = "true"
        response = self.http.open(path, method=method, headers=headers, **more)
        answer = Answer(self, path, response, part)
        response.close()
        allowed = [200, 301, 302, 303, 304, 307, 308] if status is None else status
        allowed = [allowed] if isinstance(allowed, int) else allowed
        if answer.status not in allowed:
            shown = answer.words if answer.is_html else answer.text
            raise BadAnswer(
                f"{self.name}: {method} {path} answered {answer.status}, not {status or 200}: {shown[:400]}"
            )
        refuse_bad(answer, method, self.name)
        return answer


def refuse_bad(answer: Answer, method: str, name: str) -> None:
    """Raise BadAnswer with all that is wrong with `answer`."""
    wrong = list(_header_faults(answer, method))
    if answer.is_html:
        wrong += page_checks.faults(answer.text)
    if wrong:
        whole = "\n".join(f"  - {fault}" for fault in wrong)
        raise BadAnswer(f"{name}: {method} {answer.path} answered {answer.status} with faults:\n{whole}")


def _header_faults(answer: Answer, method: str) -> Iterable[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    missing = [part for part in STRICT if part not in policy]
    if missing or "unsafe" in policy:
        yield f"the content policy is not strict: {policy!r}"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is not nosniff"
    if answer.is_html and answer.headers.get("Cache-Control") != "no-store":
        yield "a page may be kept by the browser: Cache-Control must be no-store"
    if (
        answer.is_html
        and not answer.is_whole
        and method == "GET"
        and "HX-Request" not in answer.headers.get("Vary", "")
    ):
        yield "a part of a page does not say Vary: HX-Request"
    if answer.is_html and not answer.is_whole and method == "GET" and not answer.part:
        yield "a part was served where a whole page was asked for"
