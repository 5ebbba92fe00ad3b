"""Nothing is lost to a feed that came in part, that is of something else, or that gives one id to two services."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.library.importing import TODAY, WORDS, feed, service
from webapp.library.importing.bring_in import Choices, ImportOutcome, bring_in
from webapp.library.importing.feed import FeedError, read

ORGANISATION = {"id": "1", "name": "Org A", "description": "An organisation, not a service."}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def bring(home: Path, source: Path, **choices: Any) -> ImportOutcome:
    choice = Choices("North Town", home / "assets" / "north-town", **choices)
    return bring_in(source, home, WORDS, choice, TODAY)


def bring_list(home: Path, *services: Any, **choices: Any) -> ImportOutcome:
    return bring(home, feed(home.parent, *services), **choices)


def enveloped(folder: Path, come: int, key: str = "contents", **says: Any) -> Path:
    """A file with an envelope that says `says` round `come` services."""
    path = folder / "feed.json"
    path.write_text(json.dumps({**says, key: [service(n) for n in range(1, come + 1)]}))
    return path


def titles(home: Path) -> dict[str, str]:
    """The id of each listing, by its title."""
    found = {}
    for path in home.rglob("*.md"):
        lines = dict(
            line.split(": ", 1) for line in path.read_text().splitlines() if line.startswith(("id: ", "title: "))
        )
        found[lines["title"]] = lines["id"]
    return found


@pytest.mark.parametrize(
    ("says", "part"),
    [
        ({"total_items": 300}, "5 of 300 services"),
        ({"total_items": "300", "total_pages": 6}, "5 of 300 services"),
        ({"totalElements": 6, "totalPages": 2, "numberOfElements": 5, "number": 0}, "5 of 6 services"),
        ({"total": 12}, "5 of 12 services"),
        ({"count": 12, "next": "https://example.org/?page=2"}, "5 of 12 services"),
        ({"meta": {"total_count": 9}}, "5 of 9 services"),
        ({"page": {"totalElements": 40, "number": 0}}, "5 of 40 services"),
        ({"total_pages": 6, "page_number": 1}, "page 1 of 6"),
        ({"totalPages": 3, "number": 0}, "page 1 of 3"),
        ({"total_items": 5, "total_pages": 2, "page_number": 2}, "page 2 of 2"),
        ({"current_page": 1, "last_page": 4}, "page 1 of 4"),
        ({"last_page": False, "page_number": 1}, "page 1, after which there are more"),
        ({"last": False}, "1 page, after which there are more"),
        ({"first_page": False, "last_page": True}, "1 page, before which there are others"),
        ({"page_number": 3, "last_page": True}, "page 3, before which there are others"),
        ({"next": "https://example.org/?page=2"}, "1 page, after which there are more"),
        ({"links": {"next": "/services?page=2"}}, "1 page, after which there are more"),
        ({"has_more": True}, "1 page, after which there are more"),
        ({"numberOfElements": 50}, "5 of 50 services of a page"),
    ],
)
def test_what_did_not_come_is_never_deleted(home: Path, says: dict[str, Any], part: str) -> None:
    bring(home, enveloped(home.parent, 8))
    source = enveloped(home.parent, 5, "content" if "totalElements" in says else "contents", **says)
    assert read(source).lacking == part
    before = titles(home)
    with pytest.raises(FeedError, match=f"Only {part} came"):
        bring(home, source, remove_missing=True)
    assert titles(home) == before
    outcome = bring(home, source)
    assert outcome.lacking == part
    assert titles(home) == before


@pytest.mark.parametrize(
    "says",
    [
        {},
        {"total_items": 5, "total_pages": 1, "page_number": 1, "size": 5, "first_page": True, "last_page": True},
        {"totalElements": 5, "totalPages": 1, "numberOfElements": 5, "number": 0, "first": True, "last": True},
        {"total": "5", "next": None, "links": {"next": ""}},
        {"current_page": 1, "last_page": 1, "total": 5},
        {"total_items": 0},
        {"total_items": "many"},
    ],
)
def test_what_a_whole_feed_no_longer_holds_is_deleted_when_asked(home: Path, says: dict[str, Any]) -> None:
    bring(home, enveloped(home.parent, 8))
    assert len(bring(home, enveloped(home.parent, 5, **says)).plan.missing) == 3
    assert len(titles(home)) == 8
    bring(home, enveloped(home.parent, 5, **says), remove_missing=True)
    assert len(titles(home)) == 5


def test_pages_that_were_saved_one_after_the_other_are_one_feed(tmp_path: Path) -> None:
    pages = [
        {"total_items": 4, "total_pages": 2, "page_number": n, "contents": [service(2 * n), service(2 * n + 1)]}
        for n in (1, 2)
    ]
    for text in (json.dumps(pages), "\n".join(map(json.dumps, pages))):
        (tmp_path / "feed.json").write_text(text)
        assert (len(read(tmp_path / "feed.json").records), read(tmp_path / "feed.json").lacking) == (4, "")
    (tmp_path / "feed.json").write_text(json.dumps([pages[0], pages[0]]))
    assert read(tmp_path / "feed.json").lacking == "2 of 4 services (2 of 4 came twice)"


def test_totals_below_what_came_are_told(tmp_path: Path) -> None:
    assert read(enveloped(tmp_path, 5, total_items=3)).doubt == "the feed says that it holds 3 services, and 5 came"


@pytest.mark.parametrize("broken", [{"name": ""}, {"name": ["x"]}, {"website": "https://example.org", "status": None}])
def test_a_service_that_came_broken_is_not_missing(home: Path, broken: dict[str, Any]) -> None:
    bring_list(home, service(1), service(2), service(3))
    record = {"id": service(2)["id"], "name": "Tea and talk 2"} | broken
    outcome = bring_list(home, service(1), {key: value for key, value in record.items() if value}, remove_missing=True)
    assert outcome.notes.left_out or outcome.plan.write
    assert set(titles(home)) == {"Tea and talk 1", "Tea and talk 2"}


def test_where_a_record_without_an_id_could_not_be_read_nothing_is_deleted(home: Path) -> None:
    bring_list(home, service(1), service(2))
    with pytest.raises(FeedError, match="1 record has no id and could not be read"):
        bring_list(home, service(1), {"name": ""}, remove_missing=True)
    assert len(titles(home)) == 2


def test_to_delete_most_of_a_feed_asks_for_a_second_word(home: Path) -> None:
    bring_list(home, *map(service, range(60)))
    with pytest.raises(FeedError, match="would delete 50 of the 60 listings of North Town"):
        bring_list(home, *map(service, range(10)), remove_missing=True)
    assert len(titles(home)) == 60
    bring_list(home, *map(service, range(10)), remove_missing=True, remove_most=True)
    assert len(titles(home)) == 10


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([ORGANISATION | {"website": "https://example.org"}], "an organisation, not services"),
        ([ORGANISATION | {"legal_status": "charity"}, ORGANISATION], "1 organisations|an organisation"),
        ([ORGANISATION | {"services": [{"id": "2"}]}] * 3, "3 organisations, not services"),
        ([ORGANISATION, ORGANISATION | {"email": "a@example.org"}], "2 records, and nothing in them says"),
        ([{"id": "1", "name": "Carers", "taxonomy": "needs", "parent_id": "2"}] * 2, "2 terms of a taxonomy"),
        ([{"id": "1", "name": "Needs", "description": "x", "version": "1"}], "a taxonomy"),
        ([{"id": "1", "name": "Hall", "location_type": "physical", "languages": []}], "a location"),
        ([{"id": "1", "name": "Hall", "latitude": 53, "addresses": [{}]}], "a location"),
        ([{"id": "1", "service_id": "2", "location": {"name": "Hall"}, "schedules": []}], "the place of a service"),
    ],
)
def test_a_list_of_something_else_is_refused_in_words(home: Path, records: list[Any], said: str) -> None:
    for source in (records, {"contents": records, "total_items": len(records)}):
        (home.parent / "feed.json").write_text(json.dumps(source))
        with pytest.raises(FeedError, match=said):
            bring(home, home.parent / "feed.json")
    assert list(home.rglob("*.md")) == []


def test_an_organisation_among_services_is_left_out_and_told(home: Path) -> None:
    outcome = bring_list(home, service(1), ORGANISATION | {"website": "https://example.org"})
    assert outcome.notes.left_out == ["Org A: it is an organisation, not a service"]
    assert list(titles(home)) == ["Tea and talk 1"]


def test_a_service_that_says_little_beside_others_is_one(home: Path) -> None:
    bring_list(home, service(1), {"id": "2", "name": "Bare"})
    assert set(titles(home)) == {"Tea and talk 1", "Bare"}


def test_two_services_with_one_id_are_both_kept_and_named(home: Path) -> None:
    outcome = bring_list(home, service(1, name="Tea"), service(1, name="Cake"))
    assert set(titles(home)) == {"Tea", "Cake"}
    assert len(set(titles(home).values())) == 2
    (told,) = (kind for said, kind in outcome.notes.attention.items() if "its id is that of another" in said)
    assert "Tea" in told.examples[0]
    assert "Cake" in told.examples[0]


def test_their_ids_do_not_depend_on_their_order(tmp_path: Path) -> None:
    three = [service(1, name=name) for name in ("Tea", "Cake", "Scones")]
    found = []
    for number, some in enumerate(itertools.permutations(three)):
        home = tmp_path / str(number) / "content"
        home.mkdir(parents=True)
        bring_list(home, *some)
        found.append(titles(home))
    assert all(one == found[0] for one in found)


def test_whoever_was_there_keeps_the_id_and_no_name_is_swapped(home: Path) -> None:
    bring_list(home, service(1, name="Tea"))
    before = titles(home)
    bring_list(home, service(1, name="Cake"), service(1, name="Tea"))
    both = titles(home)
    assert both["Tea"] == before["Tea"]
    outcome = bring_list(home, service(1, name="Tea"), service(1, name="Cake"))
    assert (len(outcome.plan.changed), outcome.plan.unchanged) == (0, 2)
    outcome = bring_list(home, service(1, name="Cake"), remove_missing=True)
    assert [path.stem for path in outcome.plan.missing] == ["tea"]
    assert titles(home) == {"Cake": both["Cake"]}


def test_of_one_id_and_one_name_the_one_verified_last_is_kept_and_the_other_told(home: Path) -> None:
    old = service(1, assured_date="2025-01-01", email="old@example.org")
    for some in ([old, service(1)], [service(1), old]):
        outcome = bring_list(home, *some)
        assert "another service has its id" in outcome.notes.left_out[0]
        assert "they differ in contacts, verified" in outcome.notes.left_out[0]
        assert "tea1@example.org" in next(home.rglob("*.md")).read_text()
    assert bring_list(home, service(1), service(1)).notes.left_out == []


def test_a_dry_run_names_every_change_field_by_field(home: Path) -> None:
    weekly = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00"}
    bring_list(home, service(1, url="https://a.example.org", schedules=[weekly]), service(2), service(3))
    later = service(
        1, url="https://b.example.org", email="new@example.org", schedules=[weekly | {"byday": "TU"}], status="Closed",
        description="Tea and cake.\n\nNow in the library.",
    )  # fmt: skip
    outcome = bring_list(home, later, service(2), service(4), dry_run=True, remove_missing=True)
    told = {change.title: (change.verb, set(change.lines)) for change in outcome.changes}
    assert told["Tea and talk 3"] == ("deleted", set())
    assert told["Tea and talk 4"] == ("new", set())
    assert "Tea and talk 2" not in told
    verb, lines = told["Tea and talk 1"]
    assert verb == "changed"
    assert lines >= {
        "status: active → defunct",
        "url: https://a.example.org → https://b.example.org",
        "contacts: − email tea1@example.org",
        "contacts: + email new@example.org",
        "sessions: − days monday, starts 10:00, frequency weekly",
        "sessions: + days tuesday, starts 10:00, frequency weekly",
        "text: + Now in the library.",
    }
    assert set(titles(home)) == {f"Tea and talk {n}" for n in (1, 2, 3)}


def test_a_dry_run_says_nothing_of_a_secret_place(home: Path) -> None:
    def refuge(road: str) -> Any:
        place = {"name": "Rose House", "addresses": [{"address_1": road, "postal_code": "M22 9ZA"}]}
        return service(1, name="Women's refuge", service_at_locations=[{"location": place}])

    bring_list(home, refuge("1 Old Road"))
    (change,) = bring_list(home, refuge("2 New Road"), dry_run=True).changes
    assert change.lines == ("locations: a confidential place",)


def test_a_record_that_changed_where_nobody_sees_it_is_said_to_be_that(home: Path) -> None:
    bring_list(home, service(1))
    (change,) = bring_list(home, service(1, something="else"), dry_run=True).changes
    assert change.lines == ("nothing that readers see: only what the feed says besides",)


def test_a_time_that_ends_goes_with_its_day_though_the_feed_stays_as_it_is(home: Path) -> None:
    ends = service(1, schedules=[{"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "until": "2026-11-30"}])
    bring_list(home, ends)
    assert "sessions:" in next(home.rglob("*.md")).read_text()
    choice = Choices("North Town", home / "assets" / "north-town")
    later = TODAY.replace(month=12, day=1)
    bring_in(feed(home.parent, ends), home, WORDS, choice, later)
    assert "sessions:" not in next(home.rglob("*.md")).read_text()


def test_only_what_the_model_refuses_is_lost_of_a_list(home: Path) -> None:
    long = "x" * 30
    phones = [{"number": "0161 496 0111"}, {"number": f"0161 496 0112 ext {long}"}]
    bring_list(home, service(1, phones=phones, contacts=[{"title": "Desk", "email": f"{'a' * 300}@example.org"}]))
    assert "0161 496 0111" in next(home.rglob("*.md")).read_text()
