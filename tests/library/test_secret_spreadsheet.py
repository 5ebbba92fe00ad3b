"""Listings as a spreadsheet tell no secret address, and a spreadsheet that is brought in makes none public."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.support.corpus import Corpus
from webapp.cli.csv import export_csv, import_csv
from webapp.library.front_matter.source import read_page

HOUSE = {"name": "Quillfeather Lodge", "address": "41 Zephyrwick Close", "postcode": "M22 7QZ", "latitude": 53.4123}
HOUSE |= {"longitude": -2.2712}
TELLING = "We are at 41 Zephyrwick Close, M22 7QZ. Ring first.\n"
CANARIES = ("zephyrwick", "quillfeather", "7qz", "53.41")
ROSE = "assets/citywide/rose.md"

Row = dict[str, str]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    made = Corpus(tmp_path)
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(made.content))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(made.index_dir))
    made.asset("walk")
    return made


def refuge(corpus: Corpus, **front: Any) -> Path:
    given: dict[str, Any] = {"title": "Rose women's refuge", "places": ["gorton-levenshulme"], "citywide": None}
    return corpus.asset(
        "rose", TELLING, **given | {"locations": [HOUSE], "first_time": "Ask at 41 Zephyrwick Close."} | front
    )


def exported() -> tuple[str, list[Row]]:
    ran = CliRunner().invoke(export_csv, [], catch_exceptions=False)
    assert ran.exit_code == 0
    return ran.stdout, list(csv.DictReader(io.StringIO(ran.stdout)))


def row_of(rows: list[Row], file: str = ROSE) -> Row:
    return next(row for row in rows if row["file"] == file)


def bring(folder: Path, rows: list[Row], *options: str) -> Result:
    made = io.StringIO()
    writer = csv.DictWriter(made, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = folder / "listings.csv"
    file.write_text(made.getvalue(), "utf-8")
    return CliRunner().invoke(import_csv, [str(file), *options], catch_exceptions=False)


@pytest.mark.parametrize("marked", [{}, {"confidential": True}], ids=["looks like a refuge", "marked"])
def test_the_spreadsheet_tells_nothing_of_a_secret_address(corpus: Corpus, marked: dict[str, bool]) -> None:
    refuge(corpus, locations=[HOUSE | marked])
    said, rows = exported()
    assert not [canary for canary in CANARIES if canary in said.lower()]
    assert row_of(rows)["location_1_confidential"] == "yes"
    assert row_of(rows)["description"] == "We are at (address withheld). Ring first."
    assert row_of(rows)["places"] == ("gorton-levenshulme" if marked else "")


@pytest.mark.parametrize("marked", [{}, {"confidential": True}, {"confidential": False}], ids=str)
def test_brought_back_as_it_was_it_changes_nothing(corpus: Corpus, tmp_path: Path, marked: dict[str, bool]) -> None:
    before = refuge(corpus, locations=[HOUSE | marked]).read_bytes()
    ran = bring(tmp_path, exported()[1])
    assert "0 changed, 0 new, 2 unchanged" in ran.output, ran.output
    assert (corpus.content / ROSE).read_bytes() == before


def test_another_change_keeps_what_the_spreadsheet_was_not_told(corpus: Corpus, tmp_path: Path) -> None:
    before = refuge(corpus).read_text().splitlines()
    rows = exported()[1]
    row_of(rows)["organisation"] = "Somebody else"
    ran = bring(tmp_path, rows)
    assert ran.exit_code == 0, ran.output
    assert "1 looks like a refuge: hidden until an editor decides" in ran.output
    after = (corpus.content / ROSE).read_text().splitlines()
    assert [line for line in after if line not in before] == ["organisation: Somebody else"]


def test_no_in_its_column_is_the_decision_to_show_it(corpus: Corpus, tmp_path: Path) -> None:
    refuge(corpus)
    rows = exported()[1]
    row_of(rows)["location_1_confidential"] = "no"
    assert bring(tmp_path, rows).exit_code == 0
    (place,) = read_page(corpus.content / ROSE, corpus.content.parent).front["locations"]
    assert place == HOUSE | {"confidential": False}
    assert row_of(exported()[1])["location_1_address"] == "41 Zephyrwick Close"
    assert row_of(exported()[1])["location_1_confidential"] == "no"


@pytest.mark.parametrize("marked", [{}, {"confidential": True}], ids=["looks like a refuge", "marked"])
def test_an_empty_cell_decides_nothing_and_loses_nothing(
    corpus: Corpus, tmp_path: Path, marked: dict[str, bool]
) -> None:
    before = refuge(corpus, locations=[HOUSE | marked]).read_bytes()
    rows = exported()[1]
    row_of(rows)["location_1_confidential"] = ""
    ran = bring(tmp_path, rows)
    assert ran.exit_code == 1
    assert "column `location_1_confidential`: it is secret: type yes" in ran.output
    assert (corpus.content / ROSE).read_bytes() == before


@pytest.mark.parametrize(
    ("column", "said"),
    [("description", "We are at (address withheld). Knock."), ("first_time", "Knock at (address withheld).")],
)
def test_words_with_a_gap_in_them_never_overwrite_the_whole(
    corpus: Corpus, tmp_path: Path, column: str, said: str
) -> None:
    before = refuge(corpus).read_bytes()
    rows = exported()[1]
    row_of(rows)[column] = said
    ran = bring(tmp_path, rows)
    assert ran.exit_code == 1
    assert f"column `{column}`: the file tells a secret address here" in ran.output
    assert (corpus.content / ROSE).read_bytes() == before


def new_row(rows: list[Row], **cells: str) -> list[Row]:
    walk = dict.fromkeys(rows[0], "") | row_of(rows, "assets/citywide/walk.md")
    place = {f"location_1_{key}": str(value) for key, value in HOUSE.items()}
    return [*rows, walk | {"file": "", "citywide": "", "places": "gorton-levenshulme"} | place | cells]


def test_a_new_row_that_looks_like_a_refuge_is_hidden_and_named(corpus: Corpus, tmp_path: Path) -> None:
    rows = new_row(exported()[1], title="Women's refuge, 41 Zephyrwick Close", description=TELLING)
    dry = bring(tmp_path, rows, "--dry-run")
    ran = bring(tmp_path, rows)
    assert ran.exit_code == 0, ran.output
    for said in (dry.output, ran.output):
        assert "1 looks like a refuge: hidden until an editor decides" in said
        assert "“refuge” in its name" in said
        assert not [canary for canary in CANARIES if canary in said.lower()]
    (path,) = [path for path in (corpus.content / "assets").rglob("*.md") if path.name != "walk.md"]
    front = read_page(path, corpus.content.parent).front
    assert front["locations"] == [HOUSE | {"confidential": True}]
    assert "places" not in front
    assert "zephyrwick" not in str(path)


def test_a_new_row_in_which_somebody_has_decided_is_taken_at_its_word(corpus: Corpus, tmp_path: Path) -> None:
    rows = new_row(exported()[1], title="The refuge museum", location_1_confidential="no")
    ran = bring(tmp_path, rows)
    assert ran.exit_code == 0, ran.output
    assert "looks like a refuge" not in ran.output
    front = read_page(corpus.content / "assets/gorton-levenshulme/the-refuge-museum.md", corpus.content.parent).front
    assert front["locations"][0]["confidential"] is False
    assert front["places"] == ["gorton-levenshulme"]


def test_a_row_with_a_fault_does_not_quote_a_secret_address(corpus: Corpus, tmp_path: Path) -> None:
    rows = new_row(exported()[1], title="Women's refuge", location_1_postcode="M22 7QZX")
    ran = bring(tmp_path, rows)
    assert ran.exit_code == 1
    assert "postcode" in ran.output
    assert "M22 7QZX" not in ran.output
