"""Words for who it is about, beside the thing itself: they may order what is found, and never decide it."""

import pytest

from tests.library.searching import TODAY, opened, page, titles
from webapp.library.search.query import Query
from webapp.library.search.thesaurus import Thesaurus

BOOK = Thesaurus.of(
    {
        "same": [["carers support", "carers group"], ["home care", "domiciliary care"]],
        "leads": [
            {"when": ["not spoken to anyone", "hasn't spoken to anyone"], "to": ["befriending", "coffee morning"]},
            {"when": ["sensory"], "to": ["autism"]},
            {"when": ["washed and dressed"], "to": ["domiciliary care"]},
            {"when": ["shy child"], "to": ["befriending", "coffee morning"]},
        ],
        "classes": {"who": "mum mums dad lady centre family", "relation": "mum dad mums child"},
        "conditions": [{"when": ["morning"], "label": "Morning", "group": "part", "parts": ["morning"]}],
        "little": "to and the a of up get help somebody covers that for",
    }
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    others = [
        page(n, f"Club {n}", "A centre for whoever likes cards. Take care on the way home.") for n in range(20, 40)
    ]
    return opened(
        tmp_path_factory.mktemp("index"),
        page(1, "Mum and Baby", "A mum, a baby and a coffee morning at 10am."),
        page(2, "Kettle On", "Befriending, cake, and a coffee morning."),
        page(3, "Carers Together", "Carers support by telephone."),
        page(5, "Steady Hands", "Domiciliary care in all villages."),
        page(6, "Mums Sing", "A choir for mums each morning."),
        page(7, "Family Morning", "Family games and a coffee morning."),
        page(8, "Sensory Autism Hub", "Sensory checks, autism support and autism nights."),
        page(9, "Rockpool Room", "Bubbles and a sensory floor."),
        page(10, "Darts", "In the upper room."),
        page(11, "Whist", "In the room below."),
        *others,
        thesaurus=BOOK,
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mum hasn't spoken to anyone all week", "Kettle On"),
        ("carers support centre", "Carers Together"),
        ("somebody to get mum washed and dressed of a morning", "Steady Hands"),
        ("mums choir", "Mums Sing"),
        ("sensory room", "Rockpool Room"),
        ("mum and baby", "Mum and Baby"),
        ("mums of a shy child", "Mum and Baby"),  # of whom it is asked for mums, not told of a child
    ],
)
def test_what_is_asked_for_comes_before_who_it_is_for(engine, typed, first):
    assert titles(engine.search(Query(typed, today=TODAY)))[0] == first
