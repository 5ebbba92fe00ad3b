"""Marks show why a result is there, and never let anything but words through."""

from webapp.web.highlight import Highlighter


def test_a_word_is_marked_in_every_form_of_it():
    assert Highlighter(["walks"])("A walking group") == "A <mark>walking</mark> group"


def test_a_half_typed_word_is_marked_from_three_letters_on():
    assert Highlighter(["befr"])("Befriending") == "<mark>Befriending</mark>"
    assert Highlighter(["be"])("Befriending") == "Befriending"


def test_a_phrase_is_marked_only_as_a_whole():
    mark = Highlighter(["lunch club"])
    assert mark("The lunch clubs meet") == "The <mark>lunch clubs</mark> meet"
    assert mark("A club for lunch") == "A club for lunch"


def test_what_a_text_holds_is_made_harmless():
    assert Highlighter(["script"])("<script>&") == "&lt;<mark>script</mark>&gt;&amp;"
    assert Highlighter([])("<b>") == "&lt;b&gt;"


def test_texts_are_marked_together_as_each_by_itself():
    mark = Highlighter(["lunch club", "tea"])
    texts = ["A lunch", "club & tea", "", "Lunch clubs", "lunch\0club", "tea"]
    assert mark.all(texts) == [mark(text) for text in texts]
    assert mark.all(texts)[:2] == ["A lunch", "club &amp; <mark>tea</mark>"], "no phrase goes on in the next text"
