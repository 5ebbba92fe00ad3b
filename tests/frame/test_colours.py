"""Every pair of words and ground can be told apart, by day and by night, and no colour is named outside the palette.

Contrast as WCAG 2.2 has it: 4.5 for words (1.4.3), 3 for the edge of a field and what is shown by colour (1.4.11).
"""

import re

import pytest

from webapp.config.settings import ROOT

SCSS = ROOT / "webapp" / "web" / "assets" / "scss"
PALETTE = (SCSS / "_palette.scss").read_text()
BARE = {"_settings.scss", "_palette.scss", "_print.scss"}  # GOV.UK's own settings, the palette, ink on paper
GROUNDS = ("paper", "sand", "wash")
WORDS = {
    "ink": (*GROUNDS, "teal-tint", "good-tint", "care-tint", "bad-tint", "mark", "heat-1", "heat-2", "heat-3"),
    "quiet": (*GROUNDS, "teal-tint", "care-tint"),
    "faint": ("paper",),
    "teal": (*GROUNDS, "mark", "teal-tint", "teal-tint-deep", "care-tint", "good-tint", "bad-tint"),
    "teal-dark": (*GROUNDS, "teal-tint", "teal-tint-deep"),
    "visited": (*GROUNDS, "teal-tint", "care-tint", "good-tint", "bad-tint"),
    "on-teal": ("teal", "teal-dark", "bad", "bad-deep"),
    "paper": ("ink",),
    "sand-ink": ("paper", "sand"),
    "wash-ink": ("wash-deep",),
    "good": ("paper", "good-tint"),
    "care": ("paper", "care-tint"),
    "bad": ("paper", "sand", "bad-tint"),
    "bad-ink": ("paper", "bad-tint"),
    "focus-ink": ("focus",),
}
EDGES = {"edge": ("paper", "sand"), "teal": GROUNDS}
PAIRS = [(over, ground, 4.5) for over, grounds in WORDS.items() for ground in grounds]
PAIRS += [(over, ground, 3.0) for over, grounds in EDGES.items() for ground in grounds]


def sets() -> dict[str, dict[str, str]]:
    """The colours by day, and by night where the palette says another."""
    day, night = PALETTE.split("@media screen and (prefers-color-scheme: dark)")
    found = {
        part: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text)) for part, text in (("day", day), ("night", night))
    }
    return {"day": found["day"], "night": {**found["day"], **found["night"]}}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("light", ["day", "night"])
def test_every_pair_can_be_told_apart(light: str):
    colours = sets()[light]
    weak = {
        f"{over} on {ground}": round(found, 2)
        for over, ground, least in PAIRS
        if (found := contrast(colours[over], colours[ground])) < least
    }
    assert not weak, f"too little contrast by {light}: {weak}"


def test_contrast_is_that_of_wcag():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_no_colour_is_named_outside_the_palette():
    named = {
        f"{file.name}: {found}"
        for file in SCSS.glob("_*.scss")
        if file.name not in BARE
        for found in re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\([^)]*\)|\bhsla?\([^)]*\)", file.read_text())
    }
    assert not named, "give it a name in _palette.scss"


def test_whatever_words_are_set_in_was_looked_at():
    used = {
        name
        for file in SCSS.glob("_*.scss")
        for name in re.findall(r"(?<![\w-])color: var\(--([\w-]+)\)", file.read_text())
    }
    assert not used - WORDS.keys(), "say in WORDS what it stands on"
    assert sets()["night"].keys() == sets()["day"].keys(), "the night has a colour that the day lacks"
