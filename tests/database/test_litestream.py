"""SQLite followed by Litestream, as docs/backup.md sets it up: the disk is lost, and at most the last moments too."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool
from sqlalchemy.orm import Session

from tests.support.databases import Sqlite
from webapp.config.settings import ROOT
from webapp.db.engine import connected_to, now
from webapp.people import audit

LITESTREAM = Path(sys.executable).parent / "litestream"
LOST_SECONDS = 3.0  # what docs/backup.md says may be lost, with time to spare on a busy machine


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The file of a site."""
    if not LITESTREAM.exists():
        pytest.skip("Litestream has no package for this kind of machine")
    return Path(Sqlite(tmp_path).url.removeprefix("sqlite:///"))


@pytest.fixture
def config(site: Path, tmp_path: Path) -> Path:
    """The configuration that docs/backup.md shows, for this site."""
    shown = (ROOT / "docs" / "backup.md").read_text().split("```yaml\n")[1].split("```")[0]
    for there, here in (("/srv/signpost/signpost.db", site), ("/mnt/elsewhere/signpost", tmp_path / "elsewhere")):
        assert there in shown
        shown = shown.replace(there, str(here))
    config = tmp_path / "litestream.yml"
    config.write_text(shown)
    return config


@pytest.fixture
def follower(site: Path, config: Path) -> Iterator[subprocess.Popen[bytes]]:
    shutil.copy(site.with_name("fresh.db"), site)
    running = subprocess.Popen([LITESTREAM, "replicate", "-config", config], stdout=subprocess.DEVNULL)
    yield running
    running.kill()
    running.wait()


def write(site: Path, seconds: float) -> list[float]:
    """Write entries of the audit trail; when each was acknowledged."""
    engine, said = connected_to(f"sqlite:///{site}", poolclass=NullPool), []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with Session(engine) as session:
            audit.append(session, now=now(), actor=1, action="gap.reported", subject=("gap", f"GAP-{len(said):04}"))
            session.commit()
        said.append(time.monotonic())
    return said


def test_when_the_disk_is_lost_at_most_the_last_moments_are(
    site: Path, config: Path, follower: subprocess.Popen[bytes], tmp_path: Path, record_property
):
    said = write(site, 1.0)
    deadline = time.monotonic() + 30
    while not any((tmp_path / "elsewhere").rglob("*.ltx")) and time.monotonic() < deadline:
        time.sleep(0.05)  # it is only starting
    said += write(site, LOST_SECONDS + 0.5)
    lost_at = time.monotonic()
    follower.send_signal(signal.SIGKILL)
    follower.wait()
    for file in site.parent.glob("signpost.db*"):  # the disk is gone, and what Litestream kept beside it too
        file.unlink()
    shutil.rmtree(site.parent / ".signpost.db-litestream")
    restored = tmp_path / "restored.db"
    subprocess.run([LITESTREAM, "restore", "-config", config, "-o", restored, site], check=True, timeout=60)
    with Session(connected_to(f"sqlite:///{restored}", poolclass=NullPool)) as session:
        assert audit.verify(session) is None
        there = audit.count(session)
    print(f"{len(said) - there} of {len(said)} lost, of the last {lost_at - said[there - 1]:.2f} s")
    assert there >= sum(at < lost_at - LOST_SECONDS for at in said) > 10


def test_the_site_goes_on_writing_while_it_is_followed(site: Path, follower: subprocess.Popen[bytes]):
    """With the rollback journal it could not: Litestream 0.5 turns the file to WAL and holds it open."""
    assert len(write(site, 1.0)) > 5
    assert follower.poll() is None
