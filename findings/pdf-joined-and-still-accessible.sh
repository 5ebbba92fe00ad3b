#!/usr/bin/env bash
# A good guess: two accessible PDF files (PDF/UA) joined into one are accessible, or at worst the tags are gone and the file no
# longer claims to have any.
#
# What happens: that is so where both are put into an empty file. Where the second is added to the first, which keeps title
# and language, the file goes on claiming PDF/UA, and its tree of tags ends with the first document. The pages of the second
# are there to be seen, and no tag leads to them: whatever reads by the tags, as screen readers do, passes them over. What
# they said of their language is gone too. A test that asks for the claim, for a tree or for the text on each page passes.
#
# Version: pypdf 7.1.1 and pikepdf 10.18.0 join, Typst 0.15.2 writes, pdfplumber 0.11.10 reads the tags.
# Source: qpdf/qpdf issue 490 and pymupdf/PyMuPDF issue 2469 say that tags are not joined; ISO 14289-1, 7.1: all content that
# means something is tagged. That the claim stays is seen here.
# Why it matters here: what a public body gives away must be accessible. A pack is set as one document, whatever it is made of,
# and no file is appended to another.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  typst==0.15.2 pypdf==7.1.1 pikepdf==10.18.0 pdfplumber==0.11.10

cat > choir.typ <<'TYPST'
#set document(title: "Choir")
#set text(lang: "en", region: "gb")
= Choir
Tuesdays at two.
TYPST
cat > lunch.typ <<'TYPST'
#set document(title: "Cinio")
#set text(lang: "cy")
= Cinio
Dydd Iau am hanner dydd.
TYPST
cat > try.py <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pdfplumber
import pikepdf
import pypdf
import typst

choir, lunch = (typst.compile(f"{name}.typ", pdf_standards=["ua-1"]) for name in ("choir", "lunch"))


def by_pypdf(into: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(choir)) if into == "the first" else pypdf.PdfWriter()
    for document in [lunch] if into == "the first" else [choir, lunch]:
        writer.append(io.BytesIO(document))
    writer.write(file := io.BytesIO())
    return file.getvalue()


def by_pikepdf(into: str) -> bytes:
    joined = pikepdf.open(io.BytesIO(choir)) if into == "the first" else pikepdf.new()
    for document in [lunch] if into == "the first" else [choir, lunch]:
        joined.pages.extend(pikepdf.open(io.BytesIO(document)).pages)
    joined.save(file := io.BytesIO())
    return file.getvalue()


def tags(elements: list) -> list[str]:
    """The kinds of those elements that hold something of a page."""
    return [
        kind for one in elements for kind in [one["type"]] * bool(one.get("mcids")) + tags(one.get("children", []))
    ]


def look(file: bytes) -> list:
    """What it claims, its language, and of each page whether its text is there and what the tags make of it."""
    with pikepdf.open(io.BytesIO(file)) as joined, joined.open_metadata() as claims:
        claim, language = claims.get("pdfuaid:part"), str(joined.Root.get("/Lang", "none"))
    with pdfplumber.open(io.BytesIO(file)) as pages:
        return [claim, language, *[(page.extract_text().split("\n")[0], tags(page.structure_tree)) for page in pages.pages]]


print(", ".join(f"{package} {version(package)}" for package in ("typst", "pypdf", "pikepdf", "pdfplumber")))
TAGGED, UNTAGGED = ("Choir", ["H1", "P"]), ("Choir", [])
EXPECTED = {
    "choir": [choir, ["1", "en-GB", TAGGED]],
    "lunch": [lunch, ["1", "cy", ("Cinio", ["H1", "P"])]],
    "pypdf, into an empty file": [by_pypdf("nothing"), [None, "none", UNTAGGED, ("Cinio", [])]],
    "pikepdf, into an empty file": [by_pikepdf("nothing"), [None, "none", UNTAGGED, ("Cinio", [])]],
    "pypdf, into the first": [by_pypdf("the first"), ["1", "en-GB", TAGGED, ("Cinio", [])]],
    "pikepdf, into the first": [by_pikepdf("the first"), ["1", "en-GB", TAGGED, ("Cinio", [])]],
}
for name, (file, expected) in EXPECTED.items():
    claim, language, *pages = seen = look(file)
    told = "; ".join(f"“{text}” is {' and '.join(kinds) or 'behind no tag'}" for text, kinds in pages)
    print(f"{name}: {f'claims PDF/UA-{claim}' if claim else 'claims nothing'}, language {language}; {told}")
    if seen != expected:
        sys.exit("no longer so")
print("So: the careful way to join leaves a file that claims to be accessible and hides its second half.")
PYTHON
venv/bin/python try.py
