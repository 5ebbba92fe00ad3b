"""Whether the repository of the content can be reached, without fetching anything of it."""

import tempfile
from pathlib import Path

from webapp.config.settings import ContentRemote
from webapp.library.syncing.faults import of_remote
from webapp.library.syncing.git import Git, GitError, reached_at

SECONDS = 20.0


def newest(remote: ContentRemote) -> str:
    """The commit that the branch of `remote` is at now. Raises SyncFault with a sentence that says what to do."""
    with tempfile.TemporaryDirectory(prefix="signpost-") as folder:
        git = Git(Path(folder) / "repository", Path(folder), remote.address)

        def heads(*patterns: str) -> list[str]:
            return git.run("ls-remote", "--heads", "--", reached_at(remote.address), *patterns, seconds=SECONDS).split()

        try:
            git.run("init", "--quiet", "--template=")
            found = heads(f"refs/heads/{remote.branch}")
            if not found:
                raise GitError("couldn't find remote ref")  # as a fetch says it
        except GitError as error:
            raise of_remote(error, remote, SECONDS, heads) from None
    return found[0]
