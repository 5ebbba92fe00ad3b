"""tools/find_browser.py: finds a browser, or says in one sentence that there is none."""

from pathlib import Path

import pytest


def test_it_prints_a_browser_that_starts(find_browser, capsys: pytest.CaptureFixture[str]):
    assert find_browser.main([]) == 0
    assert Path(capsys.readouterr().out.strip()).exists()


def test_where_there_is_none_it_says_so_in_one_sentence(
    find_browser, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(find_browser, "_candidates", lambda: iter(()))
    monkeypatch.setattr(find_browser, "MANAGERS", ())
    monkeypatch.setattr(find_browser, "_run", lambda command, environ: None)
    assert find_browser.main(["--install"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1] == find_browser.NONE


def test_a_program_that_does_not_start_is_passed_over(find_browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("SIGNPOST_TEST_BROWSER", str(fake))
    assert find_browser.find() != str(fake)


def test_each_manager_is_tried_until_one_has_it(find_browser, monkeypatch: pytest.MonkeyPatch):
    ran: list[str] = []
    monkeypatch.setattr(find_browser.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(find_browser, "_run", lambda command, environ: ran.append(" ".join(command)))
    monkeypatch.setattr(find_browser, "find", lambda: "/usr/bin/chromium" if any("dnf" in c for c in ran) else None)
    assert find_browser.install() == "/usr/bin/chromium"
    assert any("apt-get install" in command for command in ran)
    assert not any("brew" in command for command in ran)
