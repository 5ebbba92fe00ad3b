"""The languages of what a person is given: the fixed words round a listing, from message catalogues (words/*.po).

What a listing says of itself stays in its own language. Words that no speaker has checked are marked as fuzzy in their
catalogue, and whoever gives them away is told: docs/decisions/languages-of-packs.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path

from webapp.english import dates

FOLDER = Path(__file__).with_name("words")
OWN_LANGUAGE = "en-GB"  # of what our listings say
ISOLATE, END = "\u2068", "\u2069"
RIGHT_TO_LEFT = {"ur", "ar"}

# Language tag (BCP 47) → what its speakers call it.
NAMES = {
    "en-GB": "English",
    "cy": "Cymraeg",
    "ur": "اردو",
    "ar": "العربية",
    "bn": "বাংলা",
    "pl": "Polski",
    "so": "Soomaali",
    "zh-Hans": "简体中文",
    "pa": "ਪੰਜਾਬੀ",
}
IN_ENGLISH = {
    "cy": "Welsh",
    "ur": "Urdu",
    "ar": "Arabic",
    "bn": "Bengali",
    "pl": "Polish",
    "so": "Somali",
    "zh-Hans": "Simplified Chinese",
    "pa": "Punjabi",
}


@dataclass(frozen=True)
class Tongue:
    """One language. `direction` is `ltr` or `rtl`; `warning` is for who gives it away, where nobody has checked it."""

    code: str
    name: str
    direction: str
    warning: str
    words: Mapping[str, str]

    def say(self, words: str, **filled: str) -> str:
        """The fixed `words`, which are English, in this language, with each `{name}` filled in.

        Where one writes from right to left, what is filled in is kept apart: the groups of a phone number would change
        places (UAX 9, first strong isolate).
        """
        if self.direction == "rtl":
            filled = {name: f"{ISOLATE}{value}{END}" for name, value in filled.items()}
        return self.words.get(words, words).format(**filled)

    def day(self, day: date, *, long: bool = False) -> str:
        """3 March 2026, or with its weekday, as this language has it."""
        if self.code == OWN_LANGUAGE:
            return dates.long_date(day) if long else dates.short_date(day)
        from babel.dates import format_date

        return format_date(day, "full" if long else "long", locale=self.code.replace("-", "_"))

    def clock(self, at: time) -> str:
        """10:30am; elsewhere as this language has it."""
        if self.code == OWN_LANGUAGE:
            return dates.clock(at)
        from babel.dates import format_time

        return format_time(at, "short", locale=self.code.replace("-", "_"))


ENGLISH = Tongue(OWN_LANGUAGE, NAMES[OWN_LANGUAGE], "ltr", "", {})


def tongue(code: str) -> Tongue:
    """The language of this tag; English for one that is none of ours."""
    return _read(code) if code in IN_ENGLISH else ENGLISH


@lru_cache(len(IN_ENGLISH))
def _read(code: str) -> Tongue:
    from babel.messages.pofile import read_po  # here: most pages are in English

    with (FOLDER / f"{code.replace('-', '_')}.po").open("rb") as file:
        catalog = read_po(file)
    words = {str(message.id): str(message.string) for message in catalog if message.id}
    unchecked = any(message.fuzzy for message in catalog if message.id)
    warning = f"The {IN_ENGLISH[code]} words are to be checked by a speaker before use." if unchecked else ""
    return Tongue(code, NAMES[code], "rtl" if code in RIGHT_TO_LEFT else "ltr", warning, words)
