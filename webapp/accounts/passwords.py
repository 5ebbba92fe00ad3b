"""Passwords: which may be chosen, and how they are kept.

The rules follow OWASP ASVS 5.0, section 6.2: 12 characters or more, at least 64 accepted (we take 128), any
character, no rules on which kinds, nothing common, nothing made of the site's or the person's own words.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
# argon2id with the figures of OWASP's Password Storage Cheat Sheet and of ASVS 5.0, appendix C, that take most memory:
# 46 MiB, one pass. Less than 32 MiB would stay with each thread for good: see docs/decisions/sign-ins.md.
PASSES, MEMORY, LANES = 1, 46 * 1024, 1  # memory in KiB
hasher = PasswordHasher(PASSES, MEMORY, LANES)

LOOKALIKES = str.maketrans("013457$@!€|", "oleastsaiel")
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
    "!@#$%^&*()_+",
    '!"£$%^&*()_+',
)


def faults(password: str, own_words: Iterable[str] = ()) -> list[str]:
    """Everything that is wrong with a new password, as advice; empty where it may be used.

    `own_words` are the person's name and e-mail and the site's and organisation's names.
    """
    found = []
    if len(password) < SHORTEST:
        found.append(f"Use {SHORTEST} characters or more. Three or four words work well")
    if len(password) > LONGEST:
        found.append(f"Use {LONGEST} characters or fewer")
    if not found and is_common(password, own_words):
        found.append("Choose something harder to guess: this is common, or is made of words anyone would try")
    return found


def is_common(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether somebody guessing would try this early.

    What counts is what is left once capitals, look-alikes (`0` for `o`) and digits and signs at either end are gone:
    one common or own word, two of them together, a run of keys, or a short thing repeated.
    """
    plain = unicodedata.normalize("NFKC", password).casefold()
    if _repeats(plain) or _is_run(plain):
        return True
    words = _common() | _parts(own_words)
    few = len(set(plain)) < 8
    return any((few and len(core) < 4) or _made_of(core, words) for core in _cores(plain))


def _cores(plain: str) -> set[str]:
    """The ways to read the password without what is tacked on: `p@ssw0rd2026!` is also `password`."""
    trimmed = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    # Trimmed before look-alikes are read, because 2026 at the end is a year and not letters.
    readings = {plain, trimmed, plain.translate(LOOKALIKES), trimmed.translate(LOOKALIKES)}
    squeezed = {re.sub(r"[\W_]+", "", reading) for reading in readings}
    return squeezed | {re.sub(r"\d+", "", reading) for reading in squeezed}


def _made_of(core: str, words: frozenset[str] | set[str]) -> bool:
    """Whether `core` is one of `words`, or two of them."""
    return core in words or any(core[:i] in words and core[i:] in words for i in range(1, len(core)))


def _repeats(plain: str) -> bool:
    """`aaaaaaaaaaaa`, `abcabcabcabc`, and anything said twice."""
    if len(set(plain)) < 4:
        return True
    return any(
        plain == (plain[:size] * (len(plain) // size + 1))[: len(plain)] for size in range(1, len(plain) // 2 + 1)
    )


def _is_run(plain: str) -> bool:
    """Keys in a row, forwards or backwards, from anywhere: at most four stretches, and hardly anything else."""
    at = stretches = other = 0
    while at < len(plain):
        size = _stretch(plain[at:])
        if size >= 3:
            at, stretches = at + size, stretches + 1
        else:
            at, other = at + 1, other + 1
    return stretches <= 4 and other <= 3


def _stretch(text: str) -> int:
    """How many characters at the start of `text` follow one another in a run."""
    best = 0
    for run in (*RUNS, *(r[::-1] for r in RUNS)):
        size = 1
        while size < len(text) and text[: size + 1] in run:
            size += 1
        best = max(best, size)
    return best


def _parts(own_words: Iterable[str]) -> set[str]:
    """`Priya Shah`, `priya.shah@example.org` → priya, shah, priyashah, example, org, examplepriya …"""
    parts: set[str] = set()
    for words in own_words:
        pieces = re.findall(r"\w+", words.casefold())
        parts |= {p for p in pieces if len(p) > 2} | {"".join(pieces)}
    return parts


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def hashed(password: str) -> str:
    """`password` as it is kept."""
    return hasher.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether `password` is the one kept as `kept`. Takes as long where `kept` is empty, which nothing matches."""
    nobodys = _nobodys()  # made at the first try in a process, whoever's it is
    try:
        return hasher.verify(kept or nobodys, _normal(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether `kept` was made with older figures than ours and should be made again."""
    return hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    """The same accented letters whichever keyboard they were typed on."""
    return unicodedata.normalize("NFKC", password)
