"""What a worker keeps in memory: no library that only a command or a rare download needs."""

import subprocess
import sys

RARE = {
    "PIL", "alembic", "babel", "bs4", "docx", "icalendar", "notifications_python_client", "openpyxl", "requests",
    "urllib3", "webapp.library.authoring.checking",
}  # fmt: skip


def test_the_site_starts_without_what_no_page_needs():
    code = "import sys, webapp.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not RARE & set(done.stdout.split())
