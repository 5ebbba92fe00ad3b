#!/usr/bin/env bash
# A good guess: a line open "Mo-Fr 22:00-02:00", closed on 9 December, has no session that begins on the 9th. The session of
# the 8th runs to its end at 2:00; the night from the 9th to the 10th is silent until 22:00 on the 10th.
#
# What happens: two independent evaluators agree, and not with that. "off" closes from midnight to midnight. The night of the
# 8th is cut short at 0:00, and at 0:00 on the 10th the line is open for two hours: the end of a session that never began.
#
# Version: opening-hours-py 2.1.4 (Rust), opening_hours 3.15.0 (npm).
# Source: seen here. opening_hours.js pull request 442 is about the same for PH.
# Why it matters here: night lines, night sitting and out-of-hours duty cross midnight. A directory that showed "open now"
# from such a rule would offer a line that nobody answers. Here a session belongs to the day on which it begins.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check opening_hours_py==2.1.4
printf '{"private": true}\n' > package.json
npm install --silent --no-audit --no-fund opening_hours@3.15.0

cat > nights.py <<'PYTHON'
from datetime import datetime

from opening_hours import OpeningHours

line = OpeningHours("Mo-Fr 22:00-02:00; Dec 09 off")
spans = line.intervals(datetime(2026, 12, 8, 12), datetime(2026, 12, 11, 12))
print(", ".join(f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end, state, _ in spans if str(state) == "open"))
PYTHON
cat > nights.cjs <<'JAVASCRIPT'
const OpeningHours = require('opening_hours')
const place = { lat: 53.48, lon: -2.24, address: { country_code: 'gb', state: 'England' } }
const two = (number) => String(number).padStart(2, '0')
const clock = (moment) => `${two(moment.getDate())} ${two(moment.getHours())}:${two(moment.getMinutes())}`
const spans = new OpeningHours('Mo-Fr 22:00-02:00; Dec 09 off', place).getOpenIntervals(new Date('2026-12-08T12:00'), new Date('2026-12-11T12:00'))
console.log(spans.map(([start, end]) => `${clock(start)}-${clock(end)}`).join(', '))
JAVASCRIPT

expected="08 22:00-09 00:00, 10 00:00-10 02:00, 10 22:00-11 02:00"
rust=$(venv/bin/python nights.py)
javascript=$(TZ=Europe/London node nights.cjs)
echo "Mo-Fr 22:00-02:00; Dec 09 off (2026, a Wednesday) is open:"
echo "opening-hours-py 2.1.4: $rust"
echo "opening_hours.js 3.15.0: $javascript"
[ "$rust" = "$expected" ] && [ "$javascript" = "$expected" ] || { echo "no longer so"; exit 1; }
echo "So: a closed day takes the end of the night before, and leaves the end of its own."
