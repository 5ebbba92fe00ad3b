"""A link opens a pack for whoever has it: without an account, until it ends, and with nothing of a member of staff."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.packs.conftest import add, address, found
from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from webapp.db.engine import db, now
from webapp.library.build.pages import Page
from webapp.library.generation.reader import Generation
from webapp.packs import links, shared_views
from webapp.packs.models import SharedLink
from webapp.people.models import User
from webapp.web import handover


def test_opened_without_an_account_a_script_or_a_cookie(link: Answer, client: Client, packed: Answer):
    page = client.get(address(link))
    assert page.h1 == "My pack"
    for tag in packed.soup.select(".pack__entry h2"):
        assert tag.get_text(strip=True) in page.text
    assert "<script" not in page.text
    assert "Set-Cookie" not in page.headers
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert page.links("a[href^='tel:']")
    assert not [href for href in page.links() if href.startswith("/") and not href.startswith("/s/")]


def test_nothing_of_staff_stands_on_it(link: Answer, client: Client, priya: Client, content):
    add(priya, content.section("toolkit")[0]["path"])
    page = client.get(address(link))
    person = PEOPLE["priya"]
    assert person.name not in page.text
    assert "priya@" not in page.text
    assert content.section("toolkit")[0]["title"] not in page.text


@pytest.mark.parametrize("layout", ["normal", "large", "easy", "nonsense"])
def test_read_larger_or_in_easy_words_without_a_script(link: Answer, client: Client, layout: str):
    page = client.get(f"{address(link)}?layout={layout}")
    assert page.soup.body["class"][1] == f"paper--{layout if layout != 'nonsense' else 'normal'}"


def test_a_page_of_ten_listings_is_small(priya: Client, client: Client, link: Answer, many: list[str]):
    for path in many:
        priya.post("/pack/items", {"path": path})
    page = client.get(address(link))
    assert len(page.soup.select("section.part")) >= 10
    assert len(page.data) < 40_000


def test_stopped_it_opens_nothing_from_then_on(link: Answer, client: Client):
    path = address(link)
    assert client.get(path).status == 200
    after = link.send("Stop this link now").follow()
    assert "The link is stopped" in after.words
    client.get(path, status=404)
    link.client.get(link.path, status=404)


def test_wrong_expired_stopped_and_left_answer_alike(
    link: Answer, client: Client, priya: Client, app: Flask, packed: Answer
):
    def said(path: str) -> str:
        answer = client.get(path, status=404)
        headers = {k: v for k, v in answer.headers.items() if k not in {"Date", "X-Request-ID"}}
        return f"{answer.text} {headers}"

    wrong, path = said("/s/nothing-of-ours"), address(link)
    with app.app_context():
        row = db.session.query(SharedLink).one()
        row.expires_at = now() - timedelta(seconds=1)
        db.session.commit()
        assert said(path) == wrong
        row.expires_at, row.stopped_at = now() + timedelta(days=1), now()
        db.session.commit()
        assert said(path) == wrong
        row.stopped_at = None
        db.session.get_one(User, priya.id).disabled = True
        db.session.commit()
        assert said(path) == wrong


def test_a_removed_pack_takes_its_links_along_for_good(link: Answer, client: Client, packed: Answer):
    gone = packed.send("Remove it").follow()
    client.get(address(link), status=404)
    gone.send("Bring it back")
    client.get(address(link), status=404)


def test_only_a_hash_is_kept_and_it_takes_the_sites_key_to_tell_the_link(link: Answer, app: Flask):
    token = address(link).rsplit("/", 1)[1]
    assert len(token) * 6 >= 128
    with app.app_context():
        row = db.session.query(SharedLink).one()
        assert token not in repr([getattr(row, column.key) for column in SharedLink.__table__.columns])
        assert links.token_of(row, "another key of thirty-two letters") is None
        assert links.token_of(row, app.secret_key) == token


def test_guesses_are_slowed_down_and_whoever_has_a_link_is_not(link: Answer, client: Client, monkeypatch):
    monkeypatch.setattr(shared_views, "GUESSES", replace(shared_views.GUESSES, address=3))
    answers = [client.get(f"/s/guess-{n}", status=(404, 429)) for n in range(5)]
    assert [answer.status for answer in answers] == [404, 404, 404, 429, 429]
    assert answers[0].text == answers[4].text
    assert client.get(address(link)).status == 200


def test_openings_are_counted_never_who(link: Answer, client: Client, stranger: Client):
    path = address(link)
    assert "Nobody has opened it yet" in link.words
    client.get(path)
    stranger.get(path)
    client.get(path, headers={"Sec-Purpose": "prefetch"})
    shown = link.client.get(link.path)
    assert "Opened 2 times" in shown.words


def test_nobody_reaches_anothers_link(link: Answer, stranger: Client):
    stranger.get(link.path, status=404)
    assert stranger.post(f"{link.path}/stop").status == 404
    assert "No links work now" in stranger.get("/pack/links").words


def test_one_listing_has_a_link_of_its_own_made_once(priya: Client, client: Client, listings: list[str]):
    made = priya.get(listings[0]).send("/pack/links")
    again = priya.get(listings[0]).send("/pack/links")
    assert made.location == again.location
    page = client.get(address(made.follow()))
    assert len(page.soup.select("section.part")) == 1
    assert made.follow().h1.removeprefix("Share ") in priya.get("/pack/links").words


def test_a_listing_that_closed_says_so_and_no_more(link: Answer, client: Client, ed: Client, listings: list[str]):
    ed.get(listings[0]).send("Mark as closed for good")
    part = client.get(address(link)).soup.select("section.part")[0]
    assert "This has closed for good. Do not go." in part.get_text()
    assert "When" not in [tag.get_text(strip=True) for tag in part.select("dt")]


def test_a_confidential_address_is_on_no_link_and_no_paper(priya: Client, client: Client, content: Generation):
    """Nor the places, the directions or the calendar of one."""
    secret = next(page for page in every_listing(content) if any(place.confidential for place in page.front.locations))
    add(priya, secret.path)
    pack = priya.get(priya.get("/pack").links("h2 a")[0])
    link = pack.send("Make a link").follow()
    given = client.get(address(link)).text + "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(priya.get(f"{pack.path}.pdf").data)).pages
    )
    assert secret.title in given
    assert "The address is private. Ring to arrange where to meet." in given
    assert "openstreetmap" not in given
    for place in secret.front.locations:
        for said in filter(None, (place.address, place.postcode)):
            assert said not in given


def every_listing(content: Generation) -> Iterator[Page]:
    return filter(None, (content.page(path, now().date()) for path in found(content, 1000, open_only=False)))


def test_sessions_go_into_a_calendar_at_their_time(link: Answer, client: Client):
    href = next(href for href in client.get(address(link)).links() if href.endswith(".ics"))
    answer = client.get(href)
    assert answer.type == "text/calendar"
    assert "TZID=Europe/London" in answer.text
    assert "BEGIN:VEVENT" in answer.text


@pytest.mark.parametrize(("ended", "stays"), [(timedelta(days=29), 1), (timedelta(days=31), 0)])
def test_a_link_that_ended_is_forgotten_after_a_month(link: Answer, app: Flask, ended: timedelta, stays: int):
    with app.app_context():
        db.session.query(SharedLink).one().expires_at = now() - ended
        db.session.commit()
        links.forget(db.session, now())
        db.session.commit()
        assert db.session.query(SharedLink).count() == stays


def test_packs_and_their_links_go_to_whoever_takes_them(link: Answer, client: Client, ada: Client, stranger: Client):
    page = ada.get(f"/admin/users/{PEOPLE['priya'].id}/handover")
    assert "1 support pack" in page.words
    with ada.app.app_context():
        work = handover.WORK["packs"]
        assert PEOPLE["stranger"].id in dict(work.takers(db.session))
        assert work.give(db.session, PEOPLE["priya"].id, PEOPLE["stranger"].id, PEOPLE["ada"].id, now()) == 1
        db.session.commit()
    assert "My pack" in stranger.get("/pack").words
    assert stranger.get(link.path).status == 200
    assert client.get(address(link)).status == 200
