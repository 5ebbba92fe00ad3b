"""A table as the answer to a request: sent as it is read, under a name with its day."""

from collections.abc import Iterator
from datetime import datetime

from flask import Response, stream_with_context

from webapp import dates
from webapp.data import formats


def file(lines: Iterator[str] | Iterator[bytes], name: str, ending: str, now: datetime) -> Response:
    """The answer that a browser keeps as `name-2026-03-02.ending`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}-{dates.day_of(now).isoformat()}.{ending}"'}
    return Response(stream_with_context(lines), content_type=formats.TYPES[ending], headers=headers)
