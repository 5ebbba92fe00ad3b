"""The list that everyone reads, and what filters do to it."""

from tests.barriers.raising import FORM, MISSING, raises
from tests.support.client import Client
from tests.support.world import addresses
from webapp.library.generation.reader import Generation

PANEL = {"text": "The panel meets once in three weeks", "kind": "policy", "workstream": "early-help"}


def titles(person: Client, query: str = "") -> list[str]:
    page = person.get(f"/barriers{query}")
    return [tag.get_text(strip=True) for tag in page.soup.select(".gap-list h3")]


def test_an_empty_list_says_how_to_begin(priya: Client):
    page = priya.get("/barriers")
    assert "Nothing raised yet" in page.words
    assert "/learning-logs/new" in page.links()


def test_filters_narrow_it_by_kind_workstream_place_and_words(priya: Client, stranger: Client):
    for one in (FORM, MISSING, PANEL):
        raises(priya, **one)
    assert len(titles(priya)) == 3
    assert titles(priya, "?kind=policy") == [PANEL["text"]]
    assert titles(priya, "?workstream=maximising-independence,early-help") == [PANEL["text"], FORM["text"]]
    assert titles(priya, "?place=gorton-levenshulme") == [MISSING["text"]]
    assert titles(priya, "?place=citywide") == [PANEL["text"], FORM["text"]]
    assert titles(priya, "?q=PANEL+three") == [PANEL["text"]]
    assert titles(priya, "?q=bar-0002") == [MISSING["text"]]
    assert titles(priya, "?kind=policy&workstream=maximising-independence") == []
    assert titles(stranger, "?mine=1") == []
    assert titles(priya, "?mine=1&kind=provision") == [MISSING["text"]]


def test_a_filter_that_does_not_exist_finds_nothing_or_is_left_out(priya: Client):
    raises(priya, **FORM)
    assert titles(priya, "?kind=nonsense") == []
    assert titles(priya, "?status=nonsense&sort=nonsense&page=-3&q=%00") == [FORM["text"]]


def test_a_percent_sign_is_only_a_sign(priya: Client):
    raises(priya, **FORM)
    raises(priya, **PANEL | {"text": "Only 40% of forms can be saved"})
    assert titles(priya, "?q=40%25") == ["Only 40% of forms can be saved"]
    assert titles(priya, "?q=_____") == []


def test_status_is_that_of_the_gap_where_it_is_one(priya: Client, carol: Client):
    raises(priya, **FORM)
    raises(priya, **MISSING)
    page = carol.get("/commissioning/gaps/GAP-0001")
    said = {"status": "in-plan", "reason": "A Thursday group is tried", "target_on": "2098-04-01"}
    assert page.send("Save this gap", **said).status == 303
    assert titles(priya, "?status=acting") == [MISSING["text"]]
    assert titles(priya, "?status=new") == [FORM["text"]]
    seen = priya.get("/barriers/BAR-0002").words
    assert "Being acted on" in seen
    assert "A Thursday group is tried" in seen


def test_a_gap_that_was_merged_and_merged_again_is_followed(
    priya: Client, stranger: Client, carol: Client, content: Generation
):
    raises(priya, **MISSING)
    for needed in ("A seated group in the evening", "Evening movement"):
        stranger.post("/gaps/new", {"needed": needed, "place": "citywide"}, status=303)
    for refs, main in ((("GAP-0001", "GAP-0002"), "GAP-0002"), (("GAP-0002", "GAP-0003"), "GAP-0003")):
        page = carol.get(f"/commissioning/gaps/merge?gap={refs[0]}&gap={refs[1]}")
        assert page.send("/commissioning/gaps/merge", main=main).status == 303
    page = carol.get("/commissioning/gaps/GAP-0003")
    said = {
        "reason": "It began",
        "answer": "There is one on Tuesdays.",
        "met_by": addresses(content)["directory"],
    }
    done = page.send("Save this gap", status="met", **said)
    assert done.status == 303, done.words
    assert titles(priya, "?status=answered") == [MISSING["text"]]
    seen = priya.get("/barriers/BAR-0001")
    assert "There is one on Tuesdays." in seen.words
    assert "/gaps/GAP-0003" in seen.links()


def test_the_list_answers_as_a_page_and_as_a_part(priya: Client):
    raises(priya, **FORM)
    part = priya.get("/barriers?kind=system-or-form", part=True)
    assert not part.is_whole
    assert FORM["text"] in part.text
    assert part.headers["HX-Replace-Url"] == "/barriers?kind=system-or-form&sort=newest"


def test_most_people_first(priya: Client, stranger: Client):
    raises(priya, **FORM)
    raises(priya, **PANEL)
    assert titles(priya) == [PANEL["text"], FORM["text"]]
    stranger.post("/barriers/BAR-0001/support", status=303)
    assert titles(priya, "?sort=people") == [FORM["text"], PANEL["text"]]


def test_long_lists_have_pages(priya: Client):
    for number in range(21):
        raises(priya, **FORM | {"text": f"Form {number} asks twice"})
    assert len(titles(priya)) == 20
    assert titles(priya, "?page=2") == ["Form 0 asks twice"]
    assert titles(priya, "?page=99") == ["Form 0 asks twice"]
