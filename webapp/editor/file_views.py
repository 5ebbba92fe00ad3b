"""Writing a file of the content in the browser, and saving it as a commit of one's own."""

import uuid
from collections.abc import Sequence

from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor import conflicts, edits, file_page, files, subjects
from webapp.editor.asked import about_asked, about_of, require
from webapp.editor.blueprint import bp
from webapp.editor.edit_forms import FileForm
from webapp.editor.edits import About
from webapp.editor.files import Newest
from webapp.editor.models import Edit
from webapp.english.dates import day_of
from webapp.library.editing import saving, typed
from webapp.library.editing.faults import EditFault
from webapp.library.editing.repository import Signature
from webapp.library.editing.saving import Clashes, Faulty, Gone, Saved
from webapp.library.problems import Problem
from webapp.machines import library_sync
from webapp.people.models import User
from webapp.upkeep.patches import NO_ADDRESS
from webapp.web import access, current, submissions
from webapp.web.text import tidy

KEPT = "Nothing you typed is lost: it is kept as a draft."


@bp.get("/editor/files/<path:file>")
@access.only("editor")
def write(file: str) -> ResponseReturnValue:
    require(file)
    about = about_asked()
    draft = edits.draft_of(db.session, current.person().id, file)
    waiting = edits.waiting_for(db.session, file)
    try:
        newest = files.newest(current.content(), current.settings(), file, waiting.branch if waiting else "")
    except (EditFault, typed.NotForABrowser) as why:
        return file_page.not_here(str(why))
    if files.is_secret(file, newest.text):
        return file_page.not_here(files.NOT_SHOWN)
    if draft:
        form = FileForm(data={"text": draft.text, "base": draft.base, "change": draft.summary})
        return _begun(file, form, about or about_of(draft), newest, draft=draft)
    text, note = subjects.proposed_text(about, file, newest.text, request.args.get("known", ""))
    if not text:
        abort(404)
    form = FileForm(data={"text": text, "base": newest.blob})
    return _begun(file, form, about, newest, note=note)


def _begun(
    file: str, form: FileForm, about: About | None, newest: Newest, *, draft: Edit | None = None, note: str = ""
) -> ResponseReturnValue:
    """The page as it is opened, with the faults that the text has already."""
    made = files.compiled(current.content(), current.settings(), file, form.typed, day_of(now()))
    return file_page.editor(
        file, form, about, problems=made.problems, checked=True, newest=newest, draft=draft, note=note
    )


@bp.post("/editor/files/<path:file>")
@access.only("editor")
def save(file: str) -> ResponseReturnValue:
    require(file)
    form, about = FileForm(), about_asked()
    if not form.validate():
        return file_page.editor(file, form, about, 422)
    if files.is_secret(file, form.typed):
        return file_page.editor(file, form, about, 422, fault=f"It was not saved. {files.NOT_SHOWN}")
    data = typed.as_bytes(form.typed)
    problems = files.faults(current.content(), current.settings(), file, data, now())
    if request.form.get("do") == "check":
        return file_page.editor(file, form, about, problems=problems, checked=True)
    sharing = request.form.get("do") == "share"
    if problems and not sharing:
        fault = "It was not saved: mend its faults first."
        return file_page.editor(file, form, about, 422, problems=problems, fault=fault)
    user = current.user()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now())
    if sent_before is not None:
        return redirect(sent_before, 303)
    draft = edits.keep(db.session, user, file, form.made_from, form.typed, str(form.change.clean or ""), about, now())
    address = url_for(".edit", number=draft.id)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    number, wanted = draft.id, _wanted(draft, user)
    db.session.commit()  # from here on nothing is lost, and nobody waits for git
    return redirect(address, 303) if sharing else _saved(number, wanted, form, about, address)


def _wanted(draft: Edit, user: User) -> saving.Edit:
    gen, settings = current.content(), current.settings()
    waiting = edits.waiting_for(db.session, draft.file)
    branch = "" if settings.edits == "main" else (waiting and waiting.branch) or edits.new_branch(draft.file)
    subject = draft.summary or f"{'Change' if draft.base else 'Add'} {tidy(file_page.title_of(draft.file))}"
    trailers = [f"Team: {user.team}"] if user.team else []
    trailers += [f"Settles: {draft.about_kind} {draft.about_id}"] if draft.about_id else []
    message = "\n\n".join(filter(None, [subject, "\n".join(trailers)]))
    contact = gen.site.contact.email if gen.site.contact else None
    site = Signature(gen.site.name, contact or NO_ADDRESS)
    author = Signature(user.name, user.email)
    return saving.Edit(draft.file, draft.base, draft.text, branch, message, author, site)


def _saved(number: int, wanted: saving.Edit, form: FileForm, about: About | None, address: str) -> ResponseReturnValue:
    """Commit what is kept as the draft `number`, or show what stands against it."""
    file, gen, settings, at = wanted.file, current.content(), current.settings(), now()

    def check(data: bytes) -> Sequence[Problem]:
        return files.faults(gen, settings, file, data, at)

    form.form_id.data = uuid.uuid4().hex  # what is sent next is another try
    try:
        with files.repository(gen, settings) as repository:
            made = saving.save(repository, wanted, check)
    except (EditFault, typed.NotForABrowser) as why:
        return file_page.editor(file, form, about, 503, fault=f"It was not saved. {why} {KEPT}")
    if isinstance(made, Clashes):
        return conflicts.ask(file, form, made, about)
    if isinstance(made, Gone):
        form.base.data = ""
        who = made.by or "Somebody"
        fault = f"{who} took this page away, or gave it another name. Save again only if it should come back. {KEPT}"
        return file_page.editor(file, form, about, 409, fault=fault)
    if isinstance(made, Faulty):
        if files.is_secret(file, made.text):
            return file_page.not_here(files.NOT_SHOWN, 409)
        form.base.data, form.text.data = made.blob, made.text
        fault = f"It was not saved. The text now holds what {made.by or 'somebody'} changed too, and so it has faults."
        return file_page.editor(file, form, about, 422, problems=made.problems, fault=fault)
    user = current.user()
    edit = db.session.get_one(Edit, number)
    edits.saved(db.session, edit, wanted.branch, made.commit, made.blob, user, now())
    both = isinstance(made, Saved) and made.merged
    flash("It is saved, together with what a colleague changed meanwhile." if both else "It is saved.", "success")
    db.session.commit()
    if settings.content_remote and not wanted.branch:
        library_sync.wake(current_app._get_current_object(), settings)  # type: ignore[attr-defined]
    return redirect(address, 303)
