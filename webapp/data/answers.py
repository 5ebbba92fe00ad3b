"""A table as the answer to a request: sent as it is read, under a name with its day."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NoReturn

from flask import Response, abort, stream_with_context

from webapp.data import formats
from webapp.english import dates

PIECE = 64 * 1024  # characters: a line sent alone costs a call to the network


def text(lines: Iterable[str], name: str, ending: str, now: datetime) -> Response:
    """The answer that a browser keeps as `name-2026-03-02.ending`, of the lines of a CSV or JSON file."""
    return file((piece.encode() for piece in _joined(lines)), name, ending, now)


def file(pieces: Iterator[bytes], name: str, ending: str, now: datetime) -> Response:
    """The same of bytes that are sent as they come."""
    headers = {"Content-Disposition": f'attachment; filename="{name}-{dates.day_of(now).isoformat()}.{ending}"'}
    return Response(stream_with_context(pieces), content_type=formats.TYPES[ending], headers=headers)


def refuse(message: str) -> NoReturn:
    """Answer that the address asks for what no file has: the whole of a table would pass for what was meant."""
    abort(Response(f"{message}\n", 400, content_type="text/plain; charset=utf-8"))


def _joined(lines: Iterable[str]) -> Iterator[str]:
    waiting, size = [], 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size > PIECE:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)
