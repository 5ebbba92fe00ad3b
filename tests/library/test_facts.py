"""Facts of pages: each with its source and the day it was checked, and those of long ago listed."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.corpus import Corpus
from webapp.library.authoring import checking, facts


def fact(checked: str, **more: object) -> dict[str, object]:
    return {"claim": "Lamps are free", "sources": ["Lamp Act section 3"], "checked": checked, **more}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.toolkit("lamps", facts=[fact("2025-10-02"), fact("2025-10-01", relied_on_by="everyone | at home")])
    return made


def test_facts_nobody_checked_for_a_year_are_listed_with_their_source(corpus: Corpus):
    found = checking.check(corpus.content, today=date(2026, 10, 1), with_old_facts=True).problems
    assert [(p.line, p.level) for p in found] == [(12, "advice")]
    assert "`Lamps are free` was checked on 2025-10-01: compare it with Lamp Act section 3" in found[0].message
    assert not checking.check(corpus.content, today=date(2026, 10, 1)).problems


def test_a_fact_without_a_source_or_a_day_is_a_fault(corpus: Corpus):
    corpus.toolkit("lamps", facts=[{"claim": "Lamps are free"}])
    said = {problem.message.split(":")[0] for problem in corpus.check()}
    assert said == {"`sources` is missing", "`checked` is missing"}


def test_all_facts_make_one_table(corpus: Corpus):
    found = facts.of(corpus.content, checking.check(corpus.content).entries)
    assert facts.table(found).splitlines()[2:] == [
        "| Lamps are free | /toolkit/lamps | Lamp Act section 3 | 2025-10-02 |  |",
        "| Lamps are free | /toolkit/lamps | Lamp Act section 3 | 2025-10-01 | everyone \\| at home |",
    ]
