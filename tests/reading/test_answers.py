"""You asked, we did: an answer stands there for everybody, the moment it is published."""

from tests.support.client import Client
from tests.support.world import report


def answered(priya: Client, carol: Client) -> str:
    needed = "A drumming circle in the evening"
    ref = report(priya, needed, "gorton-levenshulme")
    answer = "A drumming circle meets from January, on Mondays."
    carol.get(f"/commissioning/gaps/{ref}").send("Save this gap", answer=answer)
    return ref


def test_an_answer_in_the_gap_log_is_told_to_everybody(priya: Client, carol: Client, stranger: Client):
    ref = answered(priya, carol)
    page = stranger.get("/updates/")
    assert "A drumming circle in the evening" in page.words
    assert "A drumming circle meets from January" in page.words
    assert f"/gaps/{ref}" in page.links("ol.results a")
    assert page.links(".start-here a") == [f"/gaps/{ref}"], "the newest stands above how it all works"
    assert "A drumming circle in the evening" in stranger.get("/").words


def test_an_answer_that_a_page_tells_of_is_told_once(priya: Client, carol: Client, stranger: Client):
    listed = stranger.get("/updates/").links("ol.results h3 a")
    assert listed.count("/updates/mens-evening-group-gorton") <= 1
    assert len(listed) == len(set(listed))
