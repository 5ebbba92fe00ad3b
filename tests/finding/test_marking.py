"""Marks show why a result is there, and never let anything but words through."""

from webapp.web.highlight import highlighter


def test_a_word_is_marked_in_every_form_of_it():
    assert highlighter(["walks"])("A walking group") == "A <mark>walking</mark> group"


def test_a_half_typed_word_is_marked_from_three_letters_on():
    assert highlighter(["befr"])("Befriending") == "<mark>Befriending</mark>"
    assert highlighter(["be"])("Befriending") == "Befriending"


def test_a_phrase_is_marked_only_as_a_whole():
    mark = highlighter(["lunch club"])
    assert mark("The lunch clubs meet") == "The <mark>lunch clubs</mark> meet"
    assert mark("A club for lunch") == "A club for lunch"


def test_what_a_text_holds_is_made_harmless():
    assert highlighter(["script"])("<script>&") == "&lt;<mark>script</mark>&gt;&amp;"
    assert highlighter([])("<b>") == "&lt;b&gt;"
