"""Web processes are killed while people write through them: what was acknowledged is there, once, and nothing else."""

from pathlib import Path

import pytest

from tests.support import databases, kills
from tests.support.gunicorn import Gunicorn

KILLS = 12  # `python -m benchmarks.kills` does a thousand


@pytest.mark.parametrize("kind", databases.KINDS)
def test_no_acknowledged_write_is_lost_or_doubled(kind: str, tmp_path: Path, index_dir: Path):
    url = databases.fresh(kind, "killed", tmp_path)
    with Gunicorn(tmp_path, index_dir, kills.LOADED_ONCE, database_url=url) as site:
        outcome = kills.kill_at_work(site, KILLS, writers=3)
    assert kills.faults(url, outcome) == []
    assert outcome.acknowledged
    assert outcome.again, "nobody was in the middle of anything"
