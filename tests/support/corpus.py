"""A small content folder to change and break, with the real vocabularies."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from webapp.config.settings import ROOT
from webapp.library.authoring import checking
from webapp.library.build import compile as compiling
from webapp.library.build.compile import CompileOutcome
from webapp.library.generation.reader import Generation, Reader
from webapp.library.problems import Problem
from webapp.library.search.query import Query

TODAY = date(2026, 11, 2)
SIGNPOST = Path(sys.executable).parent / "signpost"


class Corpus:
    """`folder/content` with vocabularies and a name, and `folder/index` to build it into."""

    def __init__(self, folder: Path, assets: int = 0) -> None:
        self.content, self.index_dir = folder / "content", folder / "index"
        shutil.copytree(ROOT / "content" / "vocabulary", self.content / "vocabulary")
        self.write("site.yml", "name: Signpost\norganisation: A council that does not exist\n")
        for number in range(assets):
            self.asset(f"walking-group-{number}")

    def write(self, name: str, text: str | bytes) -> Path:
        """Write `content/name`. Its time changes even where the clock has not moved on."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        if path.stat().st_mtime_ns <= before:
            os.utime(path, ns=(before + 1000, before + 1000))
        return path

    def asset(self, slug: str, body: str = "A friendly group.\n", **front: Any) -> Path:
        """A listing that is sound but for what `front` changes; a value of None takes a key away."""
        keys: dict[str, Any] = {
            "title": slug.replace("-", " ").capitalize(),
            "summary": "A group that walks together on weekday mornings.",
            "organisation": "Walkers together",
            "status": "active",
            "citywide": True,
            "contacts": [{"phone": "0161 496 0123"}],
            "verified": {"date": "2026-10-06", "by": "Wythenshawe neighbourhood team"},
            **front,
        }
        return self._page(f"assets/citywide/{slug}.md", keys, body)

    def toolkit(self, slug: str, body: str = "Listen first.\n", **front: Any) -> Path:
        """A page of the toolkit."""
        keys: dict[str, Any] = {
            "title": slug.replace("-", " ").capitalize(),
            "summary": "What to ask first, and why.",
            "owner": "Practice development team",
            "reviewed": "2026-09-01",
            "review_every": "12 months",
            **front,
        }
        return self._page(f"toolkit/{slug}.md", keys, body)

    def spotlight(self, slug: str, body: str = "Look closer.\n", **front: Any) -> Path:
        """A spotlight; what it lacks in its text is no fault."""
        keys: dict[str, Any] = {
            "title": slug.replace("-", " ").capitalize(),
            "summary": "A deeper look at one thing that came up.",
            "owner": "Communities of Practice conveners",
            "reviewed": "2026-09-01",
            "review_every": "12 months",
            "date": "2026-03-26",
            "themes": ["carers"],
            **front,
        }
        return self._page(f"spotlights/{slug}.md", keys, body)

    def _page(self, name: str, keys: dict[str, Any], body: str) -> Path:
        front = yaml.safe_dump({k: v for k, v in keys.items() if v is not None}, sort_keys=False, allow_unicode=True)
        return self.write(name, f"---\n{front}---\n{body}")

    def build(self, **more: Any) -> CompileOutcome:
        return compiling.build(self.content, self.index_dir, **({"today": TODAY} | more))

    def check(self) -> list[Problem]:
        return checking.check(self.content).problems

    def read(self) -> Generation:
        return Reader(self.index_dir).current()

    def env(self) -> dict[str, str]:
        """The environment in which `signpost` uses this folder."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "DATABASE_URL"))}
        return {**kept, "SIGNPOST_CONTENT_DIR": str(self.content), "SIGNPOST_INDEX_DIR": str(self.index_dir)}

    def signpost(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command as an editor would."""
        return subprocess.run(
            [SIGNPOST, *arguments], env=self.env(), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )


def found(generation: Generation, words: str) -> list[str]:
    """The addresses that a search for `words` finds, best first."""
    return [hit.card["path"] for hit in generation.search(Query(words=words, today=TODAY, size=50)).hits]
