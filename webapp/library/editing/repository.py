"""The repository that edits are committed to: the private clone of what is followed, else that of the content's folder.

Commits are made from trees alone. No work tree is touched, neither the one that is served nor anybody's own.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from webapp.config.settings import ContentRemote
from webapp.library.editing.faults import EditFault, of_local, of_push
from webapp.library.generation.disk import Busy
from webapp.library.syncing import state as syncing
from webapp.library.syncing.clone import FETCHED, Clone
from webapp.library.syncing.faults import SyncFault
from webapp.library.syncing.following import LIMITS
from webapp.library.syncing.git import Git, GitError, reached_at, top_of

OURS = "refs/signpost/edits/"  # where a branch of the remote is kept beside the one that is followed
ORDINARY = "100644"
PUSH_SECONDS = 60


@dataclass(frozen=True)
class Signature:
    """Who made a commit: a name and an e-mail address."""

    name: str
    email: str

    def __post_init__(self) -> None:
        for name in ("name", "email"):  # git takes these for the ends of a name and of an address
            plain = " ".join("".join(c for c in getattr(self, name) if c.isprintable() and c not in "<>").split())
            object.__setattr__(self, name, plain or "unknown")

    def as_(self, role: str) -> Iterator[str]:
        """What git is told, where this is the `author` or the `committer`."""
        for setting in (f"{role}.name={self.name}", f"{role}.email={self.email}"):
            yield from ("-c", setting)


@dataclass(frozen=True)
class FileAt:
    """A file in a commit: the id of its blob, and the bytes. `mode` is as git has it."""

    blob: str
    data: bytes
    mode: str = ORDINARY


class Repository:
    """`git_dir`, with the content in its folder `folder`. `main` is the branch that readers see.

    `clone` is there where a remote is followed: then edits are fetched and pushed. `aside` is a folder of our own.
    """

    def __init__(
        self, git_dir: Path, folder: str, main: str, aside: Path, clone: Clone | None = None, held: int | None = None
    ) -> None:
        self.git_dir, self.folder, self.main, self.clone = git_dir, folder, main, clone
        self._aside, self._held = aside, held
        self._git = Git(git_dir, aside / "tree", held=held, index=aside / "index")

    def refresh(self, branch: str = "") -> None:
        """Fetch what readers see, and `branch` beside it. Raises EditFault; what was fetched before is still there."""
        if self.clone is None:
            return
        try:
            self.clone.fetch()
            if branch and self.clone.has_branch(branch):
                self.clone.fetch(branch, OURS + branch)
            elif branch and self.tip(branch):
                self._git.run("update-ref", "-d", OURS + branch)
        except SyncFault as fault:
            raise EditFault(str(fault)) from None
        except GitError as error:
            raise of_local(error) from None

    def tip(self, branch: str = "") -> str:
        """The newest commit of `branch`, or of what readers see; empty where there is none."""
        ref = self._kept_at(branch) if self.clone else f"refs/heads/{branch or self.main}"
        return self._asked("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")

    def file(self, commit: str, name: str) -> FileAt | None:
        """The file `name` of the content, as `commit` has it; None where it has none. Raises EditFault."""
        row = self._asked("ls-tree", "-z", commit, "--", self._path(name)).rstrip("\0")
        mode, _, rest = row.partition(" ")
        kind, _, rest = rest.partition(" ")
        if kind != "blob" or not mode.startswith("100"):
            return None
        blob = rest.partition("\t")[0]
        data = self.blob(blob)
        if data is None:
            raise EditFault("The copy of the repository on this machine is damaged: it will be fetched again.")
        return FileAt(blob, data, mode)

    def blob(self, blob: str) -> bytes | None:
        """The bytes of a blob; None where it is not here any more."""
        try:
            return self._git.run("cat-file", "blob", blob).encode("utf-8", "surrogateescape") if blob else b""
        except GitError:
            return None

    def blob_of(self, path: Path) -> str:
        """The id that the file at `path` would have as a blob."""
        return self._asked("hash-object", "--no-filters", "--", str(path))

    def who(self, commit: str, name: str) -> str:
        """The name of whoever changed the file last, up to `commit`; empty where nobody knows."""
        return self._asked("log", "-1", "--format=%an", commit, "--", self._path(name)).strip()

    def holds(self, commit: str, older: str) -> bool:
        """Whether `older` is in the history of `commit`."""
        try:
            self._git.run("merge-base", "--is-ancestor", older, commit)
        except GitError:
            return False
        return True

    def commit(
        self, parent: str, name: str, data: bytes, message: str, author: Signature, committer: Signature
    ) -> tuple[str, str]:
        """A commit on `parent` in which the file `name` holds `data`: its id and the blob's. Raises EditFault."""
        was = self.file(parent, name)
        written = self._aside / "written"
        try:
            written.write_bytes(data)
            blob = self._git.run("hash-object", "-w", "--no-filters", "--", str(written)).strip()
            self._git.run("read-tree", parent)
            entry = f"{was.mode if was else ORDINARY},{blob},{self._path(name)}"
            self._git.run("update-index", "--add", "--cacheinfo", entry)
            tree = self._git.run("write-tree").strip()
            who = [*author.as_("author"), *committer.as_("committer")]
            return self._git.run(*who, "commit-tree", tree, "-p", parent, "-m", message).strip(), blob
        except GitError as error:
            raise of_local(error) from None

    def publish(self, commit: str, branch: str, before: str) -> None:
        """Let `branch`, or what readers see, be `commit`. `before` is what that branch was, empty for a new one.

        Raises Rejected where somebody was faster, EditFault where it cannot be done; then nothing has changed.
        """
        ref = f"refs/heads/{branch or self.main}"
        try:
            if self.clone is None:
                self._git.run("update-ref", ref, commit, before or "0" * 40)
                return
            address = self.clone.remote.address
            git = Git(self.git_dir, self._aside / "tree", address, self._held)
            git.run("push", "--quiet", "--", reached_at(address), f"{commit}:{ref}", seconds=PUSH_SECONDS)
        except GitError as error:
            raise of_push(error, self.clone.remote if self.clone else None, branch or self.main) from None
        with suppress(GitError):  # else the next fetch says so
            self._git.run("update-ref", self._kept_at(branch), commit)

    def _kept_at(self, branch: str) -> str:
        return OURS + branch if branch else FETCHED

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name

    def _asked(self, *args: str) -> str:
        try:
            return self._git.run(*args).strip()
        except GitError:
            return ""


@contextmanager
def opened(
    remote: ContentRemote | None, content: Path, folder: str, index_dir: Path, *, wait: float | None
) -> Iterator[Repository]:
    """The repository of the content. `folder` is where the content is in the clone of `remote`.

    Alone with it, where somebody else may be for `wait` seconds at most; None only looks, beside whoever is at it.
    Raises EditFault, also where the content is in no repository.
    """
    with _aside(index_dir) as aside:
        if remote is None:
            yield _own(content, aside)
        elif wait is None:
            home = syncing.home_of(index_dir)
            yield Repository(home / "repository", folder, remote.branch, aside, Clone(home, remote, -1, LIMITS))
        else:
            try:
                with syncing.alone(index_dir, wait) as held:
                    clone = Clone(syncing.home_of(index_dir), remote, held, LIMITS)
                    clone.prepare()
                    yield Repository(clone.repository, folder, remote.branch, aside, clone, held)
            except Busy:
                raise EditFault("The site is being built just now: try again in a minute.") from None
            except SyncFault as fault:
                raise EditFault(str(fault)) from None
            except OSError as error:
                raise EditFault(f"The files of this machine cannot be written: {error.strerror}.") from None


def _own(content: Path, aside: Path) -> Repository:
    top = top_of(content)
    if top is None:
        raise EditFault("The content is in no git repository, so nothing can be committed to it.")
    try:
        main = Git(top / ".git", top).run("symbolic-ref", "--short", "HEAD").strip()
    except GitError as error:
        raise of_local(error) from None
    return Repository(top / ".git", content.relative_to(top).as_posix().removeprefix("."), main, aside)


@contextmanager
def _aside(index_dir: Path) -> Iterator[Path]:
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".editing-", dir=index_dir))
        (aside / "tree").mkdir()
    except OSError as error:
        raise EditFault(f"The files of this machine cannot be written: {error.strerror}.") from None
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
