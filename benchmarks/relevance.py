"""How good the results are, on queries that someone judged by reading (nDCG@10 and others)."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

DEPTH = 10
CLASSES = (  # of the judged queries, by their number
    ("keyword", range(1, 21)),
    ("need in plain English", range(21, 36)),
    ("audience or condition", range(36, 44)),
    ("misspelt", range(44, 49)),
    ("half-typed", range(49, 54)),
    ("name", range(54, 58)),
    ("abbreviation", range(58, 61)),
)

Judgements = Mapping[str, Mapping[str, int]]  # query id → document id → grade 0–3
Search = Callable[[str], Sequence[str]]  # words → document ids, best first


class Score(NamedTuple):
    """Means over queries: nDCG@10, share of the good found in ten, share of five that are good, share with no hit."""

    ndcg: float
    recall: float
    precision: float
    no_hit: float


def read_queries(file: Path) -> dict[str, str]:
    """Query id → words, from lines of id, tab, words."""
    return dict(line.split("\t", 1) for line in file.read_text("utf-8").splitlines() if "\t" in line)


def read_judgements(file: Path) -> Judgements:
    """From lines of query id, document id, grade."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for line in file.read_text("utf-8").splitlines():
        query, document, grade = line.split("\t")[:3]
        found[query][document] = int(grade)
    return found


def measure(search: Search, queries: Mapping[str, str], judgements: Judgements) -> dict[str, Score]:
    """The score of each class of queries, and of all of them under `all`."""
    each = {q: score(search(words)[:DEPTH], judgements.get(q, {})) for q, words in queries.items()}
    judged = {q: s for q, s in each.items() if any(judgements.get(q, {}).values())}
    scores = {"all": _mean(list(judged.values()))}
    for name, numbers in CLASSES:
        of_class = [s for q, s in judged.items() if int(q[1:]) in numbers]
        if of_class:
            scores[name] = _mean(of_class)
    return scores


def score(ids: Sequence[str], grades: Mapping[str, int]) -> Score:
    """The score of one query: `ids` as they were found, best first, at most DEPTH; `grades` 0–3 by id."""
    good = {i for i, grade in grades.items() if grade >= 2}
    gained = sum((2 ** grades.get(i, 0) - 1) / math.log2(rank + 2) for rank, i in enumerate(ids))
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    ideal = sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(best))
    return Score(
        gained / ideal if ideal else 0.0,
        len(good & set(ids)) / min(DEPTH, len(good)) if good else 0.0,
        sum(i in good for i in ids[:5]) / 5,
        float(not ids),
    )


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*(sum(column) / len(scores) for column in zip(*scores, strict=True)))
