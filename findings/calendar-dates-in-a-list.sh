#!/usr/bin/env bash
# A good guess: a group that meets on dates that follow no rule can list them (RDATE), and any reader has the first date and
# the listed ones.
#
# What happens: of three readers each has another set. recurring-ical-events has all three dates. node-ical has the first
# alone: it drops every RDATE, beside a rule too, without a word. ical.js has the two listed ones and not the first: its
# iterator hands out DTSTART only where there is also an RRULE. Repeat the first date in the list and the two that read it
# agree, which the standard does not ask for. The third still has the first date alone.
#
# Version: node-ical 0.27.2, ical.js 2.2.1, recurring-ical-events 3.8.2 with icalendar 7.3.2.
# Source: RFC 5545 3.8.5.2 (the set is built from DTSTART, RRULE and RDATE together); kewisch/ical.js pull request 534.
# Why it matters here: community groups meet "on the 3rd, the 10th and the 24th". The site's feed gives each such date its
# own event, which every reader understands.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 tzdata==2026.6
printf '{"private": true, "type": "module"}\n' > package.json
npm install --silent --no-audit --no-fund node-ical@0.27.2 rrule-temporal@2.2.8 ical.js@2.2.1

cat > write.py <<'PYTHON'
LISTS = {
    "list": "RDATE:20260910T100000Z,20260924T100000Z",
    "list-with-the-first": "RDATE:20260903T100000Z,20260910T100000Z,20260924T100000Z",
    "rule-and-list": "RRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20260924T100000Z",
}
for name, lines in LISTS.items():
    text = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//dates//EN
BEGIN:VEVENT
UID:{name}@example.org
DTSTAMP:20260801T090000Z
SUMMARY:Carers' group
DTSTART:20260903T100000Z
DTEND:20260903T110000Z
{lines}
END:VEVENT
END:VCALENDAR
"""
    with open(f"{name}.ics", "w", newline="") as file:
        file.write(text.replace("\n", "\r\n"))
PYTHON
cat > read.py <<'PYTHON'
import sys
from pathlib import Path

import icalendar
import recurring_ical_events

calendar = icalendar.Calendar.from_ical(Path(sys.argv[1]).read_bytes())
meetings = recurring_ical_events.of(calendar).between((2026, 9, 1), (2026, 10, 1))
print("recurring-ical-events:", *sorted(f"{meeting.start:%d}" for meeting in meetings))
PYTHON
cat > read.mjs <<'JAVASCRIPT'
import fs from 'node:fs'
import nodeIcal from 'node-ical'
import ICAL from 'ical.js'

const text = fs.readFileSync(process.argv[2], 'utf8')
const day = (moment) => moment.toISOString().slice(8, 10)
const event = Object.values(nodeIcal.sync.parseICS(text)).find((part) => part.type === 'VEVENT')
const span = { from: new Date('2026-09-01'), to: new Date('2026-10-01') }
console.log('node-ical:', ...nodeIcal.expandRecurringEvent(event, span).map((one) => day(one.start)))

const series = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'))
const days = []
for (let steps = series.iterator(), start = steps.next(); start; start = steps.next()) days.push(day(start.toJSDate()))
console.log('ical.js:', ...days)
JAVASCRIPT

venv/bin/python write.py
for name in list list-with-the-first rule-and-list; do
  echo "$name:"
  venv/bin/python read.py "$name.ics"
  TZ=UTC node read.mjs "$name.ics"
done | tee seen
cat > expected <<'TEXT'
list:
recurring-ical-events: 03 10 24
node-ical: 03
ical.js: 10 24
list-with-the-first:
recurring-ical-events: 03 10 24
node-ical: 03
ical.js: 03 10 24
rule-and-list:
recurring-ical-events: 03 10 24
node-ical: 03 10
ical.js: 03 10 24
TEXT
diff expected seen || { echo "no longer so"; exit 1; }
echo "So (icalendar 7.3.2, recurring-ical-events 3.8.2, node-ical 0.27.2, ical.js 2.2.1): a bare list of dates means three things."
