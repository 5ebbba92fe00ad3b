"""Where a page went whose address leads nowhere now: what git knows of renamed and deleted files.

Asked for only once a link is broken, and only of a content folder that is in a git repository.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from webapp.library.build.manifest import ManifestEntry
from webapp.library.build.places import SECTIONS, place_of
from webapp.library.front_matter.source import Fault, parse_page
from webapp.library.syncing.git import Git, GitError

SECONDS = 5.0  # for the history; a check must not wait for it longer
MOST_COMMITS = 2_000
NAME = re.compile(r"[\w-]+(?:/[\w-]+)?")  # what a page's file was ever called, without its ending
MOST_LOOKED_UP = 20  # addresses whose old file is looked for by itself


class Moves:
    """What became of pages. `inside` is the folder of the repository that holds the content, empty for its root.

    Says nothing where there is no repository.
    """

    def __init__(self, git: Git | None, inside: str) -> None:
        self._git = git
        self._inside = f"{inside}/" if inside else ""
        self._renamed: Mapping[str, str] | None = None
        self._looked_up = 0

    @classmethod
    def of(cls, content: Path) -> "Moves":
        """Of the repository that `content`, an absolute folder, is in."""
        root = next((folder for folder in (content, *content.parents) if (folder / ".git").exists()), None)
        if root is None:
            return cls(None, "")
        return cls(Git(root / ".git", root), content.relative_to(root).as_posix().removeprefix("."))

    def now_at(self, path: str, live: Mapping[str, ManifestEntry]) -> str:
        """The address, one of `live`, of the page that was at `path`; empty where nobody knows."""
        if self._git is None:
            return ""
        if self._renamed is None:
            self._renamed = self._renames()
        return self._first_live(path, live) or self._by_title(path, live.values())

    def _first_live(self, path: str, live: Mapping[str, ManifestEntry]) -> str:
        assert self._renamed is not None
        seen: set[str] = set()
        while path in self._renamed and path not in seen:  # a page may have gone there and back
            seen.add(path)
            path = self._renamed[path]
            if path in live:
                return path
        return ""

    def _renames(self) -> dict[str, str]:
        """Old address → the next one, of files that were renamed in the work tree, or in a commit."""
        renamed: dict[str, str] = {}
        span = (f"--max-count={MOST_COMMITS}", "--format=")
        for command in (("diff", "HEAD"), ("log", *span)):
            with suppress(GitError):
                for old, new in self._pairs(*command):
                    renamed.setdefault(old, new)
        return renamed

    def _pairs(self, *command: str) -> Iterable[tuple[str, str]]:
        assert self._git is not None
        words = (command[0], "-z", "-M", "--diff-filter=R", "--name-status", *command[1:], "--", self._inside or ".")
        parts = (part.strip("\n") for part in self._git.parts(*words, seconds=SECONDS))
        fields = iter(part for part in parts if part)
        for status in fields:
            old, new = self._address(next(fields, "")), self._address(next(fields, ""))
            if status.startswith("R") and old and new and old != new:
                yield old, new

    def _address(self, file: str) -> str:
        if not file.startswith(self._inside):
            return ""
        place = place_of(PurePosixPath(file.removeprefix(self._inside)))
        return place.path if place else ""

    def _by_title(self, path: str, entries: Iterable[ManifestEntry]) -> str:
        """A page of the same kind with the title that the one at `path` had, or nearly."""
        self._looked_up += 1
        kind, title = self._gone(path) if self._looked_up <= MOST_LOOKED_UP else ("", "")
        named = {entry.title.casefold(): entry.path for entry in entries if entry.kind == kind}
        near = get_close_matches(title.casefold(), named, n=1, cutoff=0.8) if title else []
        return named[near[0]] if near else ""

    def _gone(self, path: str) -> tuple[str, str]:
        """Kind and title of the page whose file was last at `path`; empty where there was none."""
        assert self._git is not None
        top, _, slug = path.strip("/").partition("/")
        folder = "assets/**" if top == "directory" else top
        if not NAME.fullmatch(slug) or top not in {"directory", *SECTIONS}:
            return "", ""
        spec = f":(glob,top){self._inside}{folder}/{slug}.md"
        with suppress(GitError, Fault):
            output = self._git.run("log", "-1", "--format=%H", "--name-only", "--", spec, seconds=SECONDS).split("\n")
            commit, file, *_ = (*(line for line in output if line), "", "")
            if not file:
                return "", ""  # there was never such a page, or it came with a merge alone
            for version in (commit, f"{commit}^"):  # the commit that deleted it has it no more
                with suppress(GitError):
                    text = self._git.run("show", f"{version}:{file}", seconds=SECONDS)
                    place = place_of(PurePosixPath(file.removeprefix(self._inside)))
                    title = parse_page(text.encode("utf-8", "surrogateescape"), file).front.get("title")
                    return (place.kind, title) if place and isinstance(title, str) else ("", "")
        return "", ""
