"""National Grid metres to degrees, by the Ordnance Survey's published formulae.

Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A to C: easting and northing to latitude and
longitude on the Airy ellipsoid, then a Helmert shift to WGS84. Good to five metres, which is finer than a postcode.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_AIRY = (6377563.396, 6356256.909)  # semi-axes of the National Grid's ellipsoid, metres
_WGS84 = (6378137.000, 6356752.3141)
_SCALE, _LAT0, _LON0 = 0.9996012717, math.radians(49), math.radians(-2)
_E0, _N0 = 400_000.0, -100_000.0
_SHIFT = (446.448, -125.157, 542.060)  # metres, OSGB36 to WGS84
_TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_GROWTH = -20.4894e-6
_CLOSE = 0.00001  # metres: a hundredth of a millimetre, as the guide asks
_ROUNDS = 30  # four are enough anywhere in Great Britain; a wild number must not go round for ever

# Where the grid has any land, metres (OS, National Grid squares SV to HP).
EAST, NORTH = (0.0, 700_000.0), (0.0, 1_300_000.0)


def to_degrees(easting: Any, northing: Any) -> tuple[Any, Any]:
    """WGS84 latitude and longitude in degrees of points in metres of the National Grid.

    Takes numbers or arrays of one shape, and gives arrays of that shape (NumPy floats for numbers).
    """
    latitude, longitude = _from_grid(np.asarray(easting, np.float64), np.asarray(northing, np.float64))
    x, y, z = _to_cartesian(latitude, longitude, *_AIRY)
    rx, ry, rz = _TURN
    s = 1 + _GROWTH
    moved = (
        _SHIFT[0] + s * x - rz * y + ry * z,
        _SHIFT[1] + rz * x + s * y - rx * z,
        _SHIFT[2] - ry * x + rx * y + s * z,
    )
    latitude, longitude = _from_cartesian(*moved, *_WGS84)
    return np.degrees(latitude), np.degrees(longitude)


def _from_grid(easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    a, b = _AIRY
    e2 = 1 - (b / a) ** 2
    n = (a - b) / (a + b)
    latitude, arc = np.full(northing.shape, _LAT0), np.zeros(northing.shape)
    for _ in range(_ROUNDS):
        short = northing - _N0 - arc
        if np.all(np.abs(short) < _CLOSE):
            break
        latitude = latitude + short / (a * _SCALE)
        minus, plus = latitude - _LAT0, latitude + _LAT0
        arc = b * _SCALE * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * minus
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(minus) * np.cos(plus)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * minus) * np.cos(2 * plus)
            - 35 / 24 * n**3 * np.sin(3 * minus) * np.cos(3 * plus)
        )  # fmt: skip
    sin2 = np.sin(latitude) ** 2
    nu = a * _SCALE / np.sqrt(1 - e2 * sin2)
    rho = a * _SCALE * (1 - e2) / (1 - e2 * sin2) ** 1.5
    eta2 = nu / rho - 1
    t, sec, de = np.tan(latitude), 1 / np.cos(latitude), easting - _E0
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    return latitude - vii * de**2 + viii * de**4 - ix * de**6, _LON0 + x * de - xi * de**3 + xii * de**5


def _to_cartesian(latitude: Floats, longitude: Floats, a: float, b: float) -> tuple[Floats, Floats, Floats]:
    e2 = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    flat = nu * np.cos(latitude)
    return flat * np.cos(longitude), flat * np.sin(longitude), (1 - e2) * nu * np.sin(latitude)


def _from_cartesian(x: Floats, y: Floats, z: Floats, a: float, b: float) -> tuple[Floats, Floats]:
    e2 = 1 - (b / a) ** 2
    flat = np.hypot(x, y)
    latitude = np.arctan2(z, flat * (1 - e2))
    for _ in range(6):  # converges to a tenth of a millimetre in four
        nu = a / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + e2 * nu * np.sin(latitude), flat)
    return latitude, np.arctan2(y, x)
