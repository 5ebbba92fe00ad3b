"""Two people changed the same lines: each is shown what both wrote, and chooses. Nothing is saved until then."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.editing import files, showing
from webapp.editing.edits import About
from webapp.editing.forms import FileForm
from webapp.library.editing.merging import Keep
from webapp.library.editing.saving import Clashes

LABELS = {Keep.THEIRS: "Keep theirs", Keep.MINE: "Keep mine", Keep.BOTH: "Keep both, theirs first"}


def ask(
    file: str, form: FileForm, made: Clashes, about: About | None, status: int = 409, *, missing: tuple[int, ...] = ()
) -> ResponseReturnValue:
    """The page that asks what is to stay. `missing` are the clashes that were not answered."""
    if files.is_secret(file, made.merged.text([Keep.THEIRS] * len(made.merged.clashes))):
        return showing.not_here(files.NOT_SHOWN, 409)
    html = render_template(
        "editing/clash.html",
        file=file,
        form=form,
        about=about,
        clashes=made.merged.clashes,
        by=made.by or "a colleague",
        theirs=made.blob,
        labels=LABELS,
        chosen={at: request.form.get(f"keep-{at}") for at in range(len(made.merged.clashes))},
        missing=missing,
    )
    return html, status


def answers(count: int) -> list[Keep | None]:
    """What was chosen at each clash; None where nothing was."""
    known = {keep.value: keep for keep in Keep}
    return [known.get(request.form.get(f"keep-{at}", "")) for at in range(count)]
