"""Choosing between two versions of the same lines, after somebody else saved theirs first."""

from flask import request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.editor import conflicts, edits, file_page, files
from webapp.editor.asked import about_asked, require
from webapp.editor.blueprint import bp
from webapp.editor.edit_forms import FileForm
from webapp.library.editing import saving, typed
from webapp.library.editing.faults import EditFault
from webapp.library.editing.saving import Gone
from webapp.web import access, current


@bp.post("/editor/choices/<path:file>")
@access.only("editor")
def choose(file: str) -> ResponseReturnValue:
    """Put both together as was chosen, to be looked at and saved."""
    require(file)
    form, about = FileForm(), about_asked()
    if not form.validate():
        return file_page.editor(file, form, about, 422)
    waiting = edits.waiting_for(db.session, file)
    try:
        with files.repository(current.content(), current.settings(), wait=None) as repository:
            made = saving.compare(repository, file, form.made_from, form.typed, waiting.branch if waiting else "")
    except (EditFault, typed.NotForABrowser) as why:
        return file_page.editor(file, form, about, 503, fault=f"The two could not be put together. {why}")
    if isinstance(made, Gone):
        return file_page.editor(file, form, about, 409, fault=f"{made.by or 'Somebody'} took this page away meanwhile.")
    keep = conflicts.answers(len(made.merged.clashes))
    missing = tuple(at for at, answer in enumerate(keep) if answer is None)
    if request.form.get("theirs") != made.blob:
        return conflicts.ask(file, form, made, about)  # there is a newer version of theirs
    if missing:
        return conflicts.ask(file, form, made, about, 422, missing=missing)
    text = made.merged.text([answer for answer in keep if answer])
    if files.is_secret(file, text):
        return file_page.not_here(files.NOT_SHOWN, 409)
    form.text.data, form.base.data = text, made.blob
    return file_page.editor(file, form, about, note="Put together as you chose. It is not saved yet: read it first.")
