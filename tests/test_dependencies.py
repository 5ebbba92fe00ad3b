"""What is installed is what was locked, and each part is there for a reason that is written down."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

from webapp.config import ROOT

LOCKS = ("run.txt", "test.txt", "build.txt")
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
