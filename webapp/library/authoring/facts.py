"""The facts that pages rely on: all of them as one table, and those that nobody has checked for a year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from webapp.library.build.manifest import ManifestEntry
from webapp.library.front_matter.fields import after
from webapp.library.front_matter.pieces import Fact
from webapp.library.front_matter.source import Fault, read_page
from webapp.library.problems import Problem

CHECK_EVERY = "12 months"
HEADER = "| claim | page | source | checked | who relies on it |\n|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class PageFact:
    """A fact, and the line of the page that states it."""

    fact: Fact
    path: str
    file: str
    line: int


def of(content: Path, entries: Mapping[str, ManifestEntry]) -> Iterator[PageFact]:
    """Every sound fact of the pages of `entries`, in the order of their files."""
    for file, entry in entries.items():
        if entry.kind == "asset":
            continue
        try:
            source = read_page(content.parent / file, content.parent)
        except (Fault, OSError):
            continue  # its fault is told by whoever compiles it
        written = source.front.get("facts")
        for number, one in enumerate(written if isinstance(written, list) else ()):
            try:
                fact = Fact.model_validate(one)
            except ValidationError:
                continue
            yield PageFact(fact, entry.path, file, source.line("facts", number, "claim"))


def outdated(facts: Iterable[PageFact], today: date) -> Iterator[Problem]:
    """Advice for each fact that was last checked a year ago or longer."""
    for found in facts:
        if after(found.fact.checked, CHECK_EVERY) <= today:
            sources = "; ".join(found.fact.sources)
            message = f"`{found.fact.claim[:80]}` was checked on {found.fact.checked}: compare it with {sources}"
            yield Problem(found.file, found.line, message, level="advice")


def table(facts: Iterable[PageFact]) -> str:
    """`facts` as a Markdown table: claim, page, source, day, who relies on it."""
    rows = []
    for found in facts:
        fact = found.fact
        source = "; ".join(fact.sources)
        source = f"**not compared** with {source}" if fact.general_knowledge else source
        cells = (fact.claim, found.path, source, fact.checked.isoformat(), fact.relied_on_by or "")
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return HEADER + "".join(rows)
