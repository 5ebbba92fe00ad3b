"""Draws the icons of the installed app from the sign of the site: python tools/draw_icons.py

The sign is the one path of webapp/web/assets/images/icon.svg. The pictures are written beside it.
"""

import re
from pathlib import Path

from PIL import Image, ImageDraw

IMAGES = Path(__file__).resolve().parent.parent / "webapp" / "web" / "assets" / "images"
GROUND, SIGN = "#0b5d5e", "#ffffff"
SHARP = 8  # drawn so many times larger, then made smaller, so that edges are smooth
Point = tuple[float, float]
# Name → pixels, and how much of the height the sign takes. A phone may cut a maskable one to the circle inside it.
ICONS = {
    "icon-small.png": (192, 0.68),
    "icon-large.png": (512, 0.68),
    "icon-maskable.png": (512, 0.52),
    "icon-touch.png": (180, 0.62),
}
STEP = re.compile(r"([MlhvHV])([-\d. ]*)")


def main() -> None:
    svg = (IMAGES / "icon.svg").read_text()
    outline = points(re.search(r' d="([^"]+)"', svg)[1])  # type: ignore[index]
    for name, (size, share) in ICONS.items():
        draw(outline, size, share).save(IMAGES / name, optimize=True)


def points(path: str) -> list[Point]:
    """The corners of a path of straight lines."""
    x = y = 0.0
    found = []
    for step, said in STEP.findall(path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", said)]
        if step in "Ml":
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = (dx, dy) if step == "M" else (x + dx, y + dy)
                found.append((x, y))
            continue
        number = numbers[0]
        if step in "hH":
            x = number if step == "H" else x + number
        else:
            y = number if step == "V" else y + number
        found.append((x, y))
    return found


def draw(outline: list[Point], size: int, share: float) -> Image.Image:
    """A square of `size` pixels with the sign in its middle."""
    across, down = zip(*outline, strict=True)
    scale = size * SHARP * share / (max(down) - min(down))
    middle = size * SHARP / 2
    x0, y0 = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    picture = Image.new("RGB", (size * SHARP, size * SHARP), GROUND)
    corners = [(middle + (x - x0) * scale, middle + (y - y0) * scale) for x, y in outline]
    ImageDraw.Draw(picture).polygon(corners, fill=SIGN)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
