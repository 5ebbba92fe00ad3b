"""Refuges brought in, written here and changed by readers: their addresses are on no page, in no list and in no file.

Every address of the site is opened as everybody, and nothing of a secret address may be in what comes back.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from tests.library.importing import WORDS, feed, service
from tests.support import compiled
from tests.support.client import Answer, Client
from tests.support.people import ROLES
from tests.support.refuge import COME, HOUSE, PLACE, POINT, POSTCODE, STREET, TELLING
from tests.support.refuge import told as told_by
from tests.support.routes import routes
from tests.support.world import examples
from webapp.config.settings import Settings
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader
from webapp.library.importing.bring_in import Choices, bring_in

TODAY = date(2026, 11, 21)
WITHHELD = f"Come to 41 {STREET}, {POSTCODE}. Our address is confidential."
# What the importer is given, each secret in a way of its own. The last is the secretary's home.
FEED = (
    service(1, name="Rosewood refuge", description=TELLING, service_at_locations=[{"location": PLACE}]),
    service(2, name="Rosewood masked", service_at_locations=[{"location": PLACE | {"mask_exact_address": True}}]),
    service(3, name="Rosewood tagged", taxonomies=[{"name": "Refuges"}], service_at_locations=[{"location": PLACE}]),
    service(4, name="Rosewood withheld", description=WITHHELD, service_at_locations=[]),
    service(5, name="Rosewood letters", service_at_locations=[{"location": PLACE | {"location_type": "postal"}}]),
)
WRITTEN = f"""---
title: Rosewood written here
summary: A refuge for families.
organisation: Rosewood
status: active
places: [gorton-levenshulme]
locations:
  - name: {HOUSE}
    address: 41 {STREET}, Manchester
    postcode: {POSTCODE}
    latitude: {POINT[0]}
    longitude: {POINT[1]}
contacts:
  - phone: 0161 496 0123
url: https://rosewood.example.org
verified: {{date: 2024-10-06, by: Gorton and Levenshulme neighbourhood team}}
---
{COME} See [the map](https://maps.google.com/?q=M19+7QZ).
"""
SECRET = {
    f"rosewood-{name}" for name in ("refuge", "masked", "tagged", "withheld", "letters", "written-here", "marked")
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Path:
    """The real content with refuges among it, compiled."""
    folder = tmp_path_factory.mktemp("secret")
    content = folder / "content"
    compiled.again(index_dir, content, folder / "index")
    choices = Choices("North Town", content / "assets" / "imported" / "north-town")
    bring_in(feed(folder, *FEED), content, WORDS, choices, TODAY)
    here = content / "assets" / "citywide"
    (here / "rosewood-written-here.md").write_text(WRITTEN)
    marked = WRITTEN.replace("Rosewood written here", "Rosewood marked").replace("A refuge for families.", "Tea.")
    marked = marked.replace("latitude", "confidential: true\n    latitude")
    (here / "rosewood-marked.md").write_text(marked)
    (here / "rosewood-broken.md").write_text(WRITTEN.replace("status: active", f"status: {STREET}"))
    compiling.build(content, folder / "index", today=TODAY)
    return folder


@pytest.fixture
def settings(settings: Settings, built: Path) -> Settings:
    return replace(settings, index_dir=built / "index", content_dir=built / "content")


@pytest.fixture
def everybody(app: Flask, browser_of: Callable[[str], Client]) -> dict[str, Client]:
    signed_in = {role: browser_of(name) for role, name in ROLES.items() if role}
    return {**signed_in, "signed out": Client(app, "someone signed out")}


def whole(answer: Answer) -> str:
    """Everything in an answer, also inside a document that is packed."""
    data = answer.data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{answer.headers}\n{data.decode('utf-8', 'replace')}".lower()


def told(answer: Answer) -> list[str]:
    return told_by(whole(answer))


def about(slug: str) -> Iterator[str]:
    """Every address at which something is said of a listing."""
    path = f"/directory/{slug}"
    yield path
    yield from (f"/editor/listings/{slug}{more}" for more in ("", "/closure.patch", "/verified.patch"))
    yield from (f"{form}?{urlencode({'about': path})}" for form in ("/feedback/new", "/gaps/new"))


def looked_for() -> Iterator[str]:
    """Lists in which these listings stand, or would if something of their address were known."""
    for asked in (
        {"q": "rosewood"}, {"q": "rosewood", "view": "map"}, {"q": "refuge"}, {"near": "M19"}, {"sort": "distance"},
        {"near": "M19", "within": "1"}, {"place": "gorton-levenshulme"},
    ):  # fmt: skip
        yield from (f"/directory?{urlencode(asked)}", f"/directory/points?{urlencode(asked)}")
    yield "/search?q=rosewood"


@pytest.mark.one_database
def test_no_page_of_the_site_tells_anybody_a_secret_address(
    app: Flask, built: Path, everybody: dict[str, Client], browser_of: Callable[[str], Client]
) -> None:
    fill = examples(Reader(built / "index").current(), browser_of)
    paths = [path for method, path in routes(app) if method == "GET"]
    opened = {fill(path) for path in paths if not path.startswith("/static")}
    opened |= {f"/editor/health/{slug}" for slug in SECTIONS}
    opened |= {address for slug in SECRET for address in about(slug)} | set(looked_for())
    found, seen = [], 0
    for role, person in everybody.items():
        for address in sorted(opened):
            answer = person.get(address, status=range(100, 600), part="directory?" in address)
            seen += "rosewood" in answer.text.lower() if answer.is_html else 0
            found += [f"{role}: {address} tells {canary}" for canary in told(answer)]
    assert not found, "\n".join(found)
    assert seen > 100, "the listings themselves are there"


SECTIONS = ("faults", "kept", "hidden-addresses", "attention", "advice", "never-verified", "listings-due")


@pytest.mark.reads_only
@pytest.mark.parametrize("words", [HOUSE, STREET, f"41 {STREET}", "Quillfeather"])
def test_searching_for_a_secret_street_or_house_finds_none_of_them(priya: Client, words: str) -> None:
    for address in (f"/directory?{urlencode({'q': words})}", f"/search?{urlencode({'q': words})}"):
        assert not [link for link in priya.get(address).links("main a") if link.rsplit("/", 1)[-1] in SECRET]


@pytest.mark.reads_only
def test_standing_at_the_door_of_a_secret_address_brings_one_no_nearer_to_it(priya: Client) -> None:
    page = priya.get(f"/directory?{urlencode({'near': POSTCODE, 'within': '1'})}")
    assert not [link for link in page.links("ol.results a") if link.rsplit("/", 1)[-1] in SECRET]
    listed = priya.get(f"/directory?{urlencode({'q': 'rosewood', 'near': 'M19', 'sort': 'distance'})}")
    rows = [row for row in listed.soup.select("ol.results > li") if "Rosewood" in row.get_text()]
    assert len(rows) >= 6
    assert not [row.get_text() for row in rows if "mile" in row.get_text()]


@pytest.mark.reads_only
def test_no_filter_by_neighbourhood_finds_what_is_hidden_by_its_words(priya: Client) -> None:
    page = priya.get("/directory?place=gorton-levenshulme&q=rosewood")
    assert "/directory/rosewood-written-here" not in page.links("ol.results a")
    assert "/directory/rosewood-marked" in page.links("ol.results a"), "an editor who marks it says what it serves"


@pytest.mark.reads_only
def test_the_page_says_that_the_address_is_confidential_and_an_editor_hears_why(priya: Client, ed: Client) -> None:
    page = priya.get("/directory/rosewood-written-here")
    assert "The address is confidential. Ring to arrange." in page.words
    assert "looks like a refuge" not in page.words
    assert "This looks like a refuge, so its address is hidden" in ed.get("/directory/rosewood-written-here").words
    assert "This looks like a refuge" not in ed.get("/directory/rosewood-marked").words


@pytest.mark.reads_only
def test_editors_have_a_list_of_what_waits_for_their_decision(ed: Client) -> None:
    page = ed.get("/editor/health/hidden-addresses")
    for name in ("written-here", "refuge", "masked", "tagged", "withheld"):
        assert f"rosewood-{name}.md" in page.words
    assert "rosewood-marked.md" not in page.words


@pytest.mark.parametrize("slug", ["rosewood-written-here", "rosewood-marked", "rosewood-refuge"])
def test_a_change_that_a_reader_proposes_is_a_patch_without_the_address(priya: Client, ed: Client, slug: str) -> None:
    given: dict[str, Any] = {"topic": "out-of-date", "phone": "0161 496 0999", "email": "new@example.org"}
    form = priya.get(f"/feedback/new?about=/directory/{slug}")
    assert form.send("/feedback/new", **given).status == 303
    closed = {"topic": "closed", "status": "defunct"}
    assert priya.get(f"/feedback/new?about=/directory/{slug}").send("/feedback/new", **closed).status == 303
    for number in (1, 2):
        page = ed.get(f"/editor/corrections/{number}")
        patch = ed.get(f"/editor/corrections/{number}/change.patch", status=(200, 404))
        assert told(page) + told(patch) == []
        assert patch.status == 200 or "tell a secret address" in page.words, page.words
