"""What the engine is measured against: SQLite's full-text search, and Whoosh searching by itself."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import query as whoosh_query
from whoosh.index import create_in, open_dir

from webapp.library.build.index import analyse
from webapp.library.document import Document
from webapp.library.search import ranking
from webapp.library.search.schema import SCHEMA, Weighting
from webapp.library.search.text import stems

_LITTLE = """
a an and are as at be by can for from have if in is it may not of on or that the this to us we when will with yet you
your
"""
LITTLE = frozenset(_LITTLE.split())


class FullText:
    """SQLite FTS5 as a good engineer would set it up in an afternoon: Porter stems, weighted bm25."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._ids = [d.id for d in documents]
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "create virtual table fts using fts5(title, summary, body, words, organisation,"
            ' tokenize="porter unicode61 remove_diacritics 2")'
        )
        self._db.executemany(
            "insert into fts(rowid, title, summary, body, words, organisation) values (?, ?, ?, ?, ?, ?)",
            ((i, d.title, d.summary, d.body, d.words, d.organisation) for i, d in enumerate(documents)),
        )

    def any_word(self, words: str) -> list[str]:
        """Ids of documents with any of the words, best first."""
        return self._match(" OR ".join(f'"{w}"' for w in re.findall(r"\w+", words)))

    def all_words(self, words: str) -> list[str]:
        """Ids of documents with all of the words, the last of which may be half-typed, best first."""
        return self._match(" AND ".join(f'"{w}"*' for w in re.findall(r"\w+", words)))

    def _match(self, expression: str) -> list[str]:
        sql = "select rowid from fts where fts match ? order by bm25(fts, 4.0, 2.0, 1.0, 2.0, 1.0) limit 10"
        return [self._ids[row] for (row,) in self._db.execute(sql, (expression,))]


class FullTextDirectory:
    """SQLite FTS5 with three facets counted in SQL, and twenty results: the bare directory of the floor."""

    def __init__(self, records: Path, folder: Path) -> None:
        self._db = sqlite3.connect(folder / f"floor-{records.parent.name}.db")
        self._db.executescript(
            """create table a(id integer primary key, slug text, name text, summary text, description text,
                              neighbourhood text, cost text, cats text);
               create table ac(category text, id integer, primary key(category, id)) without rowid;
               create virtual table fts using fts5(name, summary, description, cats, content='a', content_rowid='id',
                                                   tokenize="porter unicode61 remove_diacritics 2");
               pragma mmap_size=300000000; pragma temp_store=memory;
               create temp table m(id integer primary key, rank real);"""
        )
        with records.open(encoding="utf-8") as lines:
            for line in lines:
                r = json.loads(line)
                kept = [r[k] for k in ("id", "slug", "name", "summary", "description", "neighbourhood", "cost")]
                self._db.execute("insert into a values (?,?,?,?,?,?,?,?)", [*kept, ", ".join(r["categories"])])
                self._db.executemany("insert or ignore into ac values (?,?)", [(c, r["id"]) for c in r["categories"]])
        self._db.executescript(
            """create index ac_id on ac(id, category); create index a_place on a(neighbourhood);
               create index a_cost on a(cost);
               insert into fts(fts) values('rebuild'); insert into fts(fts) values('optimize');
               insert into fts(fts, rank) values('rank', 'bm25(4.0,2.0,1.0,2.0)');"""
        )
        self._db.commit()
        self._db.execute("analyze")
        self._db.commit()

    def search(self, asked: dict[str, Any]) -> int:
        """Count, facets and the first twenty; returns how many were found."""
        terms = [t for t in re.findall(r"\w+", asked["q"].lower()) if len(t) > 1 and t not in LITTLE]
        where, given = [], []
        for name, value in asked["filters"].items():
            column = "a.id in (select id from ac where category=?)" if name == "category" else f"a.{name}=?"
            where.append(column)
            given.append(value)
        run = self._db.execute
        run("delete from m")
        if terms:
            both = "".join(f" and {c}" for c in where)
            found = f"insert into m select a.id, fts.rank from fts join a on a.id=fts.rowid where fts match ?{both}"
            run(found, [" ".join(f'"{t}"' for t in terms), *given])
        else:
            run(f"insert into m select a.id, 0 from a where {' and '.join(where) or '1'}", given)
        (number,) = run("select count(*) from m").fetchone()
        best = "(select id, rank from m order by rank limit 20)"
        run(
            f"select a.slug, name, summary, neighbourhood, cost, cats from {best} t join a on a.id=t.id order by t.rank"
        ).fetchall()
        for column in ("neighbourhood", "cost"):
            run(f"select {column}, count(*) from m join a on a.id=m.id group by 1 order by 2 desc").fetchall()
        run("select category, count(*) from m join ac on ac.id=m.id group by 1 order by 2 desc").fetchall()
        self._db.rollback()
        return number


class PlainWhoosh:
    """Whoosh by itself: its own codec, its searcher kept open, the same terms and weights. No facets, no filters."""

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        folder.mkdir()
        writer = create_in(str(folder), SCHEMA).writer(limitmb=256)
        for document in documents:
            terms, _ = analyse(document)
            writer.add_document(**{field: weights for field, (weights, _) in terms.items()})
        writer.commit()
        self._searcher = open_dir(str(folder), readonly=True).searcher(weighting=Weighting())

    def search(self, words: str) -> int:
        """Score and order the first twenty; returns how many were found."""
        fields = [
            part
            for s in stems(words)
            for part in (whoosh_query.Term("text", s), whoosh_query.Term("title", s, boost=ranking.TITLE_ALONE))
        ]
        return len(self._searcher.search(whoosh_query.Or(fields), limit=20)) if fields else 0
