#!/usr/bin/env bash
# A good guess: Snowball's English (Porter2) is one algorithm, settled long ago. So what a package of one language has indexed,
# a package of another language finds.
#
# What happens: since Snowball 3 it is another algorithm under the same name. `emergency` has the stem emergenc (was: emerg),
# `evening` stays evening (was: even), `university` is no longer one word with `universal`. PyStemmer has the new one. NLTK and
# npm's snowball-stemmers, in their newest releases, have the old one. Asked with those, an index of PyStemmer's has no page
# for "emergency" and "evening" but the wrong ones: what is emerging, and what is even. Nothing says which one a package has.
#
# Version: PyStemmer 3.1.0, nltk 3.10.4, snowball-stemmers 0.6.0 (npm).
# Source: algorithms/english.sbl of snowballstem/snowball; Pagefind pull request 1036 moved its own index to Snowball 3.
# Why it matters here: these are words that people ask for when it is urgent, or after work. Whatever stems a page and whatever
# stems a question must be the same code of the same version: here both are webapp/library/search/text.py, and an update of
# the stemmer means that the index is built anew.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check PyStemmer==3.1.0 nltk==3.10.4
printf '{"private": true}\n' > package.json
npm install --silent --no-audit --no-fund snowball-stemmers@0.6.0

cat > ask.js <<'JAVASCRIPT'
const english = require('snowball-stemmers').newStemmer('english')
console.log(process.argv.slice(2).map((word) => english.stem(word)).join(' '))
JAVASCRIPT
cat > try.py <<'PYTHON'
import subprocess
import sys
from collections import defaultdict

import Stemmer
from nltk.stem.snowball import SnowballStemmer

PAGES = ["Emergency respite", "Emerging artists", "Evening choir", "Even numbers bingo", "University of the Third Age"]
WORDS = ["emergency", "evening", "university", "carers"]
new, old = Stemmer.Stemmer("english"), SnowballStemmer("english")
index: dict[str, list[str]] = defaultdict(list)
for page in PAGES:
    for word in page.lower().split():
        index[new.stemWord(word)].append(page)

asked = {
    "PyStemmer 3.1.0": [new.stemWord(word) for word in WORDS],
    "nltk 3.10.4": [old.stem(word) for word in WORDS],
    "snowball-stemmers 0.6.0": subprocess.run(
        ["node", "ask.js", *WORDS], check=True, capture_output=True, text=True
    ).stdout.split(),
}
for package, stems in asked.items():
    print(f"{package}: " + ", ".join(f"{word} {stem}" for word, stem in zip(WORDS, stems)))
    for word, stem in list(zip(WORDS, stems))[:3]:
        print(f"  asks for {word}, finds {' and '.join(index[stem]) if stem in index else 'nothing'}")

right = [["Emergency respite"], ["Evening choir"], ["University of the Third Age"]]
wrong = [["Emerging artists"], ["Even numbers bingo"], []]
found = {package: [index[stem] if stem in index else [] for stem in stems[:3]] for package, stems in asked.items()}
if list(found.values()) != [right, wrong, wrong] or {stems[3] for stems in asked.values()} != {"carer"}:
    sys.exit("no longer so")
print("So: one name, two algorithms, and the words that differ find the wrong pages without an error.")
PYTHON
venv/bin/python try.py
