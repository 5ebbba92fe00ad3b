"""Bringing a feed in: whole or not at all, again without harm, and never over what an editor wrote."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.library.importing import TODAY, WORDS, feed, service
from webapp.cli.content_group import content as command
from webapp.config.settings import ROOT
from webapp.library.authoring import checking
from webapp.library.build import compile as compiling
from webapp.library.front_matter.source import read_page
from webapp.library.generation.reader import Reader
from webapp.library.importing import writing
from webapp.library.importing.bring_in import Choices, ImportOutcome, bring_in
from webapp.library.importing.feed import FeedError
from webapp.library.search.query import Query

OWN = ROOT / "content"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def bring(home: Path, *services: Any, **choices: Any) -> ImportOutcome:
    folder = home / "assets" / "imported" / "north-town"
    choice = Choices("North Town", folder, **choices)
    return bring_in(feed(home.parent, *services), home, WORDS, choice, TODAY)


def files(home: Path) -> dict[str, str]:
    """What editors see: the text of each file, without what the import keeps for itself."""
    return {path.relative_to(home).as_posix(): path.read_text() for path in sorted(home.rglob("*.md"))}


def counts(outcome: ImportOutcome) -> tuple[int, int, int]:
    return outcome.plan.new, len(outcome.plan.changed), outcome.plan.unchanged


def test_a_feed_becomes_files_that_have_no_fault_and_are_found_by_its_own_ids(home: Path, tmp_path: Path) -> None:
    bare = {"id": "30000000-0000-4000-8000-000000000001", "name": "Bare: a “club” #1", "status": "active"}
    assert counts(bring(home, service(1), service(2), bare)) == (3, 0, 0)
    problems = checking.check(home, fallback=OWN).problems
    assert {problem.level for problem in problems} == {"advice"}
    assert sum("needs attention" in problem.message for problem in problems) == 3
    compiling.build(home, tmp_path / "index", today=TODAY, fallback=OWN)
    hits = Reader(tmp_path / "index").current().search(Query(words="tea", today=TODAY)).hits
    assert {hit.card["id"] for hit in hits} == {service(1)["id"], service(2)["id"]}
    assert all(hit.card["unchecked"] for hit in hits)


def test_front_matter_reads_back_as_it_was_written(home: Path) -> None:
    odd = "Tea: “no”, 10:30 & *more* #1 [x] {y} - 'z' \"q\" yes"
    schedule = {"freq": "WEEKLY", "byday": "TU", "opens_at": "10:30", "description": odd}
    bring(home, service(1, name=odd, organization={"name": "no"}, schedules=[schedule], fees="012"))
    (path,) = home.rglob("*.md")
    front = read_page(path, home.parent).front
    assert front["title"] == odd
    assert front["organisation"] == "no"
    assert front["sessions"][0]["starts"] == "10:30"
    assert front["verified"]["date"] == "2026-09-01"
    assert "  - days: [tuesday]\n    starts: 10:30\n" in path.read_text()


def test_running_again_changes_nothing(home: Path) -> None:
    bring(home, service(1), service(2))
    before = files(home)
    assert counts(bring(home, service(2), service(1))) == (0, 0, 2)
    assert files(home) == before


def test_only_what_changed_in_the_feed_is_written(home: Path) -> None:
    bring(home, service(1), service(2))
    before = files(home)
    assert counts(bring(home, service(1), service(2, description="Now on Mondays."))) == (0, 1, 1)
    after = files(home)
    assert {name for name in after if after[name] != before[name]} == {"assets/imported/north-town/tea-and-talk-2.md"}


def test_what_an_editor_wrote_is_kept_and_told_where_the_feed_changed_too(home: Path) -> None:
    bring(home, service(1))
    (path,) = home.rglob("*.md")
    moved = home / "assets" / "north" / "tea.md"
    moved.parent.mkdir()
    path.rename(moved)
    moved.write_text(moved.read_text().replace("Just turn up.", "Ring first."))
    assert counts(bring(home, service(1))) == (0, 0, 1)
    outcome = bring(home, service(1, description="Changed"))
    assert {kept for kept, _ in outcome.plan.conflicts} == {moved}
    assert "Ring first." in moved.read_text()
    assert len(files(home)) == 1


def test_a_service_that_left_the_feed_is_kept_until_asked(home: Path) -> None:
    bring(home, service(1), service(2))
    outcome = bring(home, service(1))
    assert [path.name for path in outcome.plan.missing] == ["tea-and-talk-2.md"]
    assert len(files(home)) == 2
    bring(home, service(1), remove_missing=True)
    assert list(files(home)) == ["assets/imported/north-town/tea-and-talk-1.md"]


def test_a_dry_run_writes_nothing(home: Path) -> None:
    assert counts(bring(home, service(1), dry_run=True)) == (1, 0, 0)
    assert files(home) == {}


def test_two_of_one_name_have_addresses_of_their_own(home: Path) -> None:
    bring(home, service(1, name="Tea"), service(2, name="Tea"), service(3, name="Tea"))
    assert sorted(Path(name).stem for name in files(home)) == ["tea", "tea-2", "tea-tea-and-talk"]


def test_a_listing_written_here_is_never_overwritten(home: Path) -> None:
    bring(home, service(1))
    (path,) = home.rglob("*.md")
    lines = [line for line in path.read_text().splitlines(keepends=True) if not line.startswith("imported:")]
    path.write_text("".join(lines))
    outcome = bring(home, service(1, name="Changed"), service(2))
    assert counts(outcome) == (1, 0, 0)
    assert "not imported" in outcome.notes.left_out[0]


def test_a_disk_that_fails_while_writing_leaves_the_content_as_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(home, service(1))
    before = files(home)
    opened = Path.open

    def fail(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "2.md":
            raise OSError(28, "No space left on device")
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(OSError, match="No space"):
        bring(home, service(1, description="Changed"), service(2))
    assert files(home) == before


def test_a_feed_in_which_nothing_can_be_used_leaves_the_content_as_it_was(home: Path) -> None:
    with pytest.raises(FeedError, match="No service in the source can be used"):
        bring(home, {"id": ["x"], "name": ["x"]}, 7)
    assert files(home) == {}


def test_hidden_listings_with_gaps_stay_in_sight_of_editors_alone(home: Path, tmp_path: Path) -> None:
    bring(home, service(1), {"id": "30000000-0000-4000-8000-000000000001", "name": "Bare"})
    shutil.copy(OWN / "site.yml", home)
    assert compiling.build(home, tmp_path / "index", today=TODAY, fallback=OWN).served == 2
    with (home / "site.yml").open("a") as site:
        site.write("imported: hidden\n")
    outcome = compiling.build(home, tmp_path / "index", today=TODAY, fallback=OWN)
    assert outcome.served == 1
    assert sum("needs attention" in problem.message for problem in outcome.problems) == 3


def test_what_is_written_here_must_still_say_who_verified_it(home: Path) -> None:
    bring(home, service(1))
    (path,) = home.rglob("*.md")
    lines = [
        row for row in path.read_text().splitlines(keepends=True) if not row.startswith(("imported:", "verified:"))
    ]
    path.write_text("".join(lines))
    (error,) = [p for p in checking.check(home, fallback=OWN).problems if p.level == "error"]
    assert error.message.startswith("`verified` is missing: add it, as in `verified: {date:")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(home))
    monkeypatch.setenv("SIGNPOST_STATE_DIR", str(home.parent / "state"))
    return lambda *words: CliRunner().invoke(command, ["import", "oruk", *map(str, words)])


def test_the_command_reports_and_names_the_folder(run: Any, home: Path, tmp_path: Path) -> None:
    result = run(feed(tmp_path, service(1), {"id": "9", "name": "Bare"}, {"id": "8"}))
    assert result.exit_code == 0
    for said in ("2 brought in", "Repaired:", "Needing attention:", "Left out: 1", "assets/imported/north-town"):
        assert said in result.output
    assert len(files(home)) == 2


def test_the_command_stops_with_one_where_the_source_is_unusable(run: Any, home: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("[{")
    result = run(tmp_path / "bad.json")
    assert result.exit_code == 1
    assert result.output.startswith("Nothing was brought in. The source is not sound JSON")
    assert files(home) == {}


@pytest.mark.parametrize("words", [["--into", "../out"], ["--into", "/etc"], ["--name", "…"], ["--into", "Bad Name"]])
def test_the_command_refuses_odd_folders_and_names(run: Any, tmp_path: Path, home: Path, words: list[str]) -> None:
    result = run(feed(tmp_path, service(1)), *words)
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_staging_leaves_nothing_behind(home: Path) -> None:
    bring(home, service(1))
    assert sorted(path.name for path in home.iterdir()) == [".imported", "assets"]
    assert not list(home.glob(f"{writing.STAGING}*"))
