"""Beginning pages, giving them other names, and the schema for editors' tools."""

import json
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.corpus import TODAY, Corpus
from webapp.cli.pages import new, print_schema, rename
from webapp.config.settings import ROOT
from webapp.library import vocabulary
from webapp.library.authoring.scaffold import KINDS
from webapp.library.build.pages import compile_text
from webapp.library.build.places import place_of
from webapp.library.front_matter.model import MODELS
from webapp.library.problems import Problem


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    corpus = Corpus(tmp_path, assets=3)
    corpus.toolkit(
        "first-talk", body="See [the walk](/directory/walking-group-1?a=b) and [it](/directory/walking-group-10).\n"
    )
    corpus.asset("walking-group-10")
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(corpus.content))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(corpus.index_dir))
    return corpus


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("title", ['Tea: "and" talk', "2026-11-01"])
def test_a_new_page_passes_every_check(corpus: Corpus, kind: str, title: str):
    corpus.spotlight("falls")
    before = corpus.check()
    session = ["--session", "falls"] if kind == "handout" else []
    ran = CliRunner().invoke(new, [kind, title, "--slug", "tea", "--summary", "Tea: on Tuesdays.", *session])
    assert ran.exit_code == 0, ran.output
    assert corpus.check() == before
    assert next(corpus.content.rglob("tea.md")).read_text().count("draft: true") == 1


def test_an_answer_that_cannot_be_is_asked_for_again(corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    """Whoever mistypes the fourth answer must not lose the first three."""
    monkeypatch.setattr("webapp.cli.pages._is_asked", lambda: True)
    answers = [
        "A warm cup.",
        "Us",
        "wythenshaw",
        "ardwick-longsight",
        "0161 12",
        "0161 496 0123",
        "nobody",
        "",
        "A team",
    ]
    ran = CliRunner().invoke(new, ["asset", "Tea"], input="\n".join(answers) + "\n")
    assert ran.exit_code == 0, ran.output
    assert "did you mean `wythenshawe-" in ran.output
    assert "write it as in 0161 496 0123" in ran.output
    assert "write it as in hello@example.org" in ran.output
    assert "0161 496 0123" in (corpus.content / "assets/ardwick-longsight/tea.md").read_text()


def test_a_listing_can_be_made_whole_by_its_flags(corpus: Corpus):
    said = [
        "--place",
        "ardwick-longsight",
        "--phone",
        "0161 496 0123",
        "--by",
        "A team",
        "--summary",
        "Tea.",
        "--organisation",
        "Us",
    ]
    assert CliRunner().invoke(new, ["asset", "Tea", *said]).exit_code == 0
    text = (corpus.content / "assets/ardwick-longsight/tea.md").read_text()
    assert "‹" not in text.split("\n---\n")[0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["asset", "Walking group 1"], 1, "is there already"),
        (["asset", "!!!"], 2, "cannot be an address"),
        (["handout", "Tea"], 2, "is no session: name the file of one"),
        (["handout", "Tea", "--session", "../toolkit"], 2, "is no session"),
        (["asset", "Tea", "--place", "wythenshawe"], 1, "did you mean `wythenshawe-"),
        (["asset", "Tea", "--phone", "12"], 1, "not a phone number"),
        (["toolkit", "Tea", "--phone", "0161 496 0123"], 2, "--phone is not for a page of this kind"),
        (["toolkit", "x" * 130], 1, "use 120 or fewer"),
    ],
)
def test_what_cannot_be_begun_is_not(corpus: Corpus, arguments: list[str], code: int, said: str):
    files = set(corpus.content.rglob("*"))
    ran = CliRunner().invoke(new, arguments)
    assert (ran.exit_code, said in ran.output) == (code, True), ran.output
    assert {p for p in corpus.content.rglob("*") if p.is_file()} <= files


def test_a_renamed_listing_keeps_its_address_its_identity_and_its_links(corpus: Corpus):
    corpus.build()
    was = corpus.read().card("/directory/walking-group-1")["id"]
    old = corpus.content / "assets/citywide/walking-group-1.md"
    dry = CliRunner().invoke(rename, [str(old), "morning-walk", "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "would move to /directory/morning-walk" in dry.output
    assert old.exists()
    ran = CliRunner().invoke(rename, [str(old), "morning-walk"])
    assert ran.exit_code == 0, ran.output
    assert not old.exists()
    linking = (corpus.content / "toolkit/first-talk.md").read_text()
    assert "(/directory/morning-walk?a=b)" in linking
    assert "(/directory/walking-group-10)" in linking
    corpus.build()
    assert corpus.read().redirect("/directory/walking-group-1") == "/directory/morning-walk"
    assert corpus.read().card("/directory/morning-walk")["id"] == was


def test_a_page_moved_to_another_section_keeps_its_address(corpus: Corpus):
    old = corpus.content / "toolkit/first-talk.md"
    ran = CliRunner().invoke(rename, [str(old), str(corpus.content / "updates" / "first-talk.md")])
    assert ran.exit_code == 0, ran.output
    corpus.build()
    assert corpus.read().redirect("/toolkit/first-talk") == "/updates/first-talk"


def test_a_session_takes_its_handouts_along(corpus: Corpus):
    session = "title: {}\nsummary: S.\nowner: A team\nreviewed: 2026-09-01\nreview_every: 12 months\n"
    table = "| Minutes | What |\n|---|---|\n| 5 | Tea |"
    after = "## Case prompt\n\n## Discussion questions\n\n## Take it back to practice\n\nText."
    agenda = f"## Agenda\n\n{table}\n\n{after}\n"
    more = "date: 2026-11-26\nthemes: [wellbeing]\nmaterials: [{title: Handout, path: /spotlights/one/handout}]\n"
    path = corpus.write("spotlights/one.md", f"---\n{session.format('One')}{more}---\n{agenda}")
    corpus.write("spotlights/one/handout.md", f"---\n{session.format('Handout')}---\nText.\n")
    before = corpus.check()
    assert CliRunner().invoke(rename, [str(path), "two"]).exit_code == 0
    assert corpus.check() == before
    assert "path: /spotlights/two/handout" in (corpus.content / "spotlights/two.md").read_text()
    corpus.build()
    assert corpus.read().redirect("/spotlights/one/handout") == "/spotlights/two/handout"
    assert not (corpus.content / "spotlights/one").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("walking-group-2", "is there already"),
        ("Big Name", "cannot be an address"),
        ("/nowhere/x.md", "no page is made from"),
    ],
)
def test_a_name_that_cannot_be_is_refused(corpus: Corpus, name: str, said: str):
    old = corpus.content / "assets/citywide/walking-group-1.md"
    ran = CliRunner().invoke(rename, [str(old), name])
    assert (ran.exit_code, said in ran.output) == (1, True), ran.output
    assert old.exists()


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_the_schema_knows_every_key_and_every_word(corpus: Corpus, kind: str):
    ran = CliRunner().invoke(print_schema, ["--kind", kind])
    made = json.loads(ran.output)
    assert set(made["properties"]) == set(MODELS[kind].model_fields)
    assert made["additionalProperties"] is False
    assert all("description" in said for said in made["properties"].values() if "$ref" not in said)
    assert "x-vocabulary" not in ran.output
    if kind == "asset":
        assert "ardwick-longsight" in made["properties"]["places"]["items"]["enum"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


WORDS, _ = vocabulary.load(ROOT / "content" / "vocabulary", ROOT)
KEYS = sorted({key for model in MODELS.values() for key in model.model_fields})


def compiled(folder: str, text: str) -> list[Problem]:
    place = place_of(PurePosixPath(folder) / "made-up.md")
    assert place
    data = text.encode("utf-8", "replace")
    made = compile_text(data, f"content/{folder}/made-up.md", place, WORDS, TODAY)
    assert made.front is not None or any(p.level == "error" for p in made.problems)
    return made.problems


@given(
    front=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=12),
    body=st.text(max_size=200),
    folder=st.sampled_from(["assets", "toolkit", "tec", "spotlights", "updates", "pages"]),
)
@settings(max_examples=100, deadline=None)
def test_no_front_matter_breaks_the_checker(front: dict, body: str, folder: str):
    for problem in compiled(folder, f"---\n{json.dumps(front)}\n---\n{body}"):
        assert problem.line >= 1
        assert problem.column >= 0


@given(body=st.text(alphabet="#|-*_`~[]()!^:<>&/ \n\t1ab=\"'\\", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_markdown_breaks_the_checker(body: str):
    text = f"---\ntitle: T\nsummary: S\nowner: O\nreviewed: 2026-09-01\nreview_every: 1 year\n---\n{body}"
    assert all(p.line <= text.count("\n") + 1 for p in compiled("toolkit", text))
