#!/usr/bin/env bash
# A good guess: a library that makes QR codes of contact cards escapes what it is given, and a note of two lines is a note of
# two lines.
#
# What happens: segno escapes commas and semicolons in a vCard and leaves a line break and a backslash as they are. A note's
# second line becomes a line of the card itself, which vobject refuses as a whole; and a backslash before an n is read as a
# new line. segno makes the code without a word.
#
# Version: segno 1.6.6, vobject 0.9.9.
# Source: RFC 2426 section 4 (a line break in a value is written as a backslash and n); _VCARD_ESCAPE in segno/helpers.py.
# Why it matters here: what a listing says about itself is often of several lines, and a code on a poster cannot be mended
# once printed. The site's codes hold an address alone; whoever adds a card must write its text with a vCard library.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check segno==1.6.6 vobject==0.9.9

cat > try.py <<'PYTHON'
import logging
import sys
from importlib.metadata import version

import vobject
from segno import helpers

logging.disable(logging.CRITICAL)


def read(**details):
    card = helpers.make_vcard_data("Team;Duty", "Duty team", phone="0161 496 0001", **details)
    helpers.make_vcard("Team;Duty", "Duty team", phone="0161 496 0001", **details)  # makes a code of any of these
    try:
        found = vobject.readOne(card)
    except vobject.base.ParseError as error:
        return f"ParseError: {error}"
    return found.note.value


print(f"segno {version('segno')}, vobject {version('vobject')}")
seen = {
    "one line, comma": read(memo="Weekdays, 9 to 5"),
    "two lines": read(memo="Weekdays\nRing first"),
    "a backslash": read(memo="north\\new building"),
}
for what, result in seen.items():
    print(f"{what}: {result!r}")
if (
    seen["one line, comma"] != "Weekdays, 9 to 5"
    or "Failed to parse line: Ring first" not in seen["two lines"]
    or seen["a backslash"] != "north\new building"
):
    sys.exit("no longer so")
print("So: a code with a card that cannot be read looks like any other.")
PYTHON
venv/bin/python try.py
