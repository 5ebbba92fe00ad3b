"""What comes in an address or a form, so that any database can hold it.

PostgreSQL counts rows to 2,147,483,647 and keeps no NUL in a text; SQLite fails from 64 bits on. Nothing that a view
is given is beyond either.
"""

from typing import Any

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter

from webapp.web.text import ROW_NUMBER


def init_app(app: Flask) -> None:
    """Let no route or view of `app` meet a number or a text that no row could have."""
    app.url_map.converters["int"] = RowNumber
    request = app.request_class
    app.request_class = type(request.__name__, (request,), {"parameter_storage_class": Parameters})


class RowNumber(IntegerConverter):
    """`<int:number>` in a route: the number of a row, written as we write it. All else is no page of ours.

    The pattern alone decides. A number refused later would be taken for a page that only answers another method.
    """

    regex = ROW_NUMBER


class Parameters(ImmutableMultiDict[str, Any]):
    """The query of an address, or the fields or files of a form, without NUL, which nobody types."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = ImmutableMultiDict[str, Any](mapping or ()).items(multi=True)
        super().__init__([(name.replace("\0", ""), _typed(value)) for name, value in pairs])


def _typed(value: Any) -> Any:
    """A text without NUL; a file as it is."""
    return value.replace("\0", "") if isinstance(value, str) else value
