"""The routes of the site, as a reader of the table in tests/test_routes.py writes them."""

import re
from collections.abc import Iterator
from itertools import product

from flask import Flask
from werkzeug.routing import Rule


def routes(app: Flask) -> dict[tuple[str, str], Rule]:
    """Every route: (method, path) → its rule. `<any(a, b):x>` is a path for a and one for b."""
    found = {}
    for route in app.url_map.iter_rules():
        for path in _spelled(route.rule):
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                found[(method, path)] = route
    return found


def parameters(path: str) -> list[str]:
    """The names in `/gaps/<ref>/support`: ref."""
    return re.findall(r"<(\w+)>", path)


def _spelled(rule: str) -> Iterator[str]:
    parts = re.split(r"<any\(([^)]*)\):\w+>", rule)
    choices = [[part] if i % 2 == 0 else [c.strip(" '\"") for c in part.split(",")] for i, part in enumerate(parts)]
    for chosen in product(*choices):
        yield re.sub(r"<\w+(\([^)]*\))?:", "<", "".join(chosen))
