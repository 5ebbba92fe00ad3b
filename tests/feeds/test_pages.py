"""Editors see which feeds there are, when each was read, how far a reading is, what is proposed and how good it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.feeds import was_read
from tests.support.client import Client
from webapp.config.settings import Settings
from webapp.db.engine import now
from webapp.library.feeds import state


@pytest.fixture(autouse=True)
def feeds(app: Flask, settings: Settings, tmp_path: Path) -> Path:
    """Where the state of two feeds is kept. The pages are those of the shared content all the same."""
    content, index_dir = tmp_path / "content", tmp_path / "index"
    content.mkdir()
    was_read.two_feeds(content, index_dir, now())
    app.extensions["signpost.settings"] = replace(settings, content_dir=content, index_dir=index_dir)
    return index_dir


def test_an_editor_sees_each_feed_and_how_it_went(ed: Client):
    page = ed.get("/editor/feeds")
    north, east = (row.get_text(" ", strip=True) for row in page.soup.select("tbody tr"))
    assert "58 new, 1 changed, 1 inactive" in north
    assert "Read" in north
    assert "Being read" in east
    assert "every day" in north
    assert "every 6 hours" in east


def test_what_is_proposed_is_shown_field_by_field_fifty_to_a_page(ed: Client):
    page = ed.get("/editor/feeds/north-town")
    assert "url: https://a.example.org → https://b.example.org" in page.words
    assert "Both changed it, so it stays as it is here: summary: yours “Tea with us.”" in page.words
    assert "status: active → inactive" in page.words
    assert "Group 48" in page.words
    assert "Group 49" not in page.words
    assert "Group 49" in ed.get("/editor/feeds/north-town?page=2").words


def test_a_key_in_an_address_is_not_shown(ed: Client):
    page = ed.get("/editor/feeds/north-town")
    assert "https://api.north-town.example/services" in page.words
    assert "secret" not in page.text


def test_how_far_a_reading_is_is_asked_for_again_while_it_runs(ed: Client, feeds: Path):
    page = ed.get("/editor/feeds/east-village")
    assert "312 of 738 full records" in page.words
    progress = page.soup.select_one("#progress")
    assert progress
    assert progress["hx-get"] == "/editor/feeds/east-village/progress"
    fault = "https://east.example.org/v3 answers 500, also when it was asked again."
    state.write(feeds, "east-village", state.FeedState(tried_at=now().isoformat(), fault=fault))
    page = ed.get("/editor/feeds/east-village/progress")
    assert f"Nothing was taken. {fault} What was there before is still there." in page.words
    progress = page.soup.select_one("#progress")
    assert progress
    assert not progress.has_attr("hx-get")


def test_an_editor_may_have_a_feed_read_now(ed: Client, feeds: Path):
    page = ed.get("/editor/feeds/north-town").send("Read it now").follow()
    assert "North Town will be read now." in page.words
    assert "Will be read now" in page.words
    assert state.is_asked(feeds, "north-town")


def test_the_report_of_the_import_is_at_hand(ed: Client):
    assert "report.txt" in ed.get("/editor/feeds/north-town").text
    assert "61 services in the feed North Town." in ed.get("/editor/feeds/north-town/report.txt").text
    ed.get("/editor/feeds/east-village/report.txt", status=404)


def test_the_home_page_of_an_editor_says_that_changes_are_proposed(ed: Client):
    assert "feed proposes changes" in ed.get("/").words


def test_the_health_of_a_feed_is_shown_and_sorted(ed: Client):
    page = ed.get("/editor/feeds/north-town/health")
    assert "61 services of 61 organisations." in page.words
    first = page.soup.select_one("tbody th")
    assert first
    assert first.get_text() == "Organisation 00"
    page = ed.get("/editor/feeds/north-town/health?sort=contactable")
    first = page.soup.select_one("tbody th")
    assert first
    assert first.get_text() == "Zebra", "the least good first"
    assert page.soup.select_one("th[aria-sort]")
    assert len(page.soup.select("tbody tr")) == 50


def test_our_own_directory_is_judged_too(ed: Client):
    page = ed.get("/editor/feeds/ours/health")
    assert "How good our directory is" in page.words
    assert "100%" in page.words


def test_a_feed_that_is_not_named_is_no_page(ed: Client):
    for path in ("/editor/feeds/nowhere", "/editor/feeds/nowhere/health", "/editor/feeds/nowhere/progress"):
        ed.get(path, status=404)
