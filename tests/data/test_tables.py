"""Tables to take out: what each file holds is what the dictionary says, and nobody who asked is named."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.people import PEOPLE
from webapp.data.catalogue import TABLES
from webapp.data.table import Kind
from webapp.db.engine import now

OF_EVERY_ROW = {"listings", "listing_terms", "terms"}  # long, and the content's
IN_JSON = {Kind.TEXT: str, Kind.NUMBER: int, Kind.YES_NO: bool, Kind.DAY: str, Kind.MOMENT: str}


def rows(person: Client, table: str, query: str = "") -> list[dict[str, Any]]:
    return json.loads(person.get(f"/data/{table}.json{query}").text)[table]


def in_csv(person: Client, table: str) -> list[dict[str, str]]:
    text = person.get(f"/data/{table}.csv").text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def in_excel(person: Client, table: str) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(person.get(f"/data/{table}.xlsx").data)).active
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.usefixtures("history")
def test_every_file_has_the_columns_and_kinds_that_the_dictionary_names(carol: Client):
    for name, table in TABLES.items():
        names = [column.name for column in table.columns]
        found, lines = rows(carol, name), in_csv(carol, name)
        heads, *cells = in_excel(carol, name)
        assert list(heads) == names
        assert len(found) == len(lines) == len(cells)
        assert found or name == "demand", f"{name}: the history of this test has no row of it"
        for row, line, line_of_cells in zip(found, lines, cells, strict=True):
            assert list(row) == list(line) == names
            for column, cell in zip(table.columns, line_of_cells, strict=True):
                known = row[column.name]
                assert known is None or type(known) is IN_JSON[column.kind], f"{name}.{column.name}: {known!r}"
                if column.kind is Kind.MOMENT and known:
                    assert datetime.fromisoformat(known).utcoffset() == timedelta()
                if column.kind is Kind.DAY and known:
                    assert date.fromisoformat(known) == cell.date(), "Excel knows that it is a day"
                if column.kind is Kind.YES_NO:
                    assert (line[column.name], cell) == (("true", True) if known else ("false", False))


@pytest.mark.usefixtures("history")
def test_what_leads_to_another_table_leads_to_a_row_and_keys_tell_rows_apart(carol: Client):
    every = {name: rows(carol, name) for name in TABLES}
    codes = {(term["vocabulary"], term["code"]) for term in every["terms"]}
    for name, table in TABLES.items():
        keys = [tuple(row[part] for part in table.key) for row in every[name]]
        assert len(set(keys)) == len(keys), f"{name}: {table.key} is no key"
        for column in table.columns:
            values = {row[column.name] for row in every[name]} - {None}
            if column.to:
                other, _, its = column.to.partition(".")
                assert values <= {row[its] for row in every[other]}, f"{name}.{column.name}"
            elif column.codes and name != "listing_terms":
                assert {(column.codes, value) for value in values} <= codes, f"{name}.{column.name}"


def test_nobody_who_asked_is_named(carol: Client, history: str):
    carol.get(f"/commissioning/gaps/{history}")
    for name in TABLES.keys() - OF_EVERY_ROW:
        said = carol.get(f"/data/{name}.csv").text
        for person in PEOPLE.values():
            if person.role != "commissioner":
                assert person.name not in said, name
            assert person.email not in said, name
    assert not {"reporter", "user", "team"} & set(rows(carol, "barriers")[0]), "a small team's barrier is one person's"


def test_unmet_demand_tells_of_five_people_and_of_months_that_are_over(carol: Client, searched: Callable[..., None]):
    this_month = now().replace(day=1, hour=9)
    last = (this_month - timedelta(days=1)).replace(day=3)
    searched("bowls", 5, at=last)
    searched("darts", 4, at=last)
    searched("chess", 9, at=this_month)
    searched("boules", 9, at=last - timedelta(days=500))
    (row,) = rows(carol, "demand")
    assert (row["words"], row["month"], row["people_at_least"], row["searches"]) == (
        "bowls", last.replace(day=1).date().isoformat(), 5, 5,
    )  # fmt: skip


def test_a_month_that_begins_to_be_forgotten_is_not_told(carol: Client, searched: Callable[..., None]):
    """Its searches go day by day, so two files would differ by what one person searched for."""
    from webapp.searches.counting import KEPT

    going = now() - KEPT
    end_of_it = (going.replace(day=28) + timedelta(days=4)).replace(day=1, hour=9) - timedelta(hours=12)
    searched("bowls", 6, at=end_of_it.astimezone(UTC))
    assert rows(carol, "demand") == []


def test_the_dictionary_says_what_the_tables_are_made_of(carol: Client):
    page = carol.get("/data")
    package = json.loads(carol.get("/data/datapackage.json").text)
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        table = TABLES[resource["name"]]
        fields = [(field["name"], field["description"]) for field in resource["schema"]["fields"]]
        assert fields == [(column.name, column.meaning) for column in table.columns]
        assert all(meaning in page.words and f"/data/{table.name}.csv" in page.text for _, meaning in fields)
        assert carol.get(resource["path"].removeprefix("http://localhost")).status == 200


@pytest.mark.both_databases
def test_a_tool_asks_for_what_has_changed_since(carol: Client, history: str, clock: Clock):
    before = json.loads(carol.get("/data/gaps.json").text)
    clock.passes(minutes=10)
    moment = now()
    carol.get(f"/commissioning/gaps/{history}").send("Save this gap", answer="A choir begins on Thursday.")
    carol.post(f"/gaps/{history}/support")
    clock.passes(minutes=10)
    for said in (moment.isoformat(), moment.isoformat().replace("+00:00", "Z"), moment.isoformat().replace("+", " ")):
        query = f"?modified_after={said}"
        assert [gap["ref"] for gap in rows(carol, "gaps", query)] == [history], "the moment itself counts"
        assert {event["kind"] for event in rows(carol, "gap_events", query)} == {"answered"}
        assert [support["gap"] for support in rows(carol, "gap_supports", query)] == [history]
    later = (moment + timedelta(microseconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert rows(carol, "gaps", f"?modified_after={later}") == []
    told = before["next_modified_after"]
    assert datetime.fromisoformat(told) < datetime.fromisoformat(before["made"]), "what is being saved is not missed"
    assert history in carol.get(f"/data/gaps.csv?modified_after={told}").text


def test_what_is_not_understood_is_refused(carol: Client):
    assert "“colour” is nothing" in carol.get("/data/gaps.csv?colour=red", status=400).text
    first_day = "0001-01-01T00:00:00%2B14:00"  # which has no time in UTC
    for wrong in ("2026-03-02", "2026-03-02T09:00:00", "yesterday", "", first_day):
        assert "with its zone" in carol.get(f"/data/gaps.csv?modified_after={wrong}", status=400).text
    assert "given whole" in carol.get("/data/terms.csv?modified_after=2026-03-02T09:00:00Z", status=400).text
    carol.get("/data/people.csv", status=404)
