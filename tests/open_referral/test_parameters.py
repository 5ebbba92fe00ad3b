"""Every filter filters, and finds exactly what one finds by reading the files."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.open_referral import API
from webapp.library.open_referral.taxonomies import taxonomy_id, term_id
from webapp.open_referral import views

pytestmark = pytest.mark.reads_only
Ask = Callable[..., Any]
Named = Callable[..., set[str]]
DAYS = {
    "MO": "monday",
    "TU": "tuesday",
    "WE": "wednesday",
    "TH": "thursday",
    "FR": "friday",
    "SA": "saturday",
    "SU": "sunday",
}


def files(directory: Corpus) -> list[dict[str, Any]]:
    """What the files say of every listing that is published."""
    found = []
    for path in sorted(directory.content.glob("assets/citywide/*.md")):
        if not path.name.startswith("hidden-"):
            front = yaml.safe_load(path.read_text().split("---\n")[1])
            found.append(front | {"modified": path.stat().st_mtime_ns // 10**9})
    return found


AGES = st.one_of(st.none(), st.integers(0, 90))
TIMES = st.one_of(st.none(), st.sampled_from(["00:00", "09:30", "10:00", "12:00", "19:00", "20:30", "23:00"]))
QUESTIONS = st.fixed_dictionaries(
    {
        "minimum_age": AGES,
        "maximum_age": AGES,
        "day": st.one_of(st.none(), st.sampled_from(list(DAYS))),
        "start_time": TIMES,
        "end_time": TIMES,
        "term": st.one_of(st.none(), st.sampled_from(["music-and-singing", "exercise"])),
        "offset": st.one_of(st.none(), st.sampled_from([-3600, 0, 1])),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(question=QUESTIONS)
def test_any_question_finds_what_a_plain_look_at_the_files_finds(directory: Corpus, named: Named, question: dict):
    listed = files(directory)
    since = None
    if question["offset"] is not None:
        since = sorted(front["modified"] for front in listed)[len(listed) // 2] + question["offset"]
    parameters = {key: question[key] for key in ("minimum_age", "maximum_age", "day", "start_time", "end_time")}
    parameters = {key: value for key, value in parameters.items() if value is not None}
    if question["term"]:
        parameters["taxonomy_term_id"] = term_id("activities", question["term"])
    if since is not None:
        parameters["modified_after"] = datetime.fromtimestamp(since, UTC).isoformat()
    expected = {front["title"] for front in listed if _meets(front, question, since)}
    assert named(**parameters, per_page=1000) == expected


def _meets(front: dict[str, Any], question: dict[str, Any], since: int | None) -> bool:
    age = front.get("age", {})
    youngest = age.get("min", 0) + age.get("min_months", 0) / 12
    oldest = age.get("max", 1000) + age.get("max_months", 0) / 12
    if question["minimum_age"] is not None and oldest < question["minimum_age"]:
        return False
    if question["maximum_age"] is not None and youngest > question["maximum_age"]:
        return False
    if question["term"] and question["term"] not in front.get("activities", []):
        return False
    if since is not None and front["modified"] < since:
        return False
    day, start, end = question["day"], question["start_time"], question["end_time"]
    if (day, start, end) == (None, None, None):
        return True
    return any(_fits(session, day, start, end) for session in front.get("sessions", []))


def _fits(session: dict[str, Any], day: str | None, start: str | None, end: str | None) -> bool:
    begins, ends = session.get("starts"), session.get("ends")
    if day and DAYS[day] not in session.get("days", []) and session.get("frequency") != "daily":
        return False
    if start and (not begins or begins < start):
        return False
    is_overnight = bool(begins and ends and ends < begins)
    return not (end and (not ends or is_overnight or ends > end))


def test_a_search_finds_beginnings_of_words_wherever_they_stand_in_a_record(named: Named):
    assert named(search="CHOI") == {"Evening choir"}
    assert named(search="larch hall 0161") == {"Evening choir"}
    assert named(search="Music and singing") == {"Evening choir"}
    assert named(search="choir nowhere") == set()


def test_a_change_counts_at_the_very_moment_and_in_any_zone(directory: Corpus, named: Named, ask: Ask):
    choir = next(front for front in files(directory) if front["title"] == "Evening choir")
    moment = datetime.fromtimestamp(choir["modified"], UTC)
    said = ask("/services", search="evening choir")["contents"][0]["last_modified"]
    assert datetime.fromisoformat(said) == moment
    same_moment = (moment + timedelta(hours=5)).replace(tzinfo=None).isoformat() + "+05:00"
    assert "Evening choir" in named(modified_after=same_moment, per_page=1000)
    later = (moment + timedelta(hours=5, seconds=1)).replace(tzinfo=None).isoformat() + "+05:00"
    assert "Evening choir" not in named(modified_after=later, per_page=1000)
    assert "Evening choir" in named(modified_after=moment.date().isoformat(), per_page=1000)


def test_taxonomies_and_organisations_choose_their_services(ask: Ask, named: Named):
    assert named(taxonomy_id=taxonomy_id("activities")) == {"Evening choir"}
    choir = ask("/services", search="evening choir")["contents"][0]
    assert named(organization_id=choir["organization_id"]) == {"Evening choir"}
    assert named(organization_id=choir["organization_id"].upper()) == {"Evening choir"}
    assert named(organization_id="00000000-0000-4000-8000-000000000000") == set()


def test_terms_are_found_by_taxonomy_parent_and_top(ask: Ask):
    places = ask("/taxonomy_terms", taxonomy_id=taxonomy_id("places"), per_page=1000)["contents"]
    tops = ask("/taxonomy_terms", taxonomy_id=taxonomy_id("places"), top_only="true")["contents"]
    assert {term["name"] for term in tops} == {"North", "Central", "South"}
    below = [ask("/taxonomy_terms", parent_id=top["id"])["contents"] for top in tops]
    assert sorted(term["id"] for terms in (tops, *below) for term in terms) == sorted(term["id"] for term in places)
    assert [t["name"] for t in ask("/taxonomies", search="activit")["contents"]] == ["Activities"]


def test_minimal_is_every_service_on_one_page(ask: Ask):
    page = ask("/services", minimal="true")
    assert page["total_pages"] == 1
    assert page["size"] == page["total_items"] == ask("/services")["total_items"]
    assert all(record.keys() == {"id", "last_modified"} for record in page["contents"])


def test_full_nests_and_brief_does_not(ask: Ask):
    brief, full, extended = (
        ask("/services", search="evening choir", **more)["contents"][0]
        for more in ({}, {"full": "true"}, {"extended": "true"})
    )
    assert "schedules" not in brief
    assert full["schedules"][0]["opens_at"] == "19:00:00"
    assert "Choir leader: 0161 496 0200 ext. 7, choir@example.org" in full["description"]
    assert "0161" not in extended["description"]
    assert extended["contacts"][0]["phones"][0]["extension"] == "7"


def test_near_a_postcode_means_metres_from_its_point_and_the_nearest_first(ask: Ask):
    near = ask("/service_at_locations", postcode="M22 9ZA", proximity=8000)["contents"]
    assert [place["service"]["name"] for place in near] == ["Evening choir"]
    assert not ask("/service_at_locations", postcode="m22", proximity=1)["contents"]


def test_a_postcode_alone_means_who_serves_it(ask: Ask):
    there = {place["service"]["name"] for place in ask("/service_at_locations", postcode="M22 9ZA")["contents"]}
    elsewhere = {place["service"]["name"] for place in ask("/service_at_locations", postcode="M8")["contents"]}
    # Who says whom it serves is left out elsewhere; who does not say stays.
    assert there == {"Evening choir", "By phone"}
    assert elsewhere == {"By phone"}


def test_organisations_have_their_services_in_brief_or_whole(ask: Ask):
    singers = ask("/organizations", search="larch singers")["contents"][0]
    assert "services" not in singers
    (brief,) = ask(f"/organizations/{singers['id']}")["services"]
    (whole,) = ask(f"/organizations/{singers['id']}", full_service="true")["services"]
    assert brief["name"] == whole["name"] == "Evening choir"
    assert "schedules" not in brief
    assert whole["contacts"]
    assert singers["organization_identifiers"][0]["identifier_scheme"] == "GB-CHC"


def test_schedules_say_what_a_rule_can_say_and_never_more(ask: Ask):
    def of(name: str) -> list[dict[str, Any]]:
        found = ask("/services", search=name, extended="true")["contents"]
        return next(service["schedules"] for service in found if service["name"] == name)

    (fortnight,) = of("Fortnightly")
    assert (fortnight["freq"], fortnight["interval"], fortnight["byday"]) == ("WEEKLY", 2, "MO,FR")
    (second,) = of("Second tuesday")
    assert (second["freq"], second["byday"]) == ("MONTHLY", "2TU")
    (daily,) = of("Walk")
    assert daily["byday"] == "MO,TU,WE,TH,FR,SA,SU"
    yearly, monthly = of("Leap years")
    assert "freq" not in yearly
    assert "freq" not in monthly, "a Sunday a month is not every Sunday of the month"
    assert "Sunday" in monthly["description"]


WRONG = [
    ("/services?perpage=5", "per_page"),
    ("/services?page=0", "1 to"),
    ("/services?page=x", "whole number"),
    ("/services?page=1&page=2", "once"),
    ("/services?per_page=1001", "1000"),
    ("/services?format=xml", "ndjson"),
    ("/services?full=yes", "true or false"),
    ("/services?day=noday", "MO"),
    ("/services?start_time=25:00", "09:30"),
    ("/services?minimum_age=-1", "years"),
    ("/services?modified_after=yesterday", "2026-10-06"),
    ("/services?modified_after=2026-02-30", "2026-10-06"),
    ("/services?taxonomy_term_id=music", "identifier"),
    ("/services?search=" + "a%20" * 50, "words or fewer"),
    ("/services?postcode=M22", "postcode"),
    ("/service_at_locations?proximity=5", "from which postcode"),
    ("/service_at_locations?postcode=ZZ9&proximity=5", "not known"),
    ("/service_at_locations?postcode=M22&proximity=0", "metres"),
    ("/taxonomies?day=MO", "parameter"),
    ("/organizations?full_service=1", "true or false"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "says"), WRONG)
def test_what_cannot_be_used_is_refused_in_words(client: Client, unhurried: None, address: str, says: str):
    answer = client.get(f"{API}{address}", 400)
    problem = orjson.loads(answer.data)
    assert answer.type == "application/problem+json"
    assert says in problem["detail"]
    assert problem["parameter"] in re.split(r"[?&=]", address)


def test_a_plus_sign_that_came_as_a_space_is_understood(client: Client, unhurried: None):
    client.get(f"{API}/services?modified_after=2026-01-01T00:00:00+01:00", 200)


def test_a_day_is_known_by_its_name_too(named: Named):
    assert named(day="Tuesday") == named(day="TU") == named(day="tu")


def test_what_is_past_its_day_goes_without_a_new_build(named: Named, monkeypatch: pytest.MonkeyPatch, today: date):
    assert named(search="last days") == {"Last days"}
    monkeypatch.setattr(views, "_today", lambda: today + timedelta(1))
    assert named(search="last days") == {"Last days"}
    monkeypatch.setattr(views, "_today", lambda: today + timedelta(2))
    assert named(search="last days") == set()
