#!/usr/bin/env bash
# A good guess: `sortable=True` on a field makes sorting and grouping quicker, and changes no answer.
#
# What happens: the column that it adds has no way to say "nothing here". A page without a number is counted in a group
# called 2147483647, one without a text in a group called '' (and moves from the end of the list to its front), and grouping
# by a date raises OverflowError as soon as one page has none. Without the flag all three are None, and last.
#
# Version: Whoosh3 3.54.0.
# Source: seen here; each kind of field fills its column with a value of its own (default_column in whoosh/fields.py).
# Why it matters here: most listings lack something: a waiting time, a place, a date of the last check. A filter built on
# groups would offer "2147483647 weeks (3)", or fail on the first listing that nobody has checked yet.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check whoosh3==3.54.0

cat > try.py <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

from whoosh import fields, query
from whoosh.filedb.filestore import RamStorage


def answers(sortable):
    schema = fields.Schema(
        name=fields.ID(stored=True),
        weeks=fields.NUMERIC(sortable=sortable),
        place=fields.ID(sortable=sortable),
        checked=fields.DATETIME(sortable=sortable),
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    writer.add_document(name="A", weeks=3, place="Ashton", checked=datetime(2026, 1, 1))
    writer.add_document(name="gap")
    writer.add_document(name="B", weeks=9, place="Bury", checked=datetime(2026, 3, 1))
    writer.commit()
    with index.searcher() as searcher:
        for field in ("weeks", "place", "checked"):
            order = [hit["name"] for hit in searcher.search(query.Every(), sortedby=field)]
            try:
                groups = searcher.search(query.Every(), groupedby=field).groups(field)
                yield field, order, next(name for name, pages in groups.items() if 1 in pages)
            except OverflowError as error:
                yield field, order, repr(error)


seen = {sortable: list(answers(sortable)) for sortable in (False, True)}
print(f"Whoosh3 {version('whoosh3')}; three pages, of which one has no value")
for sortable, rows in seen.items():
    for field, order, group in rows:
        print(f"sortable={sortable!s:5} {field:8} sorts as {' '.join(order):8} and groups the gap under {group!r}")
last, first = ["A", "B", "gap"], ["gap", "A", "B"]
if seen != {
    False: [("weeks", last, None), ("place", last, None), ("checked", last, None)],
    True: [
        ("weeks", last, 2147483647),
        ("place", first, ""),
        ("checked", last, "OverflowError('date value out of range')"),
    ],
}:
    sys.exit("no longer so")
print("So: a flag for speed changes what a gap is called, where it stands, and whether there is an answer.")
PYTHON
venv/bin/python try.py
