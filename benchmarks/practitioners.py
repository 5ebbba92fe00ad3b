"""People at work with the site, as Locust plays it: `python -m benchmarks.load` runs this in an environment of its own.

Each thinks between two pages, as somebody does who reads them. Every answer is looked at: what is not the page that was
asked for, whole, counts as an error.
"""

import itertools
import os
import random
import re
import sys
from html import unescape
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode

from locust import FastHttpUser, between, task

PASSWORD = os.environ["SIGNPOST_LOAD_PASSWORD"]
THINKS = 4, 16  # seconds
REFUSED = "refused: "  # how a line begins that says what was answered instead
SEARCHES = (
    "lunch club", "walking group", "dementia cafe", "somewhere to sing", "benefits advice", "carers", "befriending",
    "garden", "chair exercise", "falls", "hoarding", "lonely since his wife died", "english class", "memory", "swiming",
    "food bank", "men's shed", "knitting", "transport to hospital", "day centre", "autism", "warm space",
    "volunteering",
)  # fmt: skip
SECTIONS = ("/toolkit/", "/tec/", "/spotlights/", "/updates/")
LINK = re.compile(r'href="([^"#]+)"')
LISTING = re.compile(r"/directory/(?!new$|this-week$)[a-z0-9-]+$")
GUIDANCE = re.compile(r"/(toolkit|tec|spotlights|updates)/[a-z0-9/-]+$")
GAP = re.compile(r"(/commissioning)?/gaps/GAP-\d+$")
FORM = re.compile(r"<form[^>]*>.*?</form>", re.S)
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>', re.S)
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
ASKS = "Is it one of these?</h1>"
JOIN = re.compile(r'formaction="(/gaps/GAP-\d+/support)"')
PLACES = re.compile(r'<select[^>]*name="place".*?</select>', re.DOTALL)
PLACE = re.compile(r'<option[^>]*value="([a-z-]+)"')


class Person(FastHttpUser):
    """Somebody with an account and a browser of their own. `kind` is what their accounts are called."""

    abstract = True
    wait_time = between(*(seconds * float(os.environ.get("SIGNPOST_LOAD_THINK", "1")) for seconds in THINKS))
    kind = ""
    numbers: "itertools.count[int]"

    def on_start(self) -> None:
        """Come in, as on a Monday morning."""
        # A proxy in front speaks https with the browser: its cookies are sent though we ask without.
        self.client.cookiejar.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.number = next(self.numbers)
        self.come_in()

    def come_in(self) -> None:
        page = self.open("/sign-in", "sign in, page")
        self.send(page, "/sign-in", "sign in", email=f"{self.kind}-{self.number}@example.org", password=PASSWORD)
        self.open("/", "home")

    def open(self, path: str, name: str, *, part: bool = False) -> str:
        """The page at `path`, or a part of it."""
        headers = self._headers() | ({"HX-Request": "true"} if part else {})
        with self.client.get(path, name=name, headers=headers, allow_redirects=False, catch_response=True) as answer:
            text = answer.text or ""
            whole = text.rstrip().endswith("</html>")
            if answer.status_code != 200 or whole is part:
                self._refuse(answer, name, "whole" if whole else "not whole")
                return ""
        return text

    def send(self, page: str, action: str, name: str, form: str = "", **typed: str) -> str:
        """Fill in and send the form of `page` that goes to `action`, or `form` by a button for it; where it leads."""
        data = _filled(page, form or action, typed)
        with self._post(action, data, name, self._headers()) as answer:
            location = str((answer.headers or {}).get("Location") or "")
            if answer.status_code != 303 or location.startswith("/sign-in?"):
                self._refuse(answer, name, location)
        return location

    def similar(self, page: str, action: str, **typed: str) -> str:
        """The gaps that the page shows while somebody types into the form that goes to `action`."""
        data, name = _filled(page, action, typed), "gap, similar ones"
        with self._post("/gaps/similar", data, name, self._headers() | {"HX-Request": "true"}) as answer:
            if answer.status_code != 200:
                self._refuse(answer, name, "")
            return " ".join(sorted(set(re.findall(r"GAP-\d+", answer.text or ""))))

    def _post(self, path: str, data: dict[str, str], name: str, headers: dict[str, str]) -> Any:
        typed = urlencode(data)
        return self.client.post(path, typed, name=name, headers=headers, allow_redirects=False, catch_response=True)

    def _refuse(self, answer: Any, name: str, why: str) -> None:
        said = f"{name}: {answer.status_code} {why}"
        answer.failure(said)
        print(f"{REFUSED}{said}", file=sys.stderr)

    def one_of(self, page: str, wanted: re.Pattern[str]) -> str:
        """Any of the links of `page` that are `wanted`; nothing where there is none."""
        found = [link for link in map(unescape, LINK.findall(page)) if wanted.match(link)]
        return random.choice(found) if found else ""

    def think(self) -> None:
        self.wait()

    def _headers(self) -> dict[str, str]:
        """What a proxy adds and a browser says. An office's people have addresses of their own here."""
        address = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        return {
            "X-Forwarded-For": address,
            "X-Forwarded-Proto": "https",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }


class Practitioner(Person):
    """Looks for something for somebody, reads how to do it, and says what is missing."""

    weight = 19
    kind = "practitioner"
    numbers = itertools.count(1)

    @task(10)
    def look_for_something(self) -> None:
        """Search the directory, narrow it down, read what was found; now and then gather it for a visit."""
        found = self.open(f"/directory?{urlencode({'q': random.choice(SEARCHES)})}", "directory, search")
        self.think()
        if narrower := self.one_of(found, re.compile(r"/directory\?.*q=.*&")):
            found = self.open(narrower, "directory, narrowed", part=random.random() < 0.7) or found
            self.think()
        if listing := self.one_of(found, LISTING):
            page = self.open(listing, "a listing")
            is_new = 'action="/pack/items"' in page  # what is in the pack already has a button to take it out
            if is_new and random.random() < 0.25:
                self.think()
                self.send(page, "/pack/items", "pack, add")
                self.open("/pack", "packs")

    @task(4)
    def search_everything(self) -> None:
        typed = random.choice(SEARCHES)
        found = self.open(f"/search?{urlencode({'q': typed})}", "search, everything")
        self.think()
        if page := self.one_of(found, GUIDANCE) or self.one_of(found, LISTING):
            self.open(page, "a page found")

    @task(5)
    def read(self) -> None:
        found = self.open(random.choice(SECTIONS), "a section")
        self.think()
        if page := self.one_of(found, GUIDANCE):
            self.open(page, "a page of guidance")

    @task(3)
    def look_at_home(self) -> None:
        self.open("/", "home")
        self.think()
        self.open("/directory/this-week", "this week")

    @task(2)
    def look_at_gaps(self) -> None:
        """See what is missing; say "me too", or report what nobody has."""
        found = self.open("/gaps", "gaps")
        self.think()
        if gap := self.one_of(found, GAP):
            page = self.open(gap, "a gap")
            if f'action="{gap}/support"' in page and random.random() < 0.5:
                self.send(page, f"{gap}/support", "me too")
        if random.random() < 0.5:
            page = self.open("/gaps/new", "gap, form")
            self.think()
            offered = PLACES.search(page)
            places = PLACE.findall(offered[0] if offered else "") or [""]
            place, day = random.choice(places), random.choice(("weekdays", "Saturdays", "Sundays"))
            typed = {"needed": f"{random.choice(SEARCHES).capitalize()} on {day} in the evening", "place": place}
            alike = self.similar(page, "/gaps/new", **typed)
            self.think()
            self.report(page, alike=alike, **typed)

    def report(self, page: str, **typed: str) -> None:
        """Send it; where the site first asks whether others meant the same, add oneself to one or say that none did."""
        data, name = _filled(page, "/gaps/new", typed), "gap, report"
        with self._post("/gaps/new", data, name, self._headers()) as answer:
            question = answer.text or "" if answer.status_code == 200 else ""
            if answer.status_code != 303 and ASKS not in question:
                self._refuse(answer, name, str((answer.headers or {}).get("Location") or ""))
                return
        if not question:
            return
        self.think()
        if (joins := JOIN.findall(question)) and random.random() < 0.5:
            self.send(question, random.choice(joins), "me too", form="/gaps")
        else:
            self.report(question, **{field: text for field, text in typed.items() if field != "alike"})

    @task(1)
    def write_a_log(self) -> None:
        self.open("/learning-logs", "logs")
        page = self.open("/learning-logs/new", "log, form")
        self.think()
        typed = {"helped": "partly", "themes": "wellbeing", "experience": "We went along together and it was calm."}
        self.send(page, "/learning-logs/new", "log, write", **typed)

    @task(1)
    def meet_my_community(self) -> None:
        self.open("/gaps/roadmap", "what is planned")
        self.think()
        self.open("/account", "my account")

    @task(1)
    def go_out_and_come_in(self) -> None:
        page = self.open("/account", "my account")
        self.send(page, "/sign-out", "sign out")
        self.think()
        self.come_in()


class Commissioner(Person):
    """Looks at what people ask for."""

    weight = 1
    kind = "commissioner"
    numbers = itertools.count(1)

    @task(4)
    def triage(self) -> None:
        found = self.open("/commissioning/gaps", "commissioning, gaps")
        self.think()
        if gap := self.one_of(found, GAP):
            self.open(gap, "commissioning, a gap")

    @task(2)
    def look_at_figures(self) -> None:
        self.open("/commissioning", "commissioning")
        self.think()
        self.open("/commissioning/demand", "commissioning, demand")
        self.think()
        self.open("/insights", "insights")

    @task(1)
    def take_away(self) -> None:
        path, name = "/commissioning/gaps.csv", "commissioning, file"
        with self.client.get(path, name=name, headers=self._headers(), catch_response=True) as answer:
            if answer.status_code != 200 or "GAP-" not in (answer.text or ""):
                self._refuse(answer, name, "no file")


def _filled(page: str, action: str, typed: dict[str, str]) -> dict[str, str]:
    """What a browser sends of the form of `page` that goes to `action`, with what is `typed`."""
    form = next((form for form in FORM.findall(page) if f'action="{action}"' in form), "")
    hidden = [dict(ATTRIBUTE.findall(field)) for field in HIDDEN.findall(form)]
    return {field["name"]: unescape(field.get("value", "")) for field in hidden} | typed
