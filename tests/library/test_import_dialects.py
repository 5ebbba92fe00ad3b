"""Every dialect in which directories publish is recognised, and becomes the same listing."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.library.importing import MATCHER, TODAY, feed
from webapp.library.front_matter.model import Asset
from webapp.library.importing.feed import FeedError, read
from webapp.library.importing.ledger import Ledger
from webapp.library.importing.notes import Notes
from webapp.library.importing.oruk import listing
from webapp.library.importing.tagging import Feed

ID = "10000000-0000-4000-8000-000000000001"
DESCRIPTION = "Singing for everybody, with tea afterwards."
ORGANISATION = {"id": "org-1", "name": "Sing Out", "description": "We sing.", "url": "https://sing.example.org"}
HALL = {"address_1": "1 High Road", "city": "Sampleton", "postal_code": "M8 9AA"}
UK_3 = {
    "id": ID,
    "name": "Choir",
    "description": DESCRIPTION,
    "status": "active",
    "minimum_age": 18,
    "organization": ORGANISATION,
    "contacts": [{"title": "Choir office", "phones": [{"number": "0161 496 0111"}]}],
    "cost_options": [{"option": "Adults", "amount": 3, "amount_description": "a session"}],
    "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}],
    "attributes": [{"taxonomy_term": {"name": "Carers"}}, {"taxonomy_term": {"name": "Choral works"}}],
    "service_at_locations": [
        {"location": {"name": "The Hall", "addresses": [HALL], "accessibility": [{"description": "Hearing loop"}]}}
    ],
}
UK_1 = {
    "id": ID,
    "name": "Choir",
    "description": DESCRIPTION,
    "status": "active",
    "eligibilitys": [{"minimum_age": 18.0}],
    "organization": ORGANISATION,
    "contacts": [{"title": "Choir office", "phones": [{"number": "0161 496 0111"}]}],
    "costOptions": [{"option": "Adults", "amount": 3.0, "amount_description": "a session"}],
    "regular_schedules": [{"weekday": 2, "freq": "WEEKLY", "opens_at": "10:00:00", "closes_at": "12:00:00"}],
    "service_taxonomys": [{"taxonomy": {"name": "Carers"}}, {"taxonomy": {"name": "Choral works"}}],
    "service_at_locations": [
        {
            "location": {
                "name": "The Hall",
                "physical_addresses": [HALL],
                "accessibility_for_disabilities": [{"accessibility": "Hearing loop"}],
            }
        }
    ],
}
OUTPOST = {
    "id": ID,
    "name": "Choir",
    "description": DESCRIPTION,
    "status": "active",
    "min_age": 18,
    "max_age": None,
    "free": False,
    "organisation": ORGANISATION,
    "contacts": [{"id": 4, "title": "Choir office", "phone": "0161 496 0111"}],
    "cost_options": [{"option": "Adults", "amount": 3.0, "cost_type": "a session"}],
    "regular_schedules": [{"weekday": "Tuesday", "opens_at": "10:00", "closes_at": "12:00"}],
    "suitabilities": [{"name": "Carers", "slug": "carers"}],
    "taxonomies": [{"name": "Choral works", "slug": "choral-works"}],
    "target_directories": [],
    "locations": [{"name": "The Hall", **HALL, "accessibilities": [{"name": "Hearing loop", "slug": "hearing-loop"}]}],
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "services.csv": [
        {"id": ID, "organization_id": "org-1", "name": "Choir", "description": DESCRIPTION, "status": "active",
         "minimum_age": 18},
    ],
    "organizations.csv": [ORGANISATION],
    "contacts.csv": [{"id": "c1", "service_id": ID, "title": "Choir office"}],
    "phones.csv": [{"id": "p1", "contact_id": "c1", "number": "0161 496 0111"}],
    "cost_options.csv": [{"service_id": ID, "option": "Adults", "amount": 3, "amount_description": "a session"}],
    "schedules.csv": [{"service_id": ID, "freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}],
    "taxonomy_terms.csv": [{"id": "t1", "name": "Carers"}, {"id": "t2", "name": "Choral works"}],
    "attributes.csv": [
        {"link_id": ID, "link_entity": "service", "taxonomy_term_id": "t1"},
        {"link_id": ID, "link_entity": "service", "taxonomy_term_id": "t2"},
    ],
    "service_at_locations.csv": [{"id": "sal", "service_id": ID, "location_id": "l1"}],
    "locations.csv": [{"id": "l1", "name": "The Hall", "location_type": "physical"}],
    "addresses.csv": [{"location_id": "l1", **HALL}],
    "accessibility.csv": [{"location_id": "l1", "description": "Hearing loop"}],
}  # fmt: skip


def as_csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def folder(path: Path, tables: dict[str, list[dict[str, Any]]] = TABLES) -> Path:
    for name, rows in tables.items():
        (path / name).write_text(as_csv(rows), encoding="utf-8")
    return path


def zipped(path: Path) -> Path:
    with zipfile.ZipFile(path / "feed.zip", "w") as archive:
        for name, rows in TABLES.items():
            archive.writestr(f"export/{name}", as_csv(rows))
    return path / "feed.zip"


def written(path: Path, *values: Any) -> Path:
    (path / "feed.json").write_text("\n".join(json.dumps(value) for value in values))
    return path / "feed.json"


def bring(path: Path) -> tuple[list[dict[str, Any]], str, list[str]]:
    """The front matter of each listing, the dialect, and what was not read."""
    reading = read(path)
    ledger = Ledger(paths=reading.ledger.paths)
    made = [listing(given, Feed("North Town", MATCHER, Notes(), TODAY, ledger=ledger)) for given in reading.records]
    for one in made:
        Asset.model_validate(one.front)
    return [one.front for one in made], reading.dialect, ledger.lines()


SHAPES = {
    "HSDS-UK 3": lambda path: written(path, {"contents": [UK_3]}),
    "Open Referral UK 1.0": lambda path: written(path, {"content": [UK_1], "totalElements": 1}),
    "Outpost": lambda path: written(path, {"content": [OUTPOST], "number": 1}),
    "HSDS tables": folder,
    "HSDS tables (": zipped,
    "in a list of organisations": lambda path: written(
        path, {"contents": [{**ORGANISATION, "services": [{k: v for k, v in UK_3.items() if k != "organization"}]}]}
    ),
    "in a list of services at locations": lambda path: written(
        path,
        {"contents": [{**UK_3["service_at_locations"][0], "service": {**UK_3, "service_at_locations": None}}]},  # type: ignore[index]
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_dialect_is_recognised_and_becomes_the_same_listing(name: str, tmp_path: Path) -> None:
    ((front,), dialect, _) = bring(SHAPES[name](tmp_path))
    assert name in dialect
    assert front["title"] == "Choir"
    assert front["organisation"] == "Sing Out"
    assert front["organisation_details"]["url"] == "https://sing.example.org"
    assert front["age"] == {"min": 18}
    assert front["audiences"] == ["carers"]
    assert front["listed_as"] == ["Choral works"]
    assert front["contacts"] == [{"name": "Choir office", "phone": "0161 496 0111"}]
    assert front["prices"] == [{"option": "Adults", "amount": 3.0, "text": "a session"}]
    assert front["sessions"] == [{"days": ["tuesday"], "starts": "10:00", "ends": "12:00", "frequency": "weekly"}]
    (place,) = front["locations"]
    assert (place["name"], place["postcode"], place["access"]) == ("The Hall", "M8 9AA", ["hearing-loop"])


def test_several_places_of_one_service_are_one_listing(tmp_path: Path) -> None:
    halls = [
        {"service": {"id": ID, "name": "Choir", "status": "active"}, "location": {"name": name, "addresses": [HALL]}}
        for name in ("Hall A", "Hall B")
    ]
    ((front,), _, _) = bring(written(tmp_path, *halls))
    assert [place["name"] for place in front["locations"]] == ["Hall A", "Hall B"]


def test_the_ledger_names_the_paths_that_were_published(tmp_path: Path) -> None:
    organisation = {**ORGANISATION, "mood": "good", "services": [{"id": ID, "name": "Choir", "colour": "red"}]}
    _, _, unread = bring(written(tmp_path, {"contents": [organisation]}))
    assert unread == ["not read: mood 1", "not read: services[].colour 1"]
    ((tmp_path / "tables").mkdir(),)
    tables = {**TABLES, "phones.csv": [{"contact_id": "c1", "number": "0161 496 0111", "colour": "red"}]}
    _, _, unread = bring(folder(tmp_path / "tables", tables))
    assert "not read: phones.csv colour 1" in unread


def test_what_only_outpost_says_is_kept(tmp_path: Path) -> None:
    more = {
        **OUTPOST,
        "free": True,
        "cost_options": [],
        "needs_referral": True,
        "visible_to": "2027-03-31T00:00:00.000Z",
        "updated_at": "2026-05-04T10:00:00.000Z",
        "send_needs": [{"name": "Autism"}],
        "age_band_3_4": True,
        "links": [{"label": "Our page", "url": "https://links.example.org"}],
        "local_offer": {
            "description": "<p>We welcome <b>everyone</b>.</p>",
            "link": "https://offer.example.org",
            "survey_answers": [{"question": "Who can come?", "answer": "All"}],
        },
        "meta": [{"key": "Ofsted number", "value": "EY123"}],
        "locations": [
            {"name": "Park", "postal_code": "M8 9AA", "geometry": {"type": "Point", "coordinates": [-2.24, 53.5]}}
        ],
    }
    notes = Notes()
    ledger = Ledger()
    made = listing(more, Feed("North Town", MATCHER, notes, TODAY, ledger=ledger))
    assert made.front["cost"] == {"band": "free"}
    assert made.front["expires"] == "2027-03-31"
    assert made.front["last_modified"] == "2026-05-04"
    assert "verified" not in made.front
    assert "autism" in made.front["audiences"]
    assert "3 to 4 years" in made.front["listed_as"]
    assert {link["url"] for link in made.front["links"]} == {"https://links.example.org", "https://offer.example.org"}
    assert (made.front["locations"][0]["latitude"], made.front["locations"][0]["longitude"]) == (53.5, -2.24)
    for said in ("A referral is needed.", "We welcome **everyone**.", "Who can come?: All", "Ofsted number: EY123"):
        assert said in made.text
    assert not [line for line in ledger.lines() if not line.rpartition(" ")[0].endswith(("id", "slug"))]


def test_a_feed_in_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    text = json.dumps([{**UK_3, "name": "Café – £3"}], ensure_ascii=False)
    (tmp_path / "feed.json").write_bytes(text.encode("cp1252"))
    ((front,), dialect, _) = bring(tmp_path / "feed.json")
    assert front["title"] == "Café – £3"
    assert "Windows-1252" in dialect


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"readme.csv": "a\n1\n"}, "without a services.csv.*It holds: readme.csv"),
        ({"services.csv": "id,name\n"}, "none of them has a service"),
        ({"services.csv": "id,name\n1,Choir,extra\n"}, "services.csv, line 2, has 3 cells under 2 headings"),
        ({"services.csv": "id,id\n1,2\n"}, "column `id` twice"),
        ({"services.csv": 'id,name\n1,"Choir'}, "services.csv is no sound CSV"),
        ({}, "holds: no CSV file"),
    ],
)
def test_tables_that_cannot_be_used_say_which_and_why(tables: dict[str, str], said: str, tmp_path: Path) -> None:
    for name, text in tables.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(FeedError, match=said):
        read(tmp_path)


def test_rows_that_belong_to_nothing_are_told(tmp_path: Path) -> None:
    tables = {**TABLES, "phones.csv": [{"service_id": "nobody", "number": "0161 496 0111"}]}
    assert read(folder(tmp_path, tables)).doubt == "these rows belong to nothing that came: 1 of phones.csv"


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.library.importing.source.MAX_BYTES", 100)
    with pytest.raises(FeedError, match="when it is unpacked"):
        read(zipped(tmp_path))


def test_what_holds_no_services_is_refused_in_words_that_say_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="2 organisations, not services"):
        read(feed(tmp_path, {**ORGANISATION, "website": "x"}, {"name": "B", "website": "y", "logo": "z"}))
