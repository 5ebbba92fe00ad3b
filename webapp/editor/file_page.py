"""The page on which a file is written: its text, its faults, and what it is about beside it."""

from collections.abc import Iterable, Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.editor import edits, files, subjects
from webapp.editor.edit_forms import FileForm
from webapp.editor.edits import About
from webapp.editor.files import Newest
from webapp.editor.models import Edit
from webapp.library.problems import Problem
from webapp.people.models import User
from webapp.web import current
from webapp.web.htmx import page as part_or_page
from webapp.web.text import number


def editor(
    file: str,
    form: FileForm,
    about: About | None,
    status: int = 200,
    *,
    problems: Sequence[Problem] = (),
    checked: bool = False,
    fault: str = "",
    note: str = "",
    newest: Newest | None = None,
    draft: Edit | None = None,
) -> ResponseReturnValue:
    """The page for writing `file`. `fault` says why it was not saved, `note` what there is to know."""
    gen, settings = current.content(), current.settings()
    waiting = edits.waiting_for(db.session, file)
    text = form.typed
    html = render_template(
        "editor/edits/file.html",
        file=file,
        line=number(request.args.get("line")),
        title=title_of(file),
        shown=gen.origin.in_repository(f"content/{file}") if gen.origin else f"content/{file}",
        form=form,
        text=text,
        place=files.place(file),
        is_new=not form.made_from,
        problems=beside(problems, text),
        checked=checked,
        fault=fault,
        note=note,
        newest=newest,
        draft=draft,
        waiting=waiting,
        waiting_by=name_of(waiting.author_id) if waiting else "",
        subject=subjects.subject(about, text) if about else None,
        about=about,
        straight=settings.edits == "main",
        git_host=current.git_host_address(files.named(gen, settings, file)),
    )
    return html, status


def faults(problems: Sequence[Problem], text: str) -> ResponseReturnValue:
    """The faults alone, for a page that asks as somebody types."""
    part = "editor/edits/_faults.html"
    return part_or_page(part, part, problems=beside(problems, text), checked=True)


def beside(problems: Iterable[Problem], text: str) -> list[tuple[Problem, str]]:
    """Each fault with the line that it is on, what must be mended first."""
    lines = text.split("\n")
    ordered = sorted(problems, key=lambda problem: (problem.level != "error", problem.line, problem.column))
    return [(one, lines[one.line - 1].strip()[:120] if 0 < one.line <= len(lines) else "") for one in ordered]


def title_of(file: str) -> str:
    """What the page of `file` is called, as readers are served it; the file's own name where they have none."""
    here = files.place(file)
    card = current.content().card(here.path) if here else None
    return str(card["title"]) if card else file.rpartition("/")[2].removesuffix(".md")


def name_of(person_id: int | None) -> str:
    """Who that is; a colleague where nobody knows any more."""
    person = db.session.get(User, person_id) if person_id else None
    return person.name if person else "a colleague"


def not_here(why: str, status: int = 200) -> ResponseReturnValue:
    """The page in place of a text that cannot be written in a browser."""
    return render_template("editor/edits/not_here.html", why=why), status
