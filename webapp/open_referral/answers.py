"""How records are answered: pages in an envelope, lines, one record, or a fault in words. Bytes in, bytes out."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import Any

import orjson
from flask import Response, request
from numpy.typing import NDArray

from webapp.open_referral.parameters import USUAL_PAGE

LINES = "application/x-ndjson"
FAULT = "application/problem+json"
# So small an answer is not made smaller. Level 1: an answer must be quick, and lists of records repeat themselves.
LEAST, LEVEL, GZIP = 1000, 1, 31
BLOCK = 64 * 1024  # bytes that are compressed and sent together

Fetch = Callable[[int], bytes]
Numbers = NDArray[Any] | list[int] | range


def tag(*said: object) -> str:
    """What names an answer: all that it depends on. Two with one tag are the same."""
    packed = request.accept_encodings["gzip"] > 0
    whole = orjson.dumps([*map(str, said), sorted(request.args.items(multi=True)), request.path, packed])
    return hashlib.sha256(whole).hexdigest()[:32]


def unchanged(etag: str) -> Response | None:
    """304 where whoever asks has this answer already."""
    if etag not in request.if_none_match:
        return None
    return _finished(Response(status=304), etag)


def page(numbers: Numbers, fetch: Fetch, etag: str, values: dict[str, Any], usual: int = USUAL_PAGE) -> Response:
    """One page of the records `numbers`, or all of them as lines where `format` says so."""
    if values.get("format") == "ndjson":
        return _lines(map(fetch, numbers), etag)
    total, number, most = len(numbers), values.get("page", 1), values.get("per_page", usual)
    shown = numbers[(number - 1) * most : number * most]
    pages = ceil(total / most)
    envelope = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(shown),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not len(shown),
    }
    contents = b",".join(map(fetch, shown))
    return record(orjson.dumps(envelope)[:-1] + b',"contents":[' + contents + b"]}", etag)


def record(body: bytes, etag: str, kind: str = "application/json") -> Response:
    """One answer as it is."""
    response = Response(content_type=kind)
    if len(body) > LEAST and request.accept_encodings["gzip"] > 0:
        packer = zlib.compressobj(LEVEL, wbits=GZIP)
        body = packer.compress(body) + packer.flush()
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(body)
    return _finished(response, etag)


def fault(status: int, title: str, detail: str, **more: Any) -> Response:
    """What is wrong, as RFC 9457 writes it."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail, **more})
    return Response(body, status, content_type=FAULT)


def _lines(rows: Iterable[bytes], etag: str) -> Response:
    blocks = _blocks(rows)
    response = Response(content_type=LINES)
    if request.accept_encodings["gzip"] > 0:
        blocks = _packed(blocks)
        response.headers["Content-Encoding"] = "gzip"
    response.response = blocks
    return _finished(response, etag)


def _blocks(rows: Iterable[bytes]) -> Iterator[bytes]:
    block = bytearray()
    for row in rows:
        block += row
        block += b"\n"
        if len(block) >= BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def _packed(blocks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    for block in blocks:
        if made := packer.compress(block):
            yield made
    yield packer.flush()


def _finished(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    # To be asked for again each time: what is taken back must be gone at once.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response
