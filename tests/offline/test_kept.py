"""What a device may keep: what its person may read, for as long as it is theirs."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.packs.conftest import found
from tests.support.client import Answer, Client
from webapp.config.settings import Settings, SettingsError, load
from webapp.db.engine import db
from webapp.library.generation.reader import Generation
from webapp.offline import devices
from webapp.people.models import User

KEPT = "/offline/kept.json"


@pytest.fixture
def at_home(priya: Client) -> Client:
    """Priya on a phone of her own, which keeps things."""
    priya.get("/offline").send("It is mine alone: keep it here", device="own")
    return priya


def kept(person: Client) -> dict[str, Any]:
    return dict(json.loads(person.post(KEPT, status=200).data))


def state(person: Client) -> dict[str, Any]:
    return dict(json.loads(person.get("/offline/state.json").data))


def test_nothing_is_kept_before_somebody_says_that_the_device_is_theirs(priya: Client):
    assert not state(priya)["keep"]
    priya.post(KEPT, status=404)
    assert "Take Signpost along" in priya.get("/").words


def test_who_says_so_is_asked_no_more_and_may_keep(at_home: Client):
    assert state(at_home)["keep"]
    assert state(at_home)["owner"] == state(at_home)["me"]
    assert "Take Signpost along" not in at_home.get("/").words
    assert "This one" in at_home.get("/offline").words


def test_on_a_shared_computer_nothing_is_kept_and_nobody_is_asked_again(priya: Client):
    answer = priya.get("/offline").send("Others use it too: keep nothing", device="shared")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not state(priya)["keep"]
    assert "Take Signpost along" not in priya.get("/").words


def test_packs_with_their_notes_pins_and_the_patch_are_in_it(at_home: Client, content: Generation):
    path = found(content, 1)[0]
    at_home.get(path).send("/pack/items")
    pack = at_home.get("/pack").links("h2 a")[0]
    note = next(link for link in at_home.get(pack).links() if link.endswith("/note"))
    at_home.get(note).send(note, note="It is on the ground floor")
    guidance = content.section("toolkit")[0]["path"]
    at_home.get(guidance).send("/offline/pins")
    held = kept(at_home)
    cards = {card["path"]: card for card in held["cards"]}
    assert [(item["path"], item["note"]) for item in held["packs"][0]["items"]] == [(path, "It is on the ground floor")]
    assert held["pins"] == [guidance]
    assert cards[guidance]["html"]
    assert held["patch"] == "Gorton and Levenshulme"
    assert held["patch_paths"]
    assert set(held["patch_paths"]) <= set(cards)
    assert held["community"]["title"] == "Gorton and Levenshulme neighbourhood team"


def test_it_is_not_sent_again_until_something_changed(at_home: Client, content: Generation):
    first = at_home.post(KEPT, status=200)
    version = {"If-None-Match": first.headers["ETag"]}
    assert at_home.post(KEPT, status=304, headers=version).data == b""
    at_home.get(found(content, 1)[0]).send("/pack/items")
    assert at_home.post(KEPT, status=200, headers=version).headers["ETag"] != first.headers["ETag"]


def test_no_address_that_is_private_leaves_with_it(at_home: Client, content: Generation):
    pages = [content.stored(row) for row in content.listings()]
    page = next(page for page in pages if any(place.confidential for place in page.front.locations))
    at_home.get(page.path).send("/pack/items")
    card = next(card for card in kept(at_home)["cards"] if card["path"] == page.path)
    said = dict(card["facts"])["Where"]
    assert said == ["The address is private. Ring to arrange where to meet."]
    secrets = [place.address or place.postcode for place in page.front.locations if place.confidential]
    assert not [secret for secret in filter(None, secrets) if secret in json.dumps(card)]


def test_only_its_own_person_takes_anything_along(at_home: Client, stranger: Client):
    cookie = at_home.http.get_cookie(devices.COOKIE)
    assert cookie
    stranger.http.set_cookie(devices.COOKIE, cookie.value)
    assert not state(stranger)["keep"]
    stranger.post(KEPT, status=404)
    assert "Take Signpost along" in stranger.get("/").words


def leave(person: Client) -> None:
    """What happens to a browser whose sign-in has ended: its device stays."""
    with person.http.session_transaction() as session:
        session.clear()


def test_a_sign_in_that_ended_by_itself_takes_nothing_away(at_home: Client):
    leave(at_home)
    assert state(at_home) == {**state(at_home), "keep": True, "me": "", "token": ""}


@pytest.mark.parametrize("what", ["disabled", "session_version"])
def test_a_person_who_is_stopped_keeps_nothing_from_the_next_contact_on(app: Flask, at_home: Client, what: str):
    leave(at_home)
    with app.app_context():
        changed = {"disabled": True} if what == "disabled" else {"session_version": User.session_version + 1}
        db.session.execute(update(User).where(User.id == at_home.id).values(changed))
        db.session.commit()
    assert not state(at_home)["keep"]


def test_a_lost_device_is_stopped_from_another(at_home: Client):
    elsewhere = at_home.again()
    answer = elsewhere.get("/offline").send("Stop keeping on A browser on a computer")
    assert "will remove what it keeps" in answer.follow().words
    assert not state(at_home)["keep"]


def test_a_device_learns_which_of_its_forms_have_arrived(at_home: Client, stranger: Client):
    page = at_home.get("/gaps/new")
    form_id = page.soup.select_one("form[action='/gaps/new'] [name=form_id]")["value"]
    assert json.loads(at_home.get(f"/offline/arrived.json?id={form_id}").data) == {}
    sent = page.send("/gaps/new", needed="Somewhere to mend bicycles", place="citywide", alike="")
    assert json.loads(at_home.get(f"/offline/arrived.json?id={form_id}").data) == {form_id: sent.location}
    assert json.loads(stranger.get(f"/offline/arrived.json?id={form_id}").data) == {}


def test_a_deployment_that_lets_devices_keep_nothing_asks_nobody(
    app: Flask, at_home: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(app.extensions, "signpost.settings", _without(app.extensions["signpost.settings"]))
    assert not state(at_home)["keep"]
    at_home.post(KEPT, status=404)
    assert "keeps nothing on devices" in at_home.get("/offline").words


def _without(settings: Settings) -> Settings:
    return replace(settings, offline_days=0)


def test_a_device_keeps_nothing_for_longer_than_two_weeks():
    with pytest.raises(SettingsError, match=r"SIGNPOST_OFFLINE_DAYS.*0 to 14"):
        load({"SIGNPOST_DEMO": "1", "SIGNPOST_OFFLINE_DAYS": "15"})


def test_the_page_that_stands_in_for_others_has_nothing_of_anybody(app: Flask):
    page: Answer = Client(app).get("/offline")
    assert "Sign in" in page.words
    assert page.soup.select_one("[data-kept]").text.strip() == ""


def test_it_can_be_installed(priya: Client):
    said = json.loads(priya.get(priya.get("/").links("link[rel=manifest]")[0]).data)
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in said["icons"]}
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    worker = priya.get("/sw.js")
    assert worker.type == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]


def test_a_page_is_pinned_by_one_press_and_taken_off_by_another(priya: Client, content: Generation):
    path = content.section("toolkit")[0]["path"]
    held = priya.get(path).send("/offline/pins", part=True)
    assert "Pinned" in held.text
    priya.get(path).send("/offline/pins")  # once more changes nothing
    assert priya.get("/offline").links("main li > a").count(path) == 1
    priya.get("/offline").send("/offline/pins/remove")
    assert path not in priya.get("/offline").links("main li > a")


def test_where_no_script_can_keep_anything_nothing_else_is_claimed(at_home: Client, carol: Client):
    own, asked = at_home.get("/offline"), carol.get("/")
    assert not own.soup.select_one('[data-if-able="no"]').has_attr("hidden")
    claims = own.soup.select_one('[data-if-able="yes"]')
    assert "This device is set to keep your packs" in claims.get_text()
    for panel in (claims, asked.soup.select_one(".ask-device")):
        assert panel.has_attr("hidden")
        assert panel["data-if-able"] == "yes"
