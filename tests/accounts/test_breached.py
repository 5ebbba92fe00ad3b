"""New passwords that were lost in breaches elsewhere."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.people import PASSWORD
from webapp.accounts import breached
from webapp.config.settings import Settings

LOST = [f"garden lantern {number}" for number in range(40)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    hashes = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in LOST)
    path = tmp_path / "ordered.txt"
    path.write_text("".join(f"{line}:{number}\r\n" for number, line in enumerate(hashes, 1)), newline="")
    return path


def test_each_of_them_is_found_and_no_other(file: Path) -> None:
    assert all(breached.is_breached(file, word) for word in LOST)
    assert not any(breached.is_breached(file, f"meadow kettle {number}") for number in range(200))


def test_a_password_that_was_lost_elsewhere_is_not_taken(app: Flask, settings: Settings, priya: Client, file: Path):
    app.extensions["signpost.settings"] = replace(settings, breached_passwords=file)

    def change(to: str, status: int) -> str:
        page = priya.post("/account/password", {"password": PASSWORD, "new_password": to}, status=status)
        return " ".join(page.errors) if status == 422 else ""

    assert "lost in a breach" in change(LOST[7], 422)
    kept = file.rename(file.with_suffix(".gone"))
    assert "could not look" in change("meadow kettle orchard", 422), "silence is no leave"
    kept.rename(file)
    change("meadow kettle orchard", 303)
