"""Reading one file of content: safely, strictly, and remembering which line everything is on."""

import re
import stat
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from webapp.library.characters import UNWRITABLE
from webapp.library.front_matter import fences, yaml_faults
from webapp.library.problems import Problem

MAX_BYTES = 512 * 1024  # a long page is 20 kB; past this it is not a page
MAX_FRONT_BYTES = 64 * 1024
DELETE = re.compile("\x7f")
ESCAPED = re.compile(r"\\[0abefvxuU]")  # "\u0000": how YAML writes a character that no file should hold
# YAML 1.1 ends a line at these too, and no editor does: faults would be told of lines that nobody sees. They come along
# with text that is pasted from a word processor or a PDF.
OTHER_BREAKS = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")
FILES = 64  # of YAML alone that are kept as read: all vocabularies of a council take some 2 MB
MAX_DEPTH = 20  # lists and mappings inside each other; a listing has 4
TEXT, MAPPING, SEQUENCE = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))
DEEP = re.compile(r"(?:[-?] +){8}")  # as far in as text that is not deep seldom is, as is this far from the left:
FAR = " " * 40


class Fault(Exception):
    """A file that cannot be used at all. `problems` says why, never empty."""

    def __init__(self, *problems: Problem):
        super().__init__(str(problems[0]))
        self.problems = list(problems)


class Source:
    """One file, read. `front` is its YAML, `body` its Markdown, which begins at line `body_line`.

    `file` is the path relative to the content folder's parent, as problems name it: `content/assets/x.md`.
    """

    def __init__(self, file: str, front: dict[str, Any], yaml_text: str, yaml_line: int, body: str, body_line: int):
        self.file = file
        self.front = front
        self.body = body
        self.body_line = body_line
        self._yaml_text = yaml_text
        self._yaml_line = yaml_line

    def line(self, *path: str | int) -> int:
        """The line (from 1) of the key or item at `path` in the front matter, or of its nearest parent."""
        return self.spot(*path)[0]

    def spot(self, *path: str | int, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of the value at `path` in the front matter, or with `key` of the key itself.

        Where there is nothing at `path`: the line of its nearest parent, and column 0, which is the whole line.
        """
        trail = path
        while trail:
            if trail in self._spots:
                line, key_column, value_line, value_column = self._spots[trail]
                if trail != path:
                    return line, 0
                return line, value_column if value_line == line and not key else key_column
            trail = trail[:-1]
        return self._yaml_line, 0

    def with_text(self, front: dict[str, Any], body: str) -> "Source":
        """The same file with other words, each on the line on which it stood."""
        return Source(self.file, front, self._yaml_text, self._yaml_line, body, self.body_line)

    @property
    def yaml_text(self) -> str:
        """The front matter as it was written."""
        return self._yaml_text

    @cached_property
    def whole(self) -> str:
        """The front matter and the body in one text, for what may stand in either. See `problem_at`."""
        return self._yaml_text + self.body

    def problem_at(self, message: str, at: int) -> Problem:
        """A fault that begins `at` this many characters into `whole`."""
        if at >= len(self._yaml_text):
            return self.body_problem(message, at - len(self._yaml_text))
        line = self._yaml_line + self._yaml_text.count("\n", 0, at)
        return Problem(self.file, line, message, at - self._yaml_text.rfind("\n", 0, at))

    def problem(self, message: str, *path: str | int, level: str = "error") -> Problem:
        """A fault of the value at `path` in the front matter."""
        line, column = self.spot(*path)
        return Problem(self.file, line, message, column, level)

    def body_problem(self, message: str, at: int, level: str = "error") -> Problem:
        """A fault that begins `at` this many characters into the body."""
        line = self.body_line + self.body.count("\n", 0, at)
        return Problem(self.file, line, message, at - self.body.rfind("\n", 0, at), level)

    def body_spot(self, text: str) -> tuple[int, int]:
        """Line and column (from 1) of the file where `text` first stands in the body; its first line where nowhere."""
        at = self.body.find(text) if text else -1
        if at < 0:
            return self.body_line, 0
        return self.body_line + self.body.count("\n", 0, at), at - self.body.rfind("\n", 0, at)

    @cached_property
    def _spots(self) -> dict[tuple[str | int, ...], tuple[int, int, int, int]]:
        """Path → line and column of the key, then of the value.

        Only made when there is a fault to place: composing costs more than loading.
        """
        found: dict[tuple[str | int, ...], tuple[int, int, int, int]] = {}

        def note(path: tuple[str | int, ...], key: yaml.Node, value: yaml.Node) -> None:
            begins, holds = key.start_mark, value.start_mark
            found[path] = (
                begins.line + self._yaml_line,
                begins.column + 1,
                holds.line + self._yaml_line,
                holds.column + 1,
            )
            walk(value, path)

        def walk(node: yaml.Node, path: tuple[str | int, ...]) -> None:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    note((*path, key.value), key, value)
            elif isinstance(node, yaml.SequenceNode):
                for i, value in enumerate(node.value):
                    note((*path, i), value, value)

        root = yaml.compose(self._yaml_text, Loader=Loader)
        if root is not None:
            walk(root, ())
        return found


class Loader(yaml.CSafeLoader):
    """YAML in which a time stays `10:30`, a phone number keeps its nought, `no` is a word and a date is text.

    YAML 1.1 would read them as 630, an octal number, false and a date that may not exist.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}

    def get_single_data(self) -> Any:
        """The one document as plain values. PyYAML's own way, open to every type there may be, takes twice as long."""
        node = self.get_single_node()
        return None if node is None else self._value(node)

    def _value(self, node: yaml.Node) -> Any:
        tag = node.tag
        if tag == TEXT:
            return node.value
        if isinstance(node, yaml.MappingNode) and tag == MAPPING:
            self._refuse_odd_keys(node)
            return {self._value(key): self._value(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode) and tag == SEQUENCE:
            return [self._value(item) for item in node.value]
        return self.construct_document(node)

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            if implicit[0]:
                for tag, pattern in self.yaml_implicit_resolvers.get(value[:1] if value else "", ()):
                    if pattern.match(value):
                        return tag
            return TEXT
        return MAPPING if kind is yaml.MappingNode else SEQUENCE

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self._refuse_odd_keys(node)
        return super().construct_mapping(node, deep)

    @staticmethod
    def _refuse_odd_keys(node: yaml.MappingNode) -> None:
        seen: dict[Any, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key is a list or a mapping", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"`{key.value}` is here twice: it is also on line {{{seen[key.value]}}}", key.start_mark
                )
            seen[key.value] = key.start_mark.line


for _tag, _pattern, _first in (
    ("bool", r"true|True|false|False", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def read_page(path: Path, root: Path) -> Source:
    """Read a Markdown file with front matter. Raises Fault, OSError."""
    file = path.relative_to(root).as_posix()
    return parse_page(read_data(path, file), file)


def parse_page(data: bytes, file: str) -> Source:
    """A Markdown file with front matter from its bytes. Raises Fault."""
    text = _text(data, file)
    lines = text.split("\n")
    if lines[0].rstrip() != fences.FENCE:
        raise Fault(Problem(file, 1, f"there is no front matter: {fences.first_line(text)}"))
    end = next((n for n in range(1, len(lines)) if lines[n].rstrip() == fences.FENCE), None)
    if end is None:
        raise Fault(fences.unclosed(lines, file))
    front_text = "\n".join(lines[1:end]).translate(OTHER_BREAKS) + "\n"
    text_at = fences.text_at(lines[:end])
    try:
        front = _front(front_text, file, first_line=2)
    except Fault as fault:
        if not text_at:
            raise
        # A rule further down was taken for the end: what is wrong below the last key is that.
        last = max((n for n, line in enumerate(lines[:text_at], 1) if fences.KEY_LINE.match(line)), default=1)
        raise Fault(*(p for p in fault.problems if p.line < last), Problem(file, text_at, fences.UNCLOSED)) from None
    if text_at and any(" " in key for key in front):  # "Bring this: a pen" in the text reads as a key
        raise Fault(Problem(file, text_at, fences.UNCLOSED))
    return Source(file, front, front_text, 2, "\n".join(lines[end + 1 :]), end + 2)


def read_yaml(path: Path, root: Path) -> Source:
    """Read a file that is YAML alone. Raises Fault, OSError."""
    file = path.relative_to(root).as_posix()
    return parse_yaml(read_data(path, file), file)


def parse_yaml(data: bytes, file: str) -> Source:
    """A file that is YAML alone from its bytes. Raises Fault."""
    text = _text(data, file).translate(OTHER_BREAKS)
    return Source(file, _mapping(text, file), text, 1, "", 1)


@lru_cache(FILES)
def _mapping(text: str, file: str) -> dict[str, Any]:
    """Not to be changed. Kept: a check reads each vocabulary more than once, and an editor's save changes none."""
    return _front(text, file, first_line=1, most=MAX_BYTES)


def read_data(path: Path, file: str) -> bytes:
    """The bytes of an ordinary file of sensible size. Raises Fault, OSError."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise Fault(Problem(file, 1, "this is a symbolic link: put the file itself here"))
    if not stat.S_ISREG(status.st_mode):
        raise Fault(Problem(file, 1, "this is not an ordinary file: remove it"))
    if status.st_size > MAX_BYTES:
        size = status.st_size // 1024
        raise Fault(Problem(file, 1, f"the file is {size} kB: keep a page under {MAX_BYTES // 1024} kB"))
    return path.read_bytes()


def _text(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise Fault(Problem(file, 1, f"the file is {len(data) // 1024} kB: keep a page under {MAX_BYTES // 1024} kB"))
    if data.startswith(b"\xef\xbb\xbf"):
        raise Fault(Problem(file, 1, "the file begins with a byte order mark: save it as UTF-8 without one"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Fault(Problem(file, line, "this is not UTF-8 text: save the file as UTF-8")) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := UNWRITABLE.search(text) or DELETE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        raise Fault(Problem(file, line, _unwritable(control[0]), column))
    if "<<<<<<< " in text or ">>>>>>> " in text:
        _refuse_unmerged(text, file)
    return text


def _unwritable(character: str) -> str:
    return f"there is a control character (U+{ord(character):04X}): remove it"


def _refuse_unmerged(text: str, file: str) -> None:
    """A page in which two versions stand side by side is not shown: its last good version is."""
    marks = re.finditer(r"(?m)^(?:<{7}|>{7}) ", text)
    lines = [text.count("\n", 0, match.start()) + 1 for match in marks]
    if lines:
        message = "a merge was not finished: keep one version and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
        raise Fault(*(Problem(file, line, message, 1) for line in lines))


def _front(text: str, file: str, first_line: int, most: int = MAX_FRONT_BYTES) -> dict[str, Any]:
    if len(text) > most:
        raise Fault(Problem(file, first_line, f"the front matter is over {most // 1024} kB: move text below it"))
    try:
        _refuse_traps(text, file, first_line)
        front = yaml.load(text, Loader=Loader)  # nosec B506 # noqa: S506 - a CSafeLoader with fewer types
    except yaml.MarkedYAMLError as error:
        raise Fault(yaml_faults.problem(error, text, file, first_line)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Fault(Problem(file, first_line, f"this is not YAML that can be read: {error}")) from None
    if not isinstance(front, dict):
        kind = "empty" if front is None else f"a {'list' if isinstance(front, list) else 'single value'}"
        what = "the front matter" if first_line > 1 else "the file"  # a vocabulary is YAML alone
        raise Fault(Problem(file, first_line, f"{what} is {kind}: write `key: value` lines"))
    wrong = [key for key in front if not isinstance(key, str)]
    odd = next((key for key in front if isinstance(key, str) and yaml_faults.ODD_SPACE.search(key)), None)
    if odd is not None:
        line = text.count("\n", 0, text.index(odd)) + first_line
        raise Fault(Problem(file, line, yaml_faults.OTHER_SPACE, 1))
    if wrong:
        raise Fault(Problem(file, first_line, f"the key `{wrong[0]}` is not a word: put it in quotes or mend it"))
    return front


def _refuse_traps(text: str, file: str, first_line: int) -> None:
    """Refuse YAML that is dangerous to load and that no page needs.

    An alias can make a few lines stand for millions of values; ten thousand brackets inside each other end the process;
    an escape can hold a character that no file of ours may.
    """
    repeats = "*" in text and "&" in text
    may_be_deep = text.count("[") + text.count("{") > 100 or FAR in text or DEEP.search(text)
    if not repeats and not may_be_deep and not ESCAPED.search(text):
        return  # telling what it holds, event by event, costs half as much as loading it
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = (event.start_mark.line if event.start_mark else 0) + first_line
        if isinstance(event, yaml.AliasEvent):
            raise Fault(Problem(file, line, f"`*{event.anchor}` repeats another value: write the value out"))
        if isinstance(event, yaml.ScalarEvent) and (control := UNWRITABLE.search(event.value)):
            raise Fault(Problem(file, line, _unwritable(control[0])))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Fault(Problem(file, line, "there are too many lists inside each other: use fewer"))
