"""Who searches for something to do here is led to it, not to pages that have the words."""

import pytest

from tests.support.client import Client
from webapp.web.things_to_do import things_to_do

pytestmark = pytest.mark.reads_only


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("How do I add a group?", "/directory/new"),
        ("adding groups", "/directory/new"),
        ("where do I write my learning log", "/learning-logs/new"),
        ("change my password", "/account"),
        ("memory group", ""),
        ("food packs for families", ""),
    ],
)
def test_a_thing_to_do_is_known_by_its_words_side_by_side(typed: str, href: str):
    assert [where for _, where in things_to_do(typed)] == ([href] if href else [])


@pytest.mark.parametrize("path", ["/search", "/directory"])
def test_it_stands_above_what_was_found(priya: Client, path: str):
    assert "/gaps/new" in priya.get(f"{path}?q=report+a+gap").links(".guidance-band a")
    assert "/gaps/new" not in priya.get(f"{path}?q=singing").links(".guidance-band a")


def test_each_leads_to_a_page(priya: Client):
    phrases = ("add group", "report gap", "what's on", "my pack", "my searches", "notifications", "my account")
    others = ("learning log", "report barrier", "tell editors", "who to ring", "no signal")
    hrefs = {href for phrase in phrases + others for _, href in things_to_do(phrase)}
    assert len(hrefs) == 13
    assert {priya.get(href).status for href in hrefs} == {200}
