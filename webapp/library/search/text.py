"""How text becomes words, alike for what is indexed and for what is typed."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from whoosh.lang.porter import stem as porter_stem

from webapp.english import words as english

# Words that carry no meaning alone. Short on purpose: every word left out can no longer be searched for.
_LITTLE = """
a an and are as at be been but by can for from had has have if in into is it its may not of on or our so than that the
their them then there these they this to was we were when where which who will with would you your
"""
STOP_WORDS = frozenset(_LITTLE.split())

_APOSTROPHES = re.compile("['’‘`´ʼ]")
_WORD = re.compile(r"[^\W_]+")
# Letters with a full stop after each, or between them: `A.A.`, `e.s.o.l`, `O.T.s`.
_DOTTED = re.compile(r"(?<!\w)(?:(?:[^\W\d_]\.){2,}s?|(?:[^\W\d_]\.)+[^\W\d_]s?)(?!\w)")
_HYPHENS = "-\u2010\u2011"
_APART = re.compile(f"[{_HYPHENS}]")
_HYPHENED = re.compile(rf"[^\W_]+(?:[{_HYPHENS}][^\W_]+)+")
# Words that Porter's rules give the stem of another thing: bowls are no bowl, a running club is not run by somebody,
# and medication is no medical matter. The other forms of a line are read as its first.
_OF_THEIR_OWN = """
bowls; bowling; boxing; running; rowing; parking; shopping; planning; wedding weddings; bedding; setting settings;
fittings; pudding puddings; acting; news; universal; university universities;
communication communications;
medication medications; generation generations; hospitality; central; authority authorities; animation animations;
personal personally; evening evenings; glasses; relative relatives; international; housing; admiral admirals;
adaptation adaptations; allowance allowances; attendance; appointment appointments; clinical; informal informally;
mobility; operation operations; personality; several; pers; use using; useful;
refugee refugees; memorial memorials; hearing hearings; mindfulness mindful; minority minorities; probation;
emergency emergencies; communicate communicates communicator communicators; business businesses; positive positively;
diversion diversions; termination terminations; locator locators; clothes clothing; fits; baths; goods; lewy; july;
experiment experiments; organic; fishing; savings
"""
_ITSELF = {form: line.split()[0] for line in _OF_THEIR_OWN.split(";") for form in line.split()}
_stems: dict[str, str] = {}
_STEMS_KEPT = 200_000  # a ceiling on memory should every query bring new words


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes, ligatures and invisible marks: `Men’s Café` becomes `mens cafe`."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf")).lower()


def words(text: str) -> list[str]:
    """Every word of a text in order, folded. `Drop-in, M22` gives `drop`, `in`, `m22`; `A.A.` gives `aa`."""
    folded = fold(text)
    if "." in folded:
        folded = _DOTTED.sub(lambda letters: letters[0].replace(".", ""), folded)
    return _WORD.findall(folded)


def hyphened(text: str) -> list[str]:
    """What is written with hyphens, folded, in order: `e-bike`."""
    return _HYPHENED.findall(fold(text)) if any(hyphen in text for hyphen in _HYPHENS) else []


def joined(text: str) -> list[str]:
    """The same as it is written without them: `ebike`."""
    return [_APART.sub("", whole) for whole in hyphened(text)]


def initials(name: str) -> set[str]:
    """What a name of three to six capitalised words is shortened to, with and without its last word, which may be where
    it is: `Royal British Legion Gorton` gives `rbl` and `rblg`. Nothing that is a word of its own (`car`).
    """
    capitals = [w[0] for w in _WORD.findall(name) if w.lower() not in STOP_WORDS]
    if not all(letter.isupper() for letter in capitals):
        return set()
    whole = fold("".join(capitals))
    return {short for short in (whole, whole[:-1]) if 3 <= len(short) <= 6 and not english.is_word(short)}


def stem(word: str) -> str:
    """A word's stem by Porter (1980): `walking` and `walks` both give `walk`. `word` is folded."""
    known = _stems.get(word)
    if known is None:
        if len(_stems) > _STEMS_KEPT:
            _stems.clear()
        known = _stems[word] = _ITSELF.get(word) or (word if _as_it_is(word) else _porter(word))
    return known


def _porter(word: str) -> str:
    found = porter_stem(word)
    if _doubled(word, found):
        found = found[:-1]
    # `aged`, `used` and `eyes` are forms of words of three letters, which are left as they are.
    return f"{found}e" if len(found) == 2 and word[2] == "e" else found


def _doubled(word: str, found: str) -> bool:
    """Whether an ending doubled the last letter of a stem, which Whoosh's Porter leaves: `stopped` gives `stopp`."""
    last = found[-1:]
    return len(found) > 3 and last == found[-2:-1] and last not in "aeioulsz" and word.endswith(("ing", "ings", "ed"))


def _as_it_is(word: str) -> bool:
    # Of three letters nothing is an ending: `gas` is not the plural of `ga`.
    return len(word) <= 3 or len(word) > 40 or word.isdigit()


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, without stop words."""
    return [stem(w) for w in words(text) if w not in STOP_WORDS]


def pairs(of: list[str]) -> Iterator[str]:
    """Neighbouring stems as one term each: `lunch club`."""
    return (f"{a} {b}" for a, b in pairwise(of))
