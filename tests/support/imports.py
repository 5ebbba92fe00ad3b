"""Who imports whom in `webapp`, read from the source: imports inside functions and for type checkers count too."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from webapp.config.settings import ROOT

PACKAGE = ROOT / "webapp"


@dataclass(frozen=True)
class Import:
    """`module` imports `target` on `line` of its file. Both are full dotted names."""

    module: str
    target: str
    line: int

    @property
    def place(self) -> str:
        return f"{path_of(self.module).relative_to(ROOT)}:{self.line}"

    @property
    def part(self) -> str:
        """The part of the program that imports: `webapp.gaps.views` is of `gaps`."""
        return part_of(self.module)

    @property
    def target_part(self) -> str:
        return part_of(self.target)

    @property
    def is_ours(self) -> bool:
        return self.target == "webapp" or self.target.startswith("webapp.")

    @property
    def is_standard(self) -> bool:
        return self.target.split(".")[0] in sys.stdlib_module_names


def part_of(module: str) -> str:
    return [*module.split("."), ""][1]


def path_of(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def modules() -> tuple[str, ...]:
    """Every module of the program but its migrations, which Alembic loads."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(ROOT).with_suffix("").parts
        if inside[1:3] != ("db", "migrations"):
            found.append(".".join(inside).removesuffix(".__init__"))
    return tuple(found)


@cache
def imports() -> tuple[Import, ...]:
    known = set(modules())
    return tuple(found for module in modules() for found in _of(module, known))


def _of(module: str, known: set[str]) -> Iterator[Import]:
    path = path_of(module)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                source = ".".join([*above, *([source] if source else [])])
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield Import(module, inner if inner in known else source, node.lineno)


def circles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of names that reach each other, each in order; empty where there is no way back from anywhere."""
    found: list[list[str]] = []
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> None:  # Tarjan's strongly connected components
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in sorted(edges.get(name, ())):
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            group = []
            while True:
                group.append(stack.pop())
                if group[-1] == name:
                    break
            if len(group) > 1 or name in edges.get(name, ()):
                found.append(sorted(group))

    for name in sorted(edges):
        if name not in number:
            visit(name)
    return found
