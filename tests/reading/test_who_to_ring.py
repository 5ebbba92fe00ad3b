"""Whom to ring, beside the words that send a reader there, and all on one page."""

import pytest

from tests.support.client import Client

pytestmark = pytest.mark.reads_only


def test_a_page_gives_the_number_and_the_steps_of_those_it_sends_readers_to(priya: Client, content):
    tec = content.vocabulary.contacts["tec"]
    page = priya.get("/tec/how-to-issue")
    section = page.soup.select_one("section[aria-labelledby=who-to-ring]")
    assert section.find("a", href=f"tel:{tec.phone.replace(' ', '')}")
    assert tec.request[0] in section.get_text()
    assert "#who-to-ring" in page.links(".guidance__side a")


def test_samples_say_so_and_all_contacts_stand_on_one_page(priya: Client, content):
    page = priya.get("/who-to-ring")
    every = content.vocabulary.contacts.values()
    assert {heading.get_text(strip=True) for heading in page.soup.select("h3")} == {contact.label for contact in every}
    assert page.words.count("Sample, not in use") == sum(contact.sample for contact in every)
