#!/usr/bin/env bash
# A good guess: the shorter the sentences, the easier a text is for a readability formula. That is what the formulas are about.
#
# What happens: textstat leaves every sentence of two words or fewer out of the count of sentences, and keeps its words. Six
# sentences of two words are one sentence of twelve: full stops in place of commas change nothing. One word more in each, and
# the text is four school years easier. "Ask us." after each sentence makes a text harder, where it should make it easier.
#
# Version: textstat 0.7.13. Its own reference says that `sentence_count` is the number of sentences.
# Source: textstat/backend/counts/_count_sentences.py, which all its formulas share; R. J. Senter and E. A. Smith, Automated
# Readability Index, 1967: 4.71 × characters a word + 0.5 × words a sentence − 21.43, with every sentence counted.
# Why it matters here: easy read for people with a learning disability is made of just such sentences, and an editor who is
# told that they are hard would join them again. The site counts each sentence that has a word (webapp/library/checks).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check textstat==0.7.13 nltk==3.10.4 pyphen==0.18.1

cat > try.py <<'PYTHON'
import re
import sys
from importlib.metadata import version

import textstat

TEXTS = {
    "one sentence": "Ring us, ask Jo, come in, sit down, have tea, stay on.",
    "six of two words": "Ring us. Ask Jo. Come in. Sit down. Have tea. Stay on.",
    "six of three": "Ring us now. Ask for Jo. Come on in. Sit down here. Have some tea. Stay for lunch.",
    "three": "We can help you with money. We can help you at home. We can find you a group.",
    "three, and three of two": "We can help you with money. Ask us. We can help you at home. Ask us. We can find you a group. Ask us.",
}


def by_the_formula(text: str) -> float:
    characters, words = len(re.findall(r"\S", text)), len(text.split())
    return 4.71 * characters / words + 0.5 * words / text.count(".") - 21.43


print(f"textstat {version('textstat')}: sentences counted, Automated Readability Index, and what the formula gives")
seen = {}
for name, text in TEXTS.items():
    seen[name] = (textstat.sentence_count(text), textstat.automated_readability_index(text), by_the_formula(text))
    print(f"{name}: {seen[name][0]}, {seen[name][1]:.1f}, {seen[name][2]:.1f}")
one, two, three, plain, more = seen.values()
if not (
    [count for count, _, _ in seen.values()] == [1, 1, 6, 3, 3]
    and one[1] == two[1] > three[1] + 4
    and two[2] < one[2] - 4
    and more[1] > plain[1]
    and more[2] < plain[2]
):
    sys.exit("no longer so")
print("So: the shortest sentences make a text harder.")
PYTHON
venv/bin/python try.py
