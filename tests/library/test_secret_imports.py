"""A feed with a refuge in it: hidden and named until an editor decides, and what was decided holds from then on."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.library.importing import TODAY, WORDS, feed, service
from webapp.cli import content as command
from webapp.cli.oruk import oruk
from webapp.library.front_matter.source import read_page
from webapp.library.importing.bring_in import Choices, ImportOutcome, bring_in

LOOKS = "looks like a refuge: hidden until an editor decides"
HOUSE = {"name": "Quillfeather Lodge", "addresses": [{"address_1": "41 Zephyrwick Close", "postal_code": "M22 9ZD"}]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    for name, value in (("CONTENT_DIR", folder), ("INDEX_DIR", tmp_path / "index"), ("STATE_DIR", tmp_path / "state")):
        monkeypatch.setenv(f"SIGNPOST_{name}", str(value))
    return folder


def refuge(number: int = 1, **more: Any) -> dict[str, Any]:
    return service(number, name="Rose women's refuge", service_at_locations=[{"location": HOUSE}]) | more


def bring(home: Path, *services: Any) -> ImportOutcome:
    choice = Choices("North Town", home / "assets" / "imported" / "north-town")
    return bring_in(feed(home.parent, *services), home, WORDS, choice, TODAY)


def run(home: Path, *services: Any, options: tuple[str, ...] = ()) -> Result:
    source = feed(home.parent, *services)
    ran = CliRunner().invoke(oruk, [str(source), "--name", "North Town", *options], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran


def the_file(home: Path) -> Path:
    (path,) = home.rglob("*.md")
    return path


def places(path: Path) -> list[dict[str, Any]]:
    return read_page(path, path.parent).front["locations"]


def decide(path: Path, is_secret: bool = False) -> None:
    said = re.sub(r"confidential: \w+", f"confidential: {str(is_secret).lower()}", path.read_text())
    assert said != path.read_text() or is_secret
    path.write_text(said)


def test_every_refuge_is_named_in_the_report_with_the_reason_and_what_to_do(home: Path) -> None:
    names = [f"Refuge {number}" for number in range(30)]
    said = run(home, *(refuge(number, name=name) for number, name in enumerate(names))).output
    assert f"30  {LOOKS}" in said
    assert all(f"{name}: “refuge” in its name" in said for name in names)
    assert "To show an address, write `confidential: false` under it" in said
    assert "Zephyrwick" not in said
    assert "M22" not in said


def test_a_refuge_is_written_so_that_everything_hides_it(home: Path) -> None:
    bring(home, refuge(service_areas=[{"name": "Gorton"}]))
    front = read_page(the_file(home), home).front
    assert [place["confidential"] for place in front["locations"]] == [True]
    assert "places" not in front


def test_the_second_time_nothing_changes_and_it_is_named_again(home: Path) -> None:
    bring(home, refuge())
    before = the_file(home).read_bytes()
    outcome = bring(home, refuge())
    assert (outcome.plan.unchanged, the_file(home).read_bytes()) == (1, before)
    assert outcome.notes.attention[LOOKS].count == 1


def test_what_an_editor_decides_holds_when_the_feed_has_not_changed_and_shows_its_neighbourhood(home: Path) -> None:
    bring(home, refuge())
    decide(the_file(home))
    outcome = bring(home, refuge())
    assert LOOKS not in outcome.notes.attention
    assert "looks like a refuge: shown, as an editor decided" in outcome.notes.attention
    front = read_page(the_file(home), home).front
    assert front["locations"][0]["confidential"] is False
    assert "wythenshawe-brooklands-northenden" in front["places"]
    assert bring(home, refuge()).plan.unchanged == 1


def test_and_when_the_feed_has_changed_which_is_taken_over_as_ever(home: Path) -> None:
    bring(home, refuge())
    decide(the_file(home))
    outcome = bring(home, refuge(email="new@example.org"))
    assert (len(outcome.plan.changed), outcome.plan.both_changed) == (1, [])
    assert "new@example.org" in the_file(home).read_text()
    assert places(the_file(home))[0]["confidential"] is False


def test_and_whatever_the_feed_says_by_a_flag(home: Path) -> None:
    masked = service(1, service_at_locations=[{"location": HOUSE | {"mask_exact_address": True}}])
    bring(home, masked)
    decide(the_file(home))
    bring(home, masked)
    assert places(the_file(home))[0]["confidential"] is False


def test_but_an_address_that_is_new_is_hidden_until_somebody_decides_again(home: Path) -> None:
    bring(home, refuge())
    decide(the_file(home))
    moved = {"name": "Elsewhere", "addresses": [{"address_1": "2 New Street", "postal_code": "M22 9ZA"}]}
    outcome = bring(home, refuge(service_at_locations=[{"location": HOUSE}, {"location": moved}]))
    assert {place["name"]: place["confidential"] for place in places(the_file(home))} == {
        "Quillfeather Lodge": False,
        "Elsewhere": True,
    }
    assert LOOKS in outcome.notes.attention


def test_a_listing_that_was_brought_in_before_its_publisher_masked_it_is_hidden_now(home: Path) -> None:
    bring(home, service(1, service_at_locations=[{"location": HOUSE}]))
    assert "confidential" not in the_file(home).read_text()
    bring(home, service(1, service_at_locations=[{"location": HOUSE | {"mask_exact_address": True}}]))
    assert places(the_file(home))[0]["confidential"] is True


def test_also_where_an_editor_has_changed_the_file_whose_words_stay(home: Path) -> None:
    bring(home, service(1, service_at_locations=[{"location": HOUSE}]))
    path = the_file(home)
    path.write_text(path.read_text().replace("Just turn up.", "Ring first."))
    before = path.read_text().splitlines()
    masked = service(1, service_at_locations=[{"location": HOUSE | {"mask_exact_address": True}}])
    bring(home, masked)
    after = path.read_text().splitlines()
    new = [line for line in after if line not in before]
    assert new == ["    confidential: true", new[-1]]
    assert {line.partition(":")[0] for line in before if line not in after} == {"places", "imported"}


def test_an_edited_file_in_which_somebody_has_decided_is_left_alone(home: Path) -> None:
    bring(home, refuge())
    path = the_file(home)
    path.write_text(path.read_text().replace("confidential: true", "confidential: false").replace("Just", "Only"))
    bring(home, refuge())
    assert places(path)[0]["confidential"] is False


DRY = ("--dry-run",)


def test_a_dry_run_tells_no_secret_of_what_is_new_or_would_change(home: Path) -> None:
    told = refuge(description="Come to 41 Zephyrwick Close, M22 9ZD. Ring Quillfeather Lodge.")
    first = run(home, told, options=DRY).output
    assert list(home.rglob("*.md")) == []
    run(home, told)
    moved = HOUSE | {"addresses": [{"address_1": "43 Zephyrwick Close", "postal_code": "M22 9ZA"}]}
    again = told | {"service_at_locations": [{"location": moved}], "email": "new@example.org"}
    second = run(home, again, options=DRY).output
    assert "new@example.org" in second
    assert "locations: a confidential place" in second
    for said in (first, second):
        assert not re.search(r"zephyr|quill|9ZD|9ZA", said, re.IGNORECASE), said


def test_nor_of_what_was_open_and_would_be_hidden(home: Path) -> None:
    text = "Come to 41 Zephyrwick Close, M22 9ZD."
    run(home, service(1, service_at_locations=[{"location": HOUSE}], description=text))
    masked = service(
        1, service_at_locations=[{"location": HOUSE | {"mask_exact_address": True}}], description=f"{text} Ring first."
    )
    said = run(home, masked, options=DRY).output
    assert "locations: a confidential place" in said
    assert "Ring first." in said
    assert not re.search(r"zephyr|quill|9ZD", said, re.IGNORECASE), said


def test_nor_does_the_file_of_the_report(home: Path) -> None:
    bad = {"name": "<b>Quillfeather Lodge</b>", "addresses": [{"address_1": "41 Zephyrwick Close M22 9ZD"}]}
    run(home, refuge(service_at_locations=[{"location": bad | {"latitude": "x", "longitude": "M22 9ZD"}}]))
    (report,) = (home.parent / "state" / "imports").iterdir()
    assert LOOKS in report.read_text()
    assert not re.search(r"zephyr|quill|9ZD", report.read_text(), re.IGNORECASE)


def test_a_listing_is_found_under_no_address_that_tells_its_own(home: Path) -> None:
    bring(home, refuge(name="Women's refuge, 41 Zephyrwick Close"))
    assert "zephyrwick" not in the_file(home).name


def test_the_checker_names_it_until_somebody_decides(home: Path) -> None:
    bring(home, refuge())
    ran = CliRunner().invoke(command.content, ["check"])
    assert ran.exit_code == 0, ran.output
    assert f"{LOOKS} (“refuge” in its name)" in ran.output
    decide(the_file(home))
    ran = CliRunner().invoke(command.content, ["check"])
    assert LOOKS not in ran.output
