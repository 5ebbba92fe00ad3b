"""The content that comes with Signpost: it builds clean, and nothing in it leads nowhere."""

from pathlib import Path

import pytest

from tests.support.compiled import CONTENT, OURS
from webapp.config.settings import ROOT
from webapp.library.authoring import checking, facts
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Generation


def test_the_real_content_is_sound():
    problems = checking.check(CONTENT).problems
    assert not problems, "\n".join(["mend these; `signpost content check` shows them too:", *map(str, problems)])


def test_the_table_of_facts_says_what_the_pages_say():
    told = facts.table(facts.of(CONTENT, checking.check(CONTENT).entries))
    assert told in (ROOT / "docs" / "facts.md").read_text(), "write `signpost content facts` there"


def test_the_real_content_builds_clean(content: Generation):
    assert not content.problems, "\n".join(map(str, content.problems))
    assert not content.kept


@pytest.mark.parametrize(
    ("kind", "least"), [("asset", 72), ("toolkit", 16), ("tec", 14), ("spotlight", 11), ("update", 5)]
)
def test_there_is_enough_worth_reading(content: Generation, kind: str, least: int):
    assert content.counts[kind] >= least


def test_every_file_is_served(content: Generation):
    # by path: the tests' own listings lie over the content
    written = {p.relative_to(folder) for folder in (CONTENT, OURS) for p in folder.rglob("*.md")}
    pages = [p for p in written if p.name not in {"README.md", "LICENSE.md"}]
    assert sum(content.counts.values()) == len(pages)


def test_a_second_build_changes_nothing(tmp_path: Path):
    first = compiling.build(CONTENT, tmp_path / "index")
    second = compiling.build(CONTENT, tmp_path / "index")
    assert first.switched
    assert not second.switched
    assert second.generation == first.generation
