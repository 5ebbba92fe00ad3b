"""A secret address in our own content: kept out of all that is built, and told to whoever can decide."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.corpus import TODAY, Corpus, found
from webapp.library.build.pages import Page
from webapp.library.checks import advice
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query

HOUSE = {
    "name": "Quillfeather Lodge", "address": "41 Zephyrwick Close, Manchester", "postcode": "M22 7QZ",
    "latitude": 53.412345, "longitude": -2.271234, "access": ["step-free"],
}  # fmt: skip
TELLING = """We are at 41 Zephyrwick Close, M22 7QZ, on [this map](https://maps.google.com/?q=M22+7QZ).
Ask for Quillfeather Lodge, or 53.4123, -2.2712, or ///filled.count.soap.

Turn into Zephyrwick Cl. and ring.
"""
CANARIES = ("zephyrwick", "quillfeather", "7qz", "53.41", "filled.count")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def page(gen: Generation, slug: str) -> Page:
    found_page = gen.page(f"/directory/{slug}", TODAY)
    assert found_page is not None
    return found_page


def leaks(corpus: Corpus) -> str:
    """The files of what was built that hold a part of the secret address."""
    words = [word for canary in CANARIES for word in ("-e", canary)]
    said = ["grep", "-rlaiF", *words, str(corpus.index_dir)]
    return subprocess.run(said, capture_output=True, text=True, check=False).stdout


def refuge(corpus: Corpus, slug: str = "rose", /, **front: Any) -> Path:
    """A listing that looks like a refuge and tells its address in every way; nobody has decided about it."""
    keys: dict[str, Any] = {
        "title": "Rose women's refuge", "citywide": None, "places": ["gorton-levenshulme"], "locations": [HOUSE],
        "first_time": "Come to 41 Zephyrwick Close.", "url": "https://maps.google.com/?q=M22+7QZ",
        "sessions": [{"days": ["monday"], "note": "at Quillfeather Lodge"}],
        "contacts": [{"phone": "0161 496 0123", "note": "Post to M22 7QZ"}],
    }  # fmt: skip
    return corpus.asset(slug, TELLING, **keys | front)


def decided(is_secret: bool) -> dict[str, Any]:
    return {"locations": [HOUSE | {"confidential": is_secret}]}


def test_what_looks_like_a_refuge_is_built_without_its_address(corpus: Corpus) -> None:
    refuge(corpus)
    corpus.build()
    made = page(corpus.read(), "rose")
    (place,) = made.front.locations
    assert (place.confidential, place.address, place.point, place.access) == (True, None, None, ("step-free",))
    assert made.front.places == ()
    assert made.front.url is None
    assert "We are at (address withheld), on this map." in made.html
    assert leaks(corpus) == ""


def test_one_that_is_marked_is_built_without_it_too_and_keeps_what_an_editor_said_of_its_places(corpus: Corpus) -> None:
    refuge(corpus, title="Rose", **decided(True))
    corpus.build()
    assert page(corpus.read(), "rose").front.places == ("gorton-levenshulme",)
    assert leaks(corpus) == ""


def test_once_an_editor_decides_that_it_is_none_everything_is_shown(corpus: Corpus) -> None:
    refuge(corpus, **decided(False))
    corpus.build()
    made = page(corpus.read(), "rose")
    assert made.front.locations[0].postcode == "M22 7QZ"
    assert made.front.places == ("gorton-levenshulme",)
    assert "41 Zephyrwick Close" in made.html
    assert leaks(corpus), "what is told is found, so that finding nothing means something"
    assert corpus.check() == []


def test_a_secret_postcode_street_or_venue_finds_nothing_and_is_near_nothing(corpus: Corpus) -> None:
    refuge(corpus)
    corpus.asset("hall", locations=[HOUSE | {"name": "The Hall", "address": "1 High Road", "postcode": "M22 7QA"}])
    corpus.build()
    gen = corpus.read()
    assert found(gen, "refuge") == ["/directory/rose"]
    for words in ("Zephyrwick Close", "Quillfeather", "Quillfeather Lodge", "filled count soap"):
        assert found(gen, words) == [], words
    hits = gen.search(Query(near=(53.412345, -2.271234), today=TODAY, size=50)).hits
    assert {hit.card["path"]: hit.miles is None for hit in hits}["/directory/rose"]
    within = Query(near=(53.412345, -2.271234), within=1.0, today=TODAY)
    assert [hit.card["path"] for hit in gen.search(within).hits] == ["/directory/hall"]
    somewhere = Query(filters={"place": ("gorton-levenshulme",)}, today=TODAY)
    assert "/directory/rose" not in [hit.card["path"] for hit in gen.search(somewhere).hits]


def test_of_two_places_only_the_secret_one_is_hidden_and_the_other_stays_in_the_text(corpus: Corpus) -> None:
    office = {"name": "The office", "address": "1 High Road", "postcode": "M8 9AA", "confidential": False}
    body = f"{TELLING}\nOur office is at 1 High Road, M8 9AA.\n"
    corpus.asset("rose", body, title="Rose women's refuge", locations=[office, HOUSE])
    corpus.build()
    made = page(corpus.read(), "rose")
    assert [place.postcode for place in made.front.locations] == ["M8 9AA", None]
    assert "Our office is at 1 High Road, M8 9AA." in made.html
    assert leaks(corpus) == ""


def test_an_address_in_the_text_alone_is_hidden_too(corpus: Corpus) -> None:
    corpus.asset("rose", TELLING, title="Rose women's refuge", locations=None)
    corpus.build()
    assert "7QZ" not in page(corpus.read(), "rose").html
    (told,) = corpus.check()
    assert "its text tells an address: put it under `locations`" in told.message


def test_the_checker_names_what_looks_like_a_refuge_and_says_how_to_decide(corpus: Corpus) -> None:
    refuge(corpus)
    (told,) = corpus.check()
    assert (told.file, told.level) == ("content/assets/citywide/rose.md", "advice")
    assert told.message.startswith("looks like a refuge: hidden until an editor decides (“refuge” in its name)")
    assert "`confidential: true` or `confidential: false`" in told.message
    line = (corpus.content.parent / told.file).read_text().splitlines()[told.line - 1]
    assert line.startswith(("locations:", "- "))


def test_the_command_prints_that_and_ends_well(corpus: Corpus) -> None:
    refuge(corpus)
    ran = corpus.signpost("content", "check")
    assert ran.returncode == 0, ran.stdout
    assert "looks like a refuge: hidden until an editor decides" in ran.stdout
    assert not any(canary in ran.stdout.lower() for canary in CANARIES)


def test_the_checker_says_where_the_text_of_a_marked_listing_tells_its_address(corpus: Corpus) -> None:
    path = refuge(corpus, title="Rose", **decided(True))
    told = {problem.message.partition(":")[0]: problem.line for problem in corpus.check()}
    lines = path.read_text().splitlines()
    assert lines[told["the text tells where a confidential place is"] - 1].startswith("We are at 41")
    assert lines[told["readers are told the one neighbourhood to look in"] - 1].startswith(("places:", "- gorton"))


def test_several_neighbourhoods_tell_nobody_where_to_look(corpus: Corpus) -> None:
    marked = {"places": ["gorton-levenshulme", "ardwick-longsight"], "locations": [{"confidential": True}]}
    corpus.asset("rose", citywide=None, **marked)
    assert corpus.check() == []


@pytest.mark.parametrize(
    "front",
    [{}, {"title": "Hedgehog refuge", "organisation": "Hedgehog refuge"}, {"summary": "We support refugees."}],
    ids=["ordinary", "hedgehogs", "refugees"],
)
def test_others_are_left_alone(corpus: Corpus, front: dict[str, Any]) -> None:
    corpus.asset("walk", locations=[HOUSE], **front)
    corpus.build()
    assert page(corpus.read(), "walk").front.locations[0].postcode == "M22 7QZ"
    assert corpus.check() == []


def test_no_fault_quotes_a_secret_address(corpus: Corpus) -> None:
    bad = HOUSE | {"postcode": "M22 7QZX", "latitude": 53.412345, "longitude": None, "name": "x" * 501}
    refuge(corpus, locations=[{key: value for key, value in bad.items() if value}])
    corpus.write(
        "assets/citywide/unread.md",
        "---\ntitle: Our refuge\nlocations:\n  - address: 41 Zephyrwick Close: the back door\n---\n",
    )
    corpus.write("assets/citywide/glued.md", "---\ntitle: Our refuge\n41 Zephyrwick Close M22 7QZ\n---\n")
    told = corpus.check()
    assert sum(problem.level == "error" for problem in told) >= 3
    assert not [problem.message for problem in told if any(canary in problem.message.lower() for canary in CANARIES)]


def test_nor_does_any_piece_of_advice(corpus: Corpus) -> None:
    refuge(corpus, **decided(True))
    from webapp.library.authoring import checking

    told = checking.check(corpus.content, with_advice=True).problems
    assert told
    assert not [problem.message for problem in told if any(canary in problem.message.lower() for canary in CANARIES)]
    assert advice.advise(corpus.content, {}, checking.check(corpus.content).vocabulary, date(2026, 11, 2)) == []


OPEN = {"title": "Rose", "summary": "Tea and talk.", "places": None, "citywide": True}


@pytest.mark.parametrize(
    "mend",
    [
        lambda corpus: refuge(corpus, **OPEN | decided(True) | {"status": "open"}),
        lambda corpus: refuge(corpus, **OPEN | {"title": "Rose women's refuge", "status": "open"}),
        lambda corpus: corpus.write(
            "assets/citywide/rose.md", "---\ntitle: Rose\nlocations: [{confidential: true}\n---\nTea.\n"
        ),
    ],
    ids=["marked", "looks like one", "marked in a file that cannot be read"],
)
@pytest.mark.parametrize("everything", [False, True], ids=["shared", "anew"])
def test_the_last_good_version_of_a_page_does_not_keep_telling_what_is_secret_now(
    corpus: Corpus, mend: Any, everything: bool
) -> None:
    refuge(corpus, **OPEN)
    corpus.build()
    assert page(corpus.read(), "rose").front.locations[0].postcode == "M22 7QZ"
    mend(corpus)
    outcome = corpus.build(everything=everything)
    assert any(problem.level == "error" for problem in outcome.problems)
    gen = corpus.read()
    kept = page(gen, "rose")
    assert [place.postcode for place in kept.front.open_locations] == []
    assert "7QZ" not in kept.html
    assert "Zephyrwick" not in kept.html
    assert found(gen, "Zephyrwick") == []
    corpus.build()
    assert found(corpus.read(), "Zephyrwick") == []


def test_a_listing_that_was_public_is_still_kept_at_its_last_good_version(corpus: Corpus) -> None:
    refuge(corpus, **OPEN)
    corpus.build()
    refuge(corpus, **OPEN | {"status": "open"})
    corpus.build()
    assert page(corpus.read(), "rose").front.locations[0].postcode == "M22 7QZ"
