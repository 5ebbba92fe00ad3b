"""How good a feed is, and our own directory: five questions, in plain words, by the same code."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.feeds.server import Directory
from tests.library.importing import TODAY, WORDS, feed, service
from webapp.cli.content_group import content
from webapp.library.feeds import client, quality
from webapp.library.feeds.health import MEASURES, FeedHealth, judge
from webapp.library.importing.bring_in import Choices, bring_in

GOOD: dict[str, Any] = {
    "title": "Tea and talk", "summary": "Tea, cake and good company in the hall.", "organisation": "Tea and Talk",
    "status": "active", "activities": ["social"], "cost": "free", "contacts": [{"phone": "0161 496 0001"}],
    "verified": {"date": TODAY.isoformat(), "by": "a team"}, "places": ["gorton-levenshulme"],
    "sessions": [{"days": ["tuesday"], "starts": "10:30"}],
}  # fmt: skip


def good(**otherwise: Any) -> set[str]:
    """The measures by which a listing is good that says `otherwise`."""
    health = judge([({**GOOD, **otherwise}, "")], TODAY)
    return {measure.name for measure in MEASURES if health.all.share(measure.name) == 100}


EVERY = {measure.name for measure in MEASURES}


@pytest.mark.parametrize(
    ("otherwise", "lost"),
    [
        ({}, set()),
        ({"summary": "Tea tea tea."}, {"complete"}),
        ({"activities": []}, {"complete"}),
        ({"activities": [], "audiences": ["carers"]}, set()),
        ({"cost": None}, {"complete"}),
        ({"verified": {"date": (TODAY - timedelta(days=365)).isoformat(), "by": "a team"}}, set()),
        ({"verified": {"date": (TODAY - timedelta(days=366)).isoformat(), "by": "a team"}}, {"fresh"}),
        ({"verified": None, "last_modified": TODAY.isoformat()}, {"fresh"}),
        ({"contacts": [{"name": "The office"}]}, {"contactable"}),
        ({"contacts": [{"email": "tea@example.org"}]}, set()),
        ({"places": []}, {"located"}),
        ({"places": [], "citywide": True}, set()),
        ({"places": [], "locations": [{"confidential": True}]}, set()),
        ({"places": [], "locations": [{"name": "The hall"}]}, {"located"}),
        ({"sessions": [{"days": ["tuesday"]}]}, {"scheduled"}),
        ({"sessions": [{"days": ["tuesday"], "starts": "10:30", "valid_to": "2026-11-20"}]}, {"scheduled"}),
        ({"sessions": [{"days": ["tuesday"], "starts": "10:30", "valid_to": TODAY.isoformat()}]}, set()),
        ({"sessions": [{"frequency": "daily", "all_day": True}]}, set()),
    ],
)
def test_each_question_is_answered_by_what_a_listing_says(otherwise: dict[str, Any], lost: set[str]):
    assert good(**otherwise) == EVERY - lost


def test_what_is_over_is_not_judged():
    health = judge([(GOOD, ""), ({**GOOD, "status": "defunct", "contacts": []}, "")], TODAY)
    assert (health.all.services, health.over, health.all.share("contactable")) == (1, 1, 100)


def test_all_but_one_of_many_is_not_said_to_be_all():
    listings = [(GOOD, "")] * 299 + [({**GOOD, "contacts": []}, "")]
    assert judge(listings, TODAY).all.share("contactable") == 99


def test_each_organisation_has_figures_of_its_own_which_are_kept_as_they_are():
    health = judge([(GOOD, ""), ({**GOOD, "organisation": "Others", "cost": None}, "")], TODAY)
    assert {name: one.share("complete") for name, one in health.organisations.items()} == {
        "Tea and Talk": 100,
        "Others": 0,
    }
    assert health.lacks == {"the cost is not said": 1}
    assert FeedHealth.of_data(health.as_data()) == health


def test_a_feed_and_the_listings_that_it_becomes_are_judged_alike(tmp_path: Path):
    source = feed(tmp_path, service(1), service(2, email=""), service(3, assured_date=""))
    (tmp_path / "content").mkdir()
    choices = Choices("North Town", tmp_path / "content" / "assets" / "north")
    bring_in(source, tmp_path / "content", WORDS, choices, TODAY)
    assert quality.of_feed(source, "North Town", WORDS, TODAY) == quality.of_content(tmp_path / "content", TODAY)


def run(*words: str) -> Any:
    return CliRunner().invoke(content, ["health", *words])


def test_the_command_says_it_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(tmp_path))
    result = run(str(feed(tmp_path, service(1), service(2, email=""))))
    assert result.exit_code == 0
    assert "2 services of 1 organisation." in result.output
    assert " 50%  contactable" in result.output
    assert "1  no phone number and no e-mail address" in result.output


def test_the_command_judges_a_feed_at_an_address(directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(tmp_path))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setattr(client, "WAITS", ())
    monkeypatch.setattr("webapp.library.feeds.client.Asker._pause", lambda asker: None)
    assert "5 services" in run(directory.address, "--allow-network", "127.0.0.1").output
    refused = run(directory.address)
    assert refused.exit_code == 1
    assert "Nothing was judged." in refused.output
