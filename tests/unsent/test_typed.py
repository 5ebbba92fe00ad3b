"""Whoever is signed out in the middle of a form finds what they typed in its place again, to change and to send."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from tests.support.client import Client, filled
from tests.support.people import PEOPLE
from tests.unsent.conftest import LONG_AGO, WAYS, sign_in
from webapp.accounts import drafts
from webapp.accounts.models import Draft
from webapp.db.engine import now

NEEDED = "A walking group\nfor people who use a stick"
GAP = {"needed": NEEDED, "place": "gorton-levenshulme", "evidence": "The one we know is full"}
LISTING = "/directory/bobbin-larder"

SignOut = Callable[[Client, str], None]
Kept = Callable[[], Sequence[Draft]]
Run = Callable[..., None]
Open = Callable[[str], Client]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("part", [False, True], ids=["page", "htmx"])
def test_what_was_typed_is_in_its_form_again_and_arrives_once(
    priya: Client, sign_out: SignOut, kept: Kept, way: str, part: bool
) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, way)
    sent = page.send("/gaps/new", part=part, **GAP)
    assert sent.status == (401 if part else 303)
    there = sent.headers.get("HX-Redirect") or sent.location
    asked = priya.get(there)
    assert "What you typed is kept for a day" in asked.words
    assert "walking group" not in asked.text, "whoever sits here next must not see it"

    back = sign_in(priya, "priya")
    assert back.path.startswith("/gaps/new?unsent=")
    assert "This was not sent." in back.words
    form = back.form("/gaps/new")
    assert {name: filled(form)[name] for name in GAP} == GAP
    assert back.soup.select_one("textarea[name=needed]"), "it can be changed"

    sent = back.send("/gaps/new", needed="A walking group for people who use two sticks")
    assert sent.status == 303
    assert "two sticks" in sent.follow().words
    assert kept() == []
    assert priya.get("/gaps").text.count("A walking group") == 1
    back.send("/gaps/new")
    assert priya.get("/gaps").text.count("A walking group") == 1, "sent twice, it is there once"


def test_an_answer_typed_beside_the_list_is_there_again_and_open(
    priya: Client, carol: Client, sign_out: SignOut, kept: Kept
) -> None:
    priya.post("/gaps/new", {"needed": "A choir", "place": "citywide"})
    page = carol.get("/commissioning/gaps?sort=oldest&gap=GAP-0001")
    sign_out(carol, WAYS[2])
    page.send("/commissioning/gaps/GAP-0001/work", part=True, answer="It begins in May")
    back = sign_in(carol, "carol")
    assert back.path.startswith("/commissioning/gaps?sort=oldest&gap=GAP-0001&unsent=")
    assert back.soup.select_one("#side textarea[name=answer]").text.strip() == "It begins in May"
    assert len(back.soup.select("#side [data-focus]")) == 1, "one form alone says that it was not sent"
    assert back.send("/commissioning/gaps/GAP-0001/work").status == 303
    assert "It begins in May" in priya.get("/gaps/GAP-0001").words
    assert kept() == []


def test_a_browser_that_does_not_say_where_it_was_is_led_to_the_form_too(
    priya: Client, carol: Client, sign_out: SignOut
) -> None:
    priya.post("/gaps/new", {"needed": "A choir", "place": "citywide"})
    page = carol.get("/commissioning/gaps/GAP-0001")
    sign_out(carol, WAYS[0])
    fields = {**filled(page.form("/commissioning/gaps/GAP-0001/work")), "note": "Ask the library first"}
    carol.post("/commissioning/gaps/GAP-0001/work", fields)
    back = sign_in(carol, "carol")
    assert back.path.startswith("/commissioning/gaps/GAP-0001?unsent=")
    assert back.soup.select_one("textarea[name=note]").text.strip() == "Ask the library first"


def test_what_is_refused_then_is_still_kept(priya: Client, sign_out: SignOut, kept: Kept) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, WAYS[0])
    page.send("/gaps/new", **{**GAP, "place": ""})
    back = sign_in(priya, "priya").send("/gaps/new")
    assert back.status == 422
    assert back.errors == ["Choose a neighbourhood, or anywhere in the city"]
    assert len(kept()) == 1
    assert back.send("/gaps/new", place="citywide").status == 303
    assert kept() == []


def test_nobody_else_sees_it_or_throws_it_away(priya: Client, browser_of: Open, sign_out: SignOut, kept: Kept) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, WAYS[0])
    page.send("/gaps/new", **GAP)
    (draft,) = kept()
    home = sign_in(priya, "carol")
    assert home.path == "/", "the next person at this computer is told nothing"
    for path in (f"/gaps/new?unsent={draft.id}", "/account/unsent", f"/account/unsent/{draft.id}"):
        answer = priya.get(path)
        answer = answer.follow() if answer.status == 303 else answer
        assert "walking group" not in answer.text
    priya.post(f"/account/unsent/{draft.id}/discard")
    assert len(kept()) == 1
    assert "walking group" in sign_in(Client(priya.app), "priya").text, "it waits for Priya, wherever she signs in"


def test_a_page_that_somebody_else_left_open_sends_nothing_and_shows_nothing(
    priya: Client, carol: Client, kept: Kept
) -> None:
    page = priya.get("/gaps/new")
    priya.post("/sign-out")
    sign_in(priya, "carol")
    for part in (False, True):
        answer = page.send("/gaps/new", part=part, **GAP)
        assert answer.status == 409
        assert "opened by somebody else" in answer.text
        assert "walking group" not in answer.text
    assert "walking group" not in carol.get("/gaps").text
    assert {draft.user_id for draft in kept()} == {PEOPLE["priya"].id}


def test_who_has_signed_in_again_beside_an_open_form_simply_sends_it(priya: Client, kept: Kept) -> None:
    page = priya.get("/gaps/new")
    priya.post("/sign-out")
    sign_in(priya, "priya")
    assert page.send("/gaps/new", **GAP).status == 303
    assert kept() == []


def test_a_form_that_we_did_not_make_is_kept_for_nobody(priya: Client, app: Flask, kept: Kept) -> None:
    forged = Client(app).csrf_token()
    for token in ("", "x", forged, forged[:-2], "1.0", "W10.Zm9yZ2Vk"):
        stranger = Client(app)
        sent = stranger.post("/gaps/new", {**GAP, "csrf_token": token}, token=False)
        assert sent.location.startswith("/sign-in?")
        assert "kept" not in sent.location
    assert kept() == []


def test_somebody_who_has_left_keeps_nothing(priya: Client, sign_out: SignOut, run: Run, kept: Kept) -> None:
    page = priya.get("/gaps/new")
    run("update people set disabled = :yes where id = 1", yes=True)
    page.send("/gaps/new", **GAP)
    assert kept() == []


def test_words_that_could_identify_somebody_are_left_out_and_named(
    priya: Client, sign_out: SignOut, kept: Kept
) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, WAYS[0])
    page.send("/gaps/new", **{**GAP, "evidence": "Ring her on 0161 496 0123, after tea"})
    assert "496 0123" not in str(kept()[0].fields)
    back = sign_in(priya, "priya")
    assert back.soup.select_one("textarea[name=evidence]").text.strip() == "Ring her on […], after tea"
    assert "a phone number under “What did you try?”" in back.words


def test_the_one_time_id_of_a_form_is_kept_whatever_its_digits_look_like(
    priya: Client, sign_out: SignOut, kept: Kept
) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, WAYS[0])
    ids = ["ab123456c" + "d" * 23, "9434765919" + "a" * 22, "07700900123" + "b" * 21]
    for one in ids:
        page.send("/gaps/new", **{**GAP, "form_id": one})
    assert [dict(draft.fields)["form_id"] for draft in kept()] == ids
    assert all(draft.left_out == [] for draft in kept())


def test_what_a_form_takes_of_an_organisation_is_kept(priya: Client, sign_out: SignOut) -> None:
    page = priya.get(f"/feedback/new?about={LISTING}")
    typed = {"topic": "out-of-date", "phone": "0161 496 0123", "email": "larder@example.org", "text": "It has moved"}
    sign_out(priya, WAYS[0])
    page.send("/feedback/new", **typed)
    back = sign_in(priya, "priya")
    form = filled(back.form("/feedback/new"))
    assert {name: form[name] for name in typed} == typed
    assert form["about"] == LISTING


def test_a_password_is_kept_nowhere(ada: Client, sign_out: SignOut, kept: Kept) -> None:
    page = ada.get("/admin/users/new")
    sign_out(ada, WAYS[0])
    typed = {"name": "Dev Rao", "email": "dev@example.org", "roles": ["editor"], "team": "gorton-levenshulme"}
    page.send("/admin/users/new", new_password="kettle lantern meadow", **typed)
    assert "kettle" not in str([vars(draft) for draft in kept()])
    back = sign_in(ada, "ada")
    form = filled(back.form("/admin/users/new"))
    assert {name: form[name] for name in typed} == typed | {"roles": "editor"}
    assert "what you typed under “First password”, which is never kept" in back.words


@pytest.mark.parametrize(
    ("page", "form", "typed"),
    [
        ("/account", "/account/password", {"password": "teapot", "new_password": "otter bicycle thunder"}),
        ("/account", "/account/sign-ins/end-others", {}),
        ("/gaps/new", "/gaps/new", {"needed": " ", "place": ""}),
    ],
    ids=["passwords alone", "one button", "nothing typed"],
)
def test_where_there_is_nothing_to_keep_that_is_said(
    priya: Client, browser_of: Open, sign_out: SignOut, kept: Kept, page: str, form: str, typed: dict[str, str]
) -> None:
    browser_of("priya")  # somewhere else, or there is no button to end it
    opened = priya.get(page)
    sign_out(priya, WAYS[0])
    sent = opened.send(form, **typed)
    assert kept() == []
    assert "has done nothing yet" in priya.get(sent.location).words


def test_several_forms_wait_on_a_page_of_their_own(priya: Client, sign_out: SignOut, kept: Kept) -> None:
    pages = [priya.get("/gaps/new"), priya.get("/feedback/new")]
    sign_out(priya, WAYS[0])
    pages[0].send("/gaps/new", **GAP)
    pages[1].send("/feedback/new", topic="wrong", text="It opens at ten")
    page = sign_in(priya, "priya")
    assert page.h1 == "What was not sent"
    assert "walking group" in page.words
    assert "It opens at ten" in page.words
    for slug in ("gorton-levenshulme", "Gorton", "citywide", "form_id", "/gaps/new", "out-of-date"):
        assert slug not in page.words, "choices and codes say nothing to a reader"
    assert "2 forms that were not sent" in priya.get("/").words
    left = page.send("Throw it away , number 1").follow()
    assert left.words.count("Typed on") == 1
    assert "walking group" in left.words, "the newest stands first"
    left.send("Throw it away , number 1").follow()
    assert kept() == []
    assert "Everything you sent has arrived" in priya.get("/account/unsent").words


def test_where_the_page_of_a_form_is_gone_it_can_still_be_changed_and_sent(
    priya: Client, carol: Client, sign_out: SignOut, run: Run
) -> None:
    priya.post("/gaps/new", {"needed": "A choir", "place": "citywide"})
    page = carol.get("/commissioning/gaps/GAP-0001")
    sign_out(carol, WAYS[0])
    address = "/commissioning/gaps/GAP-0001/work"
    page.send(address, answer="It begins in May\nat the library")
    run("update drafts set page = :gone", gone="/commissioning/demand/anywhere/participation")
    back = sign_in(carol, "carol").follow()
    assert back.h1 == "Check and send again"
    field = back.soup.select_one("textarea[name=answer]")
    assert field.text.strip() == "It begins in May\nat the library"
    assert back.soup.select_one(f"label[for={field['id']}]").text.strip() == "Answer to the people who asked"
    sent = back.send("Send it again", answer="It begins in June")
    assert sent.status == 303
    assert "It begins in June" in sent.follow().words


def test_it_is_kept_for_a_day(priya: Client, sign_out: SignOut, run: Run) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, WAYS[0])
    page.send("/gaps/new", **GAP)
    run("update drafts set created_at = :then", then=now() - drafts.KEPT - LONG_AGO)
    assert sign_in(priya, "priya").path == "/"


def test_only_the_last_few_are_kept(priya: Client, sign_out: SignOut, kept: Kept) -> None:
    page = priya.get("/gaps/new")
    sign_out(priya, WAYS[0])
    for number in range(drafts.MOST + 2):
        page.send("/gaps/new", **{**GAP, "needed": f"Group number {number}"})
    assert len(kept()) == drafts.MOST
    assert "Group number 1" not in str([draft.fields for draft in kept()])
