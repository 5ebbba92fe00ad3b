"""Photographs for tests: small files such as a phone or a scanner saves, each made here."""

import io
from typing import Any

from PIL import Image


def photograph(kind: str = "JPEG", size: tuple[int, int] = (600, 400), *, located: bool = False, **saved: Any) -> bytes:
    """A file of `kind` with a picture in it; `located`: it says where, when and with what it was taken."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    if located:
        exif = Image.Exif()
        exif[0x010F] = "Telltale Phones"  # who made the camera
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (53.0, 24.0, 36.0)
        exif.get_ifd(0x8769)[0x9003] = "2026:10:06 10:30:00"
        saved["exif"] = exif
    file = io.BytesIO()
    picture.save(file, kind, **saved)
    return file.getvalue()
