"""One form for a gap: what it asks for, what it tells, and the press that takes it back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from tests.support.client import Client
from tests.support.world import report
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.gaps import overdue
from webapp.gaps.models import Gap
from webapp.mail.outbox import Message

LIST = "/commissioning/gaps"
GAP = f"{LIST}/GAP-0001"


def in_days(days: int) -> str:
    return (dates.day_of(now()) + timedelta(days=days)).isoformat()


@pytest.fixture(autouse=True)
def choir(priya: Client) -> None:
    report(priya, "A choir in the evening", "gorton-levenshulme")


def test_all_of_a_gap_is_saved_with_one_press_and_told_once(carol: Client, priya: Client) -> None:
    page = carol.get(f"{LIST}?gap=GAP-0001")
    assert len([form for form in page.soup.select("#side form") if form["action"] == f"{GAP}/work"]) == 1
    sent = page.send(
        "Save this gap",
        status="in-plan",
        reason="Two halls agreed",
        target_on=in_days(60),
        budget="£4,500",
        answer="A choir begins in spring.",
        theme="carers",
        audience=["carers", "men"],
        note="Ask about the piano",
    )
    page = sent.follow()
    assert "GAP-0001 is now “In commissioning plan”. The people who asked are told." in page.words
    for said in ("£4,500", "Ask about the piano", "Unpaid carers", "Men", "A choir begins in spring."):
        assert said in page.soup.select_one("#side").get_text(), said
    assert [item.get_text(strip=True) for item in priya.get("/gaps/answers").soup.select("li h2")] == [
        "“A choir in the evening” is now “In commissioning plan”."
    ]
    everyone = priya.get("/gaps/GAP-0001")
    assert "A choir begins in spring." in everyone.words
    assert "£4,500" not in everyone.text
    assert "piano" not in everyone.text


def test_one_press_takes_all_of_it_back_before_anybody_has_read_it(carol: Client, priya: Client) -> None:
    sent = carol.get(f"{LIST}?gap=GAP-0001").send(
        "Save this gap", status="not-now", reason="No hall", answer="Not this year.", theme="carers", audience=["men"]
    )
    page = sent.follow()
    after = page.send("Undo").follow()
    assert "Put back as before: GAP-0001." in after.words
    assert after.soup.select_one("tr.is-open"), "the gap is open again beside the same list"
    panel = after.soup.select_one("#side").get_text()
    assert "Not this year." not in after.soup.select_one("#side #answer").get_text()
    assert "Carers" not in after.soup.select_one("#part-about summary").get_text()
    assert "A change undone" in panel
    assert "Nothing new" in priya.get("/gaps/answers").words
    assert "can no longer be undone" in page.send("Undo").follow().words


def test_a_change_that_changes_nothing_for_them_is_told_to_nobody(carol: Client, priya: Client) -> None:
    carol.get(GAP).send("Save this gap", answer="We asked too halls.")
    priya.post("/gaps/answers", {})
    carol.get(GAP).send("Save this gap", answer="We asked two halls.", quiet="y")
    moved = carol.get(GAP).send("Save this gap", status="in-plan", target_on=in_days(30), quiet="y")
    assert moved.status == 303, moved.errors
    assert "Nothing new" in priya.get("/gaps/answers").words
    seen = priya.get("/gaps/GAP-0001")
    assert "We asked two halls." in seen.words
    assert "In commissioning plan" in seen.words
    assert "Status changed, and nobody told" in carol.get(GAP).words


def test_what_closes_a_gap_or_answers_it_first_is_never_quiet(carol: Client) -> None:
    for sent, said in (
        ({"answer": "There is one."}, "This is the first answer"),
        ({"status": "not-now", "answer": "Not this year."}, "“Not now” closes the gap"),
    ):
        refused = carol.get(GAP).send("Save this gap", quiet="y", **sent)
        assert refused.status == 422
        assert said in refused.errors[0]
        assert "Not this year." in refused.text or "There is one." in refused.text


def test_what_is_planned_has_a_day(carol: Client, priya: Client) -> None:
    page = carol.get(GAP)
    for day, said in (("", "Say by when it should be there"), (in_days(-1), "This day has passed")):
        refused = page.send("Save this gap", status="in-plan", reason="Agreed", target_on=day)
        assert refused.status == 422
        assert said in refused.errors[0]
    page.send("Save this gap", status="in-plan", reason="Agreed", target_on=in_days(30))
    lost = carol.get(GAP).send("Save this gap", target_on="")
    assert "What is planned needs a day" in lost.errors[0]
    assert "enter a whole number" in carol.get(GAP).send("Save this gap", budget="some").errors[0]


def test_a_prototype_status_needs_a_prototype(carol: Client, priya: Client) -> None:
    refused = carol.get(GAP).send("Save this gap", status="prototype", reason="Trying")
    assert "Choose the prototype that tries it, or plan one first" in refused.errors[0]
    assert "/commissioning/prototypes/new?gap=GAP-0001" in refused.links()
    plan = dict.fromkeys(("title", "public", "hypothesis", "tries", "measure"), "Thursdays")
    plan |= {"place": "citywide", "starts_on": in_days(0), "ends_on": in_days(40), "cost": "1,200"}
    carol.post("/commissioning/prototypes/new", plan, status=303)
    done = carol.get(f"{LIST}?gap=GAP-0001").send("Save this gap", status="prototype", prototype="1")
    page = done.follow()
    assert "GAP-0001 is now “Prototype”" in page.words
    assert "Being tried: Thursdays" in priya.get("/gaps/GAP-0001").words
    assert "£1,200" in carol.get("/commissioning/prototypes").words
    page.send("Undo")
    assert "Being tried" not in priya.get("/gaps/GAP-0001").words
    assert "No gap is linked yet" in carol.get("/commissioning/prototypes/1").words


def test_nothing_different_is_said_and_changes_nothing(carol: Client) -> None:
    page = carol.get(GAP).send("Save this gap").follow()
    assert "Nothing was different, so nothing is changed." in page.words
    assert page.soup.select("#part-history li") == carol.get(GAP).soup.select("#part-history li")
    assert len(page.soup.select("#part-history li")) == 1


def test_columns_are_chosen_and_the_headings_sort(carol: Client, stranger: Client, priya: Client) -> None:
    report(stranger, "A weekend shed", "ardwick-longsight")
    priya.post("/gaps/GAP-0002/support", status=303)
    page = carol.get(LIST)
    assert "Outcome" not in page.soup.select_one("thead").get_text()
    page = page.send("/commissioning/columns", column=["people", "target", "place"]).follow()
    heads = [tag.get_text(strip=True).rstrip("▼▲").strip() for tag in page.soup.select("thead th")]
    assert heads == ["Tick", "Number", "What was needed", "Place", "Staff", "Planned by"]
    assert "Status" in carol.get(LIST).send("/commissioning/columns", usual="1").follow().soup.select_one("thead").text
    for first, order in (("place", ["GAP-0002", "GAP-0001"]), ("people", ["GAP-0002", "GAP-0001"])):
        there = carol.get(LIST).soup.select_one(f"#by-{first}")["href"]
        there = carol.get(str(there))
        assert refs(there) == order, first
        head = there.soup.select_one(f"th:has(#by-{first})")
        turned = carol.get(str(head.a["href"]))
        assert refs(turned) == order[::-1]
        assert turned.soup.select_one(f"th:has(#by-{first})")["aria-sort"] != head["aria-sort"]
    for sort in ("status", "-status", "waiting", "-waiting", "owner", "-owner", "target", "-target", "residents"):
        assert len(refs(carol.get(f"{LIST}?sort={sort}"))) == 2, sort


def test_what_is_closed_waits_for_nothing(carol: Client) -> None:
    carol.get(GAP).send("Save this gap", status="not-now", reason="No hall", answer="Not this year.")
    assert carol.get(LIST).soup.select_one("td.dense__waiting").get_text(strip=True) == ""


def refs(page) -> list[str]:
    return [tag.get_text() for tag in page.soup.select("td.dense__ref")]


def test_a_day_that_has_passed_is_asked_after_once(carol: Client, app: Flask) -> None:
    page = carol.get(GAP)
    page.send("Save this gap", status="in-plan", reason="Agreed", target_on=in_days(3), owner=str(carol.id))
    with app.app_context():
        noon = dates.local(now()).replace(hour=12) + timedelta(days=1)
        assert overdue.enqueue(db.session, noon) == 0, "its day is still to come"
        assert overdue.enqueue(db.session, noon + timedelta(days=3)) == 1
        assert overdue.enqueue(db.session, noon + timedelta(days=4)) == 0, "asked already"
        db.session.get_one(Gap, 1).target_on = dates.day_of(now()) - timedelta(days=1)
        db.session.commit()
        assert overdue.enqueue(db.session, noon) == 1, "another day is asked after anew"
        db.session.commit()
        told = db.session.scalars(select(Message).where(Message.topic == "gap-overdue")).all()
        assert {(m.to_id, m.channel) for m in told} == {(carol.id, "in-product"), (carol.id, "email")}
    assert "Say what became of it, or give another day." in carol.get("/notices").words
    assert "planned gap whose day has passed" in carol.get("/").words
    assert refs(carol.get(f"{LIST}?waiting=date&sort=target")) == ["GAP-0001"]


def test_a_view_is_shared_and_stays_its_owners(carol: Client, dev: Visitor) -> None:
    carol.get(f"{LIST}?status=open").send("Save this view", called="Panel on Friday", shared="y")
    assert "Panel on Friday" in dev.get(LIST)
    assert "no such view of yours" in dev.sends("/commissioning/views/1/share", shared="0")
    assert "no such view of yours" in dev.sends("/commissioning/views/1/delete")
    carol.get(LIST).send("Stop sharing the view Panel on Friday", shared="0")
    assert "Panel on Friday" not in dev.get(LIST)


def test_all_of_mine_is_handed_over_with_a_word_and_taken_back(carol: Client, dev: Visitor, priya: Client) -> None:
    report(priya, "A weekend shed", "ardwick-longsight")
    for gap in (GAP, f"{LIST}/GAP-0002"):
        carol.get(gap).send("Save this gap", owner=str(carol.id))
    (link,) = carol.get(f"{LIST}?mine=1").links("a[href*='mine=1'][href*='many']")
    said = "The hall asks for a deposit by Friday"
    sure = carol.get(link).send("See what changes", owner=str(dev.id), handover=said)
    done = sure.send("Change these 2 gaps").follow()
    assert f"2 gaps are now yours to look after. Carol Whitfield gave them to you: “{said}”" in dev.get("/notices")
    assert len(refs(dev.client.get(f"{LIST}?mine=1"))) == 2
    done.send("Undo this change")
    assert refs(dev.client.get(f"{LIST}?mine=1")) == []
