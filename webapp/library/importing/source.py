"""A feed's bytes: a file, a folder of tables or a zip of them, within limits, as text."""

import codecs
import zipfile
from pathlib import Path, PurePosixPath

from webapp.library.importing.dialects.tables import table_of

MAX_BYTES = 256 * 1024 * 1024  # a county's feed is a few megabytes
MOST_FILES = 200
WINDOWS = "Windows-1252"


class FeedError(Exception):
    """The source cannot be used at all. The message is one sentence or two that say where and why."""


def is_tables(path: Path) -> bool:
    """Whether the source is a folder or a zip, which hold a feed's tables."""
    return path.is_dir() or (path.is_file() and zipfile.is_zipfile(path))


def text(path: Path) -> tuple[str, str]:
    """The text of the file at `path`, and its encoding where that is not UTF-8. Raises FeedError."""
    if not path.is_file():
        raise FeedError(f"{path} is not a file.")
    try:
        _refuse_large(path.stat().st_size)
        return decoded(path.read_bytes(), "The source")
    except OSError as error:
        raise FeedError(f"The source cannot be read: {error.strerror}.") from None


def tables(path: Path) -> dict[str, str]:
    """The CSV files of a folder or a zip, by their names. Raises FeedError where there is none of services."""
    found = _of_folder(path) if path.is_dir() else _of_zip(path)
    if not any(table_of(name) == "services" for name in found):
        kind = "a folder" if path.is_dir() else "a zip"
        held = ", ".join(sorted(found)[:5]) or "no CSV file"
        raise FeedError(f"{path} is {kind} without a services.csv, and not a file of services. It holds: {held}.")
    return found


def decoded(data: bytes, what: str) -> tuple[str, str]:
    """`data` as text, and its encoding where that is not UTF-8: old exports are Windows-1252. Raises FeedError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FeedError(f"{what} is UTF-16 text: save it as UTF-8.")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        if _is_windows(data):
            return data.decode("cp1252"), WINDOWS
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        fault = f"byte 0x{data[error.start]:02X} on line {line:,}, column {column:,}, cannot stand there"
        raise FeedError(f"{what} is not UTF-8 text: {fault}. Save it as UTF-8.") from None


def _is_windows(data: bytes) -> bool:
    """Whether `data` reads as Windows-1252, and is no UTF-8 that was damaged: that has pairs of such bytes left."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not any(pair in data for pair in (b"\xc3\xa9", b"\xc2\xa3", b"\xc2\xa0", b"\xe2\x80"))


def _refuse_large(size: int) -> None:
    if size > MAX_BYTES:
        raise FeedError(f"The source is {size >> 20:,} MB: this takes up to {MAX_BYTES >> 20} MB.")


def _refuse_many(files: int) -> None:
    if files > MOST_FILES:
        raise FeedError(f"The source holds {files:,} tables: this takes up to {MOST_FILES}.")


def _of_folder(path: Path) -> dict[str, str]:
    try:
        files = sorted(file for file in path.glob("*.csv") if file.is_file())
        _refuse_many(len(files))
        _refuse_large(sum(file.stat().st_size for file in files))
        return {file.name: decoded(file.read_bytes(), file.name)[0] for file in files}
    except OSError as error:
        raise FeedError(f"The source cannot be read: {error.strerror}.") from None


def _of_zip(path: Path) -> dict[str, str]:
    """Nothing of it is written to the disk, and what a file says of its size is not believed."""
    found: dict[str, str] = {}
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
            _refuse_many(len(listed))
            for one in listed:
                with archive.open(one) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise FeedError(f"The source is over {MAX_BYTES >> 20} MB when it is unpacked.")
                name = PurePosixPath(one.filename).name
                if not name.startswith("."):  # what a Mac puts beside each file
                    found[name] = decoded(data, name)[0]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise FeedError(f"The source is a zip that cannot be read: {error}.") from None
    return found
