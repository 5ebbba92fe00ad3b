"""Changes to the content as a branch of its git repository, for an editor to look at, change and merge.

No work tree of anybody's is touched: a commit is laid out in a folder aside, with an index of its own, changed there,
and committed to the branch `feeds/<name>`. The branch is made anew from the newest content at each reading.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from webapp.library.feeds.limits import FeedFault
from webapp.library.generation import disk, files
from webapp.library.importing import last_import
from webapp.library.syncing import state as syncing
from webapp.library.syncing.git import Git, GitError, Missing, reached_at, top_of

LEFT_OUT = {"media"}  # folders of the content that an import has no use for, and that may be large
AUTHOR = ("-c", "user.name=Signpost", "-c", "user.email=signpost@localhost")
SECONDS = 300


@dataclass(frozen=True)
class ContentRepository:
    """A git repository that holds content: `commit` is the newest, `folder` where the content is in it.

    `remote` is where a branch is pushed to; empty where it stays here.
    """

    git_dir: Path
    commit: str
    folder: str
    remote: str = ""


def of_content(content: Path, index_dir: Path, remote: str = "", *, push: bool = False) -> ContentRepository:
    """The repository of the content that is served: our clone where `remote` is followed, else that of the folder.

    Raises FeedFault where there is none.
    """
    if remote:
        served = disk.pointed(index_dir)
        origin = files.read_origin(served) if served else None
        if origin is None:
            raise FeedFault("No content was fetched from its repository yet, so nothing can be proposed for it.")
        return ContentRepository(_clone(index_dir), origin.commit, origin.folder, remote if push else "")
    top = top_of(content)
    if top is None:
        raise FeedFault("The content is in no git repository, so changes cannot be proposed: see docs/importing.md.")
    with _told():
        commit = _git(top / ".git", top).run("rev-parse", "--verify", "HEAD").strip()
    return ContentRepository(top / ".git", commit, content.relative_to(top).as_posix().removeprefix("."))


class ContentBranch:
    """The branch `feeds/<name>` of a repository. Its methods raise FeedFault."""

    def __init__(self, repository: ContentRepository, slug: str) -> None:
        self.repository, self.name = repository, f"feeds/{slug}"
        self._ref = f"refs/heads/{self.name}"

    @contextmanager
    def laid_out(self, beside: Path) -> Iterator[Path]:
        """The content of the newest commit in a folder of its own below `beside`, to be changed and committed."""
        self._aside = Path(tempfile.mkdtemp(prefix=".content-", dir=beside))
        try:
            with _told():
                git = self._git()
                git.run("read-tree", self.repository.commit)
                git.run("checkout", "--quiet", self.repository.commit, "--", *self._wanted(git), seconds=SECONDS)
            yield self._aside / "tree" / self.repository.folder
        finally:
            shutil.rmtree(self._aside, ignore_errors=True)

    def commit(self, message: str) -> str:
        """Commit what was laid out and changed; the commit, or empty where it says what the newest content says.

        The branch then holds that commit alone, on top of the newest content, or is no more.
        """
        with _told():
            git, inside = self._git(), self.repository.folder
            paths = [f"{inside}/{name}" if inside else name for name in ("assets", last_import.FOLDER)]
            there = [path for path in paths if (self._aside / "tree" / path).exists()]
            git.run("add", "--all", "--force", "--", *there, seconds=SECONDS)
            tree = git.run("write-tree").strip()
            if tree == self._tree_of(git, self.repository.commit):
                git.run("update-ref", "-d", self._ref)
                return ""
            if self._is_there(git, tree):
                return git.run("rev-parse", self._ref).strip()
            made = git.run(*AUTHOR, "commit-tree", tree, "-p", self.repository.commit, "-m", message).strip()
            git.run("update-ref", self._ref, made)
            return made

    def push(self, pushed: str) -> None:
        """Push the branch, or its end. `pushed` is the commit that we pushed last: a branch that is another is left.

        Raises FeedFault where it is, or where we may not push.
        """
        git = _git(self.repository.git_dir, self.repository.git_dir, self.repository.remote)
        try:
            here = git.run("for-each-ref", "--format=%(objectname)", self._ref).strip()
            what = f"{self._ref}:{self._ref}" if here else f":{self._ref}"
            lease = f"--force-with-lease={self._ref}:{pushed}"
            git.run("push", "--quiet", lease, "--", reached_at(self.repository.remote), what, seconds=120)
        except GitError as error:
            if "stale info" in error.output or "rejected" in error.output:
                why = "somebody committed to it: merge or delete it, and it is made anew"
            else:
                why = "this machine may not, or the repository cannot be reached"
            raise FeedFault(f"The branch {self.name} was not pushed: {why}.") from None

    def _is_there(self, git: Git, tree: str) -> bool:
        """Whether the branch says this already, on top of the same commit."""
        try:
            parent = git.run("rev-parse", "--verify", "--quiet", f"{self._ref}^").strip()
        except GitError:
            return False
        return parent == self.repository.commit and self._tree_of(git, self._ref) == tree

    def _tree_of(self, git: Git, commit: str) -> str:
        return git.run("rev-parse", f"{commit}^{{tree}}").strip()

    def _wanted(self, git: Git) -> list[str]:
        inside = f"{self.repository.folder}/" if self.repository.folder else ""
        listed = git.run("ls-tree", "--name-only", "-z", self.repository.commit, *([inside] if inside else []))
        return [path for path in listed.split("\0") if path and path.rpartition("/")[2] not in LEFT_OUT]

    def _git(self) -> Git:
        tree = self._aside / "tree"
        tree.mkdir(exist_ok=True)
        return Git(self.repository.git_dir, tree, index=self._aside / "index")


def _clone(index_dir: Path) -> Path:
    return syncing.home_of(index_dir) / "repository"


def _git(git_dir: Path, tree: Path, address: str = "") -> Git:
    return Git(git_dir, tree, address)


@contextmanager
def _told() -> Iterator[None]:
    """What git says as a sentence."""
    try:
        yield
    except Missing:
        raise FeedFault("The program git is not installed on this machine: install it.") from None
    except GitError as error:
        raise FeedFault(f"The changes could not be put on a branch: {error}.") from None
