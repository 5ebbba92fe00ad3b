"""What may be wrong with an SVG drawing: what could run or load, a size nobody knows, words that cannot be read."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from webapp.library.problems import Problem

SVG = "{http://www.w3.org/2000/svg}"
PARTS = {
    "svg", "title", "desc", "g", "defs", "marker", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path",
    "text", "tspan",
}  # fmt: skip
SHAPES = ("rect", "circle", "ellipse")
SMALLEST = 14  # units of a drawing some 400 wide, which a phone shows at nine tenths of its size
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
NIGHT = 0.92  # how far light and dark change places
TURNED = ((-0.574, 1.430, 0.144), (0.426, 0.430, 0.144), (0.426, 1.430, -0.856))  # hues, by half a turn
COLOUR = re.compile(r"#[0-9a-f]{6}")
Box = tuple[float, float, float, float, str]  # left, top, right, bottom, fill


def faults(path: Path, file: str) -> Iterator[Problem]:
    """Every such fault of the drawing at `path`, called `file`."""
    text = path.read_text("utf-8", "replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield Problem(file, 1, "take the `<!DOCTYPE>` away: a drawing needs none, and one can hold up who opens it")
        return
    try:
        root = ElementTree.fromstring(text)  # nosec B314 # noqa: S314 - without a DOCTYPE nothing can be expanded
    except ElementTree.ParseError as error:
        yield Problem(file, error.position[0], "the drawing is not whole: save it again as plain SVG")
        return
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in PARTS:
            yield Problem(file, 1, f"a drawing has no `<{name}>`: draw with shapes, lines and text alone")
        for key in element.attrib:
            if key.lower().startswith("on") or key in {"style", "href"} or key.endswith("}href"):
                yield Problem(file, 1, f"take `{key}` away: a drawing runs and loads nothing")
    if size(path) is None:
        yield Problem(file, 1, 'the drawing does not say how large it is: add `viewBox="0 0 width height"`')
    if root.find(f"{SVG}title") is None:
        yield Problem(file, 1, "the drawing has no `<title>`: say what it is")
    yield from _words(root, file)


def size(path: Path) -> tuple[int, int] | None:
    """Width and height that the viewBox says; None where it does not begin at 0 0 or is not there."""
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', path.read_text("utf-8", "replace")[:2000])
    return (int(found[1]), int(found[2])) if found else None


def _words(root: ElementTree.Element, file: str) -> Iterator[Problem]:
    """Text that is too small, or too like the shape that was drawn last below where it begins."""
    boxes: list[Box] = [(0.0, 0.0, 1e9, 1e9, "#ffffff")]
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name in SHAPES and COLOUR.fullmatch(element.get("fill", "")):
            boxes.append(_box(name, element))
        elif name == "text":
            words = "".join(element.itertext()).strip()
            if float(element.get("font-size", "16")) < SMALLEST:
                yield Problem(file, 1, f"`{words[:40]}` is too small to read on a phone: use {SMALLEST} or more")
            x, y = float(element.get("x", "0")), float(element.get("y", "0")) - 4
            below = next(b for b in reversed(boxes) if b[0] <= x <= b[2] and b[1] <= y <= b[3])
            fill = element.get("fill", "#000000")
            for when, ratio in (("", contrast(fill, below[4])), (" by night", contrast(night(fill), night(below[4])))):
                if ratio < LEAST_CONTRAST:
                    said = f"`{words[:40]}` has a contrast of {ratio:.1f} to what is below it{when}"
                    yield Problem(file, 1, f"{said}: it needs {LEAST_CONTRAST}")


def _box(name: str, shape: ElementTree.Element) -> Box:
    def number(key: str) -> float:
        return float(shape.get(key, "0"))

    fill = shape.get("fill", "")
    if name == "rect":
        return number("x"), number("y"), number("x") + number("width"), number("y") + number("height"), fill
    across, down = (number("r"), number("r")) if name == "circle" else (number("rx"), number("ry"))
    x, y = number("cx"), number("cy")
    return x - across, y - down, x + across, y + down, fill


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as `#1d2429`, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def night(colour: str) -> str:
    """What becomes of a colour where a reader's device asks for dark: light and dark change places, the hue stays.

    As `filter: invert(0.92) hue-rotate(180deg)` of assets/scss/_guidance.scss does: W3C, Filter Effects Module Level 1.
    """
    red, green, blue = (NIGHT - int(colour[at : at + 2], 16) / 255 * (2 * NIGHT - 1) for at in (1, 3, 5))
    turned = (sum(share * part for share, part in zip(row, (red, green, blue), strict=True)) for row in TURNED)
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in turned)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
