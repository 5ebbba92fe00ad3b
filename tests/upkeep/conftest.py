import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gaps.conftest import amina, ben, cara, edie
from tests.support import compiled
from webapp.library.authoring import checking

__all__ = ["amina", "ben", "cara", "edie"]
Apply = Callable[[str], list[str]]


@pytest.fixture
def apply(tmp_path: Path) -> Apply:
    """Applies a patch with git to a copy of the content: its name is answered with the lines that changed."""
    copy = tmp_path / "repository"
    compiled.copy(copy / "content")

    def git(*arguments: str, **more: str) -> str:
        who = ("-c", "user.name=Ed", "-c", "user.email=ed@example.org")
        done = subprocess.run(["git", *who, *arguments], cwd=copy, capture_output=True, text=True, check=False, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "The content")

    def apply(patch: str) -> list[str]:
        git("apply", "-", input=patch)
        faults = [problem for problem in checking.check(copy / "content").problems if problem.level == "error"]
        assert not faults, faults
        changed = git("diff", "--unified=0").splitlines()
        git("checkout", "-q", ".")
        git("am", "-q", input=patch)
        git("reset", "-q", "--hard", "HEAD^")
        return [line for line in changed if line[:1] in "+-" and line[:3] not in ("+++", "---")]

    return apply
