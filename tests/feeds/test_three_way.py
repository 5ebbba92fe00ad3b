"""Bringing a feed in again: what the feed changed is taken field by field, and nothing that was edited here is lost."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.importing import TODAY, WORDS, feed, service
from webapp.library.front_matter.source import read_page
from webapp.library.importing import last_import
from webapp.library.importing.bring_in import Choices, ImportOutcome, bring_in
from webapp.library.importing.feed import FeedError
from webapp.library.importing.merging import merge


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def bring(home: Path, *services: Any, **choices: Any) -> ImportOutcome:
    source = feed(home.parent, *services)
    return bring_in(source, home, WORDS, Choices("North Town", home / "assets" / "north", **choices), TODAY)


def the_file(home: Path, number: int = 1) -> Path:
    return next(home.rglob(f"tea-and-talk-{number}.md"))


def front(home: Path, number: int = 1) -> dict[str, Any]:
    return read_page(the_file(home, number), home).front


def edit(home: Path, old: str, new: str) -> None:
    path = the_file(home)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_field_that_only_the_feed_changed_is_taken_into_an_edited_file(home: Path):
    bring(home, service(1))
    edit(home, "Just turn up.", "Ring first.")
    outcome = bring(home, service(1, email="new@example.org"))
    assert front(home)["contacts"][0]["email"] == "new@example.org"
    assert "Ring first." in the_file(home).read_text()
    assert (outcome.plan.merged, outcome.plan.conflicts) == ([the_file(home)], [])


def test_a_field_that_both_changed_stays_ours_and_is_named_once(home: Path):
    bring(home, service(1, url="https://a.example.org"))
    edit(home, "https://a.example.org", "https://ours.example.org")
    changed = service(1, url="https://b.example.org", name="Tea and talk 1, renamed")
    outcome = bring(home, changed)
    said = (the_file(home), "url: yours “https://ours.example.org”, the feed’s “https://b.example.org”")
    assert outcome.plan.conflicts == [said]
    assert (front(home)["url"], front(home)["title"]) == ("https://ours.example.org", "Tea and talk 1, renamed")
    again = bring(home, changed)
    assert (again.plan.conflicts, again.plan.unchanged) == ([], 1)


def test_a_check_of_our_own_is_not_undone_by_the_feeds_newer_date(home: Path):
    bring(home, service(1))
    edit(home, "North Town (as published)", "Gorton neighbourhood team")
    outcome = bring(home, service(1, assured_date="2026-11-01", email="new@example.org"))
    assert front(home)["verified"] == {"date": "2026-09-01", "by": "Gorton neighbourhood team"}
    assert outcome.plan.conflicts == []


def test_what_we_added_to_a_list_stays_when_the_feed_adds_to_it_too(home: Path):
    bring(home, service(1))
    edit(home, "contacts:\n", "contacts:\n  - {phone: 0161 496 0001}\n")
    bring(home, service(1, url="https://new.example.org"))
    assert [contact.get("phone") for contact in front(home)["contacts"]] == ["0161 496 0001", None]
    assert front(home)["url"] == "https://new.example.org"


def test_paragraphs_are_merged_one_by_one(home: Path):
    words = "First paragraph about tea and who comes.", "Second one about cake.", "Third one about the hall."
    said = "".join(f"<p>{part}</p>" for part in words)
    bring(home, service(1, description=said))
    edit(home, words[1], "Second one, as we know it.")
    outcome = bring(home, service(1, description=said.replace("about the hall", "about the new hall")))
    text = the_file(home).read_text()
    assert "as we know it" in text
    assert "about the new hall" in text
    assert outcome.plan.conflicts == []


def test_an_edited_file_whose_last_import_is_not_known_is_kept_and_named(home: Path):
    bring(home, service(1))
    last_import.file_of(home, "North Town").unlink()
    edit(home, "Just turn up.", "Ring first.")
    outcome = bring(home, service(1, email="new@example.org"))
    assert [path for path, _ in outcome.plan.both_changed] == [the_file(home)]
    assert "new@example.org" not in the_file(home).read_text()


def test_from_a_damaged_file_of_the_last_import_the_sound_lines_are_used(home: Path):
    bring(home, service(1), service(2))
    file = last_import.file_of(home, "North Town")
    file.write_text("<<<<<<< ours\n" + file.read_text() + ">>>>>>> theirs\n")
    edit(home, "Just turn up.", "Ring first.")
    bring(home, service(1, email="new@example.org"), service(2))
    assert "new@example.org" in the_file(home).read_text()


def test_what_left_the_feed_is_marked_as_inactive_and_active_again_once_it_is_back(home: Path):
    bring(home, service(1), service(2))
    outcome = bring(home, service(2), retire_missing=True)
    assert (front(home)["status"], outcome.plan.retired) == ("inactive", [the_file(home)])
    assert bring(home, service(2), retire_missing=True).plan.retired == []
    bring(home, service(1), service(2), retire_missing=True)
    assert front(home)["status"] == "active"


def test_so_is_what_was_edited_here_with_all_that_was_edited(home: Path):
    bring(home, service(1), service(2))
    edit(home, "Just turn up.", "Ring first.")
    bring(home, service(2), retire_missing=True)
    assert front(home)["status"] == "inactive"
    bring(home, service(1), service(2))
    assert front(home)["status"] == "active"
    assert "Ring first." in the_file(home).read_text()


def test_nothing_is_marked_as_inactive_after_a_part_of_a_feed(home: Path):
    bring(home, service(1), service(2))
    with pytest.raises(FeedError, match="--retire-missing needs the whole feed"):
        bring(home, {"total_items": 2, "contents": [service(2)]}, retire_missing=True)
    assert front(home)["status"] == "active"


def test_a_place_that_must_stay_secret_is_named_in_no_conflict(home: Path):
    place = {"name": "The Lodge", "addresses": [{"address_1": "1 High Road", "postal_code": "M8 9AA"}]}
    masked = {"location": place | {"mask_exact_address": True}}
    bring(home, service(1, service_at_locations=[masked]))
    edit(home, "1 High Road", "2 High Road")
    moved = {"location": {**place, "mask_exact_address": True, "addresses": [{"address_1": "3 Low Road"}]}}
    outcome = bring(home, service(1, service_at_locations=[moved]))
    assert outcome.plan.conflicts
    assert "Road" not in "".join(line for _, line in outcome.plan.conflicts)


def test_the_order_of_a_feed_changes_nothing_and_swaps_no_names(home: Path):
    """Two services share an id, and two a name: whatever stands first, each keeps its file."""
    twins = [service(1, name="Tea and talk 1"), service(1, name="Dancing"), service(2, name="Dancing"), service(3)]
    bring(home, *twins)
    before = {path: path.read_text() for path in home.rglob("*.md")}
    for order in itertools.permutations(twins):
        outcome = bring(home, *order)
        assert (outcome.plan.new, outcome.plan.changed) == (0, [])
    assert {path: path.read_text() for path in home.rglob("*.md")} == before


values = st.one_of(
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.sampled_from(["x", "y", "z"]), unique=True, min_size=1),
    st.dictionaries(st.sampled_from(["k", "l"]), st.sampled_from(["1", "2"]), min_size=1),
)
fronts = st.dictionaries(st.sampled_from(["title", "cost", "places", "url"]), values)


@given(fronts, fronts, fronts)
@settings(max_examples=100, deadline=None)
def test_whatever_the_three_say_a_merge_keeps_its_promises(base: Any, ours: Any, theirs: Any):
    made = merge(base, ours, theirs, ("", "", ""))
    told = {conflict.path.partition(".")[0] for conflict in made.conflicts}
    for key in {*base, *ours, *theirs}:
        was, our, their, got = (side.get(key) for side in (base, ours, theirs, made.front))
        if their == was:
            assert got == our, "the feed changed nothing"
        elif our == was:
            assert got == their, "only the feed changed it"
        elif our != their and not isinstance(our, list | dict):
            assert got == our, "nothing is written over what was edited here"
            assert key in told, "and what both changed is told"
    assert merge(base, base, theirs, ("", "", "")).front == theirs
    assert merge(base, ours, base, ("", "", "")).front == ours
