"""Somebody at work over HTTP, as a browser would: signed in, reporting gaps and joining those of others."""

import re
from http.client import HTTPConnection, HTTPException
from typing import Self
from urllib.parse import urlencode, urlsplit

SECONDS = 60
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class NotSaved(Exception):
    """What was sent was answered with something else than the page that it should lead to: with `status` and `page`."""

    def __init__(self, asked: str, status: int, page: str) -> None:
        self.status, self.page = status, page
        super().__init__(f"{asked}: {status} {' '.join(re.sub('<[^>]+>', ' ', page).split())[-300:]}")


class Person:
    """One browser. Each method that sends raises NotSaved for another answer, and OSError where none came."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._url, self._host = url, urlsplit(url).netloc
        self._cookies: dict[str, str] = {}
        self._token = ""
        self._sign_in(email, password)

    def at(self, url: str) -> Self:
        """The same person, whose next requests come to another process of the site."""
        self._url, self._host = url, urlsplit(url).netloc
        return self

    def read(self, path: str) -> tuple[int, str]:
        """The status, and the page or where it leads to."""
        status, location, page = self._ask("GET", path)
        return status, location or page

    def send(self, path: str, **typed: str) -> str:
        """Send a form; where it led."""
        return self._send(path, typed)

    def report(self, needed: str, form_id: str) -> str:
        """Report a gap; its reference."""
        typed = {"needed": needed, "place": "citywide", "form_id": form_id}
        return self._send("/gaps/new", typed).rpartition("/")[2]

    def join(self, ref: str) -> None:
        """Say "me too"."""
        self._send(f"/gaps/{ref}/support", {})

    def _sign_in(self, email: str, password: str) -> None:
        self._token = self._token_on("/sign-in")
        self._send("/sign-in", {"email": email, "password": password})
        self._token = self._token_on("/gaps/new")

    def _token_on(self, path: str) -> str:
        status, _, page = self._ask("GET", path)
        found = TOKEN.search(page)
        if found is None:
            raise NotSaved(f"GET {path}", status, page)
        return found[1]

    def _send(self, path: str, typed: dict[str, str]) -> str:
        """Where it led."""
        status, location, page = self._ask("POST", path, urlencode({**typed, "csrf_token": self._token}))
        if status != 303 or location.startswith("/sign-in?"):
            raise NotSaved(f"POST {path}", status, page)
        return location

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        headers = {"Origin": self._url, "Content-Type": "application/x-www-form-urlencoded"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        connection = HTTPConnection(self._host, timeout=SECONDS)  # one for each, as a proxy opens them
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        except HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        # Of what a form sets, the page that it leads to would show a part and drop it; nobody opens that page here.
        for cookie in (answer.headers.get_all("Set-Cookie") or ()) if method == "GET" or path == "/sign-in" else ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page
