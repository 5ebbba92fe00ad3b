"""Whatever is in a file, the compiler answers with a page or with faults, and never falls over."""

from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.compiled import CONTENT
from webapp.library import vocabulary
from webapp.library.build.pages import compile_text
from webapp.library.build.places import place_of
from webapp.library.front_matter.model import MODELS
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary

KEYS = sorted({name for model in MODELS.values() for name in model.model_fields} | {"adress", "<<", "", "é", "1"})
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.dates(),
    st.text(max_size=30),
    st.sampled_from(
        ["2026-10-06", "6 months", "M22 4DZ", "choir", "free", "active", "/toolkit/x", "10:30", "~", "*a", "!x"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=5)), inner, max_size=4),
    ),
    max_leaves=8,
)
fronts = st.dictionaries(st.sampled_from(KEYS), values, max_size=12)
PLACES = [
    "assets/x.md",
    "toolkit/x.md",
    "tec/x.md",
    "spotlights/x.md",
    "updates/x.md",
    "pages/x.md",
    "toolkit/index.md",
]
fast = settings(deadline=None, max_examples=200)
TODAY = date(2026, 11, 2)


@cache
def words() -> Vocabulary:
    loaded, problems = vocabulary.load(CONTENT / "vocabulary", CONTENT.parent)
    assert not problems
    return loaded


def tried(name: str, data: bytes) -> list[Problem]:
    """The faults of a file called `name`; each has a place in the file and words."""
    place = place_of(PurePosixPath(name))
    assert place
    problems = compile_text(data, f"content/{name}", place, words(), TODAY).problems
    for problem in problems:
        assert 1 <= problem.line <= data.replace(b"\r", b"\n").count(b"\n") + 2
        assert problem.message
        assert "Traceback" not in problem.message
        assert problem.file == f"content/{name}"
    return problems


@fast
@given(front=fronts, place=st.sampled_from(PLACES), body=st.text(max_size=200))
def test_any_front_matter(front: dict[str, Any], place: str, body: str):
    text = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{body}"
    tried(place, text.encode("utf-8", "replace"))


@pytest.mark.parametrize("pasted", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("faulty", ["sumary: Y", "list: [", "owner: 'Z"])
def test_a_line_break_that_no_editor_shows_moves_no_fault_to_another_line(pasted: str, faulty: str):
    """libyaml 0.2.5 counts them as lines, as YAML 1.1 (section 4.2) says; they come along with pasted text."""
    told, plain = (
        [
            (problem.line, problem.message)
            for problem in tried("toolkit/x.md", f"---\ntitle: 'A{mark}B'\n{faulty}\n---\n".encode())
        ]
        for mark in (pasted * 2, "  ")
    )
    assert told == plain
    assert told


@fast
@given(data=st.binary(max_size=300))
def test_any_bytes(data: bytes):
    tried("toolkit/x.md", data)


@fast
@given(lines=st.lists(st.text(alphabet=st.sampled_from("abc:-?[]{}&*!|>'\"%@`#, \t~<="), max_size=25), max_size=8))
def test_anything_that_nearly_is_yaml(lines: list[str]):
    tried("assets/x.md", ("---\n" + "\n".join(lines) + "\n---\nText\n").encode())


@fast
@given(body=st.text(alphabet=st.sampled_from("abc#*_`[]()!<>|-+~^:&\\ \n\t0/\"'"), max_size=400))
def test_any_markdown(body: str):
    front = "title: X\nsummary: Y\nowner: Z\nreviewed: 2026-09-01\nreview_every: 1 year\n"
    tried("toolkit/x.md", f"---\n{front}---\n{body}".encode())


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: [*a, *a]\n",  # a few lines that could stand for millions
        "a: " + "[" * 20000 + "]" * 20000 + "\n",  # would end the process
        "a: " + "{a: " * 5000 + "}" * 5000 + "\n",
        "a:\n" + "- " * 5000 + "a\n",
        "".join(" " * depth + "a:\n" for depth in range(300)),
        "? [a]\n: b\n",
        "a: 1\na: 2\n",
        "a: !!python/object/apply:os.system [echo]\n",
        "a: 2026-13-45\n",
        "a: |\n" + "  x\n" * 20000,
        "a: 1" + "0" * 5000 + "\n",
        "<<: {title: x}\n",
        "~: x\n\n~b: y\n",
        "%YAML 1.1\n",
        "...\n",
    ],
)
def test_known_traps_of_yaml_are_told(text: str):
    problems = tried("toolkit/x.md", f"---\n{text}---\nText\n".encode())
    assert any(problem.level == "error" for problem in problems)
