"""What the scenes of `tools.paint_scenes` are made of: the paper, people, trees and mugs. Light comes from the left."""

WIDTH, HEIGHT = 1600, 1000
SKIN = ("#f0c8a8", "#8d5a3b", "#d9a066", "#5b3a26", "#e8b48c")
HAIR = ("#e8e6e1", "#2b211c", "#7a4a2a", "#a9a39b", "#1f1b1a")
CLOTH = ("#0b5d5e", "#b5523b", "#d59a2b", "#46598f", "#6f8f4e", "#8c4a6b")


class Scene:
    """A picture in the making, the farthest first. Places and sizes are in dots."""

    def __init__(self) -> None:
        self.defs: list[str] = []
        self.parts: list[str] = []

    def shade(self, top: str, bottom: str, across: bool = False) -> str:
        """A fill that goes from one colour to another, downwards or `across`."""
        name = f"s{len(self.defs)}"
        ends = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        self.defs.append(
            f'<linearGradient id="{name}" x1="0" y1="0" {ends}><stop stop-color="{top}"/>'
            f'<stop offset="1" stop-color="{bottom}"/></linearGradient>'
        )
        return f"url(#{name})"

    def rect(self, x: float, y: float, w: float, h: float, fill: str, round_: float = 0, more: str = "") -> None:
        self.parts.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{round_}" fill="{fill}" {more}/>')

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> None:
        self.parts.append(f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{fill}" {more}/>')

    def path(self, d: str, fill: str = "none", edge: str = "none", width: float = 0, more: str = "") -> None:
        self.parts.append(
            f'<path d="{d}" fill="{fill}" stroke="{edge}" stroke-width="{width}" stroke-linecap="round" '
            f'stroke-linejoin="round" {more}/>'
        )

    def shadow(self, x: float, y: float, w: float) -> None:
        self.oval(x, y, w, w * 0.13, "#1d2429", 'opacity="0.16" filter="url(#soft)"')

    def svg(self) -> str:
        soft = (
            '<filter id="soft" x="-40%" y="-80%" width="180%" height="260%"><feGaussianBlur stdDeviation="9"/></filter>'
        )
        grain = (
            '<filter id="grain"><feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="2" seed="7"/>'
            '<feColorMatrix values="0 0 0 0 .3  0 0 0 0 .25  0 0 0 0 .2  0 0 0 .16 0"/></filter>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"><defs>{soft}{grain}'
            f"{''.join(self.defs)}</defs>{''.join(self.parts)}"
            f'<rect width="{WIDTH}" height="{HEIGHT}" filter="url(#grain)" opacity="0.5"/></svg>'
        )


def head(s: Scene, x: float, y: float, who: int, size: float = 1.0, looks: int = 1) -> None:
    """A head whose chin is at `y`; `looks` 1 to the right, -1 to the left."""
    r = 46 * size
    skin, hair = SKIN[who % len(SKIN)], HAIR[who % len(HAIR)]
    top = y - 1.15 * r
    if who % 3 != 1:
        s.oval(x - looks * r * 0.1, top - r * 0.1, r * 1.08, r * 1.14, hair)
    s.rect(x - r * 0.3, y - r * 0.5, r * 0.6, r, skin, r * 0.2)
    s.oval(x, top, r * 0.92, r * 1.1, s.shade(skin, skin))
    s.path(
        f"M{x - r * 0.95} {top - r * 0.05}Q{x - r * 0.8} {top - r * 1.3} {x} {top - r * 1.2}"
        f"Q{x + r * 0.9} {top - r * 1.25} {x + r * 0.95} {top - r * 0.1}"
        f"Q{x + r * 0.3} {top - r * 0.75} {x - r * 0.95} {top - r * 0.05}z",
        hair,
    )
    ex = x + looks * r * 0.25
    for dx in (-0.28, 0.28):
        s.oval(ex + dx * r, top + r * 0.06, r * 0.07, r * 0.09, "#2a1d16")
    s.path(f"M{ex - r * 0.22} {top + r * 0.48}q{r * 0.22} {r * 0.2} {r * 0.44} 0", edge="#7a3b2e", width=4 * size)
    if who % 4 == 0:
        for dx in (-0.28, 0.28):
            s.oval(ex + dx * r, top + r * 0.06, r * 0.2, r * 0.2, "none", f'stroke="#463a33" stroke-width="{3 * size}"')


def body(s: Scene, x: float, y: float, who: int, size: float = 1.0, height: float = 260) -> None:
    """Shoulders down from `y`, `height` dots of them."""
    cloth = CLOTH[who % len(CLOTH)]
    w = 108 * size
    fill = s.shade(lighter(cloth), cloth, across=True)
    s.path(
        f"M{x - w} {y + height}V{y + 70 * size}Q{x - w} {y} {x - 40 * size} {y - 8}"
        f"h{80 * size}Q{x + w} {y} {x + w} {y + 70 * size}V{y + height}z",
        fill,
    )


def person(s: Scene, x: float, y: float, who: int, size: float = 1.0, looks: int = 1, height: float = 260) -> None:
    """Head and body; `y` is where the shoulders are."""
    body(s, x, y, who, size, height)
    head(s, x, y, who, size, looks)


def arm(s: Scene, points: str, who: int, hand: tuple[float, float], size: float = 1.0) -> None:
    s.path(points, edge=CLOTH[who % len(CLOTH)], width=46 * size)
    s.oval(*hand, 23 * size, 21 * size, SKIN[who % len(SKIN)])


def walker(s: Scene, x: float, y: float, who: int, size: float = 1.0, looks: int = 1) -> None:
    """Somebody on their way; `y` is the ground."""
    s.shadow(x, y + 4, 80 * size)
    legs, shoes = "#39424a", "#262c31"
    for step in (-1, 1):
        s.path(f"M{x} {y - 190 * size}L{x + step * 42 * size} {y - 14 * size}", edge=legs, width=40 * size)
        s.oval(x + step * 42 * size + looks * 14 * size, y - 8 * size, 30 * size, 13 * size, shoes)
    person(s, x, y - 400 * size, who, size * 0.72, looks, 235 * size)
    swing = looks * 70 * size
    arm(
        s,
        f"M{x + swing * 0.5} {y - 360 * size}Q{x + swing} {y - 290 * size} {x + swing * 1.1} {y - 215 * size}",
        who,
        (x + swing * 1.1, y - 200 * size),
        size * 0.7,
    )


def tree(s: Scene, x: float, y: float, size: float = 1.0, leaf: str = "#6f8f4e") -> None:
    s.shadow(x, y, 150 * size)
    s.path(
        f"M{x - 18 * size} {y}Q{x - 8 * size} {y - 120 * size} {x - 14 * size} {y - 230 * size}"
        f"h{28 * size}Q{x + 8 * size} {y - 120 * size} {x + 18 * size} {y}z",
        s.shade("#8a6a4c", "#6b4f37", across=True),
    )
    fill = s.shade(lighter(leaf), leaf)
    for dx, dy, r in ((-80, -250, 92), (80, -260, 96), (0, -330, 120), (-10, -220, 96)):
        s.oval(x + dx * size, y + dy * size, r * size, r * size * 0.92, fill)


def mug(s: Scene, x: float, y: float, colour: str) -> None:
    s.path(f"M{x + 30} {y - 44}q34 0 30 26q-4 22 -32 18", edge=colour, width=9)
    s.rect(x - 32, y - 58, 64, 62, s.shade(lighter(colour), colour, across=True), 10)
    s.oval(x, y - 57, 32, 8, "#8a5a34")
    s.path(f"M{x - 8} {y - 76}q-12 -18 0 -34q12 -18 0 -34", edge="#ffffff", width=6, more='opacity="0.6"')


def lighter(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * 0.22):02x}" for part in parts)
