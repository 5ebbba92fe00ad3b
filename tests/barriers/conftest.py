import pytest

from tests.barriers.raising import FORM
from tests.support.client import Client


@pytest.fixture
def barrier(priya: Client, stranger: Client) -> str:
    """The reference of one that Priya raised and the stranger shares, in Lena's queue."""
    ref = priya.get("/barriers/new").send("Pass it on", **FORM).location.rsplit("/", 1)[1]
    stranger.post(f"/barriers/{ref}/support", status=303)
    return ref
