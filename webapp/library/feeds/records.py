"""Records of their own, where the list of a feed is thin: many publishers leave contacts, times or places out of it."""

from typing import Any
from urllib.parse import quote

from webapp.library.feeds import pages
from webapp.library.feeds.addresses import shown
from webapp.library.feeds.limits import FeedFault, NotThere
from webapp.library.feeds.pagination import FeedWalk, Walker

SAMPLES = 3  # records that are asked for alone, to see whether the list has everything
CHANGED = ("last_modified", "assured_date", "pc_metadata")  # where a record says when it changed


def fill(walk: FeedWalk, walker: Walker, address: str, **asked: str) -> FeedWalk:
    """`walk` with whole records in place of thin ones. Raises FeedFault as `Walker` does.

    Where the list gives whole records when it is asked for them (`full=true`), it is walked again so; else each record
    is asked for alone, unless it says itself that it has not changed since it was kept.
    """
    sample = _thin_sample(walk, walker)
    if sample is None:
        return walk
    listed, whole = sample
    if "full" not in asked and _is_whole_when_asked(walk, walker, listed, whole, asked):
        again = walker.walk(address, **asked, full="true")
        again.remarks.append("Its list is thin, and was asked for in full.")
        return again
    _fill_each(walk, walker)
    return walk


def _thin_sample(walk: FeedWalk, walker: Walker) -> tuple[Any, Any] | None:
    """A record as the list has it and as it is by itself, where it has more there; None where the list has it all."""
    identified = (record for record in walk.records() if _identity(record))
    for _, record in zip(range(SAMPLES), identified, strict=False):
        try:
            whole = _alone(walk, walker, record)
        except NotThere:
            return None  # it has no records of their own
        if not isinstance(whole, dict) or _identity(whole) != _identity(record):
            return None
        if _paths(whole) - _paths(record):
            return record, whole
    return None


def _is_whole_when_asked(walk: FeedWalk, walker: Walker, listed: Any, whole: Any, asked: dict[str, str]) -> bool:
    try:
        page = walker.ask(pages.address(walk.list_address, **asked, per_page=pages.PER_PAGE, full="true"))
    except NotThere:
        return False
    same = (one for one in pages.items(page) or () if _identity(one) == _identity(listed))
    return any(not _paths(whole) - _paths(one) for one in same)


def _fill_each(walk: FeedWalk, walker: Walker) -> None:
    total = sum(1 for record in walk.records() if _identity(record))
    done = gone = 0
    for page in walk.pages:
        filled = []
        for record in pages.items(page) or ():
            if not _identity(record):
                filled.append(record)
                continue
            done += 1
            walker.progress("full records", done, total)
            try:
                whole = _alone(walk, walker, record)
            except NotThere as answer:
                if not answer.is_gone:
                    raise
                gone += 1  # it went after the list was made: the feed's own count then says that one is lacking
                continue
            if not isinstance(whole, dict) or _identity(whole) != _identity(record):
                # The thin record in its place would look as if the publisher had emptied half of its fields.
                raise FeedFault(f"{shown(_address(walk, record))} sent something that is not this service.")
            filled.append(whole)
        (pages.items(page) or [])[:] = filled
    if gone:
        walk.remarks.append(f"{gone:,} of its services went while it was read.")


def _alone(walk: FeedWalk, walker: Walker, record: Any) -> Any:
    """What the feed has at the address of `record` itself, kept or asked for."""
    url, mark = _address(walk, record), pages.mark(record)
    kept = walker.kept.answer(url)
    if kept and not kept.is_new and kept.beside == mark and any(record.get(key) for key in CHANGED):
        walker.kept.still_right(url)
    return walker.ask(url, mark)


def _identity(record: Any) -> str:
    given = record.get("id") if isinstance(record, dict) else None
    return str(given) if isinstance(given, str | int) and str(given).strip() else ""


def _address(walk: FeedWalk, record: Any) -> str:
    return pages.below(walk.list_address, quote(_identity(record), safe=""))


def _paths(value: Any) -> set[str]:
    """The paths of `value` at which something stands, without which item of a list it is in."""
    found, todo = set(), [("", value)]
    while todo:
        path, one = todo.pop()
        if isinstance(one, dict):
            todo += [(f"{path}.{key}", inner) for key, inner in one.items()]
        elif isinstance(one, list):
            todo += [(f"{path}[]", inner) for inner in one]
        elif one not in (None, ""):
            found.add(path)
    return found


def lay_over(saved: list[Any], came: list[Any]) -> int:
    """Put the records that `came` into `saved`, pages or a list, in place of those with their ids, new ones at the end.

    Returns how many are other than they were.
    """
    newer = {identity: record for record in came if (identity := _identity(record))}
    changed, lists = 0, [items for page in saved if (items := pages.items(page)) is not None] or [saved]
    for listed in lists:
        for at, record in enumerate(listed):
            if (fresh := newer.pop(_identity(record), None)) is not None and fresh != record:
                listed[at] = fresh
                changed += 1
    lists[-1].extend(newer.values())
    return changed + len(newer)
