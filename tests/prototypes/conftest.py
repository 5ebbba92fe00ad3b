from datetime import timedelta

import pytest

from tests.gaps.conftest import amina, ben, cara, dev  # noqa: F401 - the same people as in the gap log
from tests.gaps.site import Visitor
from webapp.db.engine import now
from webapp.english.dates import day_of

TODAY = day_of(now())
PLAN = {
    "title": "Thursday singing in Gorton",
    "public": "A choir meets on Thursday evenings until spring.",
    "hypothesis": "People who sing together meet again without us.",
    "tries": "Twelve evenings in the library hall.",
    "measure": "Eight people come to half of the evenings.",
    "place": "gorton-levenshulme",
    "starts_on": (TODAY - timedelta(days=60)).isoformat(),
    "ends_on": (TODAY + timedelta(days=30)).isoformat(),
    "gaps": "",
}
OVER = PLAN | {"title": "Sheds at weekends", "ends_on": (TODAY - timedelta(days=1)).isoformat()}


@pytest.fixture
def choir(amina: Visitor, ben: Visitor) -> str:  # noqa: F811
    """GAP-0001, which two people asked for."""
    amina.post("/gaps/new", needed="Somewhere to sing in the evening", place="gorton-levenshulme")
    ben.post("/gaps/GAP-0001/support")
    return "GAP-0001"


@pytest.fixture
def prototype(cara: Visitor, choir: str) -> str:  # noqa: F811
    """The path of a running prototype about the choir."""
    return cara.tries("/commissioning/prototypes/new", PLAN | {"gaps": choir}).location
