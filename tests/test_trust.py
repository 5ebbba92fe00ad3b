"""docs/trust.md and docs/asvs.md name their proofs: each is there, and each promise has one or says that it is open."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from webapp.config import ROOT

DOCS = ROOT / "docs"
TEST = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")
LINK = re.compile(r"\]\((?!\w+:|/)([^)#\s]+)")
MEASURED = re.compile(r"`python -m ([\w.]+)")


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


@pytest.mark.parametrize("page", ["trust.md"])
def test_every_proof_that_is_named_is_there(page: str):
    assert lost((DOCS / page).read_text()) == []


def test_every_promise_has_its_proof_or_is_said_to_be_open():
    promises = rows((DOCS / "trust.md").read_text())
    assert len(promises) > 50
    assert [promise for promise, proof in promises if not is_kept(proof)] == []


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
