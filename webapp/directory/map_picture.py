"""The map of one page of a list as the server draws it: for paper, and for whoever has no script.

A plain picture that can be read without streets: names of neighbourhoods at their centres, rings of distance round the
place that was asked for, a scale, and north at the top. All of it is in the list beside it, with the same number.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from webapp.library.search.query import Hit
from webapp.library.vocabulary import Point, Vocabulary

WIDE, HIGH = 440, 440  # units of the picture: about pixels, so that its words can be read on a phone too
EDGE = 44  # room round the outermost points, for their names and the scale
LEAST = 1.0  # miles across: two groups in one street need no larger scale
MILES_A_DEGREE = 69.0  # of latitude
STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # miles, for rings and the scale
TOUCH = 46, 27  # nearer than this across and along, two pins would lie on each other
NAMED = 3  # groups that a pin may stand for by their numbers; more are counted
BESIDE = 26  # from the middle of a pin with two numbers to a name at its side
LETTER = 7.6  # the width of a letter of a name at its usual size


@dataclass(frozen=True, slots=True)
class Pin:
    """One or several groups at a place: `words` is written on it, and it leads to the first of them."""

    x: float
    y: float
    words: str
    title: str
    first: int

    @property
    def half(self) -> float:
        """Half of how wide it is."""
        return max(13.0, 4.0 * len(self.words) + 6)


@dataclass(frozen=True, slots=True)
class Mark:
    """A name at a place, or a ring round the middle: then `radius` is its size."""

    x: float
    y: float
    words: str
    radius: float = 0


NORTH = Mark(WIDE - 24, 30, "N"), Mark(WIDE - 24, 56, "N")  # the arrow, and its letter


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in units of the picture. `scale` is how long a bar of so many miles is, and what it says.

    `near` is the place that distances are measured from, and `near_name` where its name can be read.
    """

    pins: list[Pin]
    names: list[Mark]
    rings: list[Mark]
    near: Mark | None
    near_name: Mark | None
    scale: tuple[float, str]
    wide: int = WIDE
    high: int = HIGH


class _Sheet:
    """Where a point of the earth is on the picture. Flat, as a city is."""

    def __init__(self, points: Sequence[Point]) -> None:
        south, north = min(p[0] for p in points), max(p[0] for p in points)
        west, east = min(p[1] for p in points), max(p[1] for p in points)
        self._middle = (south + north) / 2, (west + east) / 2
        self._narrow = math.cos(math.radians(self._middle[0]))
        across = max((east - west) * self._narrow * MILES_A_DEGREE, LEAST)
        along = max((north - south) * MILES_A_DEGREE, LEAST)
        self.mile = min((WIDE - 2 * EDGE) / across, (HIGH - 2 * EDGE) / along)

    def at(self, point: Point) -> tuple[float, float]:
        latitude, longitude = point
        x = WIDE / 2 + (longitude - self._middle[1]) * self._narrow * MILES_A_DEGREE * self.mile
        y = HIGH / 2 - (latitude - self._middle[0]) * MILES_A_DEGREE * self.mile
        return round(x, 1), round(y, 1)


def picture(
    hits: Iterable[Hit], near: tuple[str, Point] | None, vocabulary: Vocabulary, first: int = 1
) -> Picture | None:
    """The places of `hits`, numbered from `first` as their rows are; None where none of them has a point.

    `near`: the place that distances are measured from, by name and point. A confidential place has no point in a card,
    so it is on no map.
    """
    placed = [
        (number, hit.card["title"], point)
        for number, row in enumerate(hits, first)
        for hit in (row, *row.others)
        for point in hit.card["points"]
    ]
    if not placed:
        return None
    sheet = _Sheet([*(point for _, _, point in placed), *([near[1]] if near else [])])
    middle = Mark(*sheet.at(near[1]), near[0]) if near else None
    pins = _pins([(number, title, *sheet.at(point)) for number, title, point in placed])
    rings = _rings(middle, sheet.mile) if middle else []
    name = _beside(middle, pins) if middle else None
    written = [*(Mark(ring.x, ring.y - ring.radius, ring.words) for ring in rings), *([name] if name else []), *NORTH]
    return Picture(
        pins=pins,
        names=_names(vocabulary, sheet, pins, written),
        rings=rings,
        near=middle,
        near_name=name,
        scale=_scale(sheet.mile),
    )


def miles(number: float) -> str:
    """`half a mile`, `1 mile`, `5 miles`."""
    if number < 1:
        return {0.25: "quarter of a mile", 0.5: "half a mile"}[number]
    return f"{number:g} {'mile' if number == 1 else 'miles'}"


def _pins(placed: list[tuple[int, str, float, float]]) -> list[Pin]:
    together: list[list[tuple[int, str, float, float]]] = []
    for one in placed:
        beside = next((pins for pins in together if _touch(pins[0], one)), None)
        if beside is None:
            together.append([one])
        elif one[0] not in {number for number, *_ in beside}:
            beside.append(one)
    return _apart(together)


def _apart(together: list[list[tuple[int, str, float, float]]]) -> list[Pin]:
    """A pin for each. One with more numbers is wider: what it lies on then stands on it too."""
    pins = [_pin(group) for group in together]
    for at, pin in enumerate(pins):
        for after in range(at + 1, len(pins)):
            if abs(pin.x - pins[after].x) < pin.half + pins[after].half and abs(pin.y - pins[after].y) < TOUCH[1]:
                known = {number for number, *_ in together[at]}
                joined = [*together[at], *(one for one in together[after] if one[0] not in known)]
                return _apart([*together[:at], joined, *together[at + 1 : after], *together[after + 1 :]])
    return pins


def _touch(one: tuple[int, str, float, float], other: tuple[int, str, float, float]) -> bool:
    return abs(one[2] - other[2]) < TOUCH[0] and abs(one[3] - other[3]) < TOUCH[1]


def _pin(pins: list[tuple[int, str, float, float]]) -> Pin:
    numbers = [str(number) for number, *_ in pins]
    more = len(numbers) - NAMED
    words = ", ".join(numbers[:NAMED]) + (f" +{more}" if more > 0 else "")
    return Pin(pins[0][2], pins[0][3], words, "; ".join(f"{number} {title}" for number, title, *_ in pins), pins[0][0])


def _beside(middle: Mark, pins: list[Pin]) -> Mark:
    """The name of the place in the middle where no pin lies on it, at its right if there is no such place."""
    aside = 10 + len(middle.words) * LETTER / 2
    places = [Mark(middle.x + right, middle.y + down, middle.words) for right, down in ((aside, 5), (0, 30), (0, -20))]
    return next((name for name in places if not any(_is_on(pin, name) for pin in pins)), places[0])


def _names(vocabulary: Vocabulary, sheet: _Sheet, pins: list[Pin], written: list[Mark]) -> list[Mark]:
    """The neighbourhoods whose names can be read: none over another or what is `written`, nor under a pin."""
    shown: list[Mark] = []
    for slug, term in vocabulary.terms("places").items():
        if term.centre is None:
            continue
        x, y = sheet.at(term.centre)
        words = vocabulary.short("places", slug)
        aside = len(words) * LETTER / 2 + BESIDE
        places = [
            Mark(x + right, y + down, words) for right, down in ((0, 0), (0, -22), (0, 22), (aside, 0), (-aside, 0))
        ]
        free = (
            name
            for name in places
            if _is_inside(name)
            and not any(_cover(name, other) for other in (*written, *shown))
            and not any(_is_on(pin, name) for pin in pins)
        )
        shown.extend(islice(free, 1))
    return shown


def _is_inside(name: Mark) -> bool:
    half = len(name.words) * LETTER / 2
    return half <= name.x <= WIDE - half and 16 <= name.y <= HIGH - 40


def _cover(one: Mark, other: Mark) -> bool:
    return abs(one.y - other.y) < 18 and abs(one.x - other.x) < (len(one.words) + len(other.words)) * LETTER / 2


def _is_on(pin: Pin, name: Mark) -> bool:
    # The letters of a name stand on its `y`; a pin's middle is its own.
    return abs(pin.y - (name.y - 5)) < 21 and abs(pin.x - name.x) < pin.half + len(name.words) * LETTER / 2


def _rings(middle: Mark, mile: float) -> list[Mark]:
    """Up to three rings, each with room for its words, that are on the picture at least in part."""
    fit = [step for step in STEPS if 40 <= step * mile <= math.hypot(WIDE, HIGH) / 2]
    return [Mark(middle.x, middle.y, miles(step), round(step * mile, 1)) for step in fit[:3]]


def _scale(mile: float) -> tuple[float, str]:
    step = max((step for step in STEPS if step * mile <= WIDE / 4), default=STEPS[0])
    return round(step * mile, 1), miles(step)
