"""Listings handed out to be checked, and checks that become the date in the file."""

from tests.gaps.site import Visitor
from tests.upkeep.conftest import Apply
from webapp.db.engine import now
from webapp.english.dates import day_of

LARDER = "/directory/bobbin-larder"


def test_checks_become_a_verification_by_a_team(amina: Visitor, edie: Visitor, apply: Apply):
    amina.sends(f"{LARDER}/confirmation")
    assert "/editor/listings/bobbin-larder" in edie.get("/editor/listings")
    assert "Verified, ready to commit" in edie.get("/editor/listings/bobbin-larder")
    made = edie.get("/editor/listings/bobbin-larder/verified.patch")
    assert "Verified-by: Gorton and Levenshulme neighbourhood team" in made
    assert "Priya" not in made
    team = "Gorton and Levenshulme neighbourhood team"
    said = [line for line in apply(made) if line.startswith("+")]
    assert said == [f"+verified: {{date: {day_of(now()).isoformat()}, by: {team}}}"]


def test_a_mark_becomes_a_status(edie: Visitor, apply: Apply):
    edie.tries(f"{LARDER}/closure", {"status": "defunct", "since": "2026-11-03"})
    assert "The Bobbin Larder" in edie.get("/editor/listings")
    assert "Closed, ready to commit" in edie.get("/editor/listings/bobbin-larder")
    made = edie.get("/editor/listings/bobbin-larder/closure.patch")
    assert apply(made) == ["-status: active", "+status: defunct"]


def test_nothing_said_is_nothing_to_commit(edie: Visitor):
    assert "Nobody has said anything" in edie.get("/editor/listings/bobbin-larder")
    edie.get("/editor/listings/bobbin-larder/verified.patch", status=404)
    edie.get("/editor/listings/no-such-listing", status=404)


def test_those_that_waited_longest_come_first_and_are_ticked_off(edie: Visitor):
    page = edie.client.get("/editor/due")
    rows = page.soup.select("tbody tr")
    assert rows
    days = [str(time["datetime"]) for row in rows if (time := row.select_one("td:nth-of-type(2) time"))]
    assert days == sorted(days)
    before = len(rows)
    page = page.send("I checked today that this is right").follow()
    assert page.path == "/editor/due"
    assert "You checked this today." in page.words
    assert len(page.soup.select("tbody tr")) == before


def test_what_has_closed_for_good_is_not_handed_out(edie: Visitor):
    path = str(edie.client.get("/editor/due").soup.select_one("tbody th a, tbody td a")["href"])
    edie.tries(f"{path}/closure", {"status": "temporarily closed"})
    assert path in edie.get("/editor/due")
    edie.tries(f"{path}/closure", {"status": "defunct"})
    assert path not in edie.get("/editor/due")
    assert path not in edie.get("/editor/due.csv")


def test_each_neighbourhood_has_its_own_list(edie: Visitor):
    everywhere = edie.client.get("/editor/due").soup.select("tbody tr")
    here = edie.client.get("/editor/due?place=gorton-levenshulme")
    assert "Gorton and Levenshulme: " in here.words
    assert len(here.soup.select("tbody tr")) < len(everywhere)
    assert "Everywhere: " in edie.client.get("/editor/due?place=atlantis").words


def test_it_can_be_handed_out_as_a_spreadsheet(edie: Visitor):
    page = edie.client.get("/editor/due")
    lines = edie.client.get("/editor/due.csv").text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("Listing,Address,Phone,Last verified")
    assert len(lines) == 1 + len(page.soup.select("tbody tr"))


def test_only_editors(amina: Visitor, cara: Visitor):
    for person in (amina, cara):
        for path in ("/editor/due", "/editor/due.csv", "/editor/listings", "/editor/listings/bobbin-larder"):
            person.get(path, status=403)
