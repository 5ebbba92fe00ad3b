"""A part of a page that is the same but for a few values: its template writes it once, with holes for them."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup


class Stencil:
    """What a macro writes, kept with a hole wherever one of its values stood.

    row = Stencil(macros.row, "href", "title", on_map=False)
    row.filled(href=escape(path), title=escape(title))    # as macros.row(…) would write it, in one step of Python's own

    The macro must do no more with a value than show it, as often as it likes, or ask whether it is there.
    """

    def __init__(self, macro: Callable[..., str], *holes: str, **fixed: Any) -> None:
        """`holes` are the names of the values that come later, `fixed` what the macro is given besides."""
        # What stands in a hole while it is written: nobody can guess it, so nothing else on the page is taken for it.
        marks = {secrets.token_hex(16): hole for hole in holes}
        form = str(macro(**{hole: Markup(mark) for mark, hole in marks.items()}, **fixed))  # nosec B704 # noqa: S704 - hex digits
        form = form.replace("%", "%%")
        for mark, hole in marks.items():
            form = form.replace(mark, f"%({hole})s")
        self._form = form

    def filled(self, **values: Markup | str) -> Markup:
        """The part with its values, which somebody has made safe. Raises KeyError where one is missing."""
        return Markup(self.filled_from(values))  # nosec B704 # noqa: S704 - the template's own words, and what is safe already

    def filled_from(self, values: Mapping[str, Markup | str]) -> str:
        """The same as plain text, for parts of which many are put together before they are shown."""
        return self._form % values
