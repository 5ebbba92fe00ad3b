#!/usr/bin/env bash
# A good guess: text that one spreadsheet library writes into a cell, another reads back unchanged.
#
# What happens: the format keeps _xHHHH_ for characters that XML cannot hold, and a writer must protect text that only looks
# like one (as _x005F_x0041_). openpyxl takes that protection off when it reads, and does not put it on when it writes; it
# escapes headings of tables and of pages, but no cells. So a sound file that openpyxl opens and saves, nothing else, reads
# differently afterwards: in python-calamine "_x0041_" has become "A", and "form_x0020_b" has gained a space. openpyxl itself
# never sees it: it reads its own files back unchanged.
#
# Version: openpyxl 3.1.5, python-calamine 0.9.1, XlsxWriter 3.2.9.
# Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring); tafia/calamine issue 469; openpyxl/reader/strings.py.
# Why it matters here: exports leave as workbooks, and are opened, sorted and passed on by whatever is at hand. Names that
# come out of SharePoint are full of _x0020_. The site writes with openpyxl, so it protects such text itself before it does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.2.9

cat > try.py <<'PYTHON'
import sys
from importlib.metadata import version

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

TEXTS = ["_x0041_", "form_x0020_b", "plain"]


def by_openpyxl(path):
    return [cell.value for cell in openpyxl.load_workbook(path).active[1]]


def by_calamine(path):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]


book = openpyxl.Workbook()
book.active.append(TEXTS)
book.save("openpyxl.xlsx")
other = xlsxwriter.Workbook("xlsxwriter.xlsx")
other.add_worksheet().write_row(0, 0, TEXTS)
other.close()

openpyxl.load_workbook("xlsxwriter.xlsx").save("saved-again.xlsx")

seen = {
    "XlsxWriter wrote, openpyxl reads": by_openpyxl("xlsxwriter.xlsx"),
    "XlsxWriter wrote, calamine reads": by_calamine("xlsxwriter.xlsx"),
    "openpyxl wrote, openpyxl reads": by_openpyxl("openpyxl.xlsx"),
    "openpyxl wrote, calamine reads": by_calamine("openpyxl.xlsx"),
    "XlsxWriter wrote, openpyxl saved again, calamine reads": by_calamine("saved-again.xlsx"),
}
lost = ["A", "form b", "plain"]
print(*(f"{name} {version(name)}" for name in ("openpyxl", "python-calamine", "XlsxWriter")), sep=", ")
print(f"written: {TEXTS}")
for way, read in seen.items():
    print(f"{way}: {read}")
if list(seen.values()) != [TEXTS, TEXTS, TEXTS, lost, lost]:
    sys.exit("no longer so")
print("So: opening and saving a sound file with openpyxl changes what others read in it.")
PYTHON
venv/bin/python try.py
