"""What the drawings of the content are made with: boxes, arrows and words, as SVG that a phone can show.

A drawing is about 400 units wide, so that its words are large enough on a phone. Words say what a colour says.
"""

import textwrap
from pathlib import Path
from xml.sax.saxutils import escape

INK, TEAL, WHITE, SAND, LINE = "#1d2429", "#0b5d5e", "#ffffff", "#f6f1e7", "#8a9296"
TINT, CARE, GOOD, BAD = "#e7f1f0", "#fdf0d2", "#e2f1e7", "#fbe9e7"  # quiet grounds for ink
GOOD_INK, BAD_INK = "#0d5a30", "#a3211b"
LETTER, BOLD_LETTER = 0.54, 0.61  # of the size of the type: about how wide a letter is
Point = tuple[float, float]


class Drawing:
    """An SVG file in the making. Sizes and places are in units of its viewBox."""

    def __init__(self, title: str, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}">',
            f"<title>{escape(title)}</title>",
            '<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" '
            f'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="{TEAL}"/></marker></defs>',
            f'<rect x="0" y="0" width="{width}" height="{height}" fill="{WHITE}"/>',
            '<g font-family="system-ui, Segoe UI, Roboto, Arial, sans-serif">',
        ]

    def add(self, part: str) -> None:
        self.parts.append(part)

    def box(self, x: float, y: float, w: float, h: float, fill: str = WHITE, edge: str = TEAL, round_: int = 8) -> None:
        self.add(
            f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{round_}" fill="{fill}" '
            f'stroke="{edge}" stroke-width="2"/>'
        )

    def circle(self, x: float, y: float, r: float, fill: str = WHITE, edge: str = TEAL) -> None:
        self.add(f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}" stroke="{edge}" stroke-width="2"/>')

    def path(self, d: str, edge: str = INK, width: float = 2, fill: str = "none", dashed: str = "") -> None:
        dash = f' stroke-dasharray="{dashed}"' if dashed else ""
        self.add(f'<path d="{d}" fill="{fill}" stroke="{edge}" stroke-width="{width:g}" stroke-linecap="round"{dash}/>')

    def arrow(self, start: Point, end: Point, both: bool = False) -> None:
        first = ' marker-start="url(#tip)"' if both else ""
        self.add(
            f'<line x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}" stroke="{TEAL}" '
            f'stroke-width="2.5"{first} marker-end="url(#tip)"/>'
        )

    def bent(self, d: str) -> None:
        """An arrow along a path."""
        self.add(f'<path d="{d}" fill="none" stroke="{TEAL}" stroke-width="2.5" marker-end="url(#tip)"/>')

    def words(
        self, x: float, y: float, text: str, size: int = 16, bold: bool = False, fill: str = INK, middle: bool = False
    ) -> None:
        """One line whose foot is at `y`, from `x` on or, `middle`, round it."""
        weight = ' font-weight="700"' if bold else ""
        anchor = ' text-anchor="middle"' if middle else ""
        self.add(f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}"{weight}{anchor}>{escape(text)}</text>')

    def block(
        self, x: float, y: float, w: float, text: str, size: int = 16, bold: bool = False, fill: str = INK,
        middle: bool = False,
    ) -> float:  # fmt: skip
        """Lines no wider than `w`, the first with its foot at `y`; where the next line's foot would be."""
        for line in textwrap.wrap(text, max(6, int(w / (size * (BOLD_LETTER if bold else LETTER))))):
            self.words(x + w / 2 if middle else x, y, line, size, bold, fill, middle)
            y += size * 1.3
        return y

    def step(self, x: float, y: float, w: float, h: float, head: str, text: str, fill: str = TINT) -> None:
        """A box with a heading and a sentence below it."""
        self.box(x, y, w, h, fill)
        below = self.block(x + 12, y + 24, w - 24, head, 17, bold=True)
        self.block(x + 12, below + 2, w - 24, text, 15)

    def verdict(self, x: float, y: float, good: bool) -> None:
        """A tick or a cross in a circle."""
        self.circle(x, y, 15, GOOD if good else BAD, GOOD_INK if good else BAD_INK)
        d = (
            f"M{x - 7} {y}L{x - 2} {y + 6}L{x + 8} {y - 6}"
            if good
            else f"M{x - 6} {y - 6}L{x + 6} {y + 6}M{x + 6} {y - 6}L{x - 6} {y + 6}"
        )
        self.path(d, GOOD_INK if good else BAD_INK, 3.5)

    def person(self, x: float, y: float, size: float = 1.0, edge: str = INK) -> None:
        """A head and shoulders; `x`, `y` is the middle of the head."""
        self.circle(x, y, 16 * size, WHITE, edge)
        r = 30 * size
        self.path(f"M{x - r} {y + 52 * size}a{r} {r} 0 0 1 {2 * r} 0z", edge, 2, WHITE)

    def save(self, folder: Path, name: str) -> None:
        text = "\n".join([*self.parts, "</g>", "</svg>"]) + "\n"
        (folder / f"{name}.svg").write_text(text)
