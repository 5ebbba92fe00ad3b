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

from benchmarks import builds, feed, judged, needs, other_engines, pages, privacy, relevance, speed
from benchmarks.baselines import FullText
from benchmarks.site import book_of_short_phrases, names, opened
from webapp.library.build import index
from webapp.library.document import Document
from webapp.library.search.engine import Engine
from webapp.library.search.query import Query

SIZES = (1_000, 10_000)
LARGE = 100_000
OURS = "Signpost"
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
        _conditions(Path(folder))
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
    queries = relevance.read_queries(data / "relevance-queries.tsv")
    judgements = relevance.read_judgements(data / "relevance-judgements.tsv")
    engines = _engines(documents, opened(here), FEED_READ)
    engines["with no phrase over two words"] = _searching(opened(here, book_of_short_phrases()), FEED_READ)
    scores = {name: relevance.measure(search, queries, judgements) for name, search in engines.items()}
    print(f"| relevance (nDCG@10) | {' | '.join(scores)} |")
    print(f"|---{'|---' * len(scores)}|")
    for name in scores[OURS]:
        print(f"| {name} | {' | '.join(f'{of[name].ndcg:.3f}' for of in scores.values())} |")
    for title, field in (("recall@10", "recall"), ("precision@5", "precision"), ("no hit", "no_hit")):
        cells = " | ".join(f"{getattr(of['all'], field):.3f}" for of in scores.values())
        print(f"| all, {title} | {cells} |")
    print()


def _conditions(folder: Path) -> None:
    documents = list(judged.documents())
    here = folder / "own"
    here.mkdir()
    index.write(here, documents, names())
    engines = _engines(documents, opened(here), judged.READ)
    print("| our own queries that name a place, a day, a price … (nDCG@10) | looked at | kept back |")
    print("|---|---|---|")
    for name, search in engines.items():
        looked_at, kept_back = judged.measure(search)
        print(f"| {name} | {looked_at:.3f} | {kept_back:.3f} |")
    print(flush=True)


def _engines(documents: list[Document], ours: Engine, today: date) -> dict[str, relevance.Search]:
    """Ours first, then what it is compared with, over the same texts."""
    full_text = FullText(documents)
    return {
        OURS: _searching(ours, today),
        "FTS5, any word": full_text.any_word,
        "FTS5, all words, prefix": full_text.all_words,
        **dict(other_engines.installed(documents)),
    }


def _searching(engine: Engine, today: date) -> relevance.Search:
    def search(words: str) -> list[str]:
        hits = engine.search(Query(words, size=relevance.DEPTH, today=today)).hits
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
