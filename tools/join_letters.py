"""Chinese letters for paper: joined out of the hundred pieces in which an npm package brings them to browsers.

    python -m tools.join_letters [FOLDER]     # webapp/static/fonts where none is named

Each piece is a variable font of Noto Sans SC with its share of the letters. Typst picks one font of a family, and its
wheel reads no WOFF2: so each piece is set to a weight, and all of them become one TrueType file for each weight. It
takes some ten seconds, once for each version of the package; docs/decisions/languages-of-packs.md has the reasons.
"""

import logging
import sys
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parent.parent
PIECES = ROOT / "node_modules/@fontsource-variable/noto-sans-sc/files"
FOLDER = ROOT / "webapp/static/fonts"
FAMILY = "Noto Sans SC"
WEIGHTS = {"Regular": 400, "Bold": 700}
# What no line of ours is set with: how letters stand below each other, and hints for small screens.
UNUSED = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx")
FAMILY_NAME, STYLE_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 2, 4, 6  # of a name record: OpenType, table `name`
KEPT_NAMES = {0, 7, 13, 14}  # whose they are, and the licence


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    pieces = sorted(PIECES.glob("*.woff2"))
    if not pieces:
        print(f"No letters in {PIECES}: npm ci brings them.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as workers:
        for style, made in zip(WEIGHTS, workers.map(joined, [pieces] * len(WEIGHTS), WEIGHTS), strict=True):
            name = folder / f"{FAMILY.replace(' ', '')}_{WEIGHTS[style]}{style}.ttf"
            part = name.with_suffix(".part")
            part.write_bytes(made)
            part.replace(name)
    return 0


def joined(pieces: list[Path], style: str) -> bytes:
    """One TrueType file of all `pieces`, with the weight of `style`, a name of WEIGHTS."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it warns of each mark of time and each table left out
    font = Merger().merge([_at_weight(piece, WEIGHTS[style]) for piece in pieces])
    names = font["name"]
    names.names = [name for name in names.names if name.nameID in KEPT_NAMES]
    full = f"{FAMILY} {style}"
    called = {FAMILY_NAME: FAMILY, STYLE_NAME: style, FULL_NAME: full, POSTSCRIPT_NAME: full.replace(" ", "")}
    for number, words in called.items():
        names.setName(words, number, 3, 1, 0x409)  # Windows, Unicode, English of the United States: what all read
    return _bytes(font)


def _at_weight(piece: Path, weight: int) -> BytesIO:
    font = TTFont(piece)
    for table in UNUSED:
        if table in font:
            del font[table]
    font.flavor = None
    return BytesIO(_bytes(instantiateVariableFont(font, {"wght": weight}, inplace=True)))


def _bytes(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
