"""A real git remote on disk, and an editor who commits to it and pushes."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.support.corpus import Corpus
from webapp.config.settings import ContentRemote

WHO = {
    "GIT_AUTHOR_NAME": "Jo Bloggs",
    "GIT_AUTHOR_EMAIL": "jo@council.example",
    "GIT_COMMITTER_NAME": "Jo Bloggs",
    "GIT_COMMITTER_EMAIL": "jo@council.example",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Editor:
    """A bare repository `address`, and the editor's own clone of it with `content/` in it."""

    def __init__(self, folder: Path, assets: int = 3) -> None:
        self.bare, self.home, self.branch = folder / "remote.git", folder / "editor", "main"
        self._git("init", "-q", "--bare", "-b", "main", str(self.bare), at=folder)
        self._git("init", "-q", "-b", "main", str(self.home), at=folder)
        self._git("remote", "add", "origin", str(self.bare))
        self.corpus = Corpus(self.home, assets)

    @property
    def remote(self) -> ContentRemote:
        return ContentRemote(str(self.bare))

    def push(self, message: str = "Change something", *, force: bool = False, day: str = "") -> str:
        """Commit everything and push it; the commit. `day` is when it is made, as in 2026-03-03."""
        dated = {"GIT_AUTHOR_DATE": f"{day}T10:00:00Z", "GIT_COMMITTER_DATE": f"{day}T10:00:00Z"} if day else {}
        self._git("add", "-A", "--", ":!index")
        self._git("commit", "-q", "--allow-empty", "-m", message, **dated)
        self._git("push", "-q", *(["--force"] if force else []), "origin", f"HEAD:{self.branch}")
        return self.head()

    def head(self) -> str:
        return self._git("rev-parse", "HEAD").strip()

    def back(self, commits: int) -> None:
        """Forget the last commits, and what they changed."""
        self._git("reset", "-q", "--hard", f"HEAD~{commits}")

    def delete_branch(self) -> None:
        self._git("update-ref", "-d", f"refs/heads/{self.branch}", at=self.bare)

    def conflict(self, name: str, mine: str, theirs: str) -> None:
        """Commit, markers and all, a merge of two versions of a line that nobody reconciled."""
        path = self.corpus.content / name
        for branch, line in (("theirs", theirs), ("mine", mine)):
            self._git("checkout", "-q", "-b", branch, "main")
            path.write_text(path.read_text().replace("A friendly group.", line))
            self._git("commit", "-q", "-am", f"Say it as {branch}")
        self._git("merge", "-q", "theirs", fails=True)
        assert "<<<<<<<" in path.read_text()
        self._git("commit", "-q", "-am", "Merge")
        self._git("checkout", "-q", "main")
        self._git("merge", "-q", "mine")

    def hide(self) -> None:
        """The remote cannot be reached until `show`."""
        self.bare.rename(self.bare.with_suffix(".hidden"))

    def show(self) -> None:
        self.bare.with_suffix(".hidden").rename(self.bare)

    def empty(self) -> None:
        """Put an empty repository in the remote's place."""
        shutil.rmtree(self.bare)
        self._git("init", "-q", "--bare", "-b", "main", str(self.bare))

    def wreck(self) -> None:
        """Put something that is no repository in its place."""
        shutil.rmtree(self.bare)
        self.bare.mkdir()

    def clear(self) -> None:
        """Delete every page and push that."""
        shutil.rmtree(self.corpus.content)
        self.push("Delete everything")

    def rename_branch(self, name: str) -> None:
        self._git("branch", "-m", "main", name, at=self.bare)

    def flatten(self) -> None:
        """Move what is in `content/` to the top of the repository."""
        for path in sorted(self.corpus.content.iterdir()):
            path.rename(self.home / path.name)
        self.corpus.content.rmdir()

    def _git(self, *args: str, at: Path | None = None, fails: bool = False, **more: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=at or self.home, env={**os.environ, **WHO, **more}, capture_output=True, text=True
        )
        assert fails or done.returncode == 0, done.stderr
        return done.stdout
