"""Why an edit could not be committed: one sentence for whoever sent it. What they typed is kept."""

import re

from webapp.config.settings import ContentRemote
from webapp.library.syncing.faults import NO_ROOM, NOT_LET_IN
from webapp.library.syncing.git import GitError, Missing, TooLong, without_secrets

FASTER = re.compile(
    r"non-fast-forward|fetch first|stale info|cannot lock ref|incorrect old value|failed to lock|"
    r"reference already exists|but expected",
    re.IGNORECASE,
)
DECLINED = re.compile(r"\[remote rejected\]|hook declined|protected|checked out", re.IGNORECASE)
UNWRITABLE = re.compile(
    r"read-only file system|permission denied|insufficient permission|unable to (create|write)|not a directory",
    re.IGNORECASE,
)

MEND = "Tell whoever looks after the site."


class EditFault(Exception):
    """An edit was not committed. The message is one sentence."""


class Rejected(EditFault):
    """Somebody pushed in between: look again at what is there now."""


def of_local(error: GitError) -> EditFault:
    """The fault of a command that worked on this machine alone."""
    if isinstance(error, Missing):
        return EditFault("The program git is not installed on this machine: install it.")
    if isinstance(error, TooLong):
        return EditFault("The repository on this machine took too long: try again.")
    if NO_ROOM.search(error.output):
        return EditFault("The disk of this machine is full: make room, then save again.")
    if UNWRITABLE.search(error.output):
        return EditFault(f"The repository on this machine cannot be written. {MEND}")
    return EditFault(f"The repository on this machine cannot be used. {MEND}")


def of_push(error: GitError, remote: ContentRemote | None, branch: str) -> EditFault:
    """The fault of letting `branch` be another commit."""
    if FASTER.search(error.output):
        return Rejected("Somebody saved in between: save again.")
    if remote is None or isinstance(error, Missing):
        return of_local(error)
    where = without_secrets(remote.address)
    if DECLINED.search(error.output):
        return EditFault(f"{where} takes no changes to the branch {branch} from this machine: it may be protected.")
    if NOT_LET_IN.search(error.output):
        return EditFault(f"{where} lets this machine read, but not write: its key or token needs the right to push.")
    return EditFault(f"{where} cannot be reached just now: save again in a while.")
