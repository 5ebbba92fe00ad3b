"""Editors' pins, from the thesaurus in their content to what a search of the compiled site finds."""

from pathlib import Path

import pytest
import yaml

from tests.support.corpus import Corpus, found

FIRST, SECOND, HIDDEN = "/directory/quiet-choir", "/directory/talking-tuesdays", "/directory/singing-for-lungs"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.asset("singing-for-lungs", title="Singing for lungs", summary="A singing group for breathing.")
    made.asset("community-choir", title="Community choir", summary="Singing for everybody.")
    made.asset("quiet-choir", title="Quiet choir", summary="For those who say they cannot sing.")
    made.asset("talking-tuesdays", title="Talking Tuesdays", summary="Tea and talk.")
    return made


def pin(corpus: Corpus, *pins: dict[str, object]) -> None:
    corpus.write("vocabulary/thesaurus.yml", yaml.safe_dump({"pins": list(pins)}))
    corpus.build()


def test_a_pin_puts_pages_first_in_its_order_and_leaves_others_out(corpus: Corpus):
    pin(corpus, {"when": ["singing", "choir"], "first": [SECOND, FIRST], "never": [HIDDEN]})
    for said in ("singing", "Sing", "a choir near me", "singng"):
        assert found(corpus.read(), said)[:2] == [SECOND, FIRST], said
        assert HIDDEN not in found(corpus.read(), said), said
    assert found(corpus.read(), "lungs") == [HIDDEN]
    assert found(corpus.read(), "tea") == [SECOND]


def test_a_pin_is_for_all_of_its_words(corpus: Corpus):
    pin(corpus, {"when": ["singing lungs"], "never": [HIDDEN]})
    assert HIDDEN in found(corpus.read(), "singing")
    assert HIDDEN not in found(corpus.read(), "lungs singing group")


def test_a_pin_taken_away_is_gone_at_the_next_build(corpus: Corpus):
    pin(corpus, {"when": ["singing"], "never": [HIDDEN]})
    assert HIDDEN not in found(corpus.read(), "singing")
    pin(corpus)
    assert HIDDEN in found(corpus.read(), "singing")


def test_faults_in_the_thesaurus_are_told_with_their_lines(corpus: Corpus):
    text = (
        "classes:\n  relation: wife husband\n"
        "leads:\n  - {when: ['lost {relations}'], to: [bereavement]}\n"
        "hints:\n  - {when: ['{pets} lost'], to: [shop]}\n"
        "pins:\n  - {when: [singing], first: [/directory/quiet-chior]}\n"
    )
    corpus.write("vocabulary/thesaurus.yml", text)
    told = {(p.line, p.message.split(":")[0]) for p in corpus.check() if p.file.endswith("thesaurus.yml")}
    assert {line for line, _ in told} == {4, 6, 8}
