"""Whoever searches in words of danger sees whom to ring before anything else; the same numbers end every page."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Answer, Client
from tests.support.corpus import Corpus
from webapp.app import create_app
from webapp.config.settings import Settings
from webapp.db.engine import db

pytestmark = pytest.mark.reads_only

SITE = """
name: Signpost
organisation: A council that does not exist
urgent:
  - {kind: emergency, label: Emergency, phone: "999"}
  - {kind: crisis, label: Crisis line, phone: "111", note: Option 2}
  - {kind: safeguarding, label: Safeguarding, phone: 0161 496 0301, sample: true}
  - {kind: out-of-hours, label: Out of hours, phone: 0161 496 0302}
  - {kind: other, label: Listeners, phone: 116 123, about: [harm]}
  - {kind: other, label: Gas line, phone: 0800 111 999, about: [gas]}
"""
DANGER = """
title: Words of danger
terms:
  - {slug: harm, label: somebody may harm themselves, when: [suicidal], guidance: [/toolkit/staying-safe]}
  - {slug: gas, label: there may be gas, when: [smell gas]}
"""


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """A site with its own numbers and its own words of danger."""
    corpus = Corpus(tmp_path)
    corpus.write("site.yml", SITE)
    corpus.write("vocabulary/danger.yml", DANGER)
    corpus.toolkit("staying-safe", "Ask openly.\n", title="Staying safe together")
    corpus.asset("gym", title="Gym", summary="Hit the gym.")
    assert corpus.build().problems == []
    return replace(settings, index_dir=corpus.index_dir)


def card(page: Answer) -> str:
    found = page.soup.select_one("section.urgent")
    return " ".join(found.get_text(" ").split()) if found else ""


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize("path", ["/directory", "/search"])
def test_the_card_stands_above_the_results_with_numbers_and_guidance(priya: Client, path: str, part: bool):
    page = priya.get(f"{path}?q=she+is+suicidal", part=part)
    assert card(page) == (
        "Is somebody in danger? Your words may mean that somebody may harm themselves. If so, ring first and search "
        "afterwards. Emergency 999 Listeners 116 123 Crisis line 111 Option 2 Safeguarding 0161 496 0301 "
        "Sample number, not in use Out of hours 0161 496 0302 Read: Staying safe together"
    )
    assert page.text.index("urgent-card") < page.text.index("results__found")
    assert "/toolkit/staying-safe" in page.links(".urgent a")
    assert {"tel:999", "tel:116123", "tel:111", "tel:01614960301"} <= set(page.links(".urgent a"))
    assert not part or "Numbers for urgent help are shown above the results." in page.words


def test_a_number_for_one_danger_is_not_shown_for_another(priya: Client):
    said = card(priya.get("/directory?q=smell+gas"))
    assert "Gas line 0800 111 999" in said
    assert "Listeners" not in said


@pytest.mark.parametrize("path", ["/directory", "/search"])
@pytest.mark.parametrize("query", ["", "?q=gym", "?q=gas+bill", "?q=walking"])
def test_other_words_show_no_card(priya: Client, path: str, query: str):
    page = priya.get(f"{path}{query}")
    assert card(page) == ""
    assert "shown above the results" not in page.text


@pytest.mark.parametrize("path", ["/", "/directory", "/toolkit/staying-safe", "/gaps", "/no-such-page", "/account"])
def test_the_numbers_end_every_page(priya: Client, path: str):
    said = foot(priya.get(path, status=range(200, 500)))
    assert "Urgent help Emergency 999 Crisis line 111 Option 2 Safeguarding 0161 496 0301" in said
    assert "Sample number, not in use" in said
    assert "Listeners" not in said


def foot(page: Answer) -> str:
    return " ".join(page.soup.select_one("footer").get_text(" ").split())


def test_they_are_there_before_anybody_signs_in_and_while_there_is_no_content(
    app: Flask, settings: Settings, tmp_path: Path
):
    assert "Urgent help Emergency 999 Crisis line" in foot(Client(app, "somebody").get("/sign-in"))
    bare = create_app(replace(settings, index_dir=tmp_path / "nothing"))
    assert "Urgent help Emergency 999" in foot(Client(bare, "somebody").get("/sign-in", status=range(200, 600)))
    with bare.app_context():
        db.engine.dispose()
