"""Characters that every file can hold. Who pastes from a PDF brings others along, and one would spoil a whole file."""

import re

# What XML 1.0 (section 2.2, Char) has no way to say, and with it Word, Excel and Atom: controls, halves of pairs,
# U+FFFE and U+FFFF. With them the other characters that Unicode (section 23.7) keeps for a program's own use.
_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNWRITABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


def writable(text: str) -> str:
    """`text` without the characters that some file could not hold."""
    return text if text.isascii() and text.isprintable() else UNWRITABLE.sub("", text)
