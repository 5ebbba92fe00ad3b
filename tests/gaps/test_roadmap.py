"""What is planned and by when, for everyone; and following a gap without being counted among those who asked."""

from datetime import timedelta

from flask import Flask

from tests.support.client import Client
from tests.support.world import report
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.gaps.models import Gap

WORK = "/commissioning/gaps/GAP-000"


def in_days(days: int) -> str:
    return (dates.day_of(now()) + timedelta(days=days)).isoformat()


def test_everyone_reads_what_is_planned_by_when_and_what_is_late(
    priya: Client, stranger: Client, carol: Client, app: Flask
) -> None:
    assert "Nothing is planned here yet" in priya.get("/gaps/roadmap").words
    report(priya, "A choir in the evening", "gorton-levenshulme")
    report(stranger, "A weekend shed", "ardwick-longsight")
    for number, day in ((1, 200), (2, 20)):
        planned = {"status": "in-plan", "reason": "It is in the plan", "target_on": in_days(day), "budget": "900"}
        carol.get(f"{WORK}{number}").send("Save this gap", **planned)
    page = priya.get("/gaps/roadmap")
    assert [tag.get_text() for tag in page.soup.select("h3 a")] == ["A weekend shed", "A choir in the evening"]
    assert "900" not in page.words
    assert "Planned by" in priya.get("/gaps/GAP-0001").words
    assert "A weekend shed" not in priya.get("/gaps/roadmap?place=gorton-levenshulme").words
    with app.app_context():
        db.session.get_one(Gap, 2).target_on = dates.day_of(now()) - timedelta(days=1)
        db.session.commit()
    first = priya.get("/gaps/roadmap").soup.select_one("section h2")
    assert "Its day has passed" in first.get_text()
    assert [a.get_text() for a in first.parent.select("h3 a")] == ["A weekend shed"]


def test_whoever_follows_hears_of_it_and_is_counted_nowhere(priya: Client, stranger: Client, carol: Client) -> None:
    report(priya, "A choir in the evening", "gorton-levenshulme")
    after = stranger.get("/gaps/GAP-0001").send("Follow this gap").follow()
    assert "You follow this gap, without being counted." in after.words
    assert "1 member of staff asked" in after.words
    carol.get(f"{WORK}1").send("Save this gap", answer="It begins in May.")
    assert "” has an answer." in stranger.get("/gaps/answers").words
    assert "A choir in the evening" in stranger.get("/gaps?follows=1").words
    assert "A choir in the evening" not in carol.get("/gaps?follows=1").words
    stopped = stranger.get("/gaps/GAP-0001").send("Stop following it").follow()
    assert "Follow this gap" in stopped.words
    assert "You follow this gap" in stopped.send("Undo").follow().words, "one press brings it back"
    assert "gap_follows" in stranger.get("/account/data.json").text


def test_whoever_follows_what_is_merged_follows_the_main_one(priya: Client, stranger: Client, carol: Client) -> None:
    report(priya, "A choir in the evening", "gorton-levenshulme")
    report(priya, "Evening singing for men", "ardwick-longsight")
    stranger.get("/gaps/GAP-0002").send("Follow this gap")
    page = carol.get("/commissioning/gaps/merge?gap=GAP-0001&gap=GAP-0002")
    page.send("/commissioning/gaps/merge", main="GAP-0001")
    assert "is now “A choir in the evening”: others asked for the same" in stranger.get("/gaps/answers").words
    carol.get(f"{WORK}1").send("Save this gap", answer="It begins in May.")
    assert "” has an answer." in stranger.get("/gaps/answers").words
    carol.get(f"{WORK}1").send("/commissioning/gaps/GAP-0002/unmerge")
    assert "” is looked at on its own again." in stranger.get("/gaps/answers").words
    followed = stranger.get("/gaps?follows=1").text
    assert ("GAP-0002" in followed, "GAP-0001" in followed) == (True, False)
    split = carol.get(f"{WORK}2/split").send("Split this gap", stays="Evening singing", goes="A group for men")
    assert split.status == 303
    told = stranger.get("/gaps/answers").words
    assert "“Evening singing” held two things. The other one is now “A group for men”." in told
