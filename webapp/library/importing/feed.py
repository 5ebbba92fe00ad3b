"""Reading an Open Referral UK feed from a file: strictly, whole, and with one clear error where it cannot be used."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from webapp.library.characters import writable
from webapp.library.importing.envelope import KNOWN, FeedPage, lacking
from webapp.library.importing.kinds import refusal
from webapp.library.importing.ledger import Ledger, watched

MAX_BYTES = 256 * 1024 * 1024  # a county's feed is a few megabytes
MAX_FIELD = 2 * 1024 * 1024  # characters; the longest real description we have met is 145,411, a pasted picture
LISTS = ("contents", "content", "services")  # what publishers call the list inside the object they send

Record = dict[str, Any]


class FeedError(Exception):
    """The source cannot be used at all. The message is one sentence or two that say where and why."""


@dataclass
class FeedReading:
    """What a source holds. `records` are as published, including items that are no objects, which the caller reports.

    `lacking` says what of the feed is not in the source ("50 of 300 services"), `doubt` what else its envelope gets
    wrong; `ledger` is of what the envelope says besides.
    """

    records: list[Any]
    lacking: str = ""
    doubt: str = ""
    ledger: Ledger = field(default_factory=Ledger)


def read(path: Path) -> FeedReading:
    """Every service in the file at `path`, in its order.

    Takes a list, an object with the list under `contents`, `content` or `services`, several of these as a list, one
    service, or one JSON value a line (NDJSON). Raises FeedError.
    """
    text = _text(path)
    if not text.strip():
        raise FeedError("The source is empty.")
    records: list[Any] = []
    pages: list[FeedPage] = []
    for value in _values(text):
        _take(value, records, pages)
    if not records:
        missing = lacking(pages, 0)
        raise FeedError(f"The source is JSON, but it holds no services{f': {missing} came' if missing else ''}.")
    for number, record in enumerate(records, 1):
        _refuse_huge(record, number)
    if why := refusal(records):
        raise FeedError(why)
    return _read(records, pages)


def _read(records: list[Any], pages: list[FeedPage]) -> FeedReading:
    found = FeedReading(records)
    total = max((page.total for page in pages), default=0)
    if pages:
        distinct = len({hash(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)) for record in records})
        found.lacking = lacking(pages, distinct)
        if 0 < total < len(records) and not found.lacking:
            found.doubt = f"the feed says that it holds {total:,} services, and {len(records):,} came"
    for page in pages:
        page.says.used |= KNOWN
        found.ledger.add(page.says, "envelope")
    return found


def _text(path: Path) -> str:
    if not path.is_file():
        raise FeedError(f"{path} is not a file.")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FeedError(f"The source is {size >> 20:,} MB: this takes up to {MAX_BYTES >> 20} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise FeedError(f"The source cannot be read: {error.strerror}.") from None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FeedError("The source is UTF-16 text: save it as UTF-8.")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        fault = f"byte 0x{data[error.start]:02X} on line {line:,}, column {column:,}, cannot stand there"
        raise FeedError(f"The source is not UTF-8 text: {fault}. Save it as UTF-8.") from None


def _values(text: str) -> Iterator[Any]:
    """The JSON value of the source; of lines of JSON, that of each line."""
    first, _, rest = text.strip().partition("\n")
    if first.startswith("{") and rest.strip() and _is_json(first):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _parse(line, number)
    else:
        yield _parse(text)


def _is_json(line: str) -> bool:
    try:
        orjson.loads(line)
    except ValueError:
        return False
    return True


def _parse(text: str, line: int = 0) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if (lenient := _without_unwritable(text)) is not None:
            return lenient
        fault = error.msg.partition(": line")[0].rstrip(".")
        if "depth" in fault or "ecursion" in fault:
            raise FeedError("The source is nested too deeply to be a list of services.") from None
        where = f"line {line or error.lineno:,}, column {error.colno:,}"
        cut = " It looks cut short." if error.pos >= len(text.rstrip()) - 1 else ""
        raise FeedError(f"The source is not sound JSON: {fault} at {where}.{cut}") from None


def _without_unwritable(text: str) -> Any:
    """`text` read in spite of controls and halves of pairs in its strings, without them; None where more is wrong."""
    try:
        return _cleaned(json.loads(text, strict=False, parse_constant=_refuse_constant))
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return {writable(key): _cleaned(item) for key, item in value.items()} if isinstance(value, dict) else value


def _take(value: Any, records: list[Any], pages: list[FeedPage]) -> None:
    if isinstance(value, list):
        if value and all(isinstance(item, dict) and "name" not in item and _list_in(item) for item in value):
            for page in value:  # pages that were saved one after the other
                _take(page, records, pages)
        else:
            records += value
    elif isinstance(value, dict):
        key = _list_in(value)
        if key and not ("name" in value and "id" in value):  # an organisation may have `services`
            records += value[key]
            says = {name: item for name, item in value.items() if name != key}
            pages.append(FeedPage(len(value[key]), watched(says)))
        elif "name" in value and "id" in value:
            records.append(value)
        else:
            keys = ", ".join(list(map(str, value))[:5])[:200] or "none"
            raise FeedError(f"The source is JSON, but it holds no list of services. Its keys: {keys}.")
    else:
        raise FeedError("The source is JSON, but it is neither a list of services nor an object that holds one.")


def _list_in(value: dict[str, Any]) -> str:
    return next((key for key in LISTS if isinstance(value.get(key), list)), "")


def _refuse_huge(record: Any, number: int) -> None:
    todo: list[tuple[str, Any]] = [("", record)]
    while todo:
        path, value = todo.pop()
        if isinstance(value, str):
            if len(value) > MAX_FIELD:
                fault = f"`{path}` of service {number:,} holds {len(value):,} characters"
                raise FeedError(f"{fault}: no field may hold more than {MAX_FIELD:,}.")
        elif isinstance(value, dict):
            todo += [(f"{path}.{key}" if path else str(key)[:60], inner) for key, inner in value.items()]
        elif isinstance(value, list):
            todo += [(f"{path}[{at}]", inner) for at, inner in enumerate(value)]
