"""Characters that every file can hold. Text pasted from a PDF has others, and one would spoil a whole file."""

import re

# What XML 1.0 (section 2.2, Char) has no way to say, and with it Word, Excel and Atom: controls, halves of pairs,
# U+FFFE and U+FFFF. With them the other characters that Unicode (section 23.7) keeps for a program's own use.
_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNWRITABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


NEW_LINES = {"\x0b": "\n", "\x0c": "\n"}  # as word processors mark a line and a page that end


def writable(text: str) -> str:
    """`text` without the characters that some file could not hold."""
    if text.isascii() and text.isprintable():
        return text
    return UNWRITABLE.sub(lambda found: NEW_LINES.get(found[0], ""), text)
