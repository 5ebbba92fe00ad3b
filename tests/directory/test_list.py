"""The list: what a practitioner finds, on a phone or at a desk, with JavaScript or without."""

import json
import re
from urllib.parse import urlencode

import pytest

from tests.support.client import Answer, Client
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query

pytestmark = pytest.mark.reads_only


def titles(page: Answer) -> list[str]:
    return [tag.get_text(strip=True) for tag in page.soup.select(".result h3 a")]


def facts(page: Answer) -> list[list[str]]:
    return [[li.get_text(strip=True) for li in ul.select("li")] for ul in page.soup.select(".result > .dots")]


def orders(page: Answer) -> list[str]:
    return [str(option["value"]) for option in page.soup.select("#sort option")]


def chips(page: Answer) -> list[str]:
    return [tag.get_text(strip=True).removeprefix("Remove").strip() for tag in page.soup.select("a.chip")]


def test_the_number_found_is_told_in_words(priya: Client):
    page = priya.get("/directory?q=walking&near=M22&within=3")
    assert "groups within 3 miles of M22 for “walking”" in page.words


def test_without_words_everything_is_there_with_ways_to_start(priya: Client):
    page = priya.get("/directory")
    assert re.search(r"\d+ groups", page.words)
    assert "Start from what someone enjoys" in page.words
    assert len(titles(page)) == 20
    assert "Start from what someone enjoys" not in priya.get("/directory?cost=free").words


def test_each_result_says_where_how_far_when_and_what_it_costs(priya: Client):
    row = facts(priya.get("/directory?q=heron+watch&near=M20"))[0]
    assert row[0].startswith(("Today", "Tomorrow", "Saturday"))
    assert row[1].endswith(("mile", "miles"))
    assert row[2:4] == ["free", "taking people"]
    assert row[4].startswith("Didsbury and Burnage +1 area"), "the longest stands last, so that a phone needs two lines"
    assert "checked " in row[4]


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("q=bobbin+larder+saturday", "10:00am"),
        ("q=bobbin+larder+thursday", "midday"),
        ("q=bobbin+larder&day=saturday", "10:00am"),
        ("q=bobbin+larder&day=thursday", "midday"),
        ("q=bobbin+larder+in+the+morning", "10:00am"),
        ("q=bobbin+larder+in+the+afternoon", "midday"),
    ],
)
def test_who_names_a_day_or_a_part_of_it_is_told_of_the_session_then(priya: Client, asked: str, begins: str):
    page = priya.get(f"/directory?{asked}&view=map")
    row = page.soup.select_one("li.result")
    assert row.h3.a["href"] == "/directory/bobbin-larder"
    assert facts(page)[0][0].endswith(begins)
    first = json.loads(priya.get(f"/directory/points?{asked}&view=map").text)["points"][0]
    assert begins in first["facts"], "the map says the same"


def test_what_each_row_of_a_page_would_say_is_said_once(priya: Client):
    many, one = (
        priya.get("/directory?q=walking").soup,
        priya.get("/directory?q=heron+watch&day=saturday&cost=free").soup,
    )
    assert "Sample" in many.select_one(".of-all").get_text()
    assert "Sample" not in " ".join(labels.get_text() for labels in many.select(".result .labels"))
    assert len(one.select(".result")) == 1, "a row that stands alone says it itself"
    assert "Sample" in one.select_one(".result .labels").get_text()


def test_the_toolbar_stands_at_one_place_in_every_state(priya: Client):
    for query in ("", "?q=walking&near=M22", "?q=walking&view=map", "?q=xyzzyplugh", "?page=2"):
        found = priya.get(f"/directory{query}").soup.select_one("#found > .finder")
        assert [part["class"][0] for part in found.find_all(recursive=False) if part.has_attr("class")][:2] == [
            "toolbar",
            "drawer",
        ]
        assert found.select_one(".toolbar .results__found").get_text().strip()


def test_the_words_that_were_found_are_marked(priya: Client):
    marked = [mark.get_text().lower() for mark in priya.get("/directory?q=walks").soup.select("mark")]
    assert "walk" in marked


def test_choices_add_up_within_a_filter_and_narrow_between_filters(priya: Client):
    def total(query: str) -> int:
        return int(priya.get(f"/directory?{query}").soup.select_one(".results__found").get_text().split()[0])

    assert total("cost=free&cost=donation") == total("cost=free") + total("cost=donation")
    assert total("cost=free&day=monday") < min(total("cost=free"), total("day=monday"))


def test_a_count_beside_a_choice_is_what_it_would_give(priya: Client):
    page = priya.get("/directory?q=singing")
    box = page.soup.select_one("#cost-free")
    count = box.find_parent("label").select_one(".choice__count").get_text()
    assert priya.get("/directory?q=singing&cost=free").soup.select_one(".results__found").get_text().startswith(count)


def test_a_choice_that_would_give_nothing_cannot_be_ticked_unless_it_is(priya: Client):
    page = priya.get("/directory?q=singing&language=yoruba&cost=free")
    for label in page.soup.select("label.choice"):
        box, count = label.select_one("input"), label.select_one(".choice__count")
        if count and count.get_text() == "0":
            assert box.has_attr("disabled") != box.has_attr("checked")


def test_each_chip_takes_its_own_filter_away(priya: Client):
    page = priya.get("/directory?q=walking&near=M22&within=2&cost=free&activity=walking")
    assert chips(page) == ["Near M22", "Within 2 miles", "Walking", "Free"]
    free = (
        page.soup.find("a", class_="chip", string=lambda text: text and "Free" in text) or page.soup.select("a.chip")[3]
    )
    assert free["href"] == "/directory?q=walking&near=M22&within=2&activity=walking"
    assert "/directory?q=walking" in page.links(".chips a")


def test_nearest_first_is_offered_only_from_somewhere(priya: Client):
    assert "distance" not in orders(priya.get("/directory?q=walking"))
    page = priya.get("/directory?near=M22&sort=distance")
    away = [float(found[1]) for row in facts(page) if (found := re.match(r"([\d.]+) mile", row[1]))]
    assert away
    assert away == sorted(away)


def test_an_order_stays_when_the_form_is_sent(priya: Client):
    chosen = priya.get("/directory?sort=name").soup.select_one("select[name=sort][form=finder] option[selected]")
    assert chosen["value"] == "name"
    none = priya.get("/directory?q=xyzzyplugh&sort=name").soup.select_one("input[name=sort][form=finder]")
    assert none["value"] == "name"


def test_twenty_a_page_and_the_rest_after_it(priya: Client):
    first, second = priya.get("/directory?sort=name"), priya.get("/directory?sort=name&page=2")
    assert len(titles(first)) == len(titles(second)) == 20
    assert titles(first)[-1].lower() < titles(second)[0].lower()
    assert priya.get("/directory?page=999999").status == 200
    assert "Start from what someone enjoys" not in second.words, "who turns the page has begun"


def test_a_misspelt_word_is_mended_and_can_be_had_as_typed(priya: Client):
    page = priya.get("/directory?q=befrending")
    assert "Showing results for befriending" in page.words
    assert "/directory?q=befrending&exact=1" in page.links()


def test_a_kind_of_person_in_the_words_is_offered_as_a_filter(priya: Client):
    page = priya.get("/directory?q=walking+for+autistic+adults")
    assert "Only show: Autistic people" in page.words


def test_below_every_list_a_gap_can_be_reported_already_filled_in(priya: Client):
    page = priya.get("/directory?q=walking&place=gorton-levenshulme")
    assert "None of these fit?" in page.words
    assert "/gaps/new?q=walking&place=gorton-levenshulme" in page.links()


def test_nothing_found_is_no_dead_end(priya: Client):
    page = priya.get("/directory?q=singing&language=yoruba&day=sunday")
    assert "No groups for “singing”" in page.words
    assert "if you leave out “Yoruba”" in page.words
    assert "/gaps/new?q=singing&day=sunday&language=yoruba" in page.links()


def test_the_neighbourhoods_next_door_are_offered_where_one_holds_too_little(priya: Client):
    page = priya.get("/directory?q=gardening&place=hulme-moss-side-rusholme&cost=free")
    offer = next(a for a in page.soup.select("main a") if "if you include " in a.get_text())
    assert "if you leave out “Hulme, Moss Side and Rusholme”" in page.words
    wider = priya.get(str(offer["href"]))
    assert wider.words.count("Remove Hulme") == 1
    assert len(titles(wider)) == int(offer.get_text().split()[0])


@pytest.mark.parametrize(
    "query",
    [
        "near=Atlantis",
        "cost=gold",
        "near=M22&within=far",
        "page=x&sort=q&open=perhaps",
        "q=" + "a" * 100_000,
        "q=%00%E2%80%AE(((*%22",
        "q=title:walk+AND+NOT",
        "q=%ff%fe",
    ],
)
def test_a_malformed_address_is_answered(priya: Client, query: str):
    assert priya.get(f"/directory?{query}", status=200).h1 == "Find groups and services"


@pytest.mark.parametrize("path", ["/directory", "/search"])
def test_what_of_the_words_was_not_searched_is_told(priya: Client, path: str):
    long = priya.get(f"{path}?q={'walking+with+a+friend+' * 12}")
    assert "Your search was long, so only its beginning was used." in long.words
    assert len(long.soup.select_one(".results__found").get_text()) < 120, "a heading is no page"
    wordy = priya.get(f"{path}?q={'a+b+c+d+' * 4}walking")
    assert "Your search was long" in wordy.words, "short words count too"
    assert "“??!!” has no word to search for" in priya.get(f"{path}?q=??!!").words


def test_a_notice_shows_what_was_typed_harmlessly(priya: Client):
    page = priya.get("/directory?near=<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert "so these are from everywhere" in page.words


def test_typing_is_answered_with_the_part_that_the_page_includes(priya: Client):
    part, page = priya.get("/directory?q=walking", part=True), priya.get("/directory?q=walking")
    assert not part.is_whole
    assert titles(part) == titles(page)
    assert part.soup.select_one("#said").get_text() == page.soup.select_one(".results__found").get_text()


def test_typing_leaves_no_half_words_in_the_way_back_but_a_filter_is_a_step(priya: Client):
    here = {"HX-Current-URL": "http://localhost/directory?q=wal&cost=free"}
    typed = priya.get("/directory?q=walk&near=&cost=free", part=True, headers=here)
    assert typed.headers["HX-Replace-Url"] == "/directory?q=walk&cost=free"
    ticked = priya.get("/directory?q=wal&cost=free&day=monday", part=True, headers=here)
    assert ticked.headers["HX-Push-Url"] == "/directory?q=wal&day=monday&cost=free"


def test_a_place_named_in_the_words_is_filled_in_where_a_gap_is_reported(priya: Client):
    assert (
        "/gaps/new?q=gardening+in+hulme&place=hulme-moss-side-rusholme"
        in priya.get("/directory?q=gardening+in+hulme").links()
    )
    assert "/gaps/new?q=gardening+M18&near=M18" in priya.get("/directory?q=gardening+M18").links()


def test_a_place_in_the_words_counts_and_the_one_in_the_box_is_set_aside(priya: Client):
    """The box holds the own patch until somebody changes it: a gap of Hulme must not be told as one of Gorton."""
    page = priya.get("/directory?q=gardening+in+hulme&near=Gorton+and+Levenshulme")
    assert "/gaps/new?q=gardening+in+hulme&place=hulme-moss-side-rusholme" in page.links()
    assert "“Near Gorton and Levenshulme” is set aside" in page.words
    assert page.soup.select(".finder--elsewhere")
    assert not priya.get("/directory?q=gardening&near=Gorton+and+Levenshulme").soup.select(".finder--elsewhere")


def test_what_was_understood_is_taken_away_with_its_chip(priya: Client):
    page = priya.get("/directory?q=walking+on+a+tuesday")
    chips = {
        a.get_text(strip=True): a["href"] for a in page.soup.select("ul[aria-label='Understood from your words'] a")
    }
    assert chips == {"Leave outTuesday": "/directory?q=walking"}
    assert " nearly" in page.soup.select_one(".results__found").get_text()
    assert page.soup.select(".results__nearly")


def test_what_nobody_offers_is_said_before_the_list_with_the_way_to_tell(priya: Client, content: Generation):
    names = (name for term in content.vocabulary.terms("activities").values() for name in term.also)
    kinds = frozenset({"asset"})
    missing = next(name for name in names if content.search(Query(name, kinds=kinds)).closest)
    asked = urlencode({"q": missing})
    page = priya.get(f"/directory?{asked}")
    assert page.soup.select_one(".results__found").get_text().startswith(f"Nothing for “{missing}”")
    assert f"/gaps/new?{asked}" in page.links(".no-fit--first a")
    assert len(page.soup.select(".no-fit")) == 1


def test_guidance_on_what_is_looked_for_stands_above_the_groups(priya: Client, content: Generation):
    card = content.section("tec")[0]
    page = priya.get("/directory?" + urlencode({"q": card["title"]}))
    assert card["path"] in page.links(".guidance-band a")


def test_each_search_stands_in_its_own_page(priya: Client, ed: Client):
    def said(person: Client, address: str) -> tuple[object, ...]:
        page = person.get(address).soup
        boxes = page.select_one("#q")["value"], page.select_one("#near")["value"]
        return *boxes, page.select_one(".footer__wrong a")["href"], "Content health" in page.select_one("header").text

    asked = '/directory?q=100%25+"tea"+<b>%(found)s&near=M22'
    assert said(priya, asked) == ('100% "tea" <b>%(found)s', "M22", "/feedback/new?about=/directory", False)
    assert said(ed, "/directory?q=choir") == ("choir", "", "/feedback/new?about=/directory", True)
    assert said(priya, asked)[0] == '100% "tea" <b>%(found)s'
