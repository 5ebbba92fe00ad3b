"""What holds for the whole program: its floors, its templates, its words. Each test says what to do when it fails."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.support import imports
from tests.support.imports import PACKAGE, Import
from webapp.config import ROOT

# From the lowest up. A part may import what is on a lower floor, and what stands before it on its own.
FLOORS = (
    ("config", "dates", "privacy", "pii"),
    ("library",),
    (
        "access",
        "addresses",
        "db",
        "forms",
        "htmx",
        "marking",
        "migrating",
        "request_log",
        "spreadsheet",
        "static_files",
        "security",
        "sessions",
        "errors",
    ),
    (
        "people",
        "current",
        "audit",
        "once",
        "insisting",
        "outbox",
        "waiting",
        "about",
        "corrections",
        "gap_log",
        "searches",
        "sending",
        "following",
        "upkeep",
        "header",
        "written",
        "layout",
    ),
    ("features",),  # every folder with a views.py; never each other
    (
        "content_commands",
        "db_commands",
        "import_commands",
        "csv_commands",
        "writing_commands",
        "message_commands",
        "asking_commands",
        "places_commands",
        "privacy_commands",
        "search_commands",
        "serving",
        "demo",
        "serve_commands",
        "sync_commands",
        "worker_commands",
        "cli",
    ),
    ("app",),
    ("shell",),
    ("starting",),
)
FEATURES_FLOOR = 4
STANDS = {part: (floor, place) for floor, row in enumerate(FLOORS) for place, part in enumerate(row)}
LIBRARY_MAY_USE = {
    "markdown", "markdownify", "nh3", "numpy", "orjson", "pydantic", "pydantic_core", "pymdownx", "whoosh", "yaml",
}  # fmt: skip
WHOOSH_LIVES_IN = ("webapp.library.index", "webapp.library.search.")
LONGEST_FILE = 350  # lines

# Rendered Markdown, which library.rendering cleaned; in hx-disable, so that no attribute in it can act.
MAY_BE_SAFE = {
    '<div class="prose" hx-disable>{{ page.html|safe }}</div>',
}


def features() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/views.py")}


def stands(part: str) -> tuple[int, int] | None:
    return (FEATURES_FLOOR, 0) if part in features() else STANDS.get(part)


def test_every_part_has_a_floor():
    parts = {imports.part_of(module) for module in imports.modules()} - {""}
    lost = sorted(part for part in parts if stands(part) is None)
    assert not lost, (
        f"{lost}: say on which floor it is, in FLOORS here and in docs/architecture.md. "
        "A feature is a folder with a views.py; what features share is on floor 3."
    )


def test_nothing_is_imported_from_above_or_beside():
    wrong = [f"{i.place} imports {i.target}: {_advice(i)}" for i in imports.imports() if i.is_ours and not _may(i)]
    assert not wrong, "\n".join(["docs/architecture.md has floors; these imports go up or sideways:", *wrong])


def _may(found: Import) -> bool:
    mine, theirs = stands(found.part), stands(found.target_part)
    if found.part == found.target_part or mine is None or theirs is None:
        return True
    if mine[0] == theirs[0] == FEATURES_FLOOR:
        return False
    return theirs < mine


def _advice(found: Import) -> str:
    mine, theirs = stands(found.part), stands(found.target_part)
    assert mine
    assert theirs
    if mine[0] == theirs[0] == FEATURES_FLOOR:
        return "features never import each other; move what both need to floor 3"
    return f"{found.part} is on floor {mine[0]}, {found.target_part} on floor {theirs[0]}; move it down or pass it in"


def test_there_is_no_circle():
    edges: dict[str, set[str]] = defaultdict(set)
    for found in imports.imports():
        if found.is_ours and found.target != found.module:
            edges[found.module].add(found.target)
    assert imports.circles(edges) == [], "these modules import each other; move what they share below both"


def test_circles_are_found():
    assert imports.circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert imports.circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_the_lower_floors_know_neither_flask_nor_the_database():
    for found in imports.imports():
        if found.is_ours or found.is_standard:
            continue
        outside = found.target.split(".")[0]
        if found.part in FLOORS[0]:
            pytest.fail(f"{found.place} imports {outside}: floor 0 uses the standard library only")
        if found.part == "library":
            assert outside in LIBRARY_MAY_USE, f"{found.place} imports {outside}: library/ stays free of frameworks"
        if outside == "whoosh":
            assert found.module.startswith(WHOOSH_LIVES_IN), f"{found.place}: Whoosh stays behind library.search"


def test_only_pii_reads_the_rules_of_privacy():
    wrong = [i.place for i in imports.imports() if i.target_part == "privacy" and i.part not in {"privacy", "pii"}]
    assert not wrong, f"{wrong}: use webapp.pii; its rules may change"


def test_init_files_are_empty():
    full = [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("__init__.py") if path.read_text().strip()]
    assert not full, f"{full}: leave them empty; most import circles run through one"


def test_a_feature_has_its_blueprint():
    for path in PACKAGE.glob("*/views.py"):
        assert re.search(r"^bp = Blueprint\(", path.read_text(), re.MULTILINE), f"{path}: call its blueprint bp"


def test_files_can_be_read_in_one_go():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE and not _is_word_list(path)
    }
    assert not long, f"{long}: split by noun; {LONGEST_FILE} lines are the most"


def _is_word_list(path: Path) -> bool:
    return path.name in {"first_names.py", "surnames.py"} or "migrations" in path.parts


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.html")):
        if "static" not in path.parts:
            yield str(path.relative_to(PACKAGE)), COMMENT.sub("", path.read_text())


INLINE = re.compile(
    r"<style|<script(?![^>]*\ssrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|\shx-on|href\s*=\s*[\"']#[\"']|javascript:"
)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def test_templates_have_no_inline_style_or_script():
    found = [f"{name}: {match[0].strip()}" for name, text in templates() for match in INLINE.finditer(text)]
    assert not found, f"{found}: the content policy refuses them; use a class, or a data attribute and a script file"


def test_templates_trust_only_what_was_cleaned():
    marks = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
    lines = [(name, line.strip()) for name, text in templates() for line in text.splitlines() if marks.search(line)]
    extra = [f"{name}: {line}" for name, line in lines if line not in MAY_BE_SAFE]
    assert not extra, f"{extra}: say in MAY_BE_SAFE why this cannot carry what somebody typed"


LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK|TBD)\b|[Ll]orem ipsum")
WRITTEN = (
    "webapp/**/*.py", "webapp/**/*.html", "webapp/assets/**/*.*", "docs/**/*.md", "content/**/*.md", "tools/*", "*.md",
)  # fmt: skip


def test_nothing_is_left_for_later():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for pattern in WRITTEN
        for path in ROOT.glob(pattern)
        if path.is_file() and (match := LEFT_FOR_LATER.search(path.read_text(errors="replace")))
    ]
    assert not found, f"{found}: do it, or open an issue"


def test_every_setting_is_documented():
    used = set()
    for path in PACKAGE.rglob("*.py"):
        used |= set(re.findall(r"\b(?:SIGNPOST_[A-Z_]+[A-Z]|DATABASE_URL)\b", path.read_text()))
    told = (ROOT / "docs" / "deploying.md").read_text()
    missing = sorted(name for name in used if not re.search(rf"\b{name}\b", told))
    assert not missing, f"docs/deploying.md does not name {missing}"


def test_every_command_is_documented():
    told = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    missing = [said for said in commands() if said not in told]
    assert not missing, f"no page of docs/ names {missing}"


def commands() -> Iterator[str]:
    """Every command that people see, as they type it."""
    from webapp.cli import COMMANDS

    for command in COMMANDS:
        yield from _spelled(command, f"signpost {command.name}")


def _spelled(command: click.Command, said: str) -> Iterator[str]:
    if command.hidden:
        return
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _spelled(inner, f"{said} {name}")
    else:
        yield said


def test_the_floors_are_documented():
    told = (ROOT / "docs" / "architecture.md").read_text()
    parts = {part for row in FLOORS for part in row if part != "features"} | features()
    missing = sorted(part for part in parts if not re.search(rf"`[^`]*\b{part}\b[^`]*`", told))
    assert not missing, f"docs/architecture.md does not place {missing}: say in its table what they are for"
