"""A corpus of broken files, each with what must be said of it and where: see broken/index.tsv."""

import csv
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.corpus import Corpus
from webapp.cli.content import build as build_command
from webapp.cli.content import check as check_command
from webapp.config.settings import ROOT
from webapp.library.authoring import checking
from webapp.library.problems import Problem

BROKEN = Path(__file__).parent / "broken"


@dataclass(frozen=True)
class Expected:
    """One line of the index. Column 0 stands for the whole line: it may be told nearer."""

    file: str
    line: int
    column: int
    message: str


def _index() -> list[Expected]:
    with (BROKEN / "index.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Expected(r["file"], int(r["line"]), int(r["column"]), r["message"]) for r in rows]


INDEX = _index()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Every broken file among sound ones."""
    corpus = Corpus(tmp_path_factory.mktemp("broken"), assets=20)
    shutil.copytree(BROKEN, corpus.content, dirs_exist_ok=True, ignore=shutil.ignore_patterns("index.tsv"))
    return corpus


@pytest.fixture(scope="module")
def told(corpus: Corpus) -> list[Problem]:
    return corpus.check()


def test_there_are_many_kinds():
    assert len({row.message for row in INDEX}) >= 100


@pytest.mark.parametrize("expected", INDEX, ids=lambda e: e.file)
def test_each_is_told_at_its_line_and_column(told: list[Problem], expected: Expected):
    of_file = [p for p in told if p.file == f"content/{expected.file}"]
    found = [p for p in of_file if p.line == expected.line and expected.message in p.message]
    assert found, of_file
    assert not expected.column or any(p.column == expected.column for p in found), found


def test_nothing_else_is_told_of_them(told: list[Problem]):
    expected = {f"content/{row.file}" for row in INDEX}
    assert not [p for p in told if p.file not in expected]


def test_most_broken_files_have_one_fault_told(told: list[Problem]):
    """A fault that brings others with it sends an editor looking in the wrong place."""
    assert len(told) <= len(INDEX) * 1.15


def test_a_page_that_is_broken_is_told_once_and_not_at_every_link_to_it(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.toolkit("listening", sumary="Twice.")
    for number in range(3):
        corpus.toolkit(f"page-{number}", body="Read [about listening](/toolkit/listening).\n")
    corpus.write("vocabulary/thesaurus.yml", "pins:\n  - {when: [ears], first: [/toolkit/listening]}\n")
    assert {p.file for p in corpus.check()} == {"content/toolkit/listening.md"}


def test_a_vocabulary_that_cannot_be_read_is_told_once(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=3)
    corpus.write("vocabulary/places.yml", 'title: "Places\nterms: []\n')
    assert [(p.file, p.line) for p in corpus.check()] == [("content/vocabulary/places.yml", 1)]


def test_a_page_nothing_like_it_is_not_offered_for_one_that_is_gone(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.toolkit("listening")
    corpus.toolkit("near", body="Read [about listening](/toolkit/lisening).\n")
    corpus.toolkit("far", body="Read [about hoists](/toolkit/hoists).\n")
    far, near = corpus.check()
    assert near.message.endswith("did you mean `/toolkit/listening`?")
    assert "did you mean" not in far.message


@pytest.mark.parametrize("stand_in", ["", "content", "content/toolkit"])
def test_editors_check_the_repository_they_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand_in: str):
    """Theirs holds content alone: with no setting, a commit to it must not be judged by somebody else's pages."""
    corpus = Corpus(tmp_path)
    corpus.toolkit("listening", sumary="Twice.")
    monkeypatch.delenv("SIGNPOST_CONTENT_DIR", raising=False)
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(corpus.index_dir))
    monkeypatch.chdir(tmp_path / stand_in)
    ran = CliRunner().invoke(check_command, [])
    assert ran.exit_code == 1
    assert "content/toolkit/listening.md" in ran.output


def test_a_site_is_not_made_from_wherever_somebody_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    served, theirs = Corpus(tmp_path / "served"), Corpus(tmp_path / "theirs")
    monkeypatch.setattr("webapp.cli.content.Settings.content_dir", served.content)
    monkeypatch.delenv("SIGNPOST_CONTENT_DIR", raising=False)
    monkeypatch.delenv("SIGNPOST_CONTENT_REMOTE", raising=False)
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(served.index_dir))
    served.toolkit("ours")
    monkeypatch.chdir(theirs.content.parent)
    ran = CliRunner().invoke(build_command, [])
    assert "1 page in" in ran.output
    assert f"To build {theirs.content}, set SIGNPOST_CONTENT_DIR" in ran.output


def test_a_repository_that_is_the_content_is_annotated_at_its_own_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    corpus = Corpus(tmp_path)
    corpus.toolkit("listening", sumary="Twice.")
    monkeypatch.delenv("SIGNPOST_CONTENT_DIR", raising=False)
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(corpus.index_dir))
    monkeypatch.chdir(corpus.content)
    assert "::error file=toolkit/listening.md," in CliRunner().invoke(check_command, ["--format", "github"]).output


def test_the_content_has_no_fault():
    assert checking.check(ROOT / "content").problems == []


def test_every_format_carries_the_column(corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(corpus.content))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(corpus.index_dir))
    file = "content/assets/citywide/unknown-key.md"
    said = "unknown key `adress`"
    text = CliRunner().invoke(check_command, []).output
    assert any(line.startswith(f"{file}:11: {said}") and line.endswith("(column 1)") for line in text.splitlines())
    github = CliRunner().invoke(check_command, ["--format", "github"]).output
    assert f"::error file={file},line=11,col=1::{said}" in github
    assert '"column": 1' in CliRunner().invoke(check_command, ["--format", "json"]).output


def test_odd_files_are_told_and_never_followed(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=2)
    folder = corpus.content / "assets" / "citywide"
    (folder / "link.md").symlink_to("/etc/hostname")
    (corpus.content / "toolkit").symlink_to("/etc")
    os.mkfifo(folder / "pipe.md")
    with (folder / "large.md").open("wb") as large:
        large.truncate(100 * 1024 * 1024)
    sound = (folder / "walking-group-0.md").read_text()
    corpus.write("assets/citywide/Walking-Group-0.md", sound)
    for name in ("cafe\u0301.md", "caf\u00e9.md", "new\nline.md"):
        (folder / name).write_text(sound)
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.md"))).write_text(sound)
    told = [str(problem) for problem in corpus.check()]
    for file, said in [
        ("content/assets/citywide/link.md", "symbolic link"),
        ("content/toolkit", "symbolic link"),
        ("content/assets/citywide/pipe.md", "not an ordinary file"),
        ("content/assets/citywide/large.md", "102400 kB"),
        ("content/assets/citywide/walking-group-0.md", "by capital letters only"),
        ("content/assets/citywide/caf\u00e9.md", "accents are written in another way"),
        ("content/assets/citywide/new?line.md", "cannot be shown"),
        ("content/assets/citywide/??.md", "cannot be shown"),
    ]:
        assert any(line.startswith(f"{file}:1: ") and said in line for line in told), (file, told)
    assert not [line for line in told if "walking-group-1" in line]
    assert all("\n" not in line for line in told)
    assert corpus.build().served == 2
