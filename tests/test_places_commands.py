"""`signpost places import`, and what a running site makes of it."""

import shutil

import pytest
from click.testing import CliRunner

from webapp.cli.postcodes import places
from webapp.directory import criteria
from webapp.library.generation.reader import Reader
from webapp.library.search.query import Query

ROWS = '"M225RX",10,382000,387000,"E92000001"\n"M22 4DZ",90,0,0,"E92000001"\n'


@pytest.fixture
def home(index_dir, tmp_path, monkeypatch):
    """A copy of the compiled content, as the command finds it."""
    folder = tmp_path / "index"
    shutil.copytree(index_dir, folder)
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(folder))
    return folder


def run(*words):
    return CliRunner().invoke(places, ["import", *map(str, words)])


def test_full_postcodes_are_loaded_and_used_at_once(home, tmp_path):
    content = Reader(home).current()
    district = criteria.locate("M22 5RX", content).point
    source = tmp_path / "m.csv"
    source.write_text(ROWS)
    result = run(source)
    assert result.exit_code == 0
    assert "1 postcode loaded from 1 file." in result.output
    assert "Rows left out: 1" in result.output
    assert "m.csv, line 2: M22 4DZ has no position" in result.output
    found = criteria.locate("m225rx", content)
    assert found.name == "M22 5RX"
    assert found.point == pytest.approx((53.379, -2.272), abs=0.002)
    assert found.point != district
    assert content.search(Query("lunch m22 5rx")).near == found.point


def test_a_file_without_postcodes_changes_nothing(home, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(ROWS)
    bad.write_text("these are no postcodes\n")
    run(good)
    before = (home / "postcodes.npy").read_bytes()
    result = run(bad)
    assert result.exit_code == 1
    assert "Nothing was loaded" in result.output
    assert (home / "postcodes.npy").read_bytes() == before


def test_a_folder_without_csv_is_told(home, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / "empty")
    assert result.exit_code == 1
    assert "There is no CSV file" in result.output
