"""The index on disk: generations that share segments, deleted pages, agreement with Whoosh."""

import random
from datetime import date

import pytest
from searching import TODAY, opened, page, titles, written
from whoosh import query as whoosh_query
from whoosh.index import open_dir

from webapp.library.search import ranking
from webapp.library.search.engine import Engine
from webapp.library.search.parts import SMALL
from webapp.library.search.query import Query
from webapp.library.search.schema import Weighting
from webapp.library.search.text import stem
from webapp.library.search.understand import Alternative, Unit


def ask(engine, words):
    return engine.search(Query(words, today=TODAY))


def test_a_changed_page_replaces_the_one_before(tmp_path):
    first = written(tmp_path, page(1, "Choir"), page(2, "Bingo"))
    second = opened(tmp_path, page(3, "Choral society"), previous=first, removed=[1])
    assert titles(ask(second, "choir")) == []
    assert sorted(titles(ask(second, ""))) == ["Bingo", "Choral society"]
    assert titles(ask(Engine.open(first), "choir")) == ["Choir"]


def test_a_generation_shares_the_files_of_the_one_before(tmp_path):
    first = written(tmp_path, *(page(i, f"Choir {i}") for i in range(SMALL + 1)))
    second = written(tmp_path, page(SMALL + 1, "Bingo"), previous=first, removed=[7])
    shared = {path.name for path in first.iterdir() if path.suffix not in {".toc", ".json"}}
    assert shared
    for name in shared:
        assert (first / name).stat().st_ino == (second / name).stat().st_ino
    for path in first.iterdir():
        path.unlink()
    assert ask(Engine.open(second), "choir").total == SMALL


def test_removing_alone_is_enough(tmp_path):
    first = written(tmp_path, page(1, "Choir"), page(2, "Bingo"))
    assert titles(ask(opened(tmp_path, previous=first, removed=[2]), "")) == ["Choir"]


def test_counts_and_facets_leave_deleted_pages_out(tmp_path):
    free = {"cost": ("free",)}
    first = written(tmp_path, page(1, "Choir", facets=free), page(2, "Choir", facets=free))
    second = opened(tmp_path, page(3, "Choir", facets={"cost": ("over-10",)}), previous=first, removed=[1])
    result = ask(second, "choir")
    assert (result.total, result.facets["cost"]) == (2, {"free": 1, "over-10": 1})


def test_nothing_but_the_index_is_left_in_the_folder(tmp_path):
    folder = written(tmp_path, page(1, "Choir"))
    assert {path.suffix for path in folder.iterdir()} == {".toc", ".seg", ".npz", ".cards", ".docs", ".json"}
    assert not [path for path in folder.iterdir() if path.is_dir()]


def test_small_segments_do_not_pile_up(tmp_path):
    folder = written(tmp_path, *(page(i, f"Choir {i}") for i in range(SMALL + 1)))
    for change in range(12):
        row = SMALL + 1 + change
        facets = {"cost": ("free",)}
        new = page(row, "Bingo", facets=facets, points=((53.4, -2.2),))
        folder = written(tmp_path, new, previous=folder, removed=[row - 1] if change % 3 == 2 else [])
    assert len(list(folder.glob("*.seg"))) == 2
    result = ask(Engine.open(folder), "bingo")
    assert result.total == 8
    assert result.facets["cost"] == {"free": 8}
    assert Engine.open(folder).search(Query("bingo", near=(53.4, -2.2), within=1, today=TODAY)).total == 8


WORDS = ["walk", "lunch", "choir", "garden", "friend", "tea", "bingo", "swim", "carer", "shed", "craft", "dance"]


@pytest.fixture
def grown(tmp_path):
    """Three segments of random pages, some deleted; and the pages that stayed, written at once."""
    rng = random.Random(4)
    every = []

    def some(start, number):
        for i in range(start, start + number):
            text = " ".join(rng.choices(WORDS, weights=range(1, 13), k=rng.randint(5, 60)))
            every.append(page(i, " ".join(rng.choices(WORDS, k=3)), text[:40], body=text, verified=date(2026, 1, 1)))
            yield every[-1]

    folder = written(tmp_path, *some(0, 600))
    gone = rng.sample(range(600), 30)
    folder = written(tmp_path, *some(600, 500), previous=folder, removed=gone)
    folder = written(tmp_path, *some(1100, 5), previous=folder, removed=[601, 602])
    stayed = [document for document in every if document.row not in {*gone, 601, 602}]
    return folder, written(tmp_path, *stayed)


@pytest.mark.parametrize("words", [["walk"], ["dance", "shed"], ["tea", "bingo", "walk"], ["absent", "choir"]])
def test_scores_are_those_of_a_plain_whoosh_search(grown, words):
    """The engine's arrays, however often pages changed, against Whoosh's own scorer on the same written at once."""
    stems = [stem(w) for w in words]
    folder, at_once = grown
    engine, rows = Engine.open(folder), Engine.open(at_once)._parts.rows.tolist()
    with open_dir(str(at_once), readonly=True).searcher(weighting=Weighting()) as searcher:
        terms = [
            part
            for s in stems
            for part in (whoosh_query.Term("text", s), whoosh_query.Term("title", s, boost=ranking.TITLE_ALONE))
        ]
        found = searcher.search(whoosh_query.Or(terms), limit=None, optimize=False)
        expected = {rows[number]: score for score, number in found.top_n}
    scores = {}
    for s in stems:
        scored = engine._scorer.unit(Unit((Alternative((s,)),)))
        for number, score in zip(scored.documents.tolist(), scored.scores.tolist(), strict=True):
            row = int(engine._parts.rows[number])
            scores[row] = scores.get(row, 0.0) + score
    assert scores == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("word", WORDS)
def test_totals_are_those_of_a_plain_whoosh_search(grown, word):
    folder, at_once = grown
    with open_dir(str(at_once), readonly=True).searcher() as searcher:
        expected = len(searcher.search(whoosh_query.Term("text", stem(word)), limit=None))
    assert Engine.open(folder).search(Query(word + " ", exact=True, today=TODAY)).total == expected


def test_lists_are_read_from_the_map_alone(tmp_path):
    """Whoosh would keep a second copy of every list in memory."""
    reader = open_dir(written(tmp_path, page(1, "Choir"), page(2, "Bingo"))).reader()
    for leaf, _ in reader.leaf_readers():
        lists = leaf._terms._postfile
        assert lists.get(0, 4)
        assert lists.file.getbuffer().nbytes == 0
