"""A text as its page would be, and what the checker says of it: while it is written, and for a colleague by a link."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor import file_page, files, previews
from webapp.editor.asked import require
from webapp.editor.blueprint import bp
from webapp.editor.edit_forms import FileForm
from webapp.editor.models import Edit, EditState
from webapp.english.dates import day_of
from webapp.library.build.pages import Compiled
from webapp.web import access, current, htmx

ENDED = "This link has ended, or what it showed was thrown away. Ask whoever sent it for another."


@bp.post("/editor/checks/<path:file>")
@access.only("editor")
def check(file: str) -> ResponseReturnValue:
    """The faults of what is being typed, but for links: those are followed when it is checked or saved."""
    require(file)
    if not htmx.wants_fragment():
        return redirect(url_for(".write", file=file), 303)
    text = FileForm().typed
    return file_page.faults([] if files.is_secret(file, text) else _compiled(file, text).problems, text)


@bp.post("/editor/previews/<path:file>")
@access.only("editor")
def preview(file: str) -> ResponseReturnValue:
    require(file)
    text = FileForm().typed
    if files.is_secret(file, text):
        return file_page.not_here(files.NOT_SHOWN, 422)
    return _page(file, text, "This is a preview of what you typed. Readers see the page as it was.")


@bp.get("/previews/<link>")
@access.signed_in
def shared(link: str) -> ResponseReturnValue:
    """For a colleague: the page as somebody would like it to be."""
    number = previews.edit_of(link)
    edit = db.session.get(Edit, number) if number else None
    if edit is None or edit.state is EditState.DROPPED:
        return file_page.not_here(ENDED, 404)
    place = files.place(edit.file)
    if edit.state is EditState.LIVE or place is None:
        return redirect(place.path) if place else abort(404)
    words = f"This is a preview of a change by {file_page.name_of(edit.author_id)}. Readers see the page as it was."
    return _page(edit.file, edit.text, words)


def _page(file: str, text: str, words: str) -> ResponseReturnValue:
    made = _compiled(file, text)
    if made.stored:
        return previews.show(made, words)
    return render_template(
        "editor/edits/no_preview.html", file=file, problems=file_page.beside(made.problems, text)
    ), 422


def _compiled(file: str, text: str) -> Compiled:
    return files.compiled(current.content(), current.settings(), file, text, day_of(now()))
