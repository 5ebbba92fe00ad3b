"""Which content a backup belongs to: content is in git, so its commit is enough, as long as it is all committed."""

from dataclasses import dataclass
from pathlib import Path

from webapp.library.generation import disk, files
from webapp.library.syncing.git import Git, GitError


@dataclass(frozen=True)
class ContentState:
    """`commit` is empty where git knows none; `uncommitted` is how many files differ from it."""

    commit: str
    uncommitted: int = 0


def state(index_dir: Path, content_dir: Path) -> ContentState:
    """The commit that is served, of a repository that is followed; else that of the folder."""
    served = disk.pointed(index_dir)
    origin = files.read_origin(served) if served else None
    if origin is not None:
        return ContentState(origin.commit)
    tops = [folder for folder in (content_dir, *content_dir.parents) if (folder / ".git").exists()]
    if not tops:
        return ContentState("")
    git = Git(tops[0] / ".git", tops[0])
    try:
        commit = git.run("rev-parse", "HEAD").strip()
        changed = git.run("status", "--porcelain", "--untracked-files=all", "--", str(content_dir))
    except GitError:
        return ContentState("")
    return ContentState(commit, len(changed.splitlines()))
