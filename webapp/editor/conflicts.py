"""Two people changed the same lines: each is shown what both wrote, and chooses. Nothing is saved until then."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.editor import file_page, files
from webapp.editor.edit_forms import FileForm
from webapp.editor.edits import About
from webapp.library.editing.merging import Keep
from webapp.library.editing.saving import Clashes

WORD = re.compile(r"\w+|\s+|[^\w\s]")
LABELS = {Keep.THEIRS: "Keep theirs", Keep.MINE: "Keep mine", Keep.BOTH: "Keep both, theirs first"}


def ask(
    file: str, form: FileForm, made: Clashes, about: About | None, status: int = 409, *, missing: tuple[int, ...] = ()
) -> ResponseReturnValue:
    """The page that asks what is to stay. `missing` are the clashes that were not answered."""
    if files.is_secret(file, made.merged.text([Keep.THEIRS] * len(made.merged.clashes))):
        return file_page.not_here(files.NOT_SHOWN, 409)
    html = render_template(
        "editor/edits/clash.html",
        file=file,
        title=file_page.title_of(file),
        form=form,
        about=about,
        clashes=made.merged.clashes,
        by=made.by or "a colleague",
        theirs=made.blob,
        labels=LABELS,
        beside=beside,
        chosen={at: request.form.get(f"keep-{at}") for at in range(len(made.merged.clashes))},
        missing=missing,
    )
    return html, status


def beside(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, bool]]:
    """The lines `one` in pieces, and of each whether `other` has it not: so that one word is not looked for in ten."""
    mine, theirs = (WORD.findall("".join(lines)) for lines in (one, other))
    steps = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return [("".join(mine[start:end]), step != "equal") for step, start, end, _, _ in steps if end > start]


def answers(count: int) -> list[Keep | None]:
    """What was chosen at each clash; None where nothing was."""
    known = {keep.value: keep for keep in Keep}
    return [known.get(request.form.get(f"keep-{at}", "")) for at in range(count)]
