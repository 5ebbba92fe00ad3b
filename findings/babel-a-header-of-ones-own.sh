#!/usr/bin/env bash
# A good guess: a message catalogue that Babel reads and writes again keeps what its header said. Translation teams note there,
# under an X- name as in mail, who reviewed the file and when.
#
# What happens: Babel knows a fixed list of headers. Any other is gone from `Catalog.mime_headers` as soon as the file is read,
# and from the file once it is written, as every update of a catalogue does. Comments and `fuzzy` marks stay.
#
# Version: Babel 2.19.0.
# Source: the GNU gettext manual, "Filling in the header entry", lets tools add entries of their own under X-;
# Catalog._set_mime_headers in babel/messages/catalog.py.
# Why it matters here: a catalogue that no speaker has checked must say so until one has. A note of that in the header would
# vanish at the next update, and so would the proof. The site reads the `fuzzy` mark of each message instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check babel==2.19.0

cat > try.py <<'PYTHON'
import io
import sys
from importlib.metadata import version

from babel.messages.pofile import read_po, write_po

CATALOGUE = b'''msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"X-Reviewed-By: a speaker, 2026-11-01\\n"

# Reviewed by a speaker.
#, fuzzy
msgid "When"
msgstr "Kiedy"
'''

catalogue = read_po(io.BytesIO(CATALOGUE))
written = io.BytesIO()
write_po(written, catalogue)
again = written.getvalue().decode()
seen = {
    "read: the header of one's own": "X-Reviewed-By" in dict(catalogue.mime_headers),
    "written: the header of one's own": "X-Reviewed-By" in again,
    "written: the comment": "# Reviewed by a speaker." in again,
    "written: the fuzzy mark": "#, fuzzy" in again,
}
print(f"Babel {version('babel')}")
for what, there in seen.items():
    print(f"{what}: {'there' if there else 'gone'}")
if list(seen.values()) != [False, False, True, True]:
    sys.exit("no longer so")
print("So: what a team notes in the header is lost without a word.")
PYTHON
venv/bin/python try.py
