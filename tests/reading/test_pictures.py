"""Pictures with their words, cards for the person, and pages in easy read."""

import pytest

from tests.support.client import Client

pytestmark = pytest.mark.reads_only


def test_a_picture_has_words_beside_it_and_its_own_size(priya: Client):
    figure = priya.get("/tec/digital-switchover").soup.select_one("figure.drawn")
    image = figure.find("img")
    assert image["alt"]
    assert image["width"]
    assert image["height"]
    assert len(figure.select("figcaption li")) == 3
    drawn = priya.get(image["src"])
    assert drawn.headers["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in drawn.headers["Content-Security-Policy"]


def test_a_film_plays_here_with_captions_and_every_word_to_read(priya: Client):
    page = priya.get("/tec/demonstration-pendant-alarm")
    film = page.soup.select_one("video")
    assert film["preload"] == "none"
    assert [source["type"] for source in film.select("source")] == ["video/webm", "video/mp4"]
    captions = priya.get(film.find("track", kind="captions")["src"])
    said = [line.get_text(strip=True) for line in page.soup.select(".film details li")]
    assert said
    assert all(line in captions.text for line in said)


def test_a_card_for_the_person_has_one_picture_and_five_sentences(priya: Client):
    assert "/tec/falls/card" in priya.get("/tec/falls").links(".guidance__side a")
    card = priya.get("/tec/falls/card").soup.select_one(".device-card")
    assert len(card.select("img")) == 1
    assert len(card.select("li")) == 5
    priya.get("/tec/why-tec/card", status=404)


def test_easy_read_stands_beside_its_page_and_leads_back(priya: Client):
    address = "/toolkit/mental-capacity/easy-read"
    assert address in priya.get("/toolkit/mental-capacity").links(".guidance__side a")
    page = priya.get(address)
    assert "/toolkit/mental-capacity" in page.links("main a")
    assert all(image["alt"] for image in page.soup.select(".easy__part img"))
    priya.get("/toolkit/none/easy-read", status=404)
