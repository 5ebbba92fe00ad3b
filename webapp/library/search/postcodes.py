"""Full postcodes from the national file (Code-Point Open, Ordnance Survey), kept as two sorted arrays on disk."""

import math
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np

_KEY = "S8"  # `M22 5RX` and the longest, `EC1A 1BB`


class Postcodes:
    """Looks a postcode up in the file that `write_postcodes` made, without reading all of it."""

    def __init__(self, file: Path) -> None:
        """Raises OSError where the file is missing, ValueError where it is damaged."""
        self._table = np.load(file, mmap_mode="r", allow_pickle=False)

    def __len__(self) -> int:
        return len(self._table)

    def find(self, code: str) -> tuple[float, float] | None:
        """Latitude and longitude in degrees of a postcode written `M22 5RX`; None where it is not in the file."""
        keys = self._table["code"]
        key = np.bytes_(code.encode())
        at = int(np.searchsorted(keys, key))
        if at == len(keys) or keys[at] != key:
            return None
        return float(self._table["latitude"][at]), float(self._table["longitude"][at])


def write_postcodes(rows: Iterable[tuple[str, float, float]], file: Path) -> int:
    """Write (postcode, easting, northing) rows, metres of the National Grid, to `file`; returns how many.

    The file is replaced whole, or not at all. Postcodes may be in any order and any spacing.
    """
    placed = {}
    for code, easting, northing in rows:
        joined = code.replace(" ", "").upper()
        placed[f"{joined[:-3]} {joined[-3:]}"] = to_degrees(easting, northing)
    table = np.array(
        [(code.encode(), *point) for code, point in sorted(placed.items())],
        [("code", _KEY), ("latitude", np.float32), ("longitude", np.float32)],
    )
    aside = file.with_name(file.name + ".new")
    with aside.open("wb") as handle:
        np.save(handle, table)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(file)
    return len(table)


# Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A to C.
_AIRY = (6377563.396, 6356256.909)  # semi-axes of the National Grid's ellipsoid, metres
_WGS84 = (6378137.000, 6356752.3141)
_SCALE, _LAT0, _LON0 = 0.9996012717, math.radians(49), math.radians(-2)
_E0, _N0 = 400_000.0, -100_000.0
_SHIFT = (446.448, -125.157, 542.060)  # metres, OSGB36 to WGS84
_TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_GROWTH = -20.4894e-6


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """National Grid metres to WGS84 latitude and longitude in degrees, good to five metres (a Helmert shift)."""
    latitude, longitude = _from_grid(easting, northing)
    x, y, z = _to_cartesian(latitude, longitude, *_AIRY)
    rx, ry, rz = _TURN
    s = 1 + _GROWTH
    moved = (
        _SHIFT[0] + s * x - rz * y + ry * z,
        _SHIFT[1] + rz * x + s * y - rx * z,
        _SHIFT[2] - ry * x + rx * y + s * z,
    )
    latitude, longitude = _from_cartesian(*moved, *_WGS84)
    return math.degrees(latitude), math.degrees(longitude)


def _from_grid(easting: float, northing: float) -> tuple[float, float]:
    a, b = _AIRY
    e2 = 1 - (b / a) ** 2
    n = (a - b) / (a + b)
    latitude, arc = _LAT0, 0.0
    while abs(northing - _N0 - arc) >= 0.00001:
        latitude += (northing - _N0 - arc) / (a * _SCALE)
        minus, plus = latitude - _LAT0, latitude + _LAT0
        arc = b * _SCALE * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * minus
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(minus) * math.cos(plus)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * minus) * math.cos(2 * plus)
            - 35 / 24 * n**3 * math.sin(3 * minus) * math.cos(3 * plus)
        )  # fmt: skip
    sin2 = math.sin(latitude) ** 2
    nu = a * _SCALE / math.sqrt(1 - e2 * sin2)
    rho = a * _SCALE * (1 - e2) / (1 - e2 * sin2) ** 1.5
    eta2 = nu / rho - 1
    t, sec, de = math.tan(latitude), 1 / math.cos(latitude), easting - _E0
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    return latitude - vii * de**2 + viii * de**4 - ix * de**6, _LON0 + x * de - xi * de**3 + xii * de**5


def _to_cartesian(latitude: float, longitude: float, a: float, b: float) -> tuple[float, float, float]:
    e2 = 1 - (b / a) ** 2
    nu = a / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
    flat = nu * math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), (1 - e2) * nu * math.sin(latitude)


def _from_cartesian(x: float, y: float, z: float, a: float, b: float) -> tuple[float, float]:
    e2 = 1 - (b / a) ** 2
    flat = math.hypot(x, y)
    latitude = math.atan2(z, flat * (1 - e2))
    for _ in range(6):  # converges to a tenth of a millimetre in four
        nu = a / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
        latitude = math.atan2(z + e2 * nu * math.sin(latitude), flat)
    return latitude, math.atan2(y, x)
