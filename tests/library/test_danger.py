"""Words of danger are known however they are told, and what only sounds like them is left in peace."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus
from webapp.library.authoring import checking
from webapp.library.search.danger import Dangers
from webapp.library.terms import DangerFile

BOOK = DangerFile.model_validate(
    {
        "title": "Words of danger",
        "classes": {"someone": "him her mum son carer", "part": "knee back"},
        "terms": [
            {"slug": "suicide", "label": "Suicide", "when": ["suicidal", "wants to die", "kill himself", "end it all"]},
            {
                "slug": "harm",
                "label": "Harm",
                "when": ["being hit", "hit {someone}", "hit by {someone}", "abuse", "threatened", "hurt {someone}"],
                "unless": ["substance abuse", "hurt {someone} {part}"],
            },
        ],
    }
)


def found(words: str) -> list[str]:
    return [kind.slug for kind in Dangers(BOOK).find(words)]


@pytest.mark.parametrize(
    "words",
    [
        "suicidal",
        "feels SUICIDAL today",
        "she wants to die",
        "He said he wants, he says, to die",
        "I want to die",
        "kill himself",
        "killing herself",
        "killed myself",
        "ending it all",
        "sucidal",
        "suicidle",
        "suisidal",
    ],
)
def test_suicide_is_known_in_any_form_and_with_slips(words: str):
    assert found(words) == ["suicide"]


@pytest.mark.parametrize(
    "words",
    [
        "being hit",
        "gets hit at home",
        "got hit again",
        "her son hits her",
        "hit by her carer",
        "hitting mum",
        "abuse",
        "abused as a child",
        "threatened with a knife",
        "he hurts me",
    ],
)
def test_harm_is_known_by_what_is_done_to_somebody(words: str):
    assert found(words) == ["harm"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hit the gym",
        "hits of the 60s",
        "drop-in",
        "dying matters café",
        "to die for cakes",
        "killing time",
        "substance abuse",
        "hurt his knee",
        "hurt my lower back",
        "walking group",
        "suit hire",
        "social group",
        "all ends well",
        "x" * 500,
        "hit " * 500,
    ],
)
def test_what_only_sounds_like_danger_is_left_in_peace(words: str):
    assert found(words) == []


def test_two_kinds_are_told_in_the_order_of_the_file():
    assert found("abuse, and now she is suicidal") == ["suicide", "harm"]


def test_what_is_none_beside_what_is_does_not_hide_it():
    assert found("substance abuse and being hit") == ["harm"]


def test_a_site_without_such_a_file_knows_none():
    assert Dangers(None).find("suicidal") == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("when: []", "danger.yml"),
        ("when: [hit, '…']", "`…` has no words"),
        ("when: ['hit {somone}']", "`classes` has no `somone`: did you mean `someone`?"),
        ("when: [hit]\n    guidance: [/toolkit/nothing]", "there is no page /toolkit/nothing"),
        ("when: [hit]\n    phone: 999", "`phone`"),
    ],
)
def test_a_fault_in_the_file_is_told(tmp_path: Path, wrong: str, said: str):
    corpus = Corpus(tmp_path)
    page = f"title: Danger\nclasses: {{someone: him her}}\nterms:\n  - slug: harm\n    label: Harm\n    {wrong}\n"
    corpus.write("vocabulary/danger.yml", page)
    checked = checking.check(corpus.content, with_advice=True)
    problems = [problem for problem in checked.problems if problem.file.endswith("danger.yml")]
    assert len(problems) == 1
    assert said in str(problems[0])


def test_whoever_has_no_such_file_or_no_numbers_is_advised(tmp_path: Path):
    corpus = Corpus(tmp_path)
    (corpus.content / "vocabulary/danger.yml").unlink()
    corpus.write(
        "site.yml", "name: Signpost\norganisation: A council\nurgent: [{kind: emergency, label: E, phone: '999'}]\n"
    )
    told = corpus.signpost("content", "check", "--advice").stdout
    assert "nobody who searches in words of danger" in told
    assert "`urgent` has no number for `crisis`, `safeguarding` or `out-of-hours`" in told
