"""Edits from the first draft until they are live: the list, one of them, a page begun, a draft thrown away."""

from collections.abc import Iterator

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor import edits, file_page, files, previews
from webapp.editor.blueprint import bp
from webapp.editor.edit_forms import NewFileForm
from webapp.editor.models import Edit, EditState
from webapp.english.dates import day_of
from webapp.library.authoring import scaffold
from webapp.people.models import User
from webapp.upkeep import patches
from webapp.web import access, current, submissions, tasks
from webapp.web.forms import Form


@bp.get("/editor/edits")
@access.only("editor")
def all_edits() -> ResponseReturnValue:
    found = edits.listed(db.session, current.user().id)
    names = {edit.id: file_page.name_of(edit.author_id) for edit in found}
    return render_template(
        "editor/edits/edits.html",
        drafts=[edit for edit in found if edit.state is EditState.DRAFT],
        saved=[edit for edit in found if edit.state is not EditState.DRAFT],
        names=names,
        titles={edit.file: file_page.title_of(edit.file) for edit in found},
        here=current.edits_here(),
    )


@bp.get("/editor/edits/new")
@access.only("editor")
def begin() -> ResponseReturnValue:
    return _new_page(NewFileForm(sessions=_sessions()))


@bp.post("/editor/edits/new")
@access.only("editor")
def begin_file() -> ResponseReturnValue:
    """A file that passes every check from the start, as a draft of its writer."""
    if not current.edits_here():
        abort(404)
    form = NewFileForm(sessions=_sessions())
    if not form.validate():
        return _new_page(form, 422)
    gen, settings, user, at = current.content(), current.settings(), current.user(), now()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, at)
    if sent_before is not None:
        return redirect(sent_before, 303)
    content, given = patches.content_folder(gen, settings), {"session": form.session.data or ""}
    kind, title, slug = form.kind.data, str(form.title.clean), form.slug.data or None
    try:
        path, text = scaffold.new_page(content, kind, title, slug, day_of(at), gen.vocabulary, given)
    except (scaffold.Exists, ValueError) as why:
        db.session.rollback()
        words = "There is such a page already" if isinstance(why, scaffold.Exists) else "This cannot be an address"
        form.slug.errors = [f"{words}: write another, in lower-case letters, digits and hyphens"]
        return _new_page(form, 422)
    file = path.relative_to(content).as_posix()
    edits.keep(db.session, user, file, "", text, "", None, at)
    address = url_for(".write", file=file)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    return redirect(address, 303)


@bp.get("/editor/edits/<int:number>")
@access.only("editor")
def edit(number: int) -> ResponseReturnValue:
    found = _one(number)
    place = files.place(found.file)
    live = current.content().page(place.path, day_of(now())) if place else None
    remote = current.settings().content_remote
    return render_template(
        "editor/edits/edit.html",
        edit=found,
        title=file_page.title_of(found.file),
        by=file_page.name_of(found.author_id),
        mine=found.author_id == current.user().id,
        live=live,
        main=remote.branch if remote else "",
        link=url_for(".shared", link=previews.token(found.id), _external=True) if found.is_open else "",
        days=previews.DAYS,
        button=Form(formdata=None),
    )


@bp.post("/editor/edits/<int:number>/discard")
@access.only("editor")
def discard(number: int) -> ResponseReturnValue:
    """Throw a draft away, or take a saved edit that nobody will merge off the list."""
    found = _one(number)
    if found.is_open:
        edits.end(db.session, found, EditState.DROPPED, current.user(), now())
        flash("It is thrown away.", "success")
        db.session.commit()
    return redirect(url_for(".all_edits"), 303)


def _new_page(form: NewFileForm, status: int = 200) -> ResponseReturnValue:
    if not current.edits_here():
        abort(404)
    return render_template("editor/edits/new.html", form=form), status


def _sessions() -> list[str]:
    return scaffold.sessions(patches.content_folder(current.content(), current.settings()))


def _one(number: int) -> Edit:
    """An edit that this editor may see: another's draft is theirs alone."""
    found = db.session.get(Edit, number) or abort(404)
    if found.state is EditState.DRAFT and found.author_id != current.user().id:
        abort(404)
    return found


@tasks.source("editor")
def drafts(user: User) -> Iterator[tasks.Item]:
    count = edits.count_drafts(db.session, user.id)
    words = "page that you changed and did not save" if count == 1 else "pages that you changed and did not save"
    yield tasks.Item(words, url_for("editor.all_edits"), count)
