"""What an address of this folder names: a file, and what its change settles."""

from flask import abort, request

from webapp.editor import files, subjects
from webapp.editor.edits import About
from webapp.editor.models import Edit
from webapp.web import current
from webapp.web.text import number


def require(file: str) -> None:
    """Not found, where no page is made of such a file or nothing is edited here."""
    if files.place(file) is None or not current.edits_here():
        abort(404)


def about_asked() -> About | None:
    """The correction or suggestion that the address names."""
    for kind in ("correction", "suggestion"):
        if asked := request.args.get(kind):
            return subjects.about_of(kind, number(asked))
    return None


def about_of(edit: Edit) -> About | None:
    return About(edit.about_kind, edit.about_id) if edit.about_id else None
