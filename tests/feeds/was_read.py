"""Two feeds as they are after a reading: one that proposes changes, and one that is being read just now."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from webapp.library.feeds import state
from webapp.library.feeds.files import CHANGES, HEALTH, REPORT, folder_of, put
from webapp.library.feeds.health import judge
from webapp.library.feeds.state import FeedState

FEEDS = """feeds:
  - {name: North Town, address: "https://api.north-town.example/services?key=secret", every: 1 day}
  - {name: East Village, address: "https://east.example.org/v3", every: 6 hours}
"""
FOLDER = "content/assets/imported/north-town"


def two_feeds(content: Path, index_dir: Path, now: datetime) -> None:
    (content / "feeds.yml").write_text(FEEDS)
    moment = (now - timedelta(hours=3)).isoformat()
    read = FeedState(tried_at=moment, read_at=moment, whole_at=moment, services=60)
    branch = replace(read, branch="feeds/north-town", commit="c0ffee" * 6, new=58, changed=1, retired=1, conflicts=1)
    state.write(index_dir, "north-town", branch)
    rows = [
        {"path": f"{FOLDER}/tea.md", "verb": "changed", "title": "Tea and talk",
         "lines": ["url: https://a.example.org → https://b.example.org"],
         "conflicts": ["summary: yours “Tea with us.”, the feed’s “Tea with them.”"]},
        {"path": f"{FOLDER}/bowls.md", "verb": "changed", "title": "Bowls", "lines": ["status: active → inactive"],
         "conflicts": []},
        *({"path": f"{FOLDER}/group-{n}.md", "verb": "new", "title": f"Group {n}", "lines": [], "conflicts": []}
          for n in range(1, 59)),
    ]  # fmt: skip
    folder = folder_of(index_dir, "north-town")
    put(folder / CHANGES, orjson.dumps(rows))
    listings = [
        ({"organisation": f"Organisation {n:02}", "contacts": [{"phone": "0161 496 0000"}]}, "") for n in range(60)
    ]
    listings.append(({"organisation": "Zebra", "citywide": True}, ""))
    put(folder / REPORT, b"61 services in the feed North Town.\n")
    put(folder / HEALTH, orjson.dumps(judge(listings, now.date()).as_data()))
    moment = now.isoformat()
    running = FeedState(tried_at=moment, began=moment, told_at=moment, doing="full records", done=312, total=738)
    state.write(index_dir, "east-village", running)
