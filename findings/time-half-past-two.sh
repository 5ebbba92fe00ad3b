#!/usr/bin/env bash
# A good guess: told that a text is British, Babel reads "2:30pm" as half past two in the afternoon. And dateutil, which knows
# am and pm, reads "2.30pm", with the full stop that British leaflets have.
#
# What happens: Babel looks for pm only where the locale's own pattern has a place for it. That of the United States has one;
# those of Britain and of Wales, which go to 24 hours, have none. So in en_GB and cy "2:30pm" is half past two at night, and
# "12:30am" half past twelve at midday. dateutil takes 2.30 for a number of hours and keeps the whole ones: "2.30pm" is 14:00,
# "10.45am" 10:00. Neither raises an error. dateparser, for comparison, reads both.
#
# Version: Babel 2.19.0, python-dateutil 4.0.0, dateparser 1.5.0.
# Source: parse_time in babel/dates.py; dateutil/dateutil issue 1052, "only the minutes get dropped".
# Why it matters here: groups write when they meet in both ways, and a session at half past two at night is found by nobody who
# asks for the afternoon. Feeds and files of listings are read by webapp/library/importing/clocks.py, which refuses what could
# be two times.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check babel==2.19.0 python-dateutil==4.0.0 dateparser==1.5.0

cat > try.py <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

import dateparser
from babel.dates import parse_time
from dateutil import parser

DAY = datetime(2026, 9, 3)
READERS = {
    "Babel en_US": lambda text: parse_time(text, locale="en_US"),
    "Babel en_GB": lambda text: parse_time(text, locale="en_GB"),
    "Babel cy": lambda text: parse_time(text, locale="cy"),
    "dateutil": lambda text: parser.parse(text, default=DAY),
    "dateparser": lambda text: dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": DAY}),
}
EXPECTED = {
    "2:30pm": ["14:30", "02:30", "02:30", "14:30", "14:30"],
    "12:30am": ["00:30", "12:30", "12:30", "00:30", "00:30"],
    "2.30pm": ["14:30", "02:30", "02:30", "14:00", "14:30"],
    "10.45am": ["10:45", "10:45", "10:45", "10:00", "10:45"],
}
print(", ".join(f"{package} {version(package)}" for package in ("babel", "python-dateutil", "dateparser")))
seen = {text: [f"{read(text):%H:%M}" for read in READERS.values()] for text in EXPECTED}
for text, times in seen.items():
    print(f"{text}: " + ", ".join(f"{reader} {time}" for reader, time in zip(READERS, times)))
if seen != EXPECTED:
    sys.exit("no longer so")
print("So: a British afternoon is a night to one reader, and begins half an hour early for another.")
PYTHON
venv/bin/python try.py
