"""The dashboard, the cross-tab and the report on the screen."""

import re
from datetime import timedelta

import pytest

from tests.gaps.site import Visitor, form_ids, version
from tests.prototypes.conftest import PLAN
from webapp.db.engine import now
from webapp.english.dates import day_of

DAYS = "from=2025-01-01&to=2026-06-15"
LAST_YEAR = (day_of(now()) - timedelta(days=365)).isoformat()
CHOIR = {"needed": "Somewhere to sing", "place": "gorton-levenshulme", "activity": "music-and-singing"}


def test_only_commissioners_see_the_figures(amina: Visitor) -> None:
    for path in ("", "/cross-tab", "/report", "/report.docx", "/report/words"):
        amina.get(f"/commissioning{path}", status=403)


@pytest.mark.usefixtures("log")
def test_the_dashboard_says_six_figures_where_for_whom_what_waits_and_how_it_went(cara: Visitor) -> None:
    page = cara.client.get(f"/commissioning?{DAYS}")
    six = {div.dt.text: div.a.text for div in page.soup.select(".totals > div")}
    assert six == {
        "Open gaps": "4",
        "Staff asked for them": "11",
        "Residents they would help": "9 to 26",
        "No answer for 30 days": "2",
        "Reported": "6",
        "First answered": "4",
    }
    rows = {tr.th.text: [td.text.strip() for td in tr.select("td")] for tr in page.soup.select(".heat tbody tr")}
    heads = [th.text for th in page.soup.select(".heat thead th")]
    assert heads == ["Place", "Anyone", "Unpaid carers", "Older people", "All"]
    assert rows["Gorton and Levenshulme"] == ["1", "1", "1", "2"]  # one of them stands with both groups
    assert [li.a.text for li in page.soup.select(".waits li")] == ["What is needed in gap 2", "What is needed in gap 1"]
    assert [th.text for th in page.soup.select(".months thead th")][:2] == ["Aug", "Sep"]


@pytest.mark.usefixtures("log")
def test_the_dashboard_and_the_report_mean_the_same_days(cara: Visitor) -> None:
    shown = [
        cara.client.get(path).soup.select_one(".scope summary").text
        for path in ("/commissioning", "/commissioning/report")
    ]
    assert shown[0] == shown[1]
    page = cara.client.get("/commissioning?locality=central&audience=carers&from=soon")
    assert "“soon” is not a date we can read" in page.text
    assert page.soup.select_one(".totals a").text == "2"
    assert "/commissioning/report?locality=central&audience=carers" in page.links()


def test_nothing_reported_is_said_in_words(cara: Visitor) -> None:
    page = cara.get("/commissioning")
    for said in ("No gaps are open.", "Every open gap has an answer.", "Nothing was reported yet.", "Not known"):
        assert said in page
    page = cara.get("/commissioning/report")
    assert page.count("No gaps are open.") >= 2
    assert "No gap is counted here" in cara.get("/commissioning/cross-tab")


@pytest.mark.usefixtures("log")
def test_any_two_things_are_counted_against_each_other(cara: Visitor) -> None:
    page = cara.client.get("/commissioning/cross-tab?rows=status&columns=theme&shown=all")
    assert page.h1 == "Gaps: Status by theme"
    rows = {tr.th.text: [td.text.strip() for td in tr.select("td")] for tr in page.soup.select(".heat tr")[1:]}
    assert rows["New"] == ["1", "1", "0", "2"]
    assert rows["All"] == ["2", "2", "2", "6"]
    shown = cara.client.get("/commissioning/cross-tab?rows=audience&columns=audience&shown=nonsense")
    assert shown.h1 == "Gaps: Who it is for by place"


@pytest.mark.usefixtures("log")
def test_the_report_holds_every_open_gap_whatever_the_days(cara: Visitor) -> None:
    page = cara.client.get("/commissioning/report?from=2026-06-14&to=2026-06-15")
    assert page.h1 == "Gaps in local support"
    assert [tag.text for tag in page.soup.select("article > section > h2")] == [
        "Opening words",
        "Headline figures",
        "Market position",
        "Open gaps",
        "What was answered",
        "What was searched for and not found",
        "What was tried, and what was learned",
        "Recommendations",
        "How this was counted",
    ]
    assert [block["id"] for block in page.soup.select(".report__block")] == [
        "GAP-0002",
        "GAP-0003",
        "GAP-0004",
        "GAP-0001",
    ]
    narrow = cara.client.get("/commissioning/report?audience=carers&locality=central")
    assert narrow.h1 == "Gaps in local support: Unpaid carers, Central"
    assert [block["id"] for block in narrow.soup.select(".report__block")] == ["GAP-0002", "GAP-0003"]


def answers(page: str, ref: str, cara: Visitor) -> dict[str, str]:
    block = cara.client.get(page).soup.select_one(f"#{ref}")
    return {div.dt.text: " ".join(div.dd.text.split()) for div in block.select("dl > div")}


def test_a_block_answers_what_a_plan_asks_of_a_gap(cara: Visitor, amina: Visitor, ben: Visitor, searched) -> None:
    amina.post(
        "/gaps/new", **CHOIR, audience=["carers", "older-people"], residents="6-20", evidence="All full.", may_quote="y"
    )
    ben.post("/gaps/GAP-0001/support", evidence="Too far away.", residents="unknown")
    path = cara.tries("/commissioning/prototypes/new", PLAN | {"gaps": "GAP-0001"}).location
    searched("sing", 5, places=["gorton-levenshulme"])
    said = answers("/commissioning/report", "GAP-0001", cara)
    assert said["For whom"] == "Unpaid carers, Older people"
    assert said["Residents it would help"] == "6 to 20"
    assert said["Staff who asked"] == (
        "2, of Ardwick and Longsight neighbourhood team; Gorton and Levenshulme neighbourhood team"
    )
    assert "All full." in said["How we know"]
    assert "Too far away." not in said["How we know"]
    assert "1 member of staff said what they tried, not to be quoted." in said["How we know"]
    assert "“sing”, 5 times by 5 or more people" in said["How we know"]
    assert re.match(r"\d+ listings?|Nothing listed", said["Listings near it"])
    assert said["What was tried"] == PLAN["title"]
    assert path in cara.client.get("/commissioning/report").links()
    assert said["Answer"] == "None yet"


def test_the_market_position_says_what_exists_is_asked_missing_and_intended(cara: Visitor, amina: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR, audience=["carers"], residents="6-20")
    page = cara.client.get("/commissioning/report")
    rows = {
        tr.th.text: [" ".join(td.text.split()) for td in tr.select("td")]
        for tr in page.soup.select("#market ~ div tr")[1:]
        if tr.th
    }
    exists, asked, missing, intended = rows["Unpaid carers"]
    listed = cara.client.get("/directory?audience=carers").soup.select_one(".results__found").text
    assert re.findall(r"\d+", exists)[0] == re.findall(r"\d+", listed)[0]
    assert asked == "1 gap, asked for once; residents: 6 to 20"
    assert missing == "1 gap with nothing tried or planned yet"
    assert intended == "Nothing yet"
    assert rows["Gorton and Levenshulme"][1] == asked


def test_prototypes_are_in_the_report_with_what_was_learned(cara: Visitor, amina: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    path = cara.tries("/commissioning/prototypes/new", PLAN | {"gaps": "GAP-0001"}).location
    cara.post(f"{path}/notes", note="The hall is cold in the evening")
    decision = {"decision": "scale", "became": "A contract.", "learned": "Eleven came every week."}
    cara.tries(f"{path}/decide", decision | {"version": version(cara.get(f"{path}/decide"))})
    page = cara.get(f"/commissioning/report?from={LAST_YEAR}")
    for said in ("library hall", "The hall is cold in the evening", "Eleven came every week.", "Scale. A contract."):
        assert said in page
    assert "Priya" not in page
    assert "Thursday singing" not in cara.get(f"/commissioning/report?from={LAST_YEAR}&locality=south")


def test_what_five_people_searched_for_and_did_not_find_is_in_the_report(cara: Visitor, amina: Visitor, searched):
    amina.post("/gaps/new", needed="Xylorimba lessons for beginners", place="gorton-levenshulme")
    searched("xylorimba", 5, places=["gorton-levenshulme"])
    searched("juggling for two", 4)
    searched("walking", 9, found=30)
    page = cara.client.get("/commissioning/report")
    rows = [
        [" ".join(cell.text.split()) for cell in tr.select("th,td")]
        for tr in page.soup.select("[aria-labelledby=unfound] tbody tr")
    ]
    assert rows == [["xylorimba", "Gorton and Levenshulme", "5", "5", "0", "GAP-0001"]]
    assert "juggling" not in page.text
    elsewhere = cara.client.get("/commissioning/report?locality=south").soup.select_one("[aria-labelledby=unfound]")
    assert "No words were searched for" in elsewhere.text


def test_words_are_kept_for_their_report_alone_with_who_and_when(cara: Visitor, dev: Visitor) -> None:
    path = "/commissioning/report/words?audience=carers"
    page = cara.get(path)
    sent = {
        "opening": "Carers ask for evenings.",
        "recommendations": "Fund two.",
        "seen": "0",
        "form_id": form_ids(page)[-1],
    }
    page = cara.sends(path, **sent)
    assert "Carers ask for evenings." in page
    assert "by Carol" in page
    assert "Carers ask for evenings." in dev.get("/commissioning/report?audience=carers")
    assert "Carers ask for evenings." not in dev.get("/commissioning/report")
    late = dev.post(path, status=409, opening="Something else.", recommendations="", seen="0").text
    for said in ("Somebody wrote here while you did", "Something else.", "Carers ask for evenings."):
        assert said in late
    seen = re.search(r'name="seen" value="(\d+)"', late)
    assert seen
    assert "Something else." in dev.sends(path, opening="Something else.", recommendations="", seen=seen[1])
    assert "Carers ask for evenings." in cara.get(path)  # among what was kept before


def test_words_of_a_report_name_nobody(cara: Visitor) -> None:
    said = "Ring Mrs Khan on 0161 496 0123."
    page = cara.post("/commissioning/report/words", status=422, opening=said, recommendations="", seen="0").text
    assert said in page
    assert "Take out what could identify a person" in page
    assert "Nothing is written here yet." in cara.get("/commissioning/report")
