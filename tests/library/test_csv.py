"""Listings out to a spreadsheet and back: exactly what changed, and nothing where anything is wrong."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.refuge import SAFE_HOUSE
from webapp.cli.csv import export_csv, import_csv
from webapp.config.settings import ROOT
from webapp.library.front_matter.model import Asset
from webapp.library.listings import cells, table

Rows = list[dict[str, str]]
SOME = ("assets/citywide", "assets/gorton-levenshulme")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of some of the real content, that commands work on."""
    content = tmp_path / "content"
    for part in ("vocabulary", *SOME):
        shutil.copytree(ROOT / "content" / part, content / part)
    shutil.copy(ROOT / "content" / "site.yml", content)
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(tmp_path / "index"))
    return tmp_path / "content"


def exported(folder: Path) -> tuple[Path, Rows]:
    file = folder / "listings.csv"
    assert CliRunner().invoke(export_csv, [str(file)]).exit_code == 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return file, list(csv.DictReader(lines))


def back(file: Path, rows: Rows, *options: str, encoding: str = "utf-8-sig") -> Result:
    made = io.StringIO()
    writer = csv.DictWriter(made, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(made.getvalue().encode(encoding))
    return CliRunner().invoke(import_csv, [str(file), *options])


def state(home: Path) -> dict[str, bytes]:
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in home.rglob("*") if p.is_file()}


def lines_changed(before: bytes, after: bytes) -> list[bytes]:
    """The lines of `after` that differ, where no line came or went."""
    old, new = before.split(b"\n"), after.split(b"\n")
    assert len(old) == len(new)
    return [b for a, b in zip(old, new, strict=True) if a != b]


@pytest.mark.parametrize("pasted", ["\ufffe", "\uffff", "\x01", "\x1b"], ids=repr)
def test_a_character_that_no_file_can_hold_is_left_out(home: Path, tmp_path: Path, pasted: str):
    file, rows = exported(tmp_path)
    rows[0]["summary"] = f"Tea, cake and com{pasted}pany."
    ran = back(file, rows)
    assert ran.exit_code == 0, ran.output
    assert "Tea, cake and company." in (home / rows[0]["file"]).read_text()


def test_what_was_not_changed_changes_nothing(home: Path, tmp_path: Path):
    before = state(home)
    file, rows = exported(tmp_path)
    ran = back(file, rows)
    assert ran.exit_code == 0, ran.output
    assert f"0 changed, 0 new, {len(rows)} unchanged" in ran.output
    assert state(home) == before


CHANGES: list[tuple[str, str, bytes]] = [
    ("title", "A: new name", b'title: "A: new name"'),
    ("summary", "Tea, cake and company.", b"summary: Tea, cake and company."),
    ("organisation", "Somebody else", b"organisation: Somebody else"),
    ("status", "inactive", b"status: inactive"),
    ("contact_1_phone", "0161 496 0999", b"0161 496 0999"),
    ("verified_date", "2026-11-20", b"2026-11-20"),
    ("verified_by", "Another team", b"Another team"),
    ("location_1_postcode", "M1 1AE", b"M1 1AE"),
    ("session_1_starts", "09:15", b"09:15"),
    ("outcomes", "participation", b"outcomes: [participation]"),
]


def test_ten_changed_rows_change_ten_files_in_those_lines(home: Path, tmp_path: Path):
    before = state(home)
    file, rows = exported(tmp_path)
    wanted: dict[str, bytes] = {}
    for column, value, line in CHANGES:
        row = next(r for r in rows if r[column] not in ("", value) and f"{r['file']}" not in wanted)
        if column == "location_1_postcode":
            row["location_1_latitude"] = row["location_1_longitude"] = ""
        row[column] = value
        wanted[row["file"]] = line
    assert len(wanted) == 10
    dry = back(file, rows, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert dry.output.count("would change") == 10
    assert state(home) == before
    ran = back(file, rows)
    assert ran.exit_code == 0, ran.output
    after = state(home)
    assert {name for name in after if after[name] != before.get(name)} == set(wanted)
    for name, line in wanted.items():
        if b"M1 1AE" in line:
            continue  # two lines went with the postcode
        (changed,) = lines_changed(before[name], after[name])
        assert line in changed, name


COMMENTED = """---
# This listing is looked after by Rose.
title: Menders   # the name people know
summary: A workshop with tea.
organisation: 'Menders CIC'
status: active

citywide: true
cost: free   # for now
sessions:
  - days: [tuesday]   # not in August
    starts: 10:30
    # the hall shuts at one
    ends: 12:30
  - {days: [friday], starts: 14:00}
contacts:
  - phone: 0161 496 0123
verified: {date: 2026-10-06, by: A team}   # by phone
---

Come in.
"""


def edit(home: Path, tmp_path: Path, text: str, **values: str) -> tuple[Result, str]:
    """Bring in the one listing `text` with other cells; what was said, and the file afterwards."""
    shutil.rmtree(home / "assets")
    path = home / "assets" / "citywide" / "menders.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())
    file, rows = exported(tmp_path)
    rows[0].update(values)
    return back(file, rows), path.read_bytes().decode()


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"cost_note": "2 for tea"}, "cost: free ", "cost: {band: free, note: 2 for tea} "),
        ({"session_1_ends": "13:00"}, "    ends: 12:30", "    ends: 13:00"),
        ({"session_2_ends": "15:30"}, "starts: 14:00}", "starts: 14:00, ends: 15:30}"),
        ({"session_1_days": "monday|tuesday"}, "[tuesday]   #", "[monday, tuesday]   #"),
        ({"contact_1_email": "hi@example.org"}, "0123\n", "0123\n    email: hi@example.org\n"),
        ({"verified_date": "2026-11-01"}, "2026-10-06", "2026-11-01"),
        ({"url": "https://menders.example.org"}, "0123\n", "0123\nurl: https://menders.example.org\n"),
        ({"session_2_days": "", "session_2_starts": ""}, "  - {days: [friday], starts: 14:00}\n", ""),
        ({"description": "Come in.\n\nBring a kettle."}, "Come in.\n", "Come in.\n\nBring a kettle.\n"),
        ({"draft": "yes"}, "# by phone\n", "# by phone\ndraft: true\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_order_and_line_ends_stay(
    home: Path, tmp_path: Path, values: dict[str, str], old: str, new: str, newline: str
):
    text = COMMENTED.replace("\n", newline)
    ran, after = edit(home, tmp_path, text, **values)
    assert ran.exit_code == 0, ran.output
    assert after == text.replace(old.replace("\n", newline), new.replace("\n", newline))


def test_a_row_is_named_by_the_number_that_a_spreadsheet_shows(home: Path, tmp_path: Path):
    """Descriptions hold many lines each: the line of the file would say nothing to somebody who looks at rows."""
    file, rows = exported(tmp_path)
    assert sum(row["description"].count("\n") for row in rows) > len(rows)
    rows[-1]["status"] = "shut"
    assert back(file, rows).output.startswith(f"listings.csv:{len(rows) + 1}: `status` is `shut`")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"contact_1_phone": "1614960555"}, "column `contact_1_phone`: `1614960555` has lost its first 0"),
        ({"contact_1_phone": "1.61E+09"}, "column `contact_1_phone`"),
        ({"verified_date": "05/06/2026"}, "could be two dates"),
        ({"verified_date": "31/02/2026"}, "no date that exists"),
        ({"activities": "walkin"}, "did you mean `walking"),
        ({"citywide": "perhaps"}, "neither yes nor no"),
        ({"session_1_starts": "half ten"}, "is not a time"),
        ({"title": ""}, "`title` is missing"),
        ({"session_1_ends": "09:00"}, "before it starts"),
        ({"file": "assets/citywide/mender.md"}, "did you mean `assets/citywide/menders.md`"),
        ({"file": "../../../etc/passwd"}, "there is no listing"),
        ({"description": "See [here](/toolkit/gone)"}, "there is no page /toolkit/gone"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_nothing_is_written(
    home: Path, tmp_path: Path, values: dict[str, str], said: str
):
    ran, after = edit(home, tmp_path, COMMENTED, **values)
    assert ran.exit_code == 1
    assert any(line.startswith("listings.csv:2: ") and said in line for line in ran.output.splitlines()), ran.output
    assert after == COMMENTED


@pytest.mark.parametrize(
    "values",
    [
        {"contact_1_phone": "1614960123"},  # Excel took the nought
        {"verified_date": "06/10/2026"},  # as Excel shows it here
        {"verified_date": "10/6/2026"},  # and in America
        {"session_1_starts": "10:30:00"},
        {"citywide": "TRUE"},
    ],
)
def test_what_excel_does_by_itself_is_no_change(home: Path, tmp_path: Path, values: dict[str, str]):
    ran, after = edit(home, tmp_path, COMMENTED, **values)
    assert ran.exit_code == 0, ran.output
    assert "1 unchanged" in ran.output
    assert after == COMMENTED


def test_a_row_without_a_file_begins_a_listing(home: Path, tmp_path: Path):
    file, rows = exported(tmp_path)
    new = dict.fromkeys(rows[0], "") | {
        "title": "Tuesday tea",
        "summary": "Tea and talk.",
        "organisation": "Tea CIC",
        "status": "active",
        "places": "ardwick-longsight",
        "contact_1_phone": "0161 496 0100",
        "session_1_days": "tuesday",
        "verified_date": "2026-11-01",
        "verified_by": "A team",
        "description": "Come and talk.",
    }
    ran = back(file, [*rows, new])
    assert ran.exit_code == 0, ran.output
    text = (home / "assets/ardwick-longsight/tuesday-tea.md").read_text()
    assert "sessions:\n  - days: [tuesday]\n" in text
    assert "verified: {date: 2026-11-01, by: A team}\n---\nCome and talk.\n" in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04rest", "workbook"),
        ("file,title\nassets/x.md,Café\n".encode("cp1252"), "not UTF-8"),
        ("file,title\n".encode("utf-16"), "not UTF-8"),
        (b'file,title\n"assets/x.md,', "cannot be read"),
        (b"title\nTea\n", "there is no column `file`"),
        (b"file,titel\n,Tea\n", "did you mean `title`"),
        (b"file,title,title\n", "two columns `title`"),
        (b"file,title\n,Tea,and,more\n", "this row has 4 cells"),
    ],
)
def test_a_table_that_is_none_is_refused(home: Path, tmp_path: Path, data: bytes, said: str):
    before = state(home)
    file = tmp_path / "table.csv"
    file.write_bytes(data)
    ran = CliRunner().invoke(import_csv, [str(file)])
    assert ran.exit_code == 1
    assert said in ran.output
    assert state(home) == before


def test_semicolons_and_no_mark_of_byte_order_are_taken(home: Path, tmp_path: Path):
    file, rows = exported(tmp_path)
    made = io.StringIO()
    writer = csv.DictWriter(made, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(made.getvalue(), encoding="utf-8")
    assert f"{len(rows)} unchanged" in CliRunner().invoke(import_csv, [str(file)]).output


@pytest.mark.parametrize("cell", ["=1+1", "+44 161", "-2.5 miles", "@home", "'=x", "''@", "-2.25", "plain", "'quoted'"])
def test_no_cell_is_a_formula_and_each_comes_back(cell: str):
    out = cells.guarded(cell)
    assert cells.plain(out) == cell
    assert cells.NUMBER.fullmatch(out) or not out.startswith(("=", "+", "-", "@"))


def test_a_failed_write_leaves_everything(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = state(home)
    file, rows = exported(tmp_path)
    for row in rows[:10]:
        row["organisation"] = "Changed"
    monkeypatch.setattr(Path, "chmod", _disk_full)
    ran = back(file, rows)
    assert ran.exit_code == 1
    assert state(home) == before


def _disk_full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_keys_stand_in_an_order_that_knows_them_all():
    assert set(table.ORDER) == set(Asset.model_fields)


REFUGE = "assets/ardwick-longsight/a-safe-house.md"


@pytest.fixture
def refuge(home: Path) -> Path:
    """The listing of a refuge whose file says where it is."""
    file = home / REFUGE
    file.parent.mkdir()
    file.write_text(SAFE_HOUSE, "utf-8")
    return file


def test_where_a_refuge_is_never_gets_into_the_spreadsheet(refuge: Path, tmp_path: Path):
    file, rows = exported(tmp_path)
    row = next(r for r in rows if r["file"] == REFUGE)
    assert row["location_1_confidential"] == "yes"
    assert not any(secret in file.read_text("utf-8") for secret in ("Heron House", "Hidden Lane", "M14 5AA", "53.45,"))


def test_the_spreadsheet_brought_back_keeps_where_a_refuge_is(refuge: Path, tmp_path: Path):
    before = refuge.read_bytes()
    file, rows = exported(tmp_path)
    assert back(file, rows).exit_code == 0
    assert refuge.read_bytes() == before
    next(r for r in rows if r["file"] == REFUGE)["organisation"] = "Somebody else"
    assert back(file, rows).exit_code == 0
    assert lines_changed(before, refuge.read_bytes()) == [b"organisation: Somebody else"]


def test_a_place_no_longer_marked_as_confidential_does_not_come_to_light(refuge: Path, tmp_path: Path):
    file, rows = exported(tmp_path)
    next(r for r in rows if r["file"] == REFUGE)["location_1_confidential"] = ""
    back(file, rows)
    said = refuge.read_text("utf-8")
    assert "confidential: true" in said or "Hidden Lane" not in said
