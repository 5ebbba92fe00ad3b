"""Commissioners see what people search for and do not find, never who, and draft a gap of it."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.world import report
from webapp.commissioning.demand import outcomes
from webapp.db.engine import db, now
from webapp.gaps.models import Gap
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.people.models import User
from webapp.searches import beside, demo, patterns
from webapp.searches.patterns import Search
from webapp.web.csv import safe

DEMAND = "/commissioning/demand"
GORTON = "gorton-levenshulme"


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def words_of(page) -> list[str]:
    table = page.soup.select_one("[aria-labelledby=words] table")
    return [row.select_one("th").text for row in table.select("tbody tr")] if table else []


def test_nothing_searched_yet(carol: Client) -> None:
    page = carol.get(DEMAND)
    assert page.h1 == "Unmet demand"
    assert "No searches in these dates" in page.words


def test_words_of_three_people_are_shown_and_of_two_are_not(carol: Client, searched) -> None:
    searched("polish choir", 3)
    searched("origami for sailors", 2)
    searched("walking", 5, found=9)
    page = carol.get(DEMAND)
    assert words_of(page) == ["polish choir"]
    assert "origami" not in page.text
    assert "origami" not in carol.get(f"{DEMAND}/searches.csv").text


def test_how_many_people_searched_is_told_from_five_on(carol: Client, searched) -> None:
    searched("polish choir", 4)
    searched("evening choir", 5)
    told = {row["Words"]: row["People at the least"] for row in read(carol.get(f"{DEMAND}/searches.csv").text)}
    assert told == {"polish choir": "under 5", "evening choir": "5+"}
    rows = [row.text for row in carol.get(DEMAND).soup.select("[aria-labelledby=words] tbody tr")]
    assert ["under 5" in row for row in rows] == ["polish choir" in row for row in rows]


def test_one_person_over_three_months_is_not_three(carol: Client, searched) -> None:
    for months in range(3):
        searched("rare thing", 1, at=now() - timedelta(days=29 * months))
    assert "rare thing" not in carol.get(DEMAND).text


def test_a_place_is_named_only_where_three_searched_for_it(carol: Client, searched) -> None:
    searched("lace making", 3, places=[GORTON])
    searched("lace making", 2, places=["ardwick-longsight"], first=200)
    rows = read(carol.get(f"{DEMAND}/searches.csv").text)
    assert [(row["Words"], row["Place"]) for row in rows] == [("lace making", "Gorton and Levenshulme")]
    searched("lace making", 1, places=["hulme-moss-side-rusholme"], first=300)
    rows = read(carol.get(f"{DEMAND}/searches.csv").text)
    assert sorted(row["Place"] for row in rows) == ["Gorton and Levenshulme", "Other places, or none named"]
    assert [row["Place"] for row in read(carol.get(f"{DEMAND}/searches.csv?place={GORTON}").text)] == [
        "Gorton and Levenshulme"
    ]


def test_dates_bound_what_is_counted(carol: Client, searched) -> None:
    searched("polish choir", 3, at=datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert words_of(carol.get(f"{DEMAND}?from=2026-03-01&to=2026-03-10")) == ["polish choir"]
    assert words_of(carol.get(f"{DEMAND}?from=2026-03-11&to=2026-03-31")) == []
    swapped = carol.get(f"{DEMAND}?from=2026-03-31&to=2026-03-01")
    assert "exchanged" in swapped.words
    assert words_of(swapped) == ["polish choir"]
    assert "is not a date we can read" in carol.get(f"{DEMAND}?from=yesterday&to=9999-99-99").words


def draft_of(page, words: str) -> str:
    (link,) = [a["href"] for a in page.soup.select("td a") if "Make this a gap" in a.text and words in a.text]
    return str(link)


def test_a_draft_is_filled_in_and_nothing_is_published_until_somebody_does(
    carol: Client, priya: Client, searched, app: Flask
) -> None:
    searched("polish choir", 6, places=[GORTON])
    searched("polish choir", 3, places=[GORTON])
    report(priya, "A Polish choir for older people", GORTON)
    closes = {"status": "not-now", "reason": "No money", "answer": "Not this year."}
    carol.get("/commissioning/gaps/GAP-0001").send("Save this gap", **closes)
    page = carol.get(draft_of(carol.get(DEMAND), "polish choir"))
    assert page.h1 == "Draft of a gap"
    assert "at least6+" in page.soup.select_one(".totals").get_text()
    alike = page.soup.select_one("[aria-labelledby=alike]").get_text()
    for said in ("A Polish choir for older people", "Not now", "Not this year."):
        assert said in alike, "what was closed and answered is said too"
    with app.app_context():
        assert db.session.query(Gap).count() == 1
    refused = page.send("Publish this gap", needed="Ring Jo Bloggs on 07700 900123")
    assert refused.status == 422
    unasked = {"residents": "6-20", "may_quote": "y"}  # the page does not show them, so they are not taken
    made = page.send("Publish this gap", needed="A choir that sings in Polish", audience=["older-people"], **unasked)
    assert made.location == "/commissioning/gaps/GAP-0002"
    assert "6 or more people searched 9 times and found little" in made.follow().words
    with app.app_context():
        gap = db.session.get_one(Gap, 2)
        assert (gap.words, gap.place, gap.about, gap.audiences) == ("polish choir", GORTON, DEMAND, ["older-people"])
        assert (gap.residents, gap.may_quote) == ("", False)
    assert page.send("Publish this gap").location == made.location
    again = carol.get(DEMAND)
    assert "/commissioning/gaps/GAP-0002" in again.links()
    assert carol.get(draft_of(again, "polish choir"), status=303).location == made.location
    assert "6 or more people searched 9 times" in priya.get("/gaps/GAP-0002").words


def test_searches_are_added_to_a_gap_that_asks_for_the_same_and_taken_back_with_one_press(
    carol: Client, priya: Client, searched, app: Flask
) -> None:
    searched("polish choir", 6, places=[GORTON])
    searched("evening choir", 7, places=[GORTON])
    report(priya, "A Polish choir for older people", "ardwick-longsight")

    def figures() -> tuple:
        with app.app_context():
            gap = db.session.get_one(Gap, 1)
            return gap.words, gap.searches, gap.searchers

    before = figures()
    first = carol.get(draft_of(carol.get(DEMAND), "polish choir"))
    after = first.send("Add these searches to this gap : GAP-0001").follow()
    assert "6 or more people searched 6 times" in after.words
    assert "polish choir, Gorton and Levenshulme" in after.words
    assert first.send("Add these searches to this gap : GAP-0001").status == 303, "sent twice, added once"
    assert figures() == ("polish choir, Gorton and Levenshulme", 6, 6)
    assert "These searches are in it already." in carol.get(first.path).words
    in_report = carol.get("/commissioning/report").soup.select_one("#GAP-0001").get_text()
    assert "“polish choir”, 6 times by 6 or more people" in in_report, "they are part of how we know"
    second = carol.get(draft_of(carol.get(DEMAND), "evening choir"))
    added = second.send("Add these searches to this gap : GAP-0001").follow()
    assert figures()[1:] == (13, 7), "searches are added up; of people there are as many as the larger number"
    assert "/commissioning/gaps/GAP-0001" in carol.get(DEMAND).links()
    added.send("Undo")
    assert figures()[1:] == (6, 6)
    assert carol.get("/commissioning/gaps?q=choir").text.count("GAP-0001")
    assert "/commissioning/demand/gaps/GAP-0001" not in priya.get("/gaps/GAP-0001").text
    assert before == ("", None, None)
    met = carol.get("/commissioning/gaps/GAP-0001")
    met.send("Save this gap", status="not-now", reason="No money", answer="Not this year.")
    assert "Add these searches" in carol.get(second.path).words, "what is not now counts when it is looked at again"


def test_no_draft_of_what_is_no_pattern(carol: Client, searched, app: Flask) -> None:
    searched("polish choir", 2)
    for phrase in ("polish choir", "anything at all", ""):
        address = f"{DEMAND}/gaps?phrase={phrase}&near=anywhere"
        assert "not among the unmet searches" in carol.get(address, status=303).follow().words
        sent = carol.post(address, {"needed": "A choir", "place": "citywide"})
        assert "not among the unmet searches" in sent.follow().words
    with app.app_context():
        assert db.session.query(Gap).count() == 0


def test_listed_now_counts_what_the_words_ask_for(content: Generation) -> None:
    loose = content.search(Query(words="polish choir", kinds=beside.ASSETS, open_only=True, size=1))
    strict = [h.card for h in content.search(Query(words="choir", kinds=beside.ASSETS, open_only=True)).hits]
    assert beside.offered(content, "choir", "") <= len(strict)
    assert beside.offered(content, "polish choir", "") < max(loose.total, 1)
    assert beside.offered(content, "xyzzyplugh", "") == 0


def test_the_table_sets_demand_against_supply(carol: Client, searched, content: Generation) -> None:
    searched("lunch club", 3, places=[GORTON], activities=["meals-together"], outcomes=["participation"])
    page = carol.get(DEMAND)
    heat = page.soup.select_one("table.heat")
    assert all(cell.get("scope") == "col" for cell in heat.select("thead th"))
    assert all(row.select_one("th")["scope"] == "row" for row in heat.select("tbody tr"))
    assert len(heat.select("tbody tr")) == len(content.vocabulary.terms("places")) + 1
    link = heat.select_one(f"a[href*='/{GORTON}/participation']")
    offer = outcomes.supply(content, [GORTON])[GORTON]["participation"]
    assert " ".join(link.text.split()) == f"3 searches, / {offer} listings"
    cell = carol.get(str(link["href"]))
    assert "lunch club" in cell.words
    assert len(cell.soup.select("#listed ~ ul li")) == min(offer, 12)
    rows = read(carol.get(f"{DEMAND}/outcomes.csv").text)
    mine = next(r for r in rows if r["Place"] == "Gorton and Levenshulme" and r["Outcome"].startswith("Participation"))
    assert (mine["Searches"], mine["Listings"]) == ("3", str(offer))


def test_from_a_cell_to_a_gap_with_its_outcome(carol: Client, searched, app: Flask) -> None:
    searched("job club", 3, places=[GORTON], outcomes=["participation"])
    cell = carol.get(f"{DEMAND}/{GORTON}/participation")
    made = carol.get(draft_of(cell, "job club")).send("Publish this gap")
    assert made.location == "/commissioning/gaps/GAP-0001"
    with app.app_context():
        assert db.session.get_one(Gap, 1).outcome == "participation"
    assert "/commissioning/gaps/GAP-0001" in carol.get(f"{DEMAND}/{GORTON}/participation").links()
    assert "No place named" in carol.get(f"{DEMAND}/anywhere/participation").h1


@pytest.mark.parametrize("path", ["atlantis/participation", f"{GORTON}/nonsense"])
def test_a_cell_that_does_not_exist(carol: Client, path: str) -> None:
    carol.get(f"{DEMAND}/{path}", status=404)


def test_only_commissioners_see_it(priya: Client, ed: Client) -> None:
    for path in ("", "/searches.csv", "/outcomes.csv", f"/{GORTON}/participation"):
        priya.get(DEMAND + path, status=403)
        ed.get(DEMAND + path, status=403)
    assert priya.post(f"{DEMAND}/gaps").status == 403
    priya.get(f"{DEMAND}/gaps", status=403)


def test_words_cannot_run_in_a_spreadsheet(carol: Client, searched) -> None:
    searched("=cmd|'/c calc'!A1", 3)
    (row,) = read(carol.get(f"{DEMAND}/searches.csv").text)
    assert row["Words"] == safe("=cmd|'/c calc'!a1")
    assert row["Words"].startswith("'=")


@pytest.mark.reads_only
def test_an_activity_touches_what_half_of_its_listings_say(content: Generation) -> None:
    touched = outcomes.touching(content)
    assert touched["walking"]
    assert set(touched) == set(content.vocabulary.terms("activities"))
    assert outcomes.touching(content) is touched


def search(person: str, month: str = "2026-03", **said) -> Search:
    known = {"words": "choir", "phrase": "choir", "places": (), "outcomes": frozenset(), "found": 0, **said}
    return Search(month=month, person=person, **known)


def test_people_are_counted_within_a_month():
    made = [search(person) for person in "abb"] + [search(person, "2026-04") for person in "cde"]
    assert patterns.people(made) == 3
    assert patterns.people([]) == 0
    assert patterns.patterns(made)[0].searches == 6


def test_darker_where_more_search_for_each_listing():
    figures = ((0, 0), (1, 4), (3, 2), (4, 1), (5, 1), (1, 0))
    shades = [outcomes.OutcomeCell("x", demand, supply).shade for demand, supply in figures]
    assert shades == [0, 1, 2, 3, 4, 4]


def test_the_demonstration_has_something_to_show(carol: Client, app: Flask) -> None:
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        people = [User(id=n, email=f"{n}@example.org", name="x") for n in range(50, 60)]
        made = demo.load_demo(db.session, now(), people, "a key")
        assert made > 300
        assert demo.load_demo(db.session, now(), people, "a key") == 0
        db.session.commit()
    page = carol.get(DEMAND)
    assert "polish choir" in words_of(page)
    assert "young carers quiz night" not in page.text
    assert page.soup.select(".heat__cell--4")
