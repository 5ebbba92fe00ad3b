"""Where the circles of an eco-map stand: one in the middle, and round it as many as a sheet has room for."""

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 660  # units of the drawing's viewBox
MIDDLE, ROUND = 78, 66  # radius of the circle in the middle, and of those round it
AROUND = 8
# The ties that can be drawn (after A. Hartman, "Diagrammatic assessment of family relationships", Social Casework,
# 1978), and which way energy goes.
TIES = {"strong": "Strong", "slight": "There, but slight", "uncertain": "Uncertain, or faded", "strained": "Strained"}
WAYS = {"none": "Not said", "in": "To the person", "out": "From the person", "both": "Both ways"}


@dataclass(frozen=True)
class Circle:
    """One circle, numbered from 1, and the two ends of the line between its rim and that of the middle."""

    number: int
    x: float
    y: float
    inner: tuple[float, float]
    outer: tuple[float, float]


def circles() -> list[Circle]:
    """All that stand round the middle, clockwise from the top."""
    made = []
    for number in range(AROUND):
        turn = 2 * math.pi * number / AROUND - math.pi / 2
        across, down = math.cos(turn), math.sin(turn)
        far_x, far_y = (WIDTH / 2 - ROUND - 4) * across, (HEIGHT / 2 - ROUND - 4) * down
        length = math.hypot(far_x, far_y)
        begins, ends = MIDDLE / length, 1 - ROUND / length
        x, y = WIDTH / 2, HEIGHT / 2
        inner = round(x + far_x * begins, 1), round(y + far_y * begins, 1)
        outer = round(x + far_x * ends, 1), round(y + far_y * ends, 1)
        made.append(Circle(number + 1, round(x + far_x, 1), round(y + far_y, 1), inner, outer))
    return made
