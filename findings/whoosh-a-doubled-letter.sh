#!/usr/bin/env bash
# A good guess: Whoosh stems by Porter, as its manual says, so `stopped` and `stop`, `swimming` and `swim` are one word.
#
# What happens: where an ending doubles the last letter, the two stay: stopped gives stopp, swimming swimm, knitting knitt. A
# search for one form misses pages with the other. Porter's step 1b takes one of the letters off; Whoosh looks for the two
# with `match`, which begins at the first letter of the word, so that it finds them in words of two letters alone.
#
# Version: whoosh3 3.54.0. Source: M. F. Porter, An algorithm for suffix stripping, 1980, step 1b: (*d and not (*L or *S or
# *Z)) to a single letter, with the example hopping, hop.
# Why it matters here: webapp/library/search/text.py takes the letter off after Whoosh.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check whoosh3==3.54.0

cat > try.py <<'PYTHON'
import sys
from importlib.metadata import version

from whoosh.lang.porter import stem

print(f"Whoosh3 {version('whoosh3')}")
expected = {"hopping": "hopp", "stopped": "stopp", "swimming": "swimm", "knitting": "knitt", "falling": "fall"}
wrong = []
for word, given in expected.items():
    print(f"{word:9} gives {stem(word)}")
    if stem(word) != given:
        wrong.append(word)
if wrong:
    sys.exit(f"no longer so: {wrong}")
print("So: hopping is no form of hop; a letter that an ending doubled is left.")
PYTHON
venv/bin/python try.py
