"""Changing values in the front matter of a file and nothing else: every other line stays as it was, byte for byte.

The new text is made by replacing stretches of the old one where YAML's own marks say a value stands. It is read again
afterwards: text that would not say exactly what was asked for is never returned.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from webapp.library.front_matter.source import OTHER_BREAKS, Fault, Loader, parse_page

Edit = tuple[int, int, str]  # from, to, what stands there instead
FENCE = re.compile(r"---[ \t]*(\r?\n|\r)")
CLOSING = re.compile(r"(?m)^---[ \t]*(?:\r?\n|\r|\Z)")


class CannotEdit(Exception):
    """The file is written in a way that cannot be changed safely: change it by hand."""


def edited(data: bytes, front: Mapping[str, Any], order: Sequence[str], body: str | None = None) -> bytes:
    """The bytes of a file whose front matter says `front` instead, and whose text is `body` where that is given.

    `front` holds values as `Source.front` does; keys that are new stand where `order` has them. Raises CannotEdit;
    Fault where the file cannot be read as it is.
    """
    before = parse_page(data, "file")
    text = data.decode("utf-8")
    opening = FENCE.match(text)
    closing = CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        raise CannotEdit("its front matter has no plain `---` lines")
    newline = opening[1]
    yaml_text = text[opening.end() : closing.start()]
    changed = _Front(yaml_text, newline).changed(before.front, dict(front), order)
    head = text[: opening.end()] + changed + text[closing.start() : closing.end()]
    tail = text[closing.end() :] if body is None else body.replace("\r\n", "\n").replace("\n", newline)
    if body is not None and not head.endswith(("\n", "\r")):
        head += newline
    made = (head + tail).encode()
    try:
        after = parse_page(made, "file")
    except Fault as fault:
        raise CannotEdit(str(fault)) from None
    if _plain(after.front) != _plain(dict(front)):
        raise CannotEdit("its front matter is written in an unusual way")
    return made


def file_text(front: Mapping[str, Any], body: str) -> str:
    """The text of a new file."""
    return "---\n" + "".join(_top(key, value, "\n") for key, value in front.items()) + f"---\n{body}"


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


class _Front:
    """The YAML of one file and where everything stands in it."""

    def __init__(self, text: str, newline: str) -> None:
        self.text = text
        self.newline = newline
        root = yaml.compose(text.translate(OTHER_BREAKS), Loader=Loader)
        if not isinstance(root, yaml.MappingNode) or root.flow_style:
            raise CannotEdit("its front matter is not a list of `key: value` lines")
        self.pairs = {key.value: (key, value) for key, value in root.value}

    def changed(self, old: Mapping[str, Any], new: Mapping[str, Any], order: Sequence[str]) -> str:
        edits: list[Edit] = []
        for key, (key_node, node) in self.pairs.items():
            if key not in new:
                edits.append((self._line_start(_at(key_node)), self._line_end(self._end(node)), ""))
            elif new[key] != old[key]:
                edits += self._top_changed(key, key_node, node, old[key], new[key])
        for key in new:
            if key not in self.pairs:
                at = self._place(key, order)
                lead = "" if not at or self.text[at - 1] in "\r\n" else self.newline
                edits.append((at, at, lead + _top(key, new[key], self.newline)))
        text = self.text
        # From the last to the first, so that places before an edit stay right; insertions at one place keep order.
        for (begin, end, _), replacement in sorted(
            (((b, e, n), replacement) for n, (b, e, replacement) in enumerate(edits)),
            key=lambda edit: edit[0],
            reverse=True,
        ):
            text = text[:begin] + replacement + text[end:]
        return text

    def _top_changed(self, key: str, key_node: yaml.Node, node: yaml.Node, old: Any, new: Any) -> Iterator[Edit]:
        edits = list(self._value(node, old, new, flow=False))
        if edits == [None]:
            begin, end = self._line_start(_at(key_node)), self._line_end(self._end(node))
            yield begin, end, _top(key, new, self.newline)
        else:
            yield from edits

    def _value(self, node: yaml.Node, old: Any, new: Any, flow: bool) -> Iterator[Any]:
        """Edits that make `old`, written at `node`, `new`. One None says: write the whole key again."""
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and node.value:
            yield from self._mapping(node, old, new)
        elif isinstance(node, yaml.SequenceNode) and isinstance(new, list) and node.value:
            yield from self._sequence(node, old, new)
        elif isinstance(node, yaml.ScalarNode) or (isinstance(node, yaml.CollectionNode) and node.flow_style):
            if isinstance(new, list) and any(isinstance(item, dict) for item in new) and not flow:
                yield None
                return
            begin, end = _at(node), self._end(node)
            lead = " " if begin == end and begin and not self.text[begin - 1].isspace() else ""
            yield begin, end, lead + inline(new, flow)
        else:
            yield None

    def _mapping(self, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Any]:
        pairs = {key.value: (key, value) for key, value in node.value}
        flow = bool(node.flow_style)
        gone = [key for key in pairs if key not in new]
        if gone and (flow or next(iter(pairs)) in gone):
            yield (_at(node), self._end(node), inline(new, flow=True)) if flow else None
            return
        for key, (key_node, value) in pairs.items():
            if key in gone:
                yield self._line_start(_at(key_node)), self._line_end(self._end(value)), ""
            elif new[key] != old[key]:
                yield from self._inner(value, old[key], new[key], flow)
        added = [key for key in new if key not in pairs]
        last_end = self._end(node.value[-1][1])
        for key in added:
            entry = f"{key}: {inline(new[key], flow)}"
            if flow:
                yield last_end, last_end, f", {entry}"
            else:
                at, lead = self._line_end(last_end), " " * node.value[0][0].start_mark.column
                yield at, at, f"{self._break_at(at)}{lead}{entry}{self.newline}"

    def _inner(self, node: yaml.Node, old: Any, new: Any, flow: bool) -> Iterator[Any]:
        for edit in self._value(node, old, new, flow):
            if edit is None:
                raise CannotEdit("a list inside a list is written over several lines")
            yield edit

    def _sequence(self, node: yaml.SequenceNode, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
        items = node.value
        flow = bool(node.flow_style)
        text = self.text[_at(node) : self._end(node)]
        if flow and "\n" not in text and "#" not in text:
            yield _at(node), self._end(node), inline(list(new), flow=True)
            return
        matcher = SequenceMatcher(None, [json.dumps(i) for i in old], [json.dumps(i) for i in new], autojunk=False)
        for what, i, j, m, n in matcher.get_opcodes():
            if what == "equal":
                continue
            both = min(j - i, n - m)
            for step in range(both):
                yield from self._item_changed(items[i + step], old[i + step], new[m + step], flow)
            for at in range(i + both, j):
                yield self._removed(items, at, flow)
            for at in range(m + both, n):
                yield self._added(items, i + both, new[at], flow)

    def _item_changed(self, node: yaml.Node, old: Any, new: Any, flow: bool) -> Iterator[Edit]:
        for edit in self._value(node, old, new, flow):
            if edit is None:  # the first key of the item goes: write the item again, after its dash
                indent = " " * node.start_mark.column
                text = _item(new, indent, self.newline)
                yield _at(node), self._end(node), text
            else:
                yield edit

    def _removed(self, items: list[yaml.Node], at: int, flow: bool) -> Edit:
        node = items[at]
        if not flow:
            return self._line_start(_at(node)), self._line_end(self._end(node)), ""
        if at + 1 < len(items):
            return _at(node), _at(items[at + 1]), ""
        begin = self._end(items[at - 1]) if at else _at(node)
        return begin, self._end(node), ""

    def _added(self, items: list[yaml.Node], after: int, value: Any, flow: bool) -> Edit:
        before = items[min(after, len(items)) - 1] if after else None
        if flow:
            at = self._end(before) if before else _at(items[0])
            text = inline(value, flow=True)
            return at, at, f", {text}" if before else f"{text}, "
        dash = re.match(r"[ ]*", self.text[self._line_start(_at(items[0])) :])
        indent = dash[0] if dash else ""
        at = self._line_end(self._end(before)) if before else self._line_start(_at(items[0]))
        return at, at, f"{self._break_at(at)}{indent}- {_item(value, indent + '  ', self.newline)}{self.newline}"

    def _end(self, node: yaml.Node) -> int:
        """Where the text of `node` ends: YAML's own mark of a block is past the comments that follow it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        begin, end = _at(node), _index(node.end_mark)
        return begin + len(self.text[begin:end].rstrip()) if begin < end else end

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        match = re.compile(r"\r\n|\n|\r").search(self.text, at)
        return match.end() if match else len(self.text)

    def _break_at(self, at: int) -> str:
        return "" if not at or self.text[at - 1] in "\r\n" else self.newline

    def _place(self, key: str, order: Sequence[str]) -> int:
        """Where the line of a new key goes: after the nearest key that `order` has before it."""
        before = order[: order.index(key)] if key in order else order
        for name in reversed(before):
            if name in self.pairs:
                return self._line_end(self._end(self.pairs[name][1]))
        return 0


def _at(node: yaml.Node) -> int:
    return _index(node.start_mark)


def _index(mark: Any) -> int:
    return mark.index


def _top(key: str, value: Any, newline: str) -> str:
    """A key of the front matter with its value, as editors write it; ends with a line break."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        items = "".join(f"  - {_item(item, '    ', newline)}{newline}" for item in value)
        return f"{key}:{newline}{items}"
    return f"{key}: {inline(value, flow=False)}{newline}"


def _item(value: Any, indent: str, newline: str) -> str:
    """An item of a list after its dash; further keys stand on lines of their own."""
    if not isinstance(value, dict) or not value:
        return inline(value, flow=False)
    return f"{newline}{indent}".join(f"{key}: {inline(inner, flow=False)}" for key, inner in value.items())


def inline(value: Any, flow: bool) -> str:
    """`value` on one line; with `flow` inside brackets, where commas and brackets mean something."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(inner, True)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item, True) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return repr(value)
    return str(value) if _stays(str(value), flow) else json.dumps(str(value), ensure_ascii=False)


def _stays(word: str, flow: bool) -> bool:
    """Whether YAML reads `word`, written without quotes, as just that."""
    if not word or word != word.strip() or not word.isprintable():
        return False
    try:
        wrapped = yaml.load(f"k: {{k: {word}, l: [{word}]}}" if flow else f"k: {word}", Loader=Loader)  # nosec B506 # noqa: S506
    except yaml.YAMLError:
        return False
    return wrapped == ({"k": {"k": word, "l": [word]}} if flow else {"k": word})
