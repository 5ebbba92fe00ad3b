"""Names weighed by their company: what no list holds is found, and what is only called like somebody passes."""

import pytest

from tools import weigh_names
from webapp.pii import guard
from webapp.pii.names import weighing

pytestmark = pytest.mark.reads_only

# Names that no list and no dictionary holds.
UNHEARD_OF = ["Quibranka", "Zelomir", "Tovandria"]
SOMEBODY = [
    "Told {} that the panel said no",
    "Referred {} to the falls team",
    "{}'s carers are late every day",
    "{} was discharged on Tuesday",
    "My last visit was to {}, who loves trains",
]
NOBODY = [
    "The Denise Hargreaves Centre closes at four",
    "The Christie runs a relaxation group",
    "We watched a Denise Hargreaves talk",
    "Denise Hargreaves writes about belonging",
    "Denise Hargreaves on disability rights",
    "Hargreaves, Denise (2031) is on the reading list",
    "Denise's hairdressers comes to the home",
    "Storm Denise closed the day centre",
    "Denise the cat is the star of the lounge",
    "Jack and the Beanstalk at the theatre",
    "Telecare was down for a day",
    "Quibranka and District gardening club",
]


@pytest.mark.parametrize("frame", SOMEBODY)
def test_a_name_in_no_list_is_found_by_its_company(frame):
    missed = [name for name in UNHEARD_OF if not guard.find(frame.format(name))]
    assert missed == []


def test_what_is_called_like_somebody_passes():
    stopped = {text: guard.find(text) for text in NOBODY if guard.find(text)}
    assert stopped == {}


def test_a_person_of_the_same_name_is_still_found():
    for text in ("Denise Hargreaves cried when I rang", "took Denise to the shed", "Denise's carers are late"):
        assert guard.find(text), text


def test_the_weights_tell_of_company_and_hold_no_name():
    names = {name.lower() for name in weigh_names.SURE_NAMES}
    spoken = {word for feature in weighing._weights() for word in feature.partition("=")[2].split()}
    assert not spoken & names - {"mark", "will", "may", "art", "see", "tea", "can"}


def test_a_model_learnt_from_company_weighs_it(monkeypatch):
    monkeypatch.setattr(weigh_names, "STEPS", 60)
    frames = [f"{verb} {{rare}} about it" for verb in ("told", "rang", "asked")]
    given = [
        each
        for number, frame in enumerate(frames * 3)
        for text in ["I " + frame.replace("{rare}", name) for name in UNHEARD_OF]
        for each in weigh_names.judged(f"{number}", text, [(7, 20, True)], 1, identifying=True)
    ]
    given += [
        each
        for number in range(9)
        for each in weigh_names.judged(f"o{number}", "Quibranka is shut on Fridays", [], 1, identifying=False)
    ]
    assert {each.named for each in given} == {True, False}
    weights = weigh_names.learn(given)
    for each in given:
        assert (sum(weights.get(feature, 0) for feature in each.seen) > 0) == each.named
