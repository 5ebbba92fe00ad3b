"""Measures the personal-data guard, then relevance and speed beside their baselines: python -m benchmarks [--large]

The queries with judgements, and the generator of made-up records, are not part of this project. Say where they are
with --data and --bench, or SIGNPOST_BENCH_DATA and SIGNPOST_BENCH.
"""

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import builds, feed, needs, pages, privacy, relevance, speed
from benchmarks.baselines import FullText
from benchmarks.site import book_of_short_phrases, names, opened
from webapp.library.build import index
from webapp.library.search.engine import Engine
from webapp.library.search.query import Query

SIZES = (1_000, 10_000)
LARGE = 100_000
FEED_READ = date(2024, 12, 15)  # when the feed was taken: "verified lately" is counted from here


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Relevance and speed beside baselines.")
    parser.add_argument("--data", type=Path, default=_path("SIGNPOST_BENCH_DATA"), help="folder of the judged queries")
    parser.add_argument("--bench", type=Path, default=_path("SIGNPOST_BENCH"), help="folder of gen_corpus.py")
    parser.add_argument("--large", action="store_true", help=f"measure {LARGE:,} records too: several minutes")
    parser.add_argument("--pages", action="store_true", help="measure whole pages beside the floor too")
    given = parser.parse_args()
    privacy.report(privacy.read())
    print("\n".join(needs.table(needs.understander())), end="\n\n")
    with tempfile.TemporaryDirectory() as folder:
        _relevance(given.data, Path(folder))
        _speed(given.bench, (*SIZES, LARGE) if given.large else SIZES, Path(folder))
        if given.bench:
            sizes = (*SIZES, LARGE) if given.large else SIZES
            print("\nContent compiled by two processes:\n")
            print(
                builds.table([builds.measure(given.bench.resolve(), size, Path(folder)) for size in sizes]), flush=True
            )
            for size in sizes if given.pages else ():
                print(f"\nWhole pages at {size:,} listings, two sync workers, signed in, beside the floor:\n")
                print(pages.measure(given.bench.resolve(), size, Path(folder)), flush=True)


def _relevance(data: Path | None, folder: Path) -> None:
    if data is None or not (data / "relevance-queries.tsv").is_file():
        print("Relevance is not measured: name the folder of the judged queries with --data.")
        return
    documents = list(feed.documents(next(data.glob("*-services.json"))))
    here = folder / "feed"
    here.mkdir()
    index.write(here, documents, names())
    full_text = FullText(documents)
    queries = relevance.read_queries(data / "relevance-queries.tsv")
    judgements = relevance.read_judgements(data / "relevance-judgements.tsv")

    ours = relevance.measure(_searching(opened(here)), queries, judgements)
    short = relevance.measure(_searching(opened(here, book_of_short_phrases())), queries, judgements)
    some = relevance.measure(full_text.any_word, queries, judgements)
    every = relevance.measure(full_text.all_words, queries, judgements)
    print(
        "| relevance (nDCG@10) | Signpost | with no phrase over two words | FTS5, any word | FTS5, all words, prefix "
        "| ratio to the better |"
    )
    print("|---|---|---|---|---|---|")
    for name, score in ours.items():
        best = max(some[name].ndcg, every[name].ndcg)
        cells = f"{score.ndcg:.3f} | {short[name].ndcg:.3f} | {some[name].ndcg:.3f} | {every[name].ndcg:.3f}"
        print(f"| {name} | {cells} | {score.ndcg / best:.1f}× |" if best else f"| {name} | {cells} | – |")
    for title, field in (("recall@10", "recall"), ("precision@5", "precision"), ("no hit", "no_hit")):
        of_all = " | ".join(f"{getattr(scores['all'], field):.3f}" for scores in (ours, short, some, every))
        print(f"| all, {title} | {of_all} | |")
    print()


def _searching(engine: Engine) -> relevance.Search:
    def search(words: str) -> list[str]:
        hits = engine.search(Query(words, size=relevance.DEPTH, today=FEED_READ)).hits
        return [hit.card["id"] for hit in hits]

    return search


def _speed(bench: Path | None, sizes: tuple[int, ...], folder: Path) -> None:
    if bench is None or not (bench / "gen_corpus.py").is_file():
        print("Speed is not measured: name the folder of gen_corpus.py with --bench.")
        return
    print(
        "| records | engine p50 / p95 ms | first time asked | SQLite FTS5, 3 facets | Whoosh alone, no facets "
        "| ratio to FTS5 | index built s | one change s | memory MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        s = speed.measure(bench, size, folder)
        print(
            f"| {size:,} | {_shown(s.engine)} | {_shown(s.first)} | {_shown(s.full_text)} | {_shown(s.whoosh)} "
            f"| {s.full_text.half / s.engine.half:.0f}× / {s.full_text.most / s.engine.most:.0f}× "
            f"| {s.build:.1f} | {s.change:.2f} | {s.memory:.0f} |",
            flush=True,
        )


def _shown(times: speed.Times | None) -> str:
    return f"{times.half:.2f} / {times.most:.2f}" if times else "–"


def _path(variable: str) -> Path | None:
    return Path(os.environ[variable]) if os.environ.get(variable) else None


if __name__ == "__main__":
    sys.exit(main())
