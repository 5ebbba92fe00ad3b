"""What an import changes, listing by listing and field by field, for a dry run to name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

from webapp.library.confidential import listings as confidential
from webapp.library.front_matter.source import Fault, parse_page
from webapp.library.importing.plan import ImportPlan

HIDDEN = "a confidential place"  # where it is is said nowhere, here neither


@dataclass(frozen=True)
class RecordChange:
    """One file. `verb` is new, changed or deleted; each line is of one field: `url: https://a.example → (nothing)`."""

    path: Path
    verb: str
    title: str = ""
    lines: tuple[str, ...] = ()


def changes(plan: ImportPlan) -> list[RecordChange]:
    """Every file that `plan` writes or deletes, in the order of their paths."""
    found = [RecordChange(path, "deleted", _title(path.read_text(encoding="utf-8"))) for path in plan.remove]
    there = set(plan.changed)
    for path, text in plan.write.items():
        if path not in there:
            found.append(RecordChange(path, "new", _title(text)))
            continue
        before, after = _parts(path.read_text(encoding="utf-8")), _parts(text)
        (was, text_was), (front, body) = confidential.compared(before, after)
        lines = (*_fields(was, front), *_text(text_was, body))
        if not lines and before[1] != after[1]:
            lines = (f"text: {HIDDEN}",)
        only = "nothing that readers see: only what the feed says besides"
        found.append(RecordChange(path, "changed", str(front.get("title", "")), lines or (only,)))
    return sorted(found, key=lambda change: change.path)


def _fields(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*was, *now)):
        before, after = was.get(key), now.get(key)
        if key == "imported" or before == after:
            continue
        if isinstance(before, list | None) and isinstance(after, list | None):
            gone = [item for item in before or [] if item not in (after or [])]
            added = [item for item in after or [] if item not in (before or [])]
            if any(isinstance(item, dict) and item.get("confidential") for item in (*gone, *added)):
                yield f"{key}: {HIDDEN}"
                continue
            yield from (f"{key}: − {shown(item)}" for item in gone)
            yield from (f"{key}: + {shown(item)}" for item in added)
            if not gone and not added:
                yield f"{key}: in another order"
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from (f"{key}.{line}" for line in _fields(before, after))
        else:
            yield f"{key}: {shown(before)} → {shown(after)}"


def _text(was: str, now: str) -> Iterator[str]:
    for line in unified_diff(was.split("\n"), now.split("\n"), n=0, lineterm=""):
        if line[:2] not in {"@@", "--", "++"} and line[1:].strip():
            yield f"text: {'−' if line[0] == '-' else '+'} {line[1:].strip()}"


def shown(value: Any) -> str:
    """A value on one line."""
    if value is None:
        return "(nothing)"
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return str(value)


def _title(text: str) -> str:
    return str(confidential.publishable(*_parts(text))[0].get("title", ""))


def _parts(text: str) -> tuple[dict[str, Any], str]:
    try:
        source = parse_page(text.encode(), "")
    except Fault:
        return {}, text
    return source.front, source.body
