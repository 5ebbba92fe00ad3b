"""A small directory with one listing of every kind, switched on: what is published, and what must not be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.open_referral import API
from webapp.config.settings import Settings
from webapp.english import dates
from webapp.open_referral.rate import Rate

CANARY = "Zebrafinch"  # stands in whatever must not be published, and nowhere else
HALL = {
    "name": "Larch Hall", "address": "4 Larch Walk, Northenden", "postcode": "M22 9ZA",
    "latitude": 53.4, "longitude": -2.26, "access": ["step-free", "hearing-loop"],
}  # fmt: skip
IMPORTED = {"record": "a" * 16, "file": "b" * 16}
SITE = """
name: Signpost
organisation: A council that does not exist
open_referral:
  publish: all
  republish: [North Town]
  licence: OGL v3.0
  licence_url: https://example.org/ogl
  town: Manchester
  county: Greater Manchester
"""


def listings(today: date) -> dict[str, dict[str, Any]]:
    """Slug → front matter. Those whose slug begins with `hidden-` must not be published."""
    tomorrow, yesterday = today + timedelta(1), today - timedelta(1)
    north, south = ({"source": name, **IMPORTED} for name in ("North Town", "South Town"))
    shared = {"citywide": None, "places": ["wythenshawe-brooklands-northenden"], "locations": [HALL]}
    return {
        "choir": {
            **shared,
            "title": "Evening choir",
            "activities": ["music-and-singing"],
            "outcomes": ["participation"],
            "audiences": ["older-people"],
            "languages": ["urdu", "english"],
            "other_languages": ["Twi"],
            "age": {"min": 50, "max": 80},
            "cost": {"band": "under-5", "note": "£3"},
            "prices": [{"option": "Members", "amount": 2.5, "text": "per evening", "valid_from": "2026-01-01"}],
            "sessions": [{"days": ["tuesday"], "starts": "19:00", "ends": "20:30", "at": "Larch Hall",
                          "term_time": True}],
            "contacts": [
                {"name": "Choir leader", "phone": "0161 496 0200 ext. 7", "email": "choir@example.org"},
                {"name": "Caretaker", "phone": "0161 496 0201", "at": "Larch Hall"},
                {"name": "Office", "phone": "0161 496 0202", "of": "organisation"},
            ],
            "url": "https://choir.example.org/join",
            "alternate_name": "The Larches",
            "alert": "Not in August",
            "wait_time": "About a month",
            "required_documents": ["Proof of age"],
            "interpretation": "BSL on request",
            "service_areas": ["Cheshire East"],
            "accreditations": "Quality mark",
            "programme": "Ageing well",
            "funding": ["Lottery"],
            "links": [{"url": "https://choir.example.org/times", "title": "Times"}],
            "listed_as": ["Community singing"],
            "organisation": "Larch Singers",
            "organisation_details": {
                "id": "20000000-0000-4000-8000-000000000009",
                "description": "A charity.",
                "url": "https://larch.example.org",
                "email": "office@larch.example.org",
                "identifiers": [{"scheme": "GB-CHC", "value": "0000000"}],
            },
            "capacity": {"status": "waiting-list", "waiting_weeks": 4},
            "referral": ["self", "gp"],
        },
        "walk": {"sessions": [{"frequency": "daily", "starts": "09:30"}], "cost": "free", "age": {"max": 17}},
        "fortnightly": {
            "sessions": [{"days": ["monday", "friday"], "starts": "10:00", "ends": "12:00", "frequency": "fortnightly"}]
        },
        "second-tuesday": {
            "age": {"min": 18, "min_months": 6},
            "sessions": [
                {"days": ["tuesday"], "frequency": "monthly", "rrule": "FREQ=MONTHLY;BYDAY=2TU", "starts": "22:00",
                 "ends": "02:00"}
            ],
        },
        "leap-years": {
            "sessions": [
                {"frequency": "varies", "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"},
                {"frequency": "monthly", "days": ["sunday"]},
            ]
        },
        "last-days": {"expires": tomorrow.isoformat()},
        "by-phone": {"citywide": None, "locations": [{"name": "Telephone line", "access": ["by-phone"]}]},
        "closed": {"status": "temporarily closed", "summary": "A garden that opens again after its paths are mended."},
        "from-north-town": {"imported": north, "verified": None, "title": "Tea in North Town"},
        "marked-one": {"imported": south, "publish": True, "title": "Lunch in South Town"},
        "refuge": {
            "citywide": None,
            "title": "Harbour project",
            "places": ["wythenshawe-brooklands-northenden", "ardwick-longsight"],
            "locations": [
                {
                    "name": f"{CANARY} House", "address": f"7 {CANARY} Street", "postcode": "M13 9ZB",
                    "latitude": 53.4613, "longitude": -2.2114, "confidential": True,
                }
            ],
            "sessions": [{"days": ["monday"], "starts": "10:00", "at": f"{CANARY} House"}],
            "contacts": [
                {"name": "Helpline", "phone": "0161 496 0300"},
                {"name": "At the house", "phone": "0161 496 0301", "at": f"{CANARY} House"},
            ],
        },
        "hidden-draft": {"draft": True, "title": f"{CANARY} draft"},
        "hidden-not-yet": {"publish_from": tomorrow.isoformat(), "title": f"{CANARY} tomorrow"},
        "hidden-no-more": {"expires": yesterday.isoformat(), "title": f"{CANARY} yesterday"},
        "hidden-by-mark": {"publish": False, "title": f"{CANARY} for us"},
        "hidden-of-others": {"imported": south, "title": f"{CANARY} of South Town"},
        "hidden-in-doubt": {
            "citywide": None,
            "title": f"{CANARY} women's refuge",
            "summary": "A refuge for women who leave a violent home.",
            "locations": [{"name": "The house", "address": "9 Elm Road", "postcode": "M14 9ZB"}],
        },
    }  # fmt: skip


@pytest.fixture(scope="session")
def today() -> date:
    return dates.today()


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory, today: date) -> Corpus:
    """The directory, built. Read only."""
    made = Corpus(tmp_path_factory.mktemp("open-data"))
    made.write("site.yml", SITE)
    made.toolkit(CANARY.lower())
    for slug, front in listings(today).items():
        private = PRIVATE | {"aliases": [f"{CANARY.lower()}-{slug}"]}
        made.asset(slug, BODIES.get(slug, "A friendly group that meets at the hall.\n"), **private | front)
    outcome = made.build(today=today)
    wrong = [problem for problem in outcome.problems if problem.level == "error"]
    assert not wrong, wrong
    return made


# What a listing says for staff alone: none of it is published.
PRIVATE: dict[str, Any] = {
    "verified": {"date": "2026-10-06", "by": f"{CANARY} neighbourhood team"},
    "first_time": f"{CANARY} meets you at the door.",
}
BODIES = {
    "choir": f"Songs of all kinds. See [our page](/toolkit/{CANARY.lower()}) and [theirs](https://choir.example.org).\n",
    "refuge": f"A safe place. The house is at 7 {CANARY} Street, M13 9ZB. Ring first.\n",
}


@pytest.fixture
def settings(settings: Settings, directory: Corpus, tmp_path: Path) -> Settings:
    return replace(settings, index_dir=directory.index_dir, open_referral=True, state_dir=tmp_path)


@pytest.fixture
def unhurried(app: Flask, tmp_path: Path) -> Iterator[None]:
    """Nobody is told to slow down: for tests that ask more than anybody may in a minute."""
    rate = app.extensions["signpost.open_referral.rate"] = Rate(tmp_path, most=10**9)
    yield
    rate.close()
    del app.extensions["signpost.open_referral.rate"]


@pytest.fixture
def ask(client: Client, unhurried: None) -> Callable[..., Any]:
    """What the interface answers at an address, read from its JSON: `ask("/services", day="TU")`."""

    def get(path: str, **parameters: Any) -> Any:
        return orjson.loads(client.get(f"{API}{path}", 200, query_string=parameters).data)

    return get


@pytest.fixture
def named(ask: Callable[..., Any]) -> Callable[..., set[str]]:
    """The names of the services that a question finds."""
    return lambda **parameters: {service["name"] for service in ask("/services", **parameters)["contents"]}
