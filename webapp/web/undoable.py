"""What was just done, told on the next page with one press that undoes it: see parts/flashes.html."""

from typing import cast

from flask import flash


def told(words: str, undo: str) -> None:
    """Say `words` on the next page. `undo` is where a press is sent; empty where nothing can be undone."""
    # Flask keeps any JSON in the session; it only says that a message is text.
    flash(cast(str, {"text": words, "undo": undo}), "success")
