"""What a worker keeps in memory: no library that only a command or a rare download needs."""

import subprocess
import sys
from pathlib import Path

RARE = {
    "PIL", "alembic", "babel", "bs4", "docx", "icalendar", "notifications_python_client", "openpyxl", "requests",
    "urllib3", "webapp.library.authoring.checking",
}  # fmt: skip


LATER = {"webapp.pii.rules", "webapp.pii.organisations"}  # what the first who writes needs, read before they come


def test_the_site_starts_without_what_no_page_needs():
    code = "import sys, webapp.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not (RARE | LATER) & set(done.stdout.split())


def test_the_worker_starts_without_pages_and_without_what_is_rarely_due(tmp_path: Path):
    code = "import sys, webapp.cli.worker; from webapp.cli import pageless; pageless.create(); print(*sys.modules)"
    environ = {
        "SIGNPOST_SECRET_KEY": "x" * 40,
        "SIGNPOST_TRUSTED_HOSTS": "x.example",
        "SIGNPOST_STATE_DIR": str(tmp_path),
    }
    environ["DATABASE_URL"] = f"sqlite:///{tmp_path / 'signpost.db'}"
    done = subprocess.run([sys.executable, "-c", code], env=environ, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert not (RARE | LATER | {"authlib"}) & loaded
    assert not [name for name in loaded if name.startswith("webapp.") and name.endswith("views")]
