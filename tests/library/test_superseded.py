"""A page that gives as the law what no longer holds is named, with what holds instead."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus

RULES = """\
title: Superseded rules
terms:
  - slug: lamp-law
    label: The lamp law
    says: [lamp test, red lamp]
    unless: [red lamp club]
    since: 2026-06-02
    instead: look at every light
    page: /toolkit/lights
    history: [/toolkit/lights]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.write("vocabulary/superseded.yml", RULES)
    made.toolkit("lights", "The lamp test has gone.\n")
    return made


def told(corpus: Corpus) -> list[str]:
    return [f"{p.file}:{p.line}: {p.message}" for p in corpus.check()]


def test_history_and_what_only_sounds_like_it_are_left_in_peace(corpus: Corpus):
    corpus.toolkit("clubs", "The Red Lamp Club meets on Mondays. A lamp tests nobody.\n")
    assert told(corpus) == []


def test_a_page_that_cites_the_rule_is_named_with_what_holds_instead(corpus: Corpus):
    corpus.toolkit("visits", "Look around.\n\nThen do the *Lamp\ntest*.\n", summary="Bring your red lamp.")
    first, second = told(corpus)
    assert first.startswith("content/toolkit/visits.md:3: `red lamp` cites what no longer holds since 2 June 2026")
    assert second.startswith("content/toolkit/visits.md:10: `Lamp test` cites")
    assert "look at every light (see /toolkit/lights)" in second


def test_a_rule_without_its_day_is_a_fault_of_the_list(corpus: Corpus):
    corpus.write("vocabulary/superseded.yml", RULES.replace("    since: 2026-06-02\n", ""))
    assert any("superseded.yml" in line and "`since` is missing" in line for line in told(corpus))
