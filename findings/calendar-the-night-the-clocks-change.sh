#!/usr/bin/env bash
# A good guess: a night sit from 22:00 to 08:00 is from 22:00 to 08:00 on every night, whoever reads the feed.
#
# What happens: three readers give three answers, and the one that keeps to the standard's letter is the one that looks
# wrong. RFC 5545 (3.8.5.3): where the length comes from DTEND, each repetition lasts exactly as long. A series that begins
# on the night when the clocks go back begins with eleven hours, so all its later nights last eleven hours too, and end at
# 9:00: node-ical does just that. recurring-ical-events ends every night at 8:00. ical.js ends even the first night at 9:00,
# though DTEND says 8:00 in so many words: it adds the eleven hours to the clock on the wall. Begun a night earlier,
# node-ical ends the changed night at 7:00, and the other two at 8:00.
#
# Version: node-ical 0.27.2, ical.js 2.2.1 (Thunderbird's), recurring-ical-events 3.8.2 with icalendar 7.3.2.
# Source: RFC 5545 3.8.5.3, against what is run here. DURATION:PT10H in place of DTEND does not help on the changed night:
# node-ical ends it at 7:00, the others at 8:00.
# Why it matters here: whoever sits through the night is relieved at the end that their calendar shows. The site's one
# series, a team's weekly meeting, says its length instead of an end; a series of nights must not go into the feed as one
# rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 tzdata==2026.6
printf '{"private": true, "type": "module"}\n' > package.json
npm install --silent --no-audit --no-fund node-ical@0.27.2 rrule-temporal@2.2.8 ical.js@2.2.1

cat > write.py <<'PYTHON'
CLOCKS = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE"""
for name, first, next_day in (("on-the-night", 24, 25), ("the-night-before", 23, 24)):
    text = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//nights//EN
{CLOCKS}
BEGIN:VEVENT
UID:{name}@example.org
DTSTAMP:20260901T090000Z
SUMMARY:Night sit
DTSTART;TZID=Europe/London:202610{first}T220000
DTEND;TZID=Europe/London:202610{next_day}T080000
RRULE:FREQ=DAILY;COUNT=2
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
nights = recurring_ical_events.of(calendar).between((2026, 10, 1), (2026, 12, 1))
print("recurring-ical-events:", ", ".join(f"{night.start:%d %H:%M}-{night.end:%H:%M}" for night in nights))
PYTHON
cat > read.mjs <<'JAVASCRIPT'
import fs from 'node:fs'
import nodeIcal from 'node-ical'
import ICAL from 'ical.js'

const text = fs.readFileSync(process.argv[2], 'utf8')
const local = (moment, parts) => moment.toLocaleString('en-GB', { timeZone: 'Europe/London', ...parts })
const clock = (moment) => local(moment, { hour: '2-digit', minute: '2-digit' })
const night = (start, end) => `${local(start, { day: '2-digit' })} ${clock(start)}-${clock(end)}`

const event = Object.values(nodeIcal.sync.parseICS(text)).find((part) => part.type === 'VEVENT')
const span = { from: new Date('2026-10-01'), to: new Date('2026-12-01') }
console.log('node-ical:', nodeIcal.expandRecurringEvent(event, span).map((one) => night(one.start, one.end)).join(', '))

const calendar = new ICAL.Component(ICAL.parse(text))
ICAL.TimezoneService.register(calendar.getFirstSubcomponent('vtimezone'))
const series = new ICAL.Event(calendar.getFirstSubcomponent('vevent'))
const nights = []
for (let steps = series.iterator(), start = steps.next(); start; start = steps.next()) {
  const { startDate, endDate } = series.getOccurrenceDetails(start)
  nights.push(night(startDate.toJSDate(), endDate.toJSDate()))
}
console.log('ical.js:', nights.join(', '))
JAVASCRIPT

venv/bin/python write.py
for name in on-the-night the-night-before; do
  echo "begun $name:"
  venv/bin/python read.py "$name.ics"
  TZ=Europe/London node read.mjs "$name.ics"
done | tee seen
cat > expected <<'TEXT'
begun on-the-night:
recurring-ical-events: 24 22:00-08:00, 25 22:00-08:00
node-ical: 24 22:00-08:00, 25 22:00-09:00
ical.js: 24 22:00-09:00, 25 22:00-09:00
begun the-night-before:
recurring-ical-events: 23 22:00-08:00, 24 22:00-08:00
node-ical: 23 22:00-08:00, 24 22:00-07:00
ical.js: 23 22:00-08:00, 24 22:00-08:00
TEXT
diff expected seen || { echo "no longer so"; exit 1; }
echo "So (icalendar 7.3.2, recurring-ical-events 3.8.2, node-ical 0.27.2, ical.js 2.2.1): one night, three ends."
