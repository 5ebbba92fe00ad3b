#!/usr/bin/env python3
"""Print the path of a Chromium that tests can drive. With --install, get one where there is none.

An installed one first, then the system's package manager, then Playwright's own download. Where none can be had, one
sentence says so and the exit status is 1: the tests of the browser fail, they are never skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # draws the same pages, and takes two thirds of the processor: it has no window to draw
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
ELSEWHERE = (
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NONE = (
    "No Chromium or Chrome could be found or installed: install one, or set SIGNPOST_TEST_BROWSER to the path of its "
    "program."
)
# Each package manager: how to tell that it is there, and what it runs, in order.
MANAGERS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "apt-get",
        (
            ("apt-get", "update", "-qq"),
            ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"),
            ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
        ),
    ),
    ("dnf", (("dnf", "install", "-y", "-q", "chromium"),)),
    ("apk", (("apk", "add", "--quiet", "chromium"),)),
    ("pacman", (("pacman", "-Sy", "--noconfirm", "--quiet", "chromium"),)),
    ("brew", (("brew", "install", "--quiet", "--cask", "chromium"),)),
)
LONGEST = 600  # seconds for one step


def main(arguments: list[str]) -> int:
    """The exit status: 0 where a browser was found, and its path printed."""
    path = find() or (install() if "--install" in arguments else None)
    if path is None:
        print(NONE, file=sys.stderr)
        return 1
    print(path)
    return 0


def find() -> str | None:
    """The path of a browser that starts, or None. SIGNPOST_TEST_BROWSER names one to be used before all others."""
    return next((path for path in _candidates() if _starts(path)), None)


def install() -> str | None:
    """Try every way to get a browser, in order, until one of them has."""
    for manager, steps in MANAGERS:
        if shutil.which(manager):
            print(f"Installing Chromium with {manager} …", file=sys.stderr)
            # A step may fail and the next still work: an update without a network, say.
            for step in steps:
                _run([*_as_root(manager), *step], {"DEBIAN_FRONTEND": "noninteractive"})
                if path := find():
                    return path
    print("Downloading Chromium with Playwright …", file=sys.stderr)
    _run([sys.executable, "-m", "playwright", "install", "chromium"], {})
    if os.geteuid() == 0 and find() is None:
        _run([sys.executable, "-m", "playwright", "install-deps", "chromium"], {})
    return find()


def _candidates() -> Iterator[str]:
    if named := os.environ.get("SIGNPOST_TEST_BROWSER"):
        yield named
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from (path for path in ELSEWHERE if Path(path).exists())
    if path := _playwrights():
        yield path


def _playwrights() -> str | None:
    """Where Playwright keeps the Chromium that it downloads, if it has."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _starts(path: str) -> bool:
    """Whether the program runs at all: on some systems `chromium-browser` only says how to install it."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _as_root(manager: str) -> list[str]:
    if manager == "brew" or os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") else []


def _run(command: list[str], environ: dict[str, str]) -> None:
    try:
        subprocess.run(command, env={**os.environ, **environ}, stdout=sys.stderr, timeout=LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        print(f"{command[0]} did not work: {fault}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
