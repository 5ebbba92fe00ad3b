"""Why the newest content could not be taken: one sentence for whoever looks after the site."""

import re
from collections.abc import Callable

from webapp.config.settings import ContentRemote
from webapp.library.syncing.git import GitError, Missing, TooLong, TooMuch, without_secrets


class SyncFault(Exception):
    """The newest content was not taken. The message is one sentence; what was served is still served."""


class Damaged(SyncFault):
    """The private clone cannot be read. It is made anew."""

    def __init__(self, output: str = "") -> None:
        super().__init__("The copy of the repository on this machine is damaged: it will be fetched again.")
        self.output = output


NO_SPACE = SyncFault("The disk of this machine is full: make room, and the content is fetched again by itself.")
NO_ROOM = re.compile(r"no space left|disk quota exceeded|file too large", re.IGNORECASE)
CLONE_DAMAGED = re.compile(
    r"bad object|corrupt|object file .* is empty|not a valid object|unable to read|bad (index|config|tree)|"
    r"packfile|loose object|index file (smaller|uses)|did not send all necessary objects|bad sha1|missing (blob|tree)",
    re.IGNORECASE,
)
NOT_LET_IN = re.compile(
    r"authentication failed|could not read (username|password)|permission denied|access denied|\b40[13]\b|"
    r"host key verification failed|invalid username or password|terminal prompts disabled",
    re.IGNORECASE,
)
NO_REPOSITORY = re.compile(
    r"does not appear to be a git repository|repository .* (not found|does not exist)|no such file or directory|"
    r"not a git repository|does not exist|not found|remote helper|not valid: is this a git repository",
    re.IGNORECASE,
)
SOMEBODY_ELSES = re.compile(r"dubious ownership", re.IGNORECASE)
NO_BRANCH = re.compile(r"couldn't find remote ref", re.IGNORECASE)


def of_local(error: GitError) -> SyncFault:
    """The fault of a command that worked on the clone alone."""
    if NO_ROOM.search(error.output):
        return NO_SPACE
    if isinstance(error, Missing):
        return SyncFault("The program git is not installed on this machine: install it.")
    if isinstance(error, TooLong):
        return SyncFault("Working on the copy of the repository took too long: it is tried again by itself.")
    return Damaged(error.output)


def of_remote(error: GitError, remote: ContentRemote, seconds: float, branches: Callable[[], list[str]]) -> SyncFault:
    """The fault of a fetch. `branches` asks the remote what it has."""
    where, output = without_secrets(remote.address), error.output
    if isinstance(error, Missing) or NO_ROOM.search(output):
        return of_local(error)
    if isinstance(error, TooLong):
        return SyncFault(f"Fetching from {where} took longer than {seconds:.0f} seconds: it is tried again by itself.")
    if isinstance(error, TooMuch):
        return SyncFault(f"There is more to fetch from {where} than is allowed, so nothing was taken.")
    if NO_BRANCH.search(output):
        return _no_branch(remote, where, branches)
    if SOMEBODY_ELSES.search(output):
        return SyncFault(f"{where} belongs to another user of this machine: git does not read it.")
    if NOT_LET_IN.search(output):
        return SyncFault(f"{where} did not let us in: check the key or token of this machine.")
    if NO_REPOSITORY.search(output):
        return SyncFault(f"{where} is not a git repository, or this machine may not see it.")
    if CLONE_DAMAGED.search(output):
        return Damaged(output)
    return SyncFault(f"{where} cannot be reached: it is tried again by itself.")


def _no_branch(remote: ContentRemote, where: str, branches: Callable[[], list[str]]) -> SyncFault:
    try:
        known = branches()
    except GitError:
        known = None
    if known == []:
        return SyncFault(f"{where} has no branches at all: push a commit to the branch {remote.branch}.")
    return SyncFault(f"{where} has no branch {remote.branch}: bring it back or set SIGNPOST_CONTENT_BRANCH.")
