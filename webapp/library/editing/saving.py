"""Saving an edit: put together with what others pushed meanwhile, committed, and pushed. Nobody's change is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webapp.library.editing import typed
from webapp.library.editing.faults import EditFault, Rejected
from webapp.library.editing.merging import Merged, merge
from webapp.library.editing.repository import Repository, Signature
from webapp.library.problems import Problem

TRIES = 4  # pushes that somebody else may be faster than


@dataclass(frozen=True)
class Edit:
    """What is to be saved. `base` is the blob that `text` was made from, empty for a new file.

    `branch` is where it goes, empty for what readers see; where it is not there yet, it begins at what they see.
    """

    file: str  # below the content folder
    base: str
    text: str
    branch: str
    message: str
    author: Signature
    committer: Signature


@dataclass(frozen=True)
class Saved:
    """It is committed. `merged`: somebody else's change of other lines is in it too."""

    commit: str
    blob: str
    merged: bool = False


@dataclass(frozen=True)
class NothingNew:
    """The file says so already, in `commit`."""

    commit: str
    blob: str


@dataclass(frozen=True)
class Clashes:
    """Both changed the same lines. Nothing was committed. `blob` is theirs, on which `merged` is to be saved."""

    merged: Merged
    blob: str
    by: str


@dataclass(frozen=True)
class Gone:
    """Somebody took the file away or gave it another name. Nothing was committed."""

    by: str


@dataclass(frozen=True)
class Faulty:
    """With both changes the file would have faults. Nothing was committed. `text` is both, to be mended on `blob`."""

    problems: Sequence[Problem]
    text: str
    blob: str
    by: str


Outcome = Saved | NothingNew | Clashes | Gone | Faulty
Check = Callable[[bytes], Sequence[Problem]]


def save(repository: Repository, edit: Edit, check: Check) -> Outcome:
    """Commit `edit` where it belongs. `check` says which faults a file would have.

    Raises EditFault where it cannot be done now, and typed.NotForABrowser where theirs is no text.
    """
    for _ in range(TRIES):
        repository.refresh(edit.branch)
        before = repository.tip(edit.branch)
        parent = before or repository.tip()
        if not parent:
            raise EditFault("The repository has no commit yet.")
        made = _committed(repository, edit, parent, check)
        if not isinstance(made, Saved):
            return made
        try:
            repository.publish(made.commit, edit.branch, before)
        except Rejected:
            continue
        return made
    raise EditFault("Others save so often just now that this did not get through: save again.")


def _committed(repository: Repository, edit: Edit, parent: str, check: Check) -> Outcome:
    """The commit on top of `parent`, not published yet, or what stands against it."""
    theirs = repository.file(parent, edit.file)
    blob, theirs_data = (theirs.blob, theirs.data) if theirs else ("", b"")
    if not theirs and edit.base:
        return Gone(repository.who(parent, edit.file))
    text, is_theirs_too = edit.text, blob != edit.base
    if is_theirs_too:
        their_text = typed.shown(theirs_data)
        made = merge(_base(repository, edit.base), their_text, typed.one_way(edit.text))
        if made.clashes:
            return Clashes(made, blob, repository.who(parent, edit.file))
        text = made.text()
    data = typed.as_bytes(text, theirs_data)
    if data == theirs_data and blob:
        return NothingNew(parent, blob)
    if is_theirs_too and (problems := check(data)):
        return Faulty(problems, text, blob, repository.who(parent, edit.file))
    commit, made_blob = repository.commit(parent, edit.file, data, edit.message, edit.author, edit.committer)
    return Saved(commit, made_blob, merged=is_theirs_too)


def compare(repository: Repository, file: str, base: str, text: str, branch: str) -> Clashes | Gone:
    """`text`, made from the blob `base`, beside what is there now. There may be no clash any more."""
    parent = repository.tip(branch) or repository.tip()
    by, theirs = repository.who(parent, file), repository.file(parent, file)
    if theirs is None:
        return Gone(by)
    return Clashes(merge(_base(repository, base), typed.shown(theirs.data), text), theirs.blob, by)


def _base(repository: Repository, blob: str) -> str | None:
    """The text that an edit was made from; None where there was none, or nobody has it any more."""
    data = repository.blob(blob) if blob else None
    return None if data is None else typed.shown(data)
