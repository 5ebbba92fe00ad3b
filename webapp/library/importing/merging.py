"""A three-way merge of one listing, field by field: what the feed said last time, what it says now, what we made of it.

Where only one side changed a field, its value is taken. Where both did, ours stays and the field is named. Of lists the
items that came and went are taken, of text the paragraphs. Nothing of ours is ever written over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.library.three_way import stretches

Front = Mapping[str, Any]
APART = ("imported", "id")  # how a listing is known; no field of what it says


@dataclass(frozen=True)
class FieldConflict:
    """A field that both sides changed: ours stays. A value is None where a side has none."""

    path: str
    ours: Any
    theirs: Any


@dataclass
class MergedListing:
    """`taken` are the fields that the feed changed and we did not; `conflicts` those that both did."""

    front: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    taken: list[str] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)


def merge(base: Front, ours: Front, theirs: Front, bodies: tuple[str, str, str]) -> MergedListing:
    """The listing `ours` with what changed from `base` to `theirs`; `bodies` are their texts in the same order."""
    made = MergedListing(body=bodies[1])
    for key in dict.fromkeys((*ours, *theirs)):
        value = ours.get(key)
        if key not in APART and not _is_our_check(key, base, ours):
            value = _value(made, key, base.get(key), value, theirs.get(key))
        if value is not None:
            made.front[key] = value
    paragraphs = _text(made, *(body.strip("\n").split("\n\n") for body in bodies))
    if "text" in made.taken:
        made.body = "\n\n".join(part for part in paragraphs if part.strip()) + "\n"
    return made


def _is_our_check(key: str, base: Front, ours: Front) -> bool:
    """Whether a team here has put its name to the listing: then the feed's newer date is none of its."""
    was, now = base.get(key), ours.get(key)
    names = [value.get("by") if isinstance(value, dict) else None for value in (was, now)]
    return key == "verified" and now is not None and names[0] != names[1]


def _value(made: MergedListing, path: str, base: Any, ours: Any, theirs: Any) -> Any:
    if theirs in (base, ours):
        return ours
    if ours == base:
        made.taken.append(path)
        return theirs
    if all(isinstance(side, dict) for side in (base, ours, theirs)):
        keys = dict.fromkeys((*ours, *theirs))
        both = {key: _value(made, f"{path}.{key}", base.get(key), ours.get(key), theirs.get(key)) for key in keys}
        return {key: value for key, value in both.items() if value is not None} or None
    if isinstance(ours, list) and all(isinstance(side, list | None) for side in (base, theirs)):
        return _items(made, path, base or [], ours, theirs or [])
    made.conflicts.append(FieldConflict(path, ours, theirs))
    return ours


def _items(made: MergedListing, path: str, base: list[Any], ours: list[Any], theirs: list[Any]) -> Any:
    if _are_the_same_items(base, ours, theirs):
        rows = enumerate(zip(base, ours, theirs, strict=True), 1)
        return [_value(made, f"{path}[{number}]", *sides) for number, sides in rows]
    gone = [item for item in base if item not in theirs]
    came = [item for item in theirs if item not in base]
    if came and any(isinstance(item, dict) and item not in ours for item in gone):
        # The feed has it otherwise now, and so have we: nobody can tell which of what came stands for it.
        made.conflicts.append(FieldConflict(path, ours, theirs))
        return ours
    merged = [item for item in ours if item not in gone] + [item for item in came if item not in ours]
    if merged != ours:
        made.taken.append(path)
    return merged or None


def _are_the_same_items(base: list[Any], ours: list[Any], theirs: list[Any]) -> bool:
    """Whether the items of all three can be laid beside each other: as many, and each the same on one side at least."""
    if not len(base) == len(ours) == len(theirs):
        return False
    rows = list(zip(base, ours, theirs, strict=True))
    return all(isinstance(side, dict) for row in rows for side in row) and all(
        was in (our, their) or set(was) & set(our) & set(their) for was, our, their in rows
    )


def _text(made: MergedListing, base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """The paragraphs of a text, merged between those that all three have."""
    merged: list[str] = []
    for was, our, their in stretches(base, ours, theirs):
        if their in (was, our):
            merged += our
        elif our == was:
            merged += their
            made.taken.append("text")
        else:
            merged += our
            made.conflicts.append(FieldConflict("text", "\n\n".join(our), "\n\n".join(their)))
    return merged
