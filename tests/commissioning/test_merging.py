"""Two reports of one gap become one and can be taken apart; a report that holds two is split."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.gaps.site import Visitor
from tests.support.client import Answer, Client
from tests.support.world import report
from webapp.db.engine import db
from webapp.gaps.models import Gap, GapSupport
from webapp.mail.outbox import EMAIL, Message

pytestmark = pytest.mark.both_databases


LIST = "/commissioning/gaps"


@pytest.fixture
def alike(priya: Client, stranger: Client, femi: Client, ed: Client) -> None:
    """Priya's gap, which Femi joined; and the stranger's, which Femi and Ed joined."""
    report(priya, "A choir in the evening", "gorton-levenshulme")
    report(stranger, "Evening singing", "gorton-levenshulme")
    femi.post("/gaps/GAP-0001/support", status=303)
    femi.post("/gaps/GAP-0002/support", status=303)
    ed.post("/gaps/GAP-0002/support", {"evidence": "The Tuesday one is full"}, status=303)


def merge(carol: Client, main: str = "GAP-0001") -> Answer:
    page = carol.get(f"{LIST}/merge?gap=GAP-0001&gap=GAP-0002&list=status%3Dopen")
    seen = [tag["value"] for tag in page.soup.select("[name=seen]")]
    return page.send("Merge these gaps", gap=["GAP-0001", "GAP-0002"], seen=seen, main=main)


def counted(app: Flask, number: int) -> tuple[int, set[int]]:
    with app.app_context():
        rows = select(GapSupport.user_id).where(GapSupport.gap_id == number)
        return db.session.get_one(Gap, number).people, set(db.session.scalars(rows))


@pytest.mark.usefixtures("alike")
def test_everyone_is_counted_once_and_told_once(carol: Client, stranger: Client, priya: Client, app: Flask) -> None:
    after = merge(carol)
    assert after.location == f"{LIST}?status=open&sort=newest&gap=GAP-0001"
    assert counted(app, 1) == (4, {2, 4, 6})  # Priya reported it; Femi is there once; Ed and the stranger came
    with app.app_context():
        told = db.session.execute(
            select(Message.to_id, func.count()).where(Message.topic == "gap-merged").group_by(Message.to_id)
        )
        assert dict(told.all()) == {2: 1, 4: 1, 6: 1}
        mailed = select(func.count()).where(Message.topic == "gap-merged", Message.channel == EMAIL)
        assert db.session.scalar(mailed) == 0
    assert "GAP-0001" in stranger.get("/gaps/answers").words
    assert "Nothing new" in priya.get("/gaps/answers").words


@pytest.mark.usefixtures("alike")
def test_the_merged_one_leads_to_the_main_one(carol: Client, stranger: Client, ada: Client) -> None:
    merge(carol)
    moved = stranger.get("/gaps/GAP-0002")
    assert moved.status == 303
    page = moved.follow()
    assert "You asked for GAP-0002. It asked for the same as GAP-0001" in page.words
    assert "4 staff asked" in page.words
    assert "Take me off" in page.words
    assert "GAP-0002" not in " ".join(stranger.get("/gaps").links("#results a"))
    assert [str(a["href"]) for a in carol.get(LIST).soup.select("[data-row]")] == [
        f"{LIST}?sort=newest&gap=GAP-0001#side"
    ]
    ada.post("/gaps/GAP-0002/support", status=303)  # from a page opened before
    assert "5 staff asked" in ada.get("/gaps/GAP-0001").words
    late = carol.post(f"{LIST}/GAP-0002/work", {"answer": "Soon there will be one", "version": "2"})
    assert late.status == 409
    assert "Soon there will be one" in late.words  # what was written is not lost


@pytest.mark.usefixtures("alike")
def test_an_answer_reaches_everyone_of_both(carol: Client, stranger: Client, ed: Client) -> None:
    merge(carol)
    carol.post(f"{LIST}/GAP-0001/work", {"answer": "It starts in March.", "version": "1"}, status=303)
    for person in (stranger, ed):
        assert person.get("/gaps/answers").words.count("” has an answer.") == 1


@pytest.mark.usefixtures("alike")
def test_taking_them_apart_restores_both(carol: Client, stranger: Client, ada: Client, app: Flask) -> None:
    before = counted(app, 1), counted(app, 2)
    merge(carol)
    ada.post("/gaps/GAP-0001/support", status=303)  # joined the main one meanwhile, and stays
    page = carol.get(f"{LIST}/GAP-0002")
    assert "GAP-0002 was merged" in page.words
    page.send("Take GAP-0002 apart again")
    (people, who), second = before
    assert (counted(app, 1), counted(app, 2)) == ((people + 1, who | {5}), second)
    assert stranger.get("/gaps/GAP-0002").status == 200
    assert "Taken apart again" in stranger.get("/gaps/GAP-0002").words


@pytest.mark.usefixtures("alike")
def test_who_came_by_two_ways_stays_counted(carol: Client, ada: Client, ed: Client, app: Flask) -> None:
    report(ada, "Singing after work")
    ed.post("/gaps/GAP-0003/support", status=303)
    merge(carol)
    carol.get(f"{LIST}/merge?gap=GAP-0001&gap=GAP-0003").client.post(
        f"{LIST}/merge", {"gap": ["GAP-0001", "GAP-0003"], "main": "GAP-0001", "seen": ["GAP-0001:1", "GAP-0003:1"]}
    )
    assert counted(app, 1) == (5, {2, 4, 5, 6})
    carol.post(f"{LIST}/GAP-0002/unmerge", {}, status=303)
    assert counted(app, 1) == (4, {2, 4, 5})  # Ed asked for the third one too


@pytest.mark.usefixtures("alike")
def test_a_gap_that_changed_meanwhile_is_not_merged(carol: Client, dev: Visitor, app: Flask) -> None:
    page = carol.get(f"{LIST}/merge?gap=GAP-0001&gap=GAP-0002")
    seen = [tag["value"] for tag in page.soup.select("[name=seen]")]
    dev.post(f"{LIST}/GAP-0002/work", answer="It is there.", version="1")
    after = page.send("Merge these gaps", gap=["GAP-0001", "GAP-0002"], seen=seen, main="GAP-0001")
    assert after.status == 409
    assert "Somebody changed one of these gaps" in after.errors[0]
    assert counted(app, 1)[0] == 2


@pytest.mark.usefixtures("alike")
def test_one_gap_cannot_be_merged_with_itself_or_in_a_ring(carol: Client) -> None:
    assert carol.get(f"{LIST}/merge?gap=GAP-0001&gap=GAP-0001").status == 303
    merge(carol)
    assert carol.get(f"{LIST}/merge?gap=GAP-0001&gap=GAP-0002").status == 303  # one of them stands alone no more


@pytest.mark.usefixtures("alike")
def test_a_report_that_holds_two_is_split(carol: Client, priya: Client, femi: Client, app: Flask) -> None:
    page = carol.get(f"{LIST}/GAP-0001/split?list=")
    refused = page.send("Split this gap", stays="A choir", goes="A choir")
    assert "Both texts say the same" in refused.errors[0]
    after = page.send("Split this gap", stays="A choir", goes="Something in the evening", supporters="no")
    assert "gap=GAP-0003" in after.location
    assert priya.get("/gaps/GAP-0001").h1 == "A choir"
    new = priya.get("/gaps/GAP-0003")
    assert new.h1 == "Something in the evening"
    assert "You reported this." in new.words
    assert "It was reported in GAP-0001." in new.words
    assert counted(app, 3) == (1, set())
    assert "The other one is now “Something in the evening”" in priya.get("/gaps/answers").words
    assert "GAP-0003" not in femi.get("/gaps/answers").words
    assert "GAP-0003" in femi.get("/gaps?q=something").text
    assert "GAP-0001" not in " ".join(femi.get("/gaps?q=something").links("#results a"))


@pytest.mark.usefixtures("alike")
def test_a_split_of_a_gap_that_changed_meanwhile_shows_both_texts(carol: Client, dev: Visitor) -> None:
    page = carol.get(f"{LIST}/GAP-0001/split")
    dev.post(
        f"{LIST}/GAP-0001/split", stays="A choir", goes="An evening out", version="1", reporter="yes", supporters="no"
    )
    after = page.send("Split this gap", stays="A choir for all", goes="Evenings")
    assert after.status == 409
    assert "It says now: “A choir”" in after.errors[0]
    assert "A choir for all" in after.text
