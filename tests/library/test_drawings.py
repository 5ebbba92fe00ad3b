"""Drawings that pages show: nothing in them runs or loads, and their words can be read."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus
from webapp.library.checks.drawings import contrast, night

BOX = '<rect x="0" y="0" width="100" height="50" fill="#0b5d5e"/>'
LAMP = {
    "path": "/media/lamp.svg",
    "title": "A lamp",
    "alt": "A lamp",
    "width": 100,
    "height": 50,
    "beside": ["A lamp."],
}


def svg(inside: str, title: str = "<title>A lamp</title>", view: str = 'viewBox="0 0 100 50"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view}>{title}{inside}</svg>'


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def told(corpus: Corpus, drawn: str, **more: object) -> list[str]:
    corpus.write("media/lamp.svg", drawn)
    corpus.toolkit("lamps", images=[{**LAMP, **more}])
    return [problem.message for problem in corpus.check() if problem.level == "error"]


def test_a_drawing_of_shapes_and_readable_words_is_sound(corpus: Corpus):
    assert told(corpus, svg(f'{BOX}<text x="9" y="30" font-size="16" fill="#ffffff">Lamp</text>')) == []


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (svg("<script>alert(1)</script>"), "a drawing has no `<script>`"),
        (svg('<rect onload="alert(1)"/>'), "take `onload` away"),
        (svg('<g style="background:url(//evil.example)"/>'), "take `style` away"),
        (svg("<g"), "the drawing is not whole"),
        ("<!DOCTYPE svg>" + svg(""), "take the `<!DOCTYPE>` away"),
        (svg("", title=""), "the drawing has no `<title>`"),
        (svg("", view=""), "the drawing does not say how large it is"),
        (svg('<text x="9" y="30" font-size="11" fill="#000000">Lamp</text>'), "`Lamp` is too small"),
        (svg(f'{BOX}<text x="9" y="30" font-size="16" fill="#1d2429">Lamp</text>'), "`Lamp` has a contrast of 2.1"),
    ],
)
def test_what_runs_or_cannot_be_read_is_named(corpus: Corpus, drawn: str, said: str):
    assert any(message.startswith(said) for message in told(corpus, drawn))


def test_a_size_that_is_not_the_files_is_named(corpus: Corpus):
    (said,) = told(corpus, svg(""), width=120)
    assert said == "/media/lamp.svg is 100 by 50, and not 120 by 50: write its own size"


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54  # the palest grey that passes on white


def test_a_page_may_lead_to_the_card_of_a_device_that_has_one(corpus: Corpus):
    corpus.write("media/lamp.svg", svg(""))
    picture = {key: LAMP[key] for key in ("path", "alt", "width", "height")}
    tec = {"title": "Lamp", "summary": "A lamp.", "owner": "A team", "reviewed": "2026-09-01"}
    tec |= {"review_every": "12 months", "category": "everyday"}
    card = {"title": "Your lamp", "picture": picture, "sentences": ["It shines."] * 5}
    corpus._page("tec/lamp.md", {**tec, "card": card}, "It shines.\n")
    corpus._page("tec/candle.md", {**tec, "title": "Candle"}, "Print [the lamp's card](/tec/lamp/card).\n")
    assert [problem.message for problem in corpus.check()] == []
    corpus.toolkit("dark", "Print [the candle's card](/tec/candle/card).\n")
    assert [p.message.split(":")[0] for p in corpus.check()] == ["there is no page /tec/candle/card"]
    corpus._page("tec/lamp.md", {**tec, "card": {**card, "sentences": ["It shines."]}}, "It shines.\n")
    assert any("sentences" in problem.message for problem in corpus.check())


def test_words_that_fade_where_a_device_asks_for_dark_are_named(corpus: Corpus):
    box = '<rect x="0" y="0" width="100" height="50" fill="#000000"/>'
    said = told(corpus, svg(f'{box}<text x="9" y="30" font-size="16" fill="#ff0000">Lamp</text>'))
    assert said
    assert all(message.startswith("`Lamp` has a contrast of") and "by night" in message for message in said)
    assert night("#ffffff") == "#141414"
