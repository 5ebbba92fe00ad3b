"""What a feed answered, kept on this machine: to go on after a break, and to ask only for what is another by now.

One SQLite file for each feed, `<folder>/answers.db`. It holds what the publisher sent, so only the program may read it.
It can be deleted at any time: then the next reading asks for everything again.
"""

import os
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from webapp.library.feeds.client import Asker, FeedAnswer

FILE = "answers.db"
GOES_ON_WITHIN = timedelta(hours=24)  # a reading that broke off longer ago begins anew
TABLES = """
pragma synchronous = off; -- a copy of what can be asked for again; a power cut may cost it
create table if not exists answers (
    url text primary key, walk integer not null, kind text, etag text, modified text, body blob not null, beside text);
create table if not exists facts (name text primary key, value text not null);
"""


@dataclass(frozen=True)
class KeptAnswer:
    """An answer of this reading or an earlier one. `beside` is what whoever kept it wrote down next to it."""

    body: bytes
    kind: str
    is_new: bool  # asked for, or confirmed, in this reading
    beside: str = ""


class KeptAnswers:
    """The answers of one feed. A reading is begun, and finished once it is whole; one that is not is gone on with."""

    def __init__(self, folder: Path, address: str, now: datetime) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._db = _opened(folder / FILE)
        except sqlite3.DatabaseError:  # damaged
            (folder / FILE).unlink()
            self._db = _opened(folder / FILE)
        self.goes_on = False
        self.walk = self._begin(address, now)

    def _begin(self, address: str, now: datetime) -> int:
        if self.fact("address") != address:
            self._db.execute("delete from answers")
            self._db.execute("delete from facts")
            self._note(address=address)
        number, began = int(self.fact("walk") or 0), self.fact("began")
        if self.fact("open") and began and now - datetime.fromisoformat(began) < GOES_ON_WITHIN:
            self.goes_on = True
            return number
        self._note(walk=str(number + 1), began=now.isoformat(), open="yes")
        return number + 1

    def fact(self, name: str) -> str:
        """Something noted of the feed; empty where nothing was. `whole_at` is when a whole reading began."""
        row = self._db.execute("select value from facts where name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def _note(self, **facts: str) -> None:
        self._db.executemany("insert or replace into facts values (?, ?)", facts.items())

    def answer(self, url: str) -> KeptAnswer | None:
        """What `url` answered last; None where nothing is kept."""
        row = self._db.execute("select body, kind, walk, beside from answers where url = ?", (url,)).fetchone()
        return KeptAnswer(zlib.decompress(row[0]), row[1], row[2] == self.walk, row[3]) if row else None

    def ask(self, url: str, asker: Asker, beside: str = "") -> tuple[KeptAnswer, bool]:
        """The answer of `url`, and whether it was asked for now. Raises what `Asker.ask` raises.

        In a reading that goes on, what it asked before is not asked again.
        """
        row = self._db.execute("select walk, etag, modified from answers where url = ?", (url,)).fetchone()
        if row is None or row[0] != self.walk:
            came = asker.ask(url, row[1], row[2]) if row else asker.ask(url)
            self._keep(url, came, beside)
        kept = self.answer(url)
        assert kept
        return kept, row is None or row[0] != self.walk

    def still_right(self, url: str) -> None:
        """What is kept of `url` belongs to this reading too, without being asked for."""
        self._db.execute("update answers set walk = ? where url = ?", (self.walk, url))

    def forget(self, url: str) -> None:
        """What came from `url` is of no use: ask for it anew."""
        self._db.execute("delete from answers where url = ?", (url,))

    def _keep(self, url: str, came: FeedAnswer, beside: str) -> None:
        if came.fresh:
            body = zlib.compress(came.body, 1)
            row = (url, self.walk, came.kind, came.etag, came.modified, body, beside)
            self._db.execute("insert or replace into answers values (?, ?, ?, ?, ?, ?, ?)", row)
        else:
            self._db.execute("update answers set walk = ?, beside = ? where url = ?", (self.walk, beside, url))

    def finish(self, *, whole: int | None = None) -> None:
        """This reading is done. `whole` is how many services it found where it read all: the rest is forgotten."""
        if whole is not None:
            self._db.execute("delete from answers where walk <> ?", (self.walk,))
            self._note(whole_at=self.fact("began"), services=str(whole))
        self._note(open="")

    def close(self) -> None:
        self._db.close()


def _opened(file: Path) -> sqlite3.Connection:
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    opened = sqlite3.connect(file, isolation_level=None, timeout=5)
    opened.executescript(TABLES)
    return opened
