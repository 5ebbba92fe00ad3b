"""Between pages: every link, anchor and old address leads somewhere, or an editor hears where it should lead."""

from pathlib import Path

import pytest

from tests.support.corpus import TODAY, Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.toolkit("good-questions", "## Where to start\n\nText.\n\n## Where to end\n\nText.\n")
    made.asset("choir", aliases=["singing-group"])
    return made


def told(corpus: Corpus, body: str) -> list[str]:
    corpus.toolkit("linking", body)
    return [problem.message for problem in corpus.check() if problem.file.endswith("linking.md")]


@pytest.mark.parametrize(
    "href",
    [
        "/toolkit/good-questions",
        "/toolkit/good-questions#where-to-start",
        "/toolkit/",
        "#here",
        "/directory/choir",
        "/directory",
        "/directory?activity=music-and-singing&place=didsbury-burnage-chorlton-park&open=1",
        "/gaps/new",
        "/gaps/GAP-0001",
        "/",
        "/updates/",  # an index that nobody wrote words for
        "/directory?q=choir&view=map",
        "https://www.legislation.gov.uk/ukpga/2014/23",
        "mailto:team@example.org",
    ],
)
def test_links_that_lead_somewhere_are_not_blamed(corpus: Corpus, href: str):
    corpus.write("toolkit/index.md", _section())
    assert told(corpus, f"## Here\n\nSee [what others ask]({href}).\n") == []


@pytest.mark.parametrize(
    ("href", "advice"),
    [
        ("/toolkit/good-question", "did you mean `/toolkit/good-questions`?"),
        ("/toolkit/good-questions#where-to-strt", "did you mean `where-to-start`?"),
        ("#her", "did you mean `here`?"),
        ("/directory/singing-group", "link to /directory/choir"),
        ("/directory?activity=music-and-singin", "did you mean `music-and-singing`?"),
        ("/directory?activty=music-and-singing", "did you mean `activity`?"),
        ("/nothing/like/it", "mend or remove the link"),
        ("good-questions.md", "leads nowhere"),
        ("../toolkit/good-questions", "leads nowhere"),
        ("ftp://example.org/x", "leads nowhere"),
        ("/media/gone.pdf", "there is no file /media/gone.pdf"),
        ("/directory/", "has no `/` at its end: link to /directory"),
        ("/toolkit/good-questions/", "has no `/` at its end: link to /toolkit/good-questions"),
        ("/updates/feed.xml", "there is no page /updates/feed.xml"),  # it opens by a reader's own key alone
    ],
)
def test_links_that_lead_nowhere_are_told_with_the_nearest_right_one(corpus: Corpus, href: str, advice: str):
    found = told(corpus, f"## Here\n\nSee [what others ask]({href}).\n")
    assert len(found) == 1
    assert advice in found[0]


@pytest.mark.parametrize("href", ["http://[example.org", "https://[::1", "//[", "https://exa[mple.org/x"])
def test_what_is_no_address_at_all_is_told_and_stops_nothing(corpus: Corpus, href: str):
    assert len(told(corpus, f"## Here\n\nSee [what others ask]({href}).\n")) == 1
    corpus.build()
    assert corpus.read().page("/toolkit/linking", TODAY)


def test_an_address_in_front_matter_that_is_none_is_told(corpus: Corpus):
    corpus.asset("band", url="https://[www.example.org")
    assert ["this is not a web address" in problem.message for problem in corpus.check()] == [True]


def test_related_pages_and_materials_are_links_too(corpus: Corpus):
    corpus.toolkit("linking", related=["/toolkit/good-questons"])
    assert [(p.line, "there is no page" in p.message) for p in corpus.check()] == [(8, True)]


def test_an_alias_leads_on(corpus: Corpus):
    corpus.build()
    served = corpus.read()
    assert served.redirect("/directory/singing-group") == "/directory/choir"
    assert served.page("/directory/singing-group", TODAY) is None


def test_aliases_in_a_circle_are_told_and_lead_nowhere(corpus: Corpus):
    corpus.asset("round-a", aliases=["round-b"])
    corpus.asset("round-b", aliases=["round-a"])
    outcome = corpus.build()
    assert len(outcome.problems) == 2
    served = corpus.read()
    for path in ("/directory/round-a", "/directory/round-b"):
        assert served.page(path, TODAY)
        assert served.redirect(path) is None


def test_two_pages_cannot_have_been_one_address(corpus: Corpus):
    corpus.asset("choir-two", aliases=["singing-group"])
    assert ["already leads to /directory/choir" in p.message for p in corpus.check()] == [True]


def test_two_pages_cannot_have_one_id(corpus: Corpus):
    same = "6f0f6a3e-6d0b-4c55-9f0e-0c1a5f1f5a10"
    corpus.asset("one", id=same)
    corpus.asset("two", id=same)
    problems = corpus.check()
    assert len(problems) == 1
    assert problems[0].file.endswith("two.md")
    assert same in problems[0].message


def test_two_pages_of_one_title_are_advice_alone(corpus: Corpus):
    corpus.asset("choir-too", title="Choir")
    problems = corpus.check()
    assert [problem.level for problem in problems] == ["advice"]
    assert corpus.signpost("content", "check").returncode == 0


def _section() -> str:
    front = (
        "title: Toolkit\nsummary: What to read.\nowner: Practice team\nreviewed: 2026-09-01\nreview_every: 12 months\n"
    )
    return f"---\n{front}---\nText.\n"
