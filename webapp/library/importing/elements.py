"""HTML that was cleaned (well nested, every attribute in double quotes) as a tree, which is all a converter needs.

A parser for whatever people write is four times as slow, and nh3, which cleans, has already been that parser.
"""

import html
import re
from collections.abc import Iterator

VOID = frozenset(["br", "hr", "wbr"])
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][\w:-]*="[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z][\w:-]*)="([^"]*)"')


class Element:
    """One element. `children` are elements and texts, in their order."""

    __slots__ = ("attributes", "children", "name", "parent")

    def __init__(self, name: str, attributes: dict[str, str], parent: "Element | None"):
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def own(self, *names: str) -> list["Element"]:
        """Its child elements with one of these names; all of them where no name is given."""
        return [one for one in self.children if isinstance(one, Element) and (not names or one.name in names)]

    def every(self, *names: str) -> Iterator["Element"]:
        """The elements of these names inside it, at any depth."""
        for one in self.own():
            if one.name in names:
                yield one
            yield from one.every(*names)

    def text(self) -> str:
        """Its words, white space as it is."""
        return "".join(one if isinstance(one, str) else one.text() for one in self.children)


def parse(clean: str) -> tuple[Element, int]:
    """The tree of `clean`, HTML as nh3 writes it, and how deep its deepest element is."""
    root = at = Element("", {}, None)
    depth = deepest = 0
    for token in _TOKEN.finditer(clean):
        closes, name, attributes, text = token.groups()
        if text is not None:
            at.children.append(html.unescape(text) if "&" in text else text)
        elif closes:
            if at.parent is not None:
                at, depth = at.parent, depth - 1
        else:
            found = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(attributes)} if attributes else {}
            element = Element(name, found, at)
            at.children.append(element)
            if name not in VOID:
                at, depth = element, depth + 1
                deepest = max(deepest, depth)
    return root, deepest
