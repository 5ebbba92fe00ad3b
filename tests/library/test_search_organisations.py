"""An organisation that is asked for by its name, whole or in part, mostly with the town that it is in."""

import pytest

from tests.library.searching import TODAY, opened, page, titles
from webapp.library.search.query import Query
from webapp.library.search.thesaurus import Thesaurus

BOOK = Thesaurus.of(
    {
        "names": [["Mind", "Mind charity"], ["Carers Trust", "Carers Centre"]],
        "same": [["lunch club", "dinner club"], ["carers support", "carers centre"]],
        "plain": "yoga body young house of",
    }
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return opened(
        tmp_path_factory.mktemp("index"),
        page(1, "Mind and Body Yoga", "Brackham yoga for body and mind.", organisation="Yoga Brackham"),
        page(2, "Young Minds Brackham", "For minds that grow.", organisation="Young Minds"),
        page(3, "On My Mind", "Talk in Brackham of what is on your mind.", organisation="With You in Mind"),
        page(4, "Recovery College", "Courses.", organisation="Fernshire Mind"),
        page(5, "Drop-in", "Tea in Brackham.", organisation="Fernshire Mind"),
        page(6, "Advice", "On money.", organisation="Zeta House of Fernshire"),
        page(7, "Brackham House", "The big house of Brackham."),
        page(8, "Therapy", "For children.", body="The centre is in Goolby, Goolby Road. Carers may wait."),
        page(9, "Support", "A group for carers, and carers support by telephone."),
        page(10, "Brackham Lunch Club", "Dinner.", organisation="Brackham Hall"),
        page(11, "Bring a Dish", "Soup.", organisation="Lunch Club Friends"),
        thesaurus=BOOK,
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mind", {"Recovery College", "Drop-in"}),
        ("mind brackham", {"Drop-in"}),
        ("brackham mind", {"Drop-in"}),
        ("mind in fernshire", {"Recovery College", "Drop-in"}),
        ("zeta house brackham", {"Advice"}),
        ("carers centre goolby", {"Support"}),  # nobody is called so: who supports carers, and not who is in Goolby
    ],
)
def test_a_name_beside_a_place_puts_that_organisation_first(engine, typed, first):
    assert titles(engine.search(Query(typed, today=TODAY)))[0] in first


def test_a_thing_beside_a_place_is_no_name_though_an_organisation_begins_so(engine):
    assert titles(engine.search(Query("lunch club brackham", today=TODAY)))[0] == "Brackham Lunch Club"


def test_more_than_a_name_and_a_place_asks_for_more_than_the_organisation(engine):
    assert titles(engine.search(Query("mind body yoga", today=TODAY)))[0] == "Mind and Body Yoga"
