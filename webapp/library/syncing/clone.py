"""The private clone: fetched into, looked at, checked out. Nobody else's work tree is ever touched."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from webapp.config.settings import ContentRemote
from webapp.library.build.moves import Moves
from webapp.library.generation.origin import LastCommit
from webapp.library.problems import Problem
from webapp.library.syncing.faults import Damaged, SyncFault, of_local, of_remote
from webapp.library.syncing.git import Git, GitError, Missing, TooLong, reached_at

FETCHED, SERVED = "refs/signpost/fetched", "refs/signpost/served"
HELD_LOCKS = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock")
LINK, SUBMODULE = "120000", "160000"
MOST_COMMITS = 20_000  # looked at for the days on which files changed
GARBAGE_FROM = 2000  # loose objects
POINTER = b"version https://git-lfs"
POINTER_SIZES = range(60, 400)


@dataclass(frozen=True)
class CloneLimits:
    """How long and how large a fetch may be, and how much a commit may hold. Bytes, files, seconds."""

    fetch_seconds: float = 120
    fetch_bytes: int = 2 << 30
    files: int = 200_000
    bytes: int = 4 << 30


@dataclass
class TreeListing:
    """The content of a commit: `files` by their name inside its folder; `odd` is what is not an ordinary file."""

    folder: str
    files: dict[str, int] = field(default_factory=dict)  # → size in bytes
    odd: dict[str, str] = field(default_factory=dict)  # → mode

    def problems(self, name: str, tree: Path) -> Iterator[Problem]:
        """What only git can tell of the files, once they are in `tree`; `name` begins their names."""
        for file, mode in sorted(self.odd.items()):
            what = "a symbolic link" if mode == LINK else "a submodule"
            yield Problem(f"{name}/{file}", 1, f"this is {what}, which is not followed: commit the file itself here")
        for file, size in sorted(self.files.items()):
            if size in POINTER_SIZES and not file.endswith((".md", ".yml")):
                with suppress(OSError), (tree / file).open("rb") as opened:
                    if opened.read(len(POINTER)) == POINTER:
                        message = "this only points to a file in Git LFS, which is not fetched: commit the file itself"
                        yield Problem(f"{name}/{file}", 1, message)


class Clone:
    """One repository under `home`, and the work tree that is compiled. Hold the lock `held`."""

    def __init__(self, home: Path, remote: ContentRemote, held: int, limits: CloneLimits) -> None:
        self.remote, self.limits = remote, limits
        self.repository, self.tree = home / "repository", home / "content"
        self._git = Git(self.repository, self.tree, remote.address, held)

    def prepare(self) -> None:
        """Make the clone where there is none, and take away what a killed git left. Raises SyncFault."""
        self.tree.mkdir(mode=0o700, exist_ok=True)
        if not self._is_there():
            self.throw_away()
            self._local("init", "--quiet", "--template=", "--initial-branch=signpost")
        for name in HELD_LOCKS:
            (self.repository / name).unlink(missing_ok=True)
        for folder, pattern in (("refs", "*.lock"), ("objects", "tmp_*"), ("objects", "incoming-*")):
            for left in list((self.repository / folder).rglob(pattern)):
                if left.is_dir():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink(missing_ok=True)

    def _is_there(self) -> bool:
        if not self.repository.is_dir():
            return False
        try:
            self._git.run("rev-parse", "--git-dir")
        except GitError as error:
            return isinstance(error, TooLong | Missing)  # then it may well be sound
        return True

    def throw_away(self) -> None:
        """Remove a clone that is damaged: the next `prepare` begins anew. What was compiled stays."""
        shutil.rmtree(self.repository, ignore_errors=True)

    def fetch(self, branch: str = "", into: str = FETCHED) -> str:
        """Fetch `branch`, or the one that is followed; the commit it names. Raises SyncFault with the reason."""
        address, branch = reached_at(self.remote.address), branch or self.remote.branch
        before = self._size()
        try:
            self._git.run(
                "fetch", "--quiet", "--force", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
                "--no-auto-gc", "--", address, f"+refs/heads/{branch}:{into}",
                seconds=self.limits.fetch_seconds, watch=lambda: self._size() - before > self.limits.fetch_bytes,
            )  # fmt: skip
        except GitError as error:
            raise of_remote(error, self.remote, self.limits.fetch_seconds, self._branches) from None
        commit = self.commit_of(into)
        if commit is None:
            raise Damaged("the fetched commit cannot be read")
        return commit

    def has_branch(self, branch: str) -> bool:
        """Whether the remote has `branch`. Raises SyncFault."""
        try:
            return branch in self._branches()
        except GitError as error:
            raise of_remote(error, self.remote, self.limits.fetch_seconds, self._branches) from None

    def commit_of(self, ref: str) -> str | None:
        """The commit that `ref` names; None where it names none."""
        try:
            return self._git.run("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").strip()
        except GitError:
            return None

    def follows(self, older: str, newer: str) -> bool:
        """Whether `newer` was made on top of `older`; false where the history was rewritten."""
        try:
            self._git.run("merge-base", "--is-ancestor", older, newer)
        except GitError:
            return False
        return True

    def listing(self, commit: str) -> TreeListing:
        """The content files of `commit`. Raises SyncFault where there are none, or too much."""
        rows = [row.partition("\t") for row in self._local("ls-tree", "-r", "-l", "-z", commit).split("\0") if row]
        names = [name for _, _, name in rows]
        listing = TreeListing(self._folder(names))
        start, total = f"{listing.folder}/" if listing.folder else "", 0
        for meta, _, name in rows:
            mode, _, _, size = meta.split()
            total += int(size) if size.isdecimal() else 0
            if not name.startswith(start):
                continue
            if mode in {LINK, SUBMODULE}:
                listing.odd[name.removeprefix(start)] = mode
            else:
                listing.files[name.removeprefix(start)] = int(size) if size.isdecimal() else 0
        if len(rows) > self.limits.files or total > self.limits.bytes:
            raise SyncFault(f"The newest commit is larger than {self.limits.bytes >> 20:,} MB or has too many files.")
        if not any(PurePosixPath(name).suffix == ".md" for name in listing.files):
            where = f"the folder {listing.folder}" if listing.folder else "the repository"
            raise SyncFault(f"The newest commit has no pages in {where}, so it was not taken.")
        return listing

    def check_out(self, commit: str) -> None:
        """Make the work tree what `commit` says, whatever was there. Files that are the same stay untouched."""
        self.tree.mkdir(mode=0o700, exist_ok=True)
        self._local("reset", "--hard", "--quiet", commit, seconds=300)
        self._local("clean", "-ffdxq", seconds=120)

    def served(self, commit: str) -> None:
        """Note that this commit is the one compiled last."""
        self._local("update-ref", SERVED, commit)

    def last_change(self, commit: str) -> LastCommit:
        """When, and by whom, `commit` was made."""
        return next(change for change, _ in self._log("-1", "--no-walk", commit))

    def changes(self, commit: str, listing: TreeListing, name: str, since: str = "") -> dict[str, LastCommit]:
        """The last change of each file of `listing`, by its name after `name`; only those after `since`, if given."""
        left, found = set(listing.files), dict[str, LastCommit]()
        inside = f"{listing.folder}/" if listing.folder else ""
        span = f"{since}..{commit}" if since else commit
        where = ("--", listing.folder) if listing.folder else ()
        for change, files in self._log(f"--max-count={MOST_COMMITS}", "--name-only", "--no-renames", span, *where):
            for file in files:
                short = file.removeprefix(inside)
                if short in left:
                    left.discard(short)
                    found[f"{name}/{short}"] = change
            if not left:
                break
        return found

    def moves(self, listing: TreeListing) -> Moves:
        """Where pages went that were renamed or deleted, once the commit is checked out."""
        return Moves(self._git, listing.folder)

    def tidy(self) -> None:
        """Pack what many fetches brought, now and then. A failure costs nothing but room."""
        with suppress(GitError):
            self._git.run("-c", f"gc.auto={GARBAGE_FROM}", "gc", "--auto", "--quiet", seconds=120)

    def _log(self, *args: str) -> Iterator[tuple[LastCommit, list[str]]]:
        """Commits, the newest first, each with the files that `--name-only` lists."""
        form = "--format=%x01%ct%x02%an%x02%(trailers:key=Team,valueonly,separator=%x02)"
        change, files = None, list[str]()
        for part in self._git.parts("log", "-z", form, *args):
            text = part.lstrip("\n")
            if text.startswith("\x01"):
                if change is not None:
                    yield change, files
                when, author, team, *_ = [*text[1:].split("\x02"), "", ""]
                change, files = LastCommit(_seconds(when), _name(team), _name(author)), []
            elif text:
                files.append(text)
        if change is not None:
            yield change, files

    def _folder(self, names: list[str]) -> str:
        """The folder that holds the content: the one of the settings, else `content`, else the whole repository."""
        wanted = self.remote.folder
        folder = "content" if wanted is None else wanted
        if not folder or any(name.startswith(f"{folder}/") for name in names):
            return folder
        if wanted is None:
            return ""
        raise SyncFault(f"The newest commit has no folder {folder}, which SIGNPOST_CONTENT_FOLDER names.")

    def _branches(self) -> list[str]:
        """The branches that the remote has. Raises GitError."""
        output = self._git.run("ls-remote", "--heads", "--", reached_at(self.remote.address), seconds=30)
        return [line.rpartition("refs/heads/")[2] for line in output.splitlines()]

    def _local(self, *args: str, seconds: float = 60) -> str:
        try:
            return self._git.run(*args, seconds=seconds)
        except GitError as error:
            raise of_local(error) from None

    def _size(self) -> int:
        total = 0
        for path in (self.repository / "objects").rglob("*"):
            with suppress(OSError):
                total += path.lstat().st_size
        return total


def _seconds(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _name(text: str) -> str:
    """A name on one line, as it may be shown; empty for an e-mail address."""
    name = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:100]
    return "" if "@" in name else name
