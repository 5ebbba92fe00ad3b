"""Reading a photograph or another picture of dots: what is wrong with its file, and the picture that is in it."""

import io
import secrets
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageOps

# What a file's name ends in → what Pillow calls a file of that kind. All others stay as they are.
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
MOST_DOTS = 40_000_000  # a picture of more than a phone takes; each costs the build three bytes of memory or four
WIDEST = 2400  # dots that `clean` leaves: more than any size that is made of it
NARROWEST = 320  # dots: below it a photograph is a smear on the smallest phone we look at
# What says where, when and by which device a picture was taken.
TELLING = {ExifTags.IFD.GPSInfo: "where it was taken", ExifTags.IFD.Exif: "when, and with what it was taken"}


class Unreadable(Exception):
    """The file holds no picture that can be shown; the message says why, as advice."""


def is_raster(address: str | Path) -> bool:
    """Whether a file of that name is made into several sizes when the content is compiled."""
    return Path(address).suffix.lower() in FORMATS


def size(path: Path) -> tuple[int, int]:
    """Width and height in dots, as it is shown: upright. Raises Unreadable."""
    with _opened(path) as picture:
        return _upright(picture)


def picture(data: bytes, name: str) -> Image.Image:
    """The picture in `data`, upright, in the colours of the web, with nothing beside it. Raises Unreadable.

    `name` says of which kind it must be. Positions, times, comments and thumbnails that a camera writes are gone.
    """
    with _opened(io.BytesIO(data), name) as opened:
        try:
            upright = _in_web_colours(ImageOps.exif_transpose(opened))
            clear = "A" in upright.getbands() or "transparency" in upright.info
            plain = upright.convert("RGBA" if clear else "RGB")
        except (OSError, ValueError, SyntaxError) as error:
            raise Unreadable(_broken(error)) from error
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def clean(path: Path) -> int:
    """Write the picture at `path` again: upright, at most WIDEST dots wide, with nothing of what a camera wrote.

    Returns the new size in bytes. Raises Unreadable, or OSError where the disk refuses; the file is then as it was.
    """
    upright = picture(path.read_bytes(), path.name)
    if upright.width > WIDEST:
        upright = upright.resize((WIDEST, round(upright.height * WIDEST / upright.width)), Image.Resampling.LANCZOS)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        upright.save(aside, FORMATS[path.suffix.lower()], quality=88, optimize=True)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path.stat().st_size


def _in_web_colours(opened: Image.Image) -> Image.Image:
    """The same where a camera or a printer's program saved it in colours of its own; a profile nobody can read goes."""
    profile = opened.info.get("icc_profile")
    if not profile or opened.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return opened
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if opened.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(opened, own, ImageCms.createProfile("sRGB"), outputMode=mode) or opened
    except (ImageCms.PyCMSError, OSError, ValueError):
        return opened


def faults(path: Path) -> Iterator[str]:
    """What is wrong with the picture at `path`, each as advice."""
    try:
        with _opened(path) as opened:
            width, _ = _upright(opened)
            told = [words for ifd, words in TELLING.items() if opened.getexif().get_ifd(ifd)]
        with _opened(path) as opened:
            _look_through(opened)
    except Unreadable as error:
        yield str(error)
        return
    if width < NARROWEST:
        yield f"the picture is {width} dots wide: use one of {NARROWEST} or more, or draw it as .svg"
    if told:
        what = f"the file says {' and '.join(told)}. Readers never get that, but everyone with the repository does"
        yield f"{what}: run `signpost content clean {path.name}` before you commit it"


def _opened(file: Path | io.BytesIO, name: str = "") -> Image.Image:
    kind = Path(name or str(file)).suffix.lower()
    if kind not in FORMATS:
        raise Unreadable(f"this is no file of a kind that is made smaller here: use one of {', '.join(FORMATS)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # ours is stricter, and comes below
            opened = Image.open(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(_broken(error)) from error
    fault = ""
    if opened.format != FORMATS[kind]:
        fault = f"this is a {opened.format} file, whatever its name says: save it again as {FORMATS[kind]}"
    elif opened.width * opened.height > MOST_DOTS:
        across = f"{opened.width:,} by {opened.height:,} dots"
        fault = f"the picture has {across}: make it {MOST_DOTS // 1_000_000} million or fewer"
    elif getattr(opened, "is_animated", False):
        fault = "the picture moves, and nobody can stop it: make a film of it, or show one moment"
    if fault:
        opened.close()
        raise Unreadable(fault)
    return opened


def _upright(opened: Image.Image) -> tuple[int, int]:
    turned = opened.getexif().get(ExifTags.Base.Orientation, 1) in {5, 6, 7, 8}  # CIPA DC-008, 4.6.4: on its side
    return (opened.height, opened.width) if turned else opened.size


def _look_through(opened: Image.Image) -> None:
    """Find out whether the file is whole, as cheaply as its kind allows."""
    try:
        if opened.format == "PNG":
            opened.verify()  # the sums of its parts
        else:
            opened.draft("RGB", (opened.width // 8, opened.height // 8))  # a JPEG's coarsest layer
            opened.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable(_broken(error)) from error


def _broken(error: Exception) -> str:
    return f"the picture cannot be read ({type(error).__name__}): the file is not whole, or no picture. Save it again"
