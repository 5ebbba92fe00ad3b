"""Where a generation's content came from: the commit, and when each file last changed. Kept in the generation."""

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from webapp.library.problems import Problem
from webapp.library.site import Site
from webapp.library.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class LastCommit:
    """The last commit that changed a file. `at` is seconds since 1970; `team` is what a `Team:` line of it said.

    `author` is a name as git has it, never an address.
    """

    at: int
    team: str = ""
    author: str = ""


@dataclass(frozen=True)
class Origin:
    """The commit that is compiled. `folder` is the one of the repository that holds the content, empty for its root.

    `changes` has a file as problems name it; `problems` is what only git can tell of the files.
    """

    commit: str
    last: LastCommit
    branch: str = ""
    folder: str = ""
    changes: dict[str, LastCommit] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def as_meta(self) -> dict[str, Any]:
        """All but the changes and problems, which have files of their own."""
        return {"commit": self.commit, "last": asdict(self.last), "branch": self.branch, "folder": self.folder}

    @classmethod
    def of_meta(cls, meta: dict[str, Any] | None) -> "Origin | None":
        """What `as_meta` made; None where the content was compiled from a folder without git."""
        return cls(**{**meta, "last": LastCommit(**meta["last"])}) if meta else None

    def in_repository(self, file: str) -> str:
        """`content/assets/walk.md`, as problems name a file, as the repository names it."""
        inside = file.partition("/")[2]
        return "/".join(filter(None, (self.folder, inside)))


def dump(changes: dict[str, LastCommit]) -> bytes:
    """The changes as bytes for `load`."""
    return orjson.dumps({file: [c.at, c.team, c.author] for file, c in changes.items()})


def load(data: bytes) -> dict[str, LastCommit]:
    """What `dump` made. Raises ValueError."""
    return {file: LastCommit(*change) for file, change in orjson.loads(data).items()}


def by_whom(change: LastCommit, site: Site, vocabulary: Vocabulary) -> str:
    """The team that made a change, as its commit or site.yml has it; else the author's name; empty for neither."""
    team = change.team or site.authors.get(change.author, "")
    if not team:
        return change.author
    known = "teams" in vocabulary.files and team in vocabulary.terms("teams")
    return vocabulary.label("teams", team) if known else team
