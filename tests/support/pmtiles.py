"""The smallest map there can be: a PMTiles archive of version 3 that holds one vector tile.

Laid out as the specification of PMTiles 3 says: a header of 127 bytes, a directory of one entry, metadata, one tile.
The tile is a Mapbox Vector Tile 2.1 of two layers: `earth` on all of the north-west of the world, and `water` on what
is west of Manchester.
"""

import json
import struct

EXTENT = 4096
MANCHESTER = 4045  # of so many from west to east


def archive() -> bytes:
    """The bytes of the file. Nothing in it is compressed."""
    tile = _layer("earth", 0, EXTENT) + _layer("water", 0, MANCHESTER)
    # One entry: tile 1 (the first of zoom 1), one tile long; its length; its offset plus one.
    root = b"".join(_varint(value) for value in (1, 1, 1, len(tile), 1))
    metadata = json.dumps({"name": "a test", "vector_layers": [{"id": "earth"}, {"id": "water"}]}).encode()
    root_at, metadata_at = 127, 127 + len(root)
    tiles_at = metadata_at + len(metadata)
    header = b"PMTiles\x03" + struct.pack(
        "<QQQQQQQQQQQ", root_at, len(root), metadata_at, len(metadata), tiles_at, 0, tiles_at, len(tile), 1, 1, 1
    )
    # Clustered; directories and tiles not compressed (1); vector tiles (1); zoom 1 to 1; the north-west; its centre.
    header += struct.pack("<BBBBBB", 1, 1, 1, 1, 1, 1)
    header += struct.pack("<iiii", -1_800_000_000, 0, 0, 850_000_000)
    header += struct.pack("<Bii", 1, -22_000_000, 534_000_000)
    assert len(header) == 127
    return header + root + metadata + tile


def _layer(name: str, west: int, east: int) -> bytes:
    """A layer with one rectangle from `west` to `east`, from north to south."""
    wide = east - west
    moves = [
        1 << 3 | 1,
        _zigzag(west),
        0,
        3 << 3 | 2,
        _zigzag(wide),
        0,
        0,
        _zigzag(EXTENT),
        _zigzag(-wide),
        0,
        1 << 3 | 7,
    ]
    geometry = b"".join(_varint(move) for move in moves)
    feature = _number(3, 3) + _bytes(4, geometry)  # a polygon
    layer = _number(15, 2) + _bytes(1, name.encode()) + _bytes(2, feature) + _number(5, EXTENT)
    return _bytes(3, layer)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data
