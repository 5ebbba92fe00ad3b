"""Reading a feed from a file, whatever its dialect: strictly, whole, with one clear error where it cannot be used."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from webapp.library.characters import writable
from webapp.library.importing import source
from webapp.library.importing.dialects import recognise, tables
from webapp.library.importing.dialects.lists import unfolded
from webapp.library.importing.envelope import KNOWN, FeedPage, lacking
from webapp.library.importing.kinds import refusal
from webapp.library.importing.ledger import Ledger, watched
from webapp.library.importing.source import FeedError

MAX_FIELD = 2 * 1024 * 1024  # characters; the longest real description we have met is 145,411, a pasted picture
LISTS = ("contents", "content", "services")  # what publishers call the list inside the object they send

Record = dict[str, Any]


@dataclass
class FeedReading:
    """What a source holds. `records` are as published, including items that are no objects, which the caller reports.

    `lacking` says what of the feed is not in the source ("50 of 300 services"), `doubt` what else its envelope gets
    wrong; `ledger` is of what the envelope says besides. `dialect` says what it was recognised as, and by what.
    """

    records: list[Any]
    lacking: str = ""
    doubt: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    dialect: str = ""


def read(path: Path) -> FeedReading:
    """Every service in the file or folder at `path`, in its order.

    Takes a list, an object with the list under `contents`, `content` or `services`, several of these as a list, one
    service, one JSON value a line (NDJSON), the same of organisations or of services at locations with the services
    inside, or HSDS's tables as a folder or a zip of CSV files. Raises FeedError.
    """
    if source.is_tables(path):
        return _of_tables(path)
    text, encoding = source.text(path)
    if not text.strip():
        raise FeedError("The source is empty.")
    records: list[Any] = []
    pages: list[FeedPage] = []
    for value in _values(text):
        _take(value, records, pages)
    if not records:
        missing = lacking(pages, 0)
        raise FeedError(f"The source is JSON, but it holds no services{f': {missing} came' if missing else ''}.")
    if len(text) > MAX_FIELD:
        for number, record in enumerate(records, 1):
            _refuse_huge(record, number)
    listed = len(records)
    inside = unfolded(records)
    if not inside.records:
        raise FeedError(f"The source holds {inside.what}, and none of them has a service in it.")
    if why := refusal(inside.records):
        raise FeedError(why)
    found = _read(inside.records, pages, listed)
    found.ledger.paths = inside.paths
    said = (recognise.dialect(inside.records), inside.what and f"in {inside.what}", encoding and f"as {encoding}")
    found.dialect = ", ".join(filter(None, said))
    return found


def _of_tables(path: Path) -> FeedReading:
    """The services of a folder or a zip of tables."""
    files = source.tables(path)
    try:
        joined = tables.joined(files)
    except tables.BadTable as why:
        raise FeedError(f"The source holds tables, and {why}.") from None
    if not joined.records:
        raise FeedError("The source holds tables, and none of them has a service in it.")
    for number, record in enumerate(joined.records, 1):
        _refuse_huge(record, number)
    named = ", ".join(sorted(name for name in files if tables.table_of(name)))
    orphans = ", ".join(f"{count:,} of {name}" for name, count in joined.orphans.items())
    doubt = f"these rows belong to nothing that came: {orphans}" if orphans else ""
    found = FeedReading(joined.records, doubt=doubt, dialect=f"HSDS tables ({named})")
    found.ledger.paths = joined.paths
    for name in joined.unknown:
        found.ledger.unread[f"{name} (no table that we know: lines)"] += files[name].count("\n")
    return found


def _read(records: list[Any], pages: list[FeedPage], listed: int) -> FeedReading:
    """`listed` is how many items came; organisations hold several services each."""
    found = FeedReading(records)
    total = max((page.total for page in pages), default=0)
    if pages:
        distinct = len({hash(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)) for record in records})
        distinct = distinct if listed == len(records) else listed  # several services in one item
        found.lacking = lacking(pages, distinct)
        if 0 < total < listed and not found.lacking:
            found.doubt = f"the feed says that it holds {total:,} services, and {listed:,} came"
    for page in pages:
        page.says.used |= KNOWN
        found.ledger.add(page.says, "envelope")
    return found


def _values(text: str) -> Iterator[Any]:
    """The JSON value of the source; of lines of JSON, that of each line."""
    first, _, rest = text.strip().partition("\n")
    if first.startswith("{") and rest.strip() and _is_json(first):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield parsed(line, number)
    else:
        yield parsed(text)


def _is_json(line: str) -> bool:
    try:
        orjson.loads(line)
    except ValueError:
        return False
    return True


def parsed(text: str, line: int = 0) -> Any:
    """The JSON value that `text` holds, without what no database can keep. Raises FeedError, naming the place."""
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
        elif ("name" in value and "id" in value) or isinstance(value.get("service"), dict):
            records.append(value)
        else:
            keys = ", ".join(list(map(str, value))[:5])[:200] or "none"
            raise FeedError(f"The source is JSON, but it holds no list of services. Its keys: {keys}.")
    else:
        raise FeedError("The source is JSON, but it is neither a list of services nor an object that holds one.")


def _list_in(value: dict[str, Any]) -> str:
    return next((key for key in LISTS if isinstance(value.get(key), list)), "")


def _refuse_huge(record: Any, number: int) -> None:
    if len(orjson.dumps(record)) <= MAX_FIELD:
        return
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
