"""docs/trust.md and docs/asvs.md name their proofs: each is there, and each promise has one or says that it is open."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from webapp.config.settings import ROOT

DOCS = ROOT / "docs"
TEST = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")
LINK = re.compile(r"\]\((?!\w+:|/)([^)#\s]+)")
MEASURED = re.compile(r"`python -m ([\w.]+)")


FILE = re.compile(r"`((?:webapp|docs|tests|requirements|tools)/[\w/.-]+|pyproject\.toml|package-lock\.json)`")

# Of each section of OWASP ASVS 5.0.0, how many requirements levels 1 and 2 have; they are numbered from 1.
ASVS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3
5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3
9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4
13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4
17.3:2
"""
STATES = {"Met", "Partly", "Not met", "Not applicable", "Operator", "Not checked"}


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table, without the heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = {number for number, row in enumerate(cells) if set("".join(row)) <= set("-:")}
    return [row for number, row in enumerate(cells) if number not in rules and number + 1 not in rules]


@cache
def defined(path: Path) -> frozenset[str]:
    """What pytest collects from a file: `::test_name` and `::TestClass::test_name`."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, functions):
            found.add(f"::{node.name}")
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            found |= {f"::{node.name}::{inner.name}" for inner in node.body if isinstance(inner, functions)}
    return frozenset(name for name in found if name.rpartition("::")[2].startswith("test_"))


def lost(text: str) -> list[str]:
    """The tests and commands that `text` names and that are not there, or that nothing runs."""
    gone = []
    for name, test in TEST.findall(text):
        path = ROOT / name
        if not path.is_file() or not path.name.startswith("test_") or test not in defined(path):
            gone.append(name + test)
    gone += [name for name in FILE.findall(text) if not (ROOT / name).exists()]
    for name in MEASURED.findall(text):
        module = ROOT / Path(*name.split("."))
        if name.partition(".")[0] != "pytest" and not (
            module.with_suffix(".py").is_file() or (module / "__main__.py").is_file()
        ):
            gone.append(f"python -m {name}")
    return gone


def is_kept(proof: str) -> bool:
    """A promise has a test, or says in words what is open."""
    return bool(TEST.search(proof)) or bool(re.search(r"\*\*Open:\*\* \w", proof))


@pytest.mark.parametrize("page", ["trust.md", "asvs.md"])
def test_every_proof_that_is_named_is_there(page: str):
    assert lost((DOCS / page).read_text()) == []


def test_every_promise_has_its_proof_or_is_said_to_be_open():
    promises = rows((DOCS / "trust.md").read_text())
    assert len(promises) > 50
    assert [promise for promise, proof in promises if not is_kept(proof)] == []


def numbers(cell: str) -> Iterator[str]:
    """`1.2.6–1.2.8, 1.3.1` means four requirements."""
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        section, _, begin = first.rpartition(".")
        for number in range(int(begin), int(last.rpartition(".")[2] or begin) + 1):
            yield f"{section}.{number}"


def test_every_requirement_of_asvs_is_answered_once():
    wanted = [
        f"{section}.{number}"
        for section, _, count in (entry.partition(":") for entry in ASVS.split())
        for number in range(1, int(count) + 1)
    ]
    answers = rows((DOCS / "asvs.md").read_text())
    told = [number for cell, *_ in answers for number in numbers(cell)]
    assert len(wanted) == 253
    assert sorted(told) == sorted(wanted)
    assert {state for _, _, state, _ in answers} <= STATES
    unproved = [
        cell for cell, _, state, why in answers if state == "Met" and not (TEST.search(why) or FILE.search(why))
    ]
    assert unproved == [], "met, but by what?"
    assert all(len(why) > 3 for *_, why in answers)


def test_no_page_of_the_docs_links_to_a_file_that_is_not_there():
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
    links = [(page, link) for page in pages for link in LINK.findall(page.read_text())]
    dead = [f"{page.relative_to(ROOT)}: {link}" for page, link in links if not (page.parent / link).exists()]
    assert len(links) > 50
    assert dead == []


def test_a_proof_that_is_gone_is_noticed():
    assert lost("`tests/test_trust.py::test_nothing_of_the_kind`") == ["tests/test_trust.py::test_nothing_of_the_kind"]
    assert lost("`tests/test_gone.py::test_x` `python -m benchmarks.gone`") == [
        "tests/test_gone.py::test_x",
        "python -m benchmarks.gone",
    ]
    assert lost("`tests/test_trust.py::is_kept`") == ["tests/test_trust.py::is_kept"], "no test, only a function"
    assert not is_kept("It is surely so.")
    assert rows("| a | b |\n|---|---|\n| c | d |") == [["c", "d"]]
