"""People choose what they are told by e-mail, stop it from the mail itself, and read it all in the product."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.mail import MailServer
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.mail import outbox, preferences, unsubscribe

PAGE = "/account/notifications"


def link(app: Flask, name: str, choice: str = "answers") -> str:
    return f"/unsubscribe/{unsubscribe.token(str(app.secret_key), PEOPLE[name].id, choice)}"


def ticked(page: object) -> list[str]:
    return [str(box["value"]) for box in page.soup.select("input[name=wanted][checked]")]  # type: ignore[attr-defined]


def test_everyone_begins_with_answers_and_news_and_no_digest(priya: Client, carol: Client, ed: Client) -> None:
    assert ticked(priya.get(PAGE)) == ["answers", "progress", "saved-searches", "my-reviews"]
    hers = ["answers", "progress", "saved-searches", "my-reviews", "new-gaps", "overdue", "invitations"]
    assert ticked(carol.get(PAGE)) == hers
    of_editors = ["corrections", "my-reviews", "reviews", "content-faults"]
    assert ticked(ed.get(PAGE)) == ["answers", "progress", "saved-searches", *of_editors]


def test_what_somebody_does_not_want_is_not_sent(
    priya: Client, tell: Callable[..., None], send: Callable[..., str], mail_server: MailServer
) -> None:
    priya.get(PAGE).send("Save what I am told", wanted=["updates"]).follow()
    assert ticked(priya.get(PAGE)) == ["updates"]
    tell("priya", "femi")
    assert send() == "1 sent."
    assert [mail["To"] for mail in mail_server.taken] == ["femi@example.org"]
    assert "GAP-0003 has an answer." in priya.get("/notices").words


def test_nobody_can_choose_what_is_not_offered_to_them(priya: Client) -> None:
    priya.post(PAGE, {"wanted": ["new-gaps"]})
    assert ticked(priya.get(PAGE)) == ["answers", "progress", "saved-searches", "my-reviews"]


def test_the_link_in_a_mail_asks_first_and_can_be_undone(app: Flask, client: Client, priya: Client) -> None:
    address = link(app, "priya")
    asked = client.get(address)
    assert asked.h1 == "Stop these e-mails?"
    assert "answers" in ticked(priya.get(PAGE)), "looking at a link changes nothing: programs follow links"
    stopped = asked.send("Stop these e-mails")
    assert stopped.h1 == "These e-mails are stopped"
    assert "answers" not in ticked(priya.get(PAGE))
    assert stopped.send("Undo: send them again").h1 == "You get these e-mails again"
    assert "answers" in ticked(priya.get(PAGE))


def test_a_mail_program_stops_it_with_one_request(app: Flask, priya: Client) -> None:
    response = app.test_client().post(link(app, "priya"), data={"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "answers" not in ticked(priya.get(PAGE))


@pytest.mark.parametrize("change", ["", "x", "WzEsImFuc3dlcnMiXQ.forged"])
def test_a_link_that_we_did_not_write_is_not_found(app: Flask, client: Client, change: str) -> None:
    address = f"{link(app, 'priya')}{change}" if change == "x" else f"/unsubscribe/{change or 'nothing'}"
    client.get(address, status=404)
    assert client.post(address).status == 404


def test_notices_are_unread_until_they_are_marked(priya: Client, stranger: Client, tell: Callable[..., None]) -> None:
    assert "Nothing yet" in priya.get("/notices").words
    tell("priya", key="one")
    tell("priya", key="two")
    page = priya.get("/notices")
    assert page.text.count("Not read") == 2
    after = page.send("Mark all as read").follow()
    assert "Not read" not in after.text
    assert "GAP-0003" not in stranger.get("/notices").words


def test_nobody_marks_the_notices_of_others(priya: Client, stranger: Client, tell: Callable[..., None]) -> None:
    tell("priya")
    message = priya.get("/notices").soup.select_one("input[name=message]")
    assert message
    stranger.post("/notices/read", {"message": message["value"]}, status=303)
    assert "Not read" in priya.get("/notices").text


def test_the_home_page_says_what_is_to_read(priya: Client, app: Flask, tell: Callable[..., None]) -> None:
    from webapp.db.engine import now

    with app.app_context():
        outbox.enqueue(
            db.session,
            now=now(),
            to=[PEOPLE["priya"].id],
            topic="programme",
            subject=("programme", "1"),
            text="The programme has news.",
            path="/updates/",
            key="programme:1",
        )
        db.session.commit()
    assert "1 notice to read" in priya.get("/").words


def test_every_topic_has_a_choice_that_exists() -> None:
    assert {topic.choice for topic in preferences.TOPICS.values()} == set(preferences.CHOICES)
