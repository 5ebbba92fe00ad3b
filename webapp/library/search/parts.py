"""What stands beside each Whoosh segment: columns for filtering and ranking, and the cards that a list shows."""

import mmap
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

from webapp.library.document import Document
from webapp.library.search.text import fold

SUFFIXES = (".npz", ".cards", ".docs")
BESIDES = "besides.json"
SMALL = 400  # documents; a segment of no more keeps them, to be written again together with the next ones
CODE_BYTES = 4  # of the first half of a postcode
NAME_BYTES = 48  # of a title, for sorting by name
RUNNING, PAUSED, ENDED = 0, 1, 2
_STATUS = {"active": RUNNING, "temporarily closed": PAUSED}


def read_part(folder: Path, segment: str) -> dict[str, NDArray[Any]]:
    """The columns of one segment by name. Raises OSError or ValueError where the file is missing or damaged."""
    with np.load(folder / f"part-{segment}.npz", allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


class PartWriter:
    """Gathers the columns of one segment, document by document, in the order that Whoosh is given them."""

    def __init__(self, folder: Path, segment: str) -> None:
        self._documents: list[bytes] = []
        self._file = folder / f"part-{segment}.npz"
        self._cards: BinaryIO = (folder / f"part-{segment}.cards").open("wb")
        self._card_ends = [0]
        self._rows: list[int] = []
        self._lengths: list[tuple[int, int]] = []
        self._words_in: list[tuple[int, int]] = []
        self._verified: list[int] = []
        self._status: list[int] = []
        self._citywide: list[bool] = []
        self._names: list[bytes] = []
        self._series: list[tuple[int, int]] = []
        self._paths: list[str] = []
        self._points: list[tuple[int, float, float]] = []
        self._codes: list[bytes] = []
        self._facets: list[tuple[int, int]] = []
        self._choices: dict[str, int] = {}
        self._lexicon: Counter[str] = Counter()

    def add(self, document: Document, lengths: tuple[int, int], lexicon: Iterable[str]) -> None:
        """`lengths`: words in all its texts, words in its title. `lexicon`: its words as written."""
        number = len(self._rows)
        self._lengths.append((_as_whoosh(lengths[0]), _as_whoosh(lengths[1])))
        self._words_in.append(lengths)
        self._rows.append(document.row)
        self._verified.append(document.verified.toordinal() if document.verified else 0)
        self._status.append(_STATUS.get(document.status, ENDED))
        self._citywide.append(document.citywide)
        self._names.append(fold(document.title).encode()[:NAME_BYTES])
        self._series += [(number, int(name, 16)) for name in document.series]
        self._paths.append(document.path)
        self._points += [(number, latitude, longitude) for latitude, longitude in document.points]
        self._codes += [code.encode()[:CODE_BYTES] for code in document.codes or [""] * len(document.points)]
        for group, slugs in (*document.facets.items(), ("kind", (document.kind,))):
            for slug in slugs:
                choice = self._choices.setdefault(f"{group}={slug}", len(self._choices))
                self._facets.append((number, choice))
        self._cards.write(orjson.dumps(document.card))
        self._card_ends.append(self._cards.tell())
        self._lexicon.update(lexicon)
        if number < SMALL:
            self._documents.append(orjson.dumps(document))

    def close(self) -> None:
        self._cards.close()
        if len(self._rows) <= SMALL:
            self._file.with_suffix(".docs").write_bytes(b"\n".join(self._documents))
        words = sorted(self._lexicon)
        points = np.array(self._points, np.float64).reshape(-1, 3)
        np.savez(
            self._file,
            rows=np.array(self._rows, np.int64),
            lengths=np.array(self._lengths, np.int32).reshape(-1, 2),
            words_in=np.array(self._words_in, np.int32).reshape(-1, 2),
            verified=np.array(self._verified, np.int32),
            status=np.array(self._status, np.uint8),
            citywide=np.array(self._citywide, np.bool_),
            names=np.array(self._names, f"S{NAME_BYTES}"),
            series=np.array([name for _, name in self._series], np.uint64),
            series_of=np.array([of for of, _ in self._series], np.int32),
            paths=_joined(self._paths),
            points=points[:, 1:].astype(np.float32),
            point_of=points[:, 0].astype(np.int32),
            codes=np.array(self._codes, f"S{CODE_BYTES}"),
            facets=np.array(self._facets, np.int32).reshape(-1, 2),
            choices=_joined(list(self._choices)),
            cards=np.array(self._card_ends, np.int64),
            words=_joined(words),
            counts=np.array([self._lexicon[w] for w in words], np.int32),
        )


def read_documents(folder: Path, segment: str) -> list[Document] | None:
    """The documents of a small segment; None of a large one, which keeps none."""
    try:
        lines = (folder / f"part-{segment}.docs").read_bytes().splitlines()
    except FileNotFoundError:
        return None
    return [_restored(orjson.loads(line)) for line in lines]


def live_of(reader: Any) -> NDArray[np.bool_]:
    """Which documents of an open Whoosh index are not deleted, over all its segments."""
    live = np.ones(reader.doc_count_all(), np.bool_)
    for leaf, start in reader.leaf_readers() if len(live) else ():
        live[np.array(sorted(leaf.segment().deleted_docs()), np.int64) + start] = False
    return live


def counts_of(part: dict[str, NDArray[Any]]) -> dict[str, int]:
    """How often a segment counts each word as written."""
    return dict(zip(_split(part["words"]), part["counts"].tolist(), strict=True))


def read_besides(folder: Path) -> Counter[str]:
    """How often words are to be counted besides what segments count: below nought for documents that are deleted.

    Raises OSError or ValueError where it is missing or damaged.
    """
    return Counter(orjson.loads((folder / BESIDES).read_bytes()))


def write_besides(folder: Path, counts: Counter[str]) -> None:
    """Write it for `read_besides`."""
    (folder / BESIDES).write_bytes(orjson.dumps({word: times for word, times in counts.items() if times}))


def remove_part(folder: Path, segment: str) -> None:
    """Take the files of a segment out of a folder; other folders that share them keep them."""
    for suffix in SUFFIXES:
        (folder / f"part-{segment}{suffix}").unlink(missing_ok=True)


def _restored(data: dict[str, Any]) -> Document:
    return Document(
        **data
        | {
            "facets": {group: tuple(slugs) for group, slugs in data["facets"].items()},
            "points": tuple(tuple(point) for point in data["points"]),
            "codes": tuple(data["codes"]),
            "series": tuple(data["series"]),
            "verified": date.fromisoformat(data["verified"]) if data["verified"] else None,
        }
    )


def _as_whoosh(length: int) -> int:
    # Whoosh keeps a length in one byte; scores agree with its own only if the same rounding is used here.
    return byte_to_length(length_to_byte(length))


def _joined(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


class Parts:
    """The columns of every segment of an index, end to end in Whoosh's order of documents. Arrays are of length n.

    rows (int64), live (bool: not deleted), lengths (n × 2 int32), verified (int32, days since year 1, 0 for never),
    status (uint8: RUNNING …), citywide (bool), names (bytes), points (m × 2 float32, degrees) with point_of (int32,
    ascending) and codes (bytes, the first half of its postcode), series (k uint64, names of them) with series_of
    (int32, ascending), order (int64: equals stand by their addresses, whichever was written last). `facets` is (k × 2):
    document, index into `choices`, a list of `group=slug`. `words_in_all` says how many words live documents have
    together, in all texts and in titles.
    """

    def __init__(self, folder: Path, segments: list[str], live: NDArray[np.bool_]) -> None:
        parts = [read_part(folder, segment) for segment in segments]
        self.live = live
        self.starts = np.cumsum([0, *(len(p["rows"]) for p in parts)])
        self._begins: list[int] = self.starts.tolist()
        self.rows = _end_to_end(parts, "rows", np.int64)
        self.lengths = _end_to_end(parts, "lengths", np.int32, (0, 2))
        for part in parts:
            part.setdefault("words_in", part["lengths"])  # of an index that was written before there was any
        self.words_in_all: list[int] = _end_to_end(parts, "words_in", np.int32, (0, 2))[live].sum(axis=0).tolist()
        self.verified = _end_to_end(parts, "verified", np.int32)
        self.status = _end_to_end(parts, "status", np.uint8)
        self.citywide = _end_to_end(parts, "citywide", np.bool_)
        self.names = _end_to_end(parts, "names", f"S{NAME_BYTES}")
        series_of = _shifted(parts, "series_of", self.starts)
        self.series = _end_to_end(parts, "series", np.uint64)[live[series_of]]
        self.series_of = series_of[live[series_of]]
        self.points = _end_to_end(parts, "points", np.float32, (0, 2))
        self.codes = _end_to_end(parts, "codes", f"S{CODE_BYTES}")
        self.point_of = _shifted(parts, "point_of", self.starts)
        self.choices, self.facets = _facets(parts, self.starts, live)
        self.lexicon = _lexicon(parts, read_besides(folder))
        self._paths = [p["paths"] for p in parts]
        self.order = self._by_path()
        self._card_ends = [p["cards"] for p in parts]
        self._cards = [_Mapped(folder / f"part-{segment}.cards") for segment in segments]

    def card(self, number: int) -> dict[str, Any]:
        """The card of a document, as compiled."""
        part = bisect_right(self._begins, number) - 1
        at = number - self._begins[part]
        begin, end = self._card_ends[part][at : at + 2].tolist()
        return orjson.loads(self._cards[part].data[begin:end])

    def numbers_of(self, paths: frozenset[str]) -> dict[str, int]:
        """Document numbers by path, for those of `paths` that are here; the latest where a path was written twice."""
        found: dict[str, int] = {}
        for start, joined in zip(self.starts.tolist(), self._paths, strict=False):
            found |= {p: start + i for i, p in enumerate(_split(joined)) if p in paths}
        return found

    def _by_path(self) -> NDArray[np.int64]:
        order = np.empty(len(self.rows), np.int64)
        paths = np.array([path.encode() for joined in self._paths for path in _split(joined)], np.bytes_)
        order[np.argsort(paths, kind="stable")] = np.arange(len(order))
        return order

    def districts(self) -> dict[str, tuple[float, float]]:
        """The middle of the points that have a postcode, by its first half."""
        there = self.live[self.point_of]
        codes, at = np.unique(self.codes[there], return_inverse=True)
        number = np.bincount(at, minlength=len(codes))
        middle = [np.bincount(at, self.points[there, axis], len(codes)) / np.maximum(number, 1) for axis in (0, 1)]
        return {c.decode(): (float(a), float(b)) for c, a, b in zip(codes, *middle, strict=True) if c}

    def close(self) -> None:
        for cards in self._cards:
            cards.close()


class _Mapped:
    """A file in memory by mmap; an empty file is empty bytes, which mmap refuses."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.data: mmap.mmap | bytes = b""
            if path.stat().st_size:
                self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def close(self) -> None:
        if isinstance(self.data, mmap.mmap):
            self.data.close()


def _end_to_end(parts: list[dict[str, Any]], name: str, dtype: Any, empty: Any = 0) -> NDArray[Any]:
    return np.concatenate([p[name] for p in parts]) if parts else np.zeros(empty, dtype)


def _shifted(parts: list[dict[str, Any]], name: str, starts: NDArray[Any]) -> NDArray[np.int32]:
    shifted = [p[name] + np.int32(start) for p, start in zip(parts, starts, strict=False)]
    return np.concatenate(shifted) if parts else np.zeros(0, np.int32)


def _facets(
    parts: list[dict[str, Any]], starts: NDArray[Any], live: NDArray[np.bool_]
) -> tuple[list[str], NDArray[np.int32]]:
    choices: dict[str, int] = {}
    columns = []
    for part, start in zip(parts, starts, strict=False):
        here = np.array([choices.setdefault(c, len(choices)) for c in _split(part["choices"])], np.int32)
        documents, local = part["facets"].T
        columns.append(np.stack([documents + np.int32(start), here[local] if len(here) else local], axis=1))
    pairs = np.concatenate(columns) if columns else np.zeros((0, 2), np.int32)
    documents, chosen = pairs[live[pairs[:, 0]]].T
    there, chosen = np.unique(chosen, return_inverse=True)  # what deleted documents alone had is no choice any more
    names = list(choices)
    return [names[number] for number in there], np.stack([documents, chosen.astype(np.int32)], axis=1)


def _lexicon(parts: list[dict[str, Any]], besides: Counter[str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(counts_of(part))
    counts.update(besides)
    return +counts


def _split(joined: NDArray[np.uint8]) -> list[str]:
    return joined.tobytes().decode().split("\n") if len(joined) else []
