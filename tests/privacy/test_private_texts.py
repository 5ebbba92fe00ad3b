"""What only some may read is nowhere that others come to: no page, part, list, search, feed, count or file.

A word of its own stands in each text of the database. tests/test_routes.py opens every page as everybody who may, whole
and in part, and finds none that is for others. Here: those who may read it do; and what no route of its table opens.
"""

from collections.abc import Callable

import pytest

from tests.messages.test_feeds import addresses
from tests.packs.conftest import address
from tests.support import private_texts
from tests.support.client import Client
from tests.support.people import PEOPLE
from tests.support.private_texts import CODES, NUMBER, READERS, felt_by, readers_of, texts, words_in
from tests.test_routes import example as example
from tests.test_routes import planted as planted

pytestmark = [pytest.mark.one_database]
in_their_place = pytest.mark.usefixtures("planted")
# Where those who may read something find it, besides what tests/test_routes.py opens.
OWN = {
    "stranger": "/account /account/data.json /account/unsent/1 /learning-logs/901 /pack/901 /pack/901/print /notices "
    "/searches /feedback /community/ardwick-longsight",
    "carol": "/commissioning/gaps/GAP-0001 /commissioning/gaps.csv /commissioning/prototypes/1 /commissioning/report "
    "/commissioning/demand /community/ardwick-longsight",
    "ada": "/admin/users /admin/users/6 /admin/audit /admin/site /insights/measures/1",
    "ed": "/editor/corrections/1 /editor/corrections/2 /editor/suggestions/1 /editor/suggestions/2",
    "lena": "/insights/programme",
    "connie": "/community/ardwick-longsight",
}


def test_every_text_says_who_may_read_it():
    columns = set(texts())
    said = READERS.keys() - private_texts.MONEY.keys()
    unsaid = {column for column in columns - said if not CODES.search(column)}
    assert not unsaid, f"say in READERS who may read {sorted(unsaid)}, or in CODES that they hold no words"
    assert not said - columns, f"there are no such columns: {sorted(said - columns)}"
    assert len(private_texts.COLUMN_OF) == len(READERS), "two words are the same"
    assert not [w for w in private_texts.COLUMN_OF for o in private_texts.COLUMN_OF if w != o and w.startswith(o)]


# What has a box to search in, and who may use it.
LISTS = {
    "/search": "priya carol ed ada lena",
    "/directory": "priya ed",
    "/gaps": "priya ed ada lena",
    "/barriers": "priya carol ed",
    "/barriers/queue": "lena",
    "/commissioning/gaps": "carol",
    "/admin/users": "ada",
    "/admin/audit": "ada",
}


@pytest.fixture
def spotlight_session(example: Callable[[str], str]) -> str:
    return example("/spotlights/<slug>/sessions/<number>")


def read_by(person: Client, *pages: str) -> set[str]:
    """The columns whose words `person` reads on `pages`."""
    return set().union(*(words_in(person.get(page)) for page in pages))


@in_their_place
def test_whoever_may_read_it_does_and_nobody_else(browser_of: Callable[[str], Client], spotlight_session: str):
    """Otherwise the walk through all routes would prove nothing: the words are there to be seen."""
    pages = OWN | {"priya": f"{spotlight_session} /barriers/BAR-0001 /gaps/GAP-0001"}
    pages["femi"] = f"{spotlight_session}/change"
    read = {name: read_by(browser_of(name), *paths.split()) for name, paths in pages.items()}
    wrong = [f"{name} reads {c}" for name, columns in read.items() for c in columns if name not in readers_of(c)]
    assert not wrong
    unseen = {c for c in READERS if readers_of(c) and not any(c in read[name] for name in readers_of(c) & read.keys())}
    assert not unseen, f"nobody came to {sorted(unseen)}: let OWN say where they are read"


@in_their_place
def test_no_search_tells_that_a_word_is_there(browser_of: Callable[[str], Client]):
    """What is found, how many there are and what is offered instead is as for a word that nobody ever wrote."""
    nowhere = "zqjnowhere"
    for path, names in LISTS.items():
        for name in names.split():
            person = browser_of(name)
            of_others, of_nobody = (person.get(f"{path}?q={word}").words for word in (felt_by(name), nowhere))
            assert of_others.replace(felt_by(name), nowhere) == of_nobody, f"{name} feels it at {path}"
    priya = browser_of("priya")
    like_it, like_none = (priya.post("/gaps/similar", {"needed": word}).words for word in (felt_by("priya"), nowhere))
    assert like_it == like_none


@in_their_place
def test_what_leaves_the_site_holds_what_its_owner_gave(browser_of: Callable[[str], Client], client: Client):
    """A link that was given away, a calendar and a feed by their own key, and what a device takes along."""
    stranger = browser_of("stranger")
    link = stranger.get(f"/pack/{NUMBER}").send("Make a link").follow()
    assert words_in(client.get(address(link))) == {"packs.name", "pack_items.note"}
    stranger.get("/account/notifications").send("Make new addresses")  # those that it had are none: see `plant`
    read = read_by(client, *addresses(stranger))
    assert read <= {column for column in READERS if readers_of(column) == frozenset(PEOPLE)}
    stranger.get("/offline").send("It is mine alone: keep it here", device="own")
    kept = words_in(stranger.post("/offline/kept.json", status=200))
    assert {"packs.name", "pack_items.note"} <= kept
    assert all("stranger" in readers_of(column) for column in kept)
