"""What holds for the whole program: its floors, its templates, its words. Each test says what to do when it fails."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from tests.support import imports
from tests.support.imports import PACKAGE, Import
from webapp.cli.commands import COMMANDS, load
from webapp.config.settings import ROOT

# From the lowest up. A part may import what is on a lower floor, and what stands before it on its own.
FLOORS = (
    ("config", "english", "pii"),
    ("library",),
    ("telemetry", "db"),
    ("people", "mail", "machines", "web", "backup"),
    # Features: every folder with views, in the order in which they may use each other.
    (
        "accounts",
        "sign_in",
        "admin",
        "health",
        "gaps",
        "searches",
        "upkeep",
        "open_referral",
        "notices",
        "directory",
        "reading",
        "feedback",
        "barriers",
        "learning_logs",
        "spotlights",
        "packs",
        "community",
        "offline",
        "news",
        "insights",
        "data",
        "commissioning",
        "editor",
        "search",
    ),
    ("cli",),
    ("app",),
    ("__main__",),
)
STANDS = {part: (floor, place) for floor, row in enumerate(FLOORS) for place, part in enumerate(row)}
FEATURES = FLOORS[4]
LIBRARY_MAY_USE = {
    "PIL", "dateutil", "markdown", "nh3", "numpy", "orjson", "pydantic", "pydantic_core", "pymdownx",
    "urllib3", "whoosh", "yaml",
}  # fmt: skip
WHOOSH_LIVES_IN = ("webapp.library.build.index", "webapp.library.search.")
LONGEST_FILE = 350  # lines

# Rendered Markdown, which library.rendering cleaned; in hx-disable, so that no attribute in it can act.
MAY_BE_SAFE = {
    '<div class="prose" hx-disable>{{ page.html|safe }}</div>',
}


def stands(part: str) -> tuple[int, int] | None:
    return STANDS.get(part)


def test_every_part_has_a_floor():
    parts = {imports.part_of(module) for module in imports.modules()} - {""}
    lost = sorted(part for part in parts if stands(part) is None)
    assert not lost, (
        f"{lost}: say on which floor it is, in FLOORS here and in docs/architecture.md. "
        "A feature is a folder with views; put it after the features that it uses."
    )


def test_every_folder_with_views_is_a_feature():
    assert {path.parent.name for path in view_files()} == set(FEATURES), "a feature is a folder that answers requests"


def view_files() -> list[Path]:
    has_bp = re.compile(r"^(bp = Blueprint|from .* import .*\bbp$)", re.MULTILINE)
    return [path for path in PACKAGE.glob("*/*.py") if path.stem != "blueprint" and has_bp.search(path.read_text())]


def test_nothing_is_imported_from_above():
    wrong = [f"{i.place} imports {i.target}: {_advice(i)}" for i in imports.imports() if i.is_ours and not _may(i)]
    assert not wrong, "\n".join(["docs/architecture.md has floors; these imports go up:", *wrong])


def _may(found: Import) -> bool:
    mine, theirs = stands(found.part), stands(found.target_part)
    return found.part == found.target_part or mine is None or theirs is None or theirs < mine


def _advice(found: Import) -> str:
    mine, theirs = stands(found.part), stands(found.target_part)
    assert mine
    assert theirs
    if mine[0] == theirs[0]:
        return (
            f"{found.part} stands before {found.target_part} in FLOORS. Let the later use the earlier, move what both "
            "need to the earlier, or move one of them in the list where no circle comes of it"
        )
    return f"{found.part} is on floor {mine[0]}, {found.target_part} on floor {theirs[0]}; move it down or pass it in"


def test_only_the_app_imports_views():
    views = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in view_files()}
    found = [i for i in imports.imports() if {i.target, i.target.rpartition(".")[0]} & views]
    wrong = [f"{i.place} imports {i.target}" for i in found]
    assert not wrong, f"{wrong}: views only answer requests; move what is shared to a module named by its noun"


def test_only_pii_reads_its_own_rules():
    outside = [i for i in imports.imports() if i.target_part == "pii" and i.part != "pii"]
    wrong = [i.place for i in outside if not i.target.startswith("webapp.pii.guard") and i.target != "webapp.pii.guard"]
    assert not wrong, f"{wrong}: use webapp.pii.guard; its rules may change"


def test_init_files_are_empty():
    full = [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("__init__.py") if path.read_text().strip()]
    assert not full, f"{full}: leave them empty; most import circles run through one"


def test_view_files_are_called_so_and_share_the_blueprint_of_their_folder():
    for path in view_files():
        assert re.fullmatch(r"(\w+_)?views", path.stem), f"{path}: call it views.py, or …_views.py by its noun"
    for feature in FEATURES:
        line = f'bp = Blueprint("{feature}"'
        made = [path for path in (PACKAGE / feature).glob("*.py") if line in path.read_text()]
        assert len(made) == 1, f"webapp/{feature}: one `bp`, called like the folder, in views.py or blueprint.py"


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
    "webapp/**/*.py", "webapp/**/*.html", "webapp/web/assets/**/*.*", "docs/**/*.md", "content/**/*.md", "tools/*",
    "*.md",
)  # fmt: skip


def test_no_form_is_taken_whole():
    """What somebody sends is taken field by field, each named: a name that no form shows changes nothing."""
    whole = re.compile(
        r"populate_obj|\*\*\s*(?:request\.(?:form|values|args)|form\.data)|setattr\([^)]*(?:request|form)\."
    )
    assert whole.search("note = Note(**request.form)")
    assert whole.search("setattr(note, name, request.form[name])")
    found = [
        f"{path}: {line}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text().splitlines()
        if whole.search(line)
    ]
    assert found == [], "name each field; `python -m benchmarks.attacks.bodies` sends every column to every form"


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
    for name in COMMANDS:
        command = load(name)
        assert command, name
        yield from _spelled(command, f"signpost {name}")


def test_help_says_of_each_command_what_the_command_says_of_itself():
    for name, (_, told) in COMMANDS.items():
        command = load(name)
        assert command
        assert (name, told) == (command.name, command.get_short_help_str(120))


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
    parts = {part for row in FLOORS for part in row}
    missing = sorted(part for part in parts if not re.search(rf"`[^`]*\b{part}\b[^`]*`", told))
    assert not missing, f"docs/architecture.md does not place {missing}: say in its table what they are for"


FILE_NAMED = re.compile(r"`([\w.]+(?:/[\w.]+)+\.(?:py|html|scss|js|mjs|typ|sh))`")
MODULE_NAMED = re.compile(r"`(?:webapp\.)?([a-z_]+(?:\.[a-z_]+)+)(?:\.[A-Z]\w*)?(?:\(\))?`")


def test_every_file_that_the_documents_name_exists():
    folders = ("webapp", "tests", "tools", "benchmarks", "deploy", "docs", "findings")
    there = [f"/{path.relative_to(ROOT)}" for folder in folders for path in (ROOT / folder).rglob("*.*")]
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "docs").rglob("*.md")
        for name in FILE_NAMED.findall(path.read_text())
        if not any(file.endswith(f"/{name}") for file in there)
    ]
    assert not lost, f"{lost}: moved or gone"


def test_every_module_on_the_walks_of_the_architecture_exists():
    walks = (ROOT / "docs" / "architecture.md").read_text().partition("## Where does my change go?")[0]
    named = MODULE_NAMED.findall(walks)
    assert len(named) > 20
    lost = [name for name in named if name != "os.replace" and not _is_of_a_module(name)]
    assert not lost, f"docs/architecture.md names {lost}: moved or gone"


def _is_of_a_module(name: str) -> bool:
    """Whether a dotted name is a module or folder of `webapp` or `webapp/library`, or a name in one."""
    folder, *inner = name.split(".")
    for house in (PACKAGE / folder, PACKAGE / "library" / folder):
        file = house.joinpath(*inner)
        if file.is_dir() or file.with_suffix(".py").exists():
            return True
        module = file.parent.with_suffix(".py")
        if len(inner) > 1 and module.exists():
            return re.search(rf"\b{inner[-1]}\b", module.read_text()) is not None
    return False


NAMED = re.compile(r"url_for\(\s*[\"']([\w.]+)[\"']")


@pytest.mark.reads_only
def test_every_address_that_is_written_by_name_exists(app: Flask):
    """A link to a view that was renamed would fail only when somebody opens the page that holds it."""
    lost = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]
        for name in NAMED.findall(path.read_text())
        if (path.relative_to(PACKAGE).parts[0] + name if name.startswith(".") else name) not in app.view_functions
    ]
    assert not lost, f"{lost}: no view has this name"
