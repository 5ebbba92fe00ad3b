"""How easy the house is to find one's way in: entries, addresses, walks, circles, lengths, names.

    python tools/rooms.py            # of this checkout
    PYTHONPATH=OTHER python tools/rooms.py OTHER     # of another one, say of an older commit

The three walks are made for real, on a demonstration in a temporary folder: a search of the directory, a gap that is
reported, one changed file that is compiled. What counts is each file of `webapp` in which a function ran.
"""

import ast
import logging
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
PACKAGE = ROOT / "webapp"
BUILT = {"__pycache__", "static"}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf_token"')
EMAIL = re.compile(r'name="email" value="([^"]+)"')
FORM_ID = re.compile(r'name="form_id"[^>]*value="([^"]+)"')


def main() -> None:
    """Print each figure on a line."""
    entries = [path for path in PACKAGE.iterdir() if path.name not in BUILT]
    files = [path for path in PACKAGE.rglob("*.py") if not BUILT & set(path.parts) and "migrations" not in path.parts]
    told = {path: len(path.read_text().splitlines()) for path in files if path.read_text().strip()}
    longest = max(told, key=lambda path: told[path])
    print(f"entries in webapp/: {len(entries)}, of which single files: {sum(path.is_file() for path in entries)}")
    print(f"files: {len(told)}, median {statistics.median(told.values()):.0f} lines, ", end="")
    print(f"longest {told[longest]} ({longest.relative_to(PACKAGE)})")
    print(f"modules named by a word in -ing: {sum(bool(re.search(r'ing$', path.stem)) for path in told)}")
    print(f"circles of imports: {circles(files)}")
    with tempfile.TemporaryDirectory() as folder:
        walk(Path(folder))


def circles(files: list[Path]) -> int:
    """How many sets of modules import each other."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in files}
    edges = {name: {target for target in _targets(path, names) if target != name} for name, path in names.items()}
    reach = {name: _reached(name, edges) for name in edges}
    return len(
        {frozenset(other for other in reach[name] if name in reach[other]) for name in edges if name in reach[name]}
    )


def _targets(path: Path, names: dict[str, Path]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found & set(names)


def _reached(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen, left = set[str](), list(edges[start])
    while left:
        if (name := left.pop()) not in seen:
            seen.add(name)
            left += edges[name]
    return seen


def walk(folder: Path) -> None:
    """Make the three walks, and say how many files and rooms each enters, and which routes stand where they say."""
    os.environ |= {
        "SIGNPOST_DEMO": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'walk.db'}",
        "SIGNPOST_INDEX_DIR": str(folder / "index"),
        "SIGNPOST_CONTENT_DIR": str(ROOT / "content"),
    }
    from webapp.app import create_app

    logging.disable()  # each request writes a line, and only the figures are wanted
    app = create_app()
    app.config["SESSION_COOKIE_SECURE"] = False
    run = app.test_cli_runner()
    for command in (["db", "upgrade"], ["content", "build"], ["demo", "load"]):
        done = run.invoke(args=command)
        assert done.exit_code == 0, (command, done.output, done.exception)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    homes = {rule.rule: app.view_functions[rule.endpoint].__module__.split(".")[1:] for rule in rules}
    for what, depth in (("folder", 1), ("folder, or a file,", 2)):
        named = sum(_is_named(home[:depth], address) for address, home in homes.items())
        print(f"routes in a {what} named in their address: {named} of {len(homes)} ({100 * named / len(homes):.0f}%)")

    client = app.test_client()
    page = client.get("/sign-in").text
    client.post("/sign-in/demo", data={"csrf_token": _value(TOKEN, page), "email": _value(EMAIL, page)})
    assert client.get("/directory?q=walking").status_code == 200
    _report("a search of the directory", lambda: client.get("/directory?q=gardening&near=M22"))
    form = client.get("/gaps/new").text
    sent = {"csrf_token": _value(TOKEN, form), "form_id": _value(FORM_ID, form), "needed": "Bowls on a weekday morning"}
    sent["place"] = next(iter(re.findall(r'<option value="([a-z-]+)"', form)), "")
    _report("a gap that is reported", lambda: client.post("/gaps/new", data=sent))
    _report("one changed file compiled", lambda: _compile(run, folder))


def _is_named(home: list[str], address: str) -> bool:
    """Whether a part of `address` is the folder's or the file's name, be it one or many: `account` is of `accounts`."""
    said = {_one(part) for part in re.split(r"[/<>.:]", address.replace("-", "_")) if part}
    return any(_one(name.removesuffix("_views")) in said for name in home)


def _one(noun: str) -> str:
    """`noun` without its plural: `community` of `communities`, `account` of `accounts`; `health` of `healthz`."""
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.rstrip("sz")


def _compile(run: Any, folder: Path) -> None:
    done = run.invoke(args=["content", "build"])
    assert done.exit_code == 0, done.output


def _value(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found, f"no {pattern.pattern} in the page"
    return next(filter(None, found.groups()))


def _report(what: str, act: Callable[[], Any]) -> None:
    """Do `act`, and print how many files of `webapp` it enters, and in how many places."""
    entered: set[str] = set()

    def look(frame: Any, event: str, arg: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(PACKAGE)):
            entered.add(frame.f_code.co_filename)

    sys.setprofile(look)
    try:
        answer = act()
    finally:
        sys.setprofile(None)
    status = getattr(answer, "status_code", 200)
    assert status in (200, 303), (what, status)
    files = {Path(name).relative_to(PACKAGE).parts for name in entered}
    python = {parts for parts in files if parts[-1].endswith(".py")}
    print(f"{what}: {len(python)} files in {len({parts[0] for parts in python})} places")


if __name__ == "__main__":
    main()
