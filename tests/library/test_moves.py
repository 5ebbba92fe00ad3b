"""A page was renamed in git and a link to it broke: whoever checks hears where it is now, and what keeps it found."""

from pathlib import Path

import pytest

from tests.support.corpus import Corpus
from tests.syncing.remote import Editor

LINK = "See [what to ask](/toolkit/good-questions) first.\n"
NOW = "the page /toolkit/good-questions is now "


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """An editor whose page `linking` leads to `good-questions`, all of it committed."""
    editor = Editor(tmp_path)
    editor.corpus.toolkit("good-questions", "What would make life good?\n\n" * 5)
    editor.corpus.toolkit("linking", LINK)
    editor.push("Begin")
    assert told(editor.corpus) == []
    return editor


def told(corpus: Corpus) -> list[str]:
    return [problem.message for problem in corpus.check() if problem.file.endswith("linking.md")]


def move(editor: Editor, old: str, new: str) -> None:
    (editor.corpus.content / new).parent.mkdir(exist_ok=True)
    editor._git("mv", f"content/{old}", f"content/{new}")


def test_a_renamed_page_is_found_by_its_history(editor: Editor):
    move(editor, "toolkit/good-questions.md", "toolkit/better-questions.md")
    said = (
        "/toolkit/better-questions: link there, and add `aliases: [good-questions]` to "
        "content/toolkit/better-questions.md for those who kept the old address"
    )
    assert told(editor.corpus) == [NOW + said]  # before it is committed
    editor.push("Rename it")
    assert told(editor.corpus) == [NOW + said]


def test_a_page_that_moved_twice_is_found_where_it_is(editor: Editor):
    for old, new in (("good-questions", "better-questions"), ("better-questions", "first-talks")):
        move(editor, f"toolkit/{old}.md", f"toolkit/{new}.md")
        editor.push(f"Rename {old}")
    assert told(editor.corpus)[0].startswith(f"{NOW}/toolkit/first-talks: link there")


def test_a_page_that_moved_to_another_section_keeps_its_whole_address(editor: Editor):
    move(editor, "toolkit/good-questions.md", "tec/good-questions.md")
    editor.push("Move it")
    assert "add `aliases: [/toolkit/good-questions]` to content/tec/good-questions.md" in told(editor.corpus)[0]


def test_a_page_that_was_written_anew_is_found_by_its_title(editor: Editor):
    (editor.corpus.content / "toolkit/good-questions.md").unlink()
    editor.corpus.toolkit("asking-well", "Quite other words.\n", title="Good questions", order=7, themes=["wellbeing"])
    assert told(editor.corpus)[0].startswith(f"{NOW}/toolkit/asking-well")  # git does not know the new file yet
    editor.push("Write it anew")
    assert told(editor.corpus)[0].startswith(f"{NOW}/toolkit/asking-well")


def test_with_the_alias_the_old_address_leads_on(editor: Editor):
    move(editor, "toolkit/good-questions.md", "toolkit/better-questions.md")
    path = editor.corpus.content / "toolkit/better-questions.md"
    path.write_text(path.read_text().replace("---\n", "---\naliases: [good-questions]\n", 1))
    assert told(editor.corpus) == ["the page /toolkit/good-questions has moved: link to /toolkit/better-questions"]


def test_a_page_that_is_gone_for_good_is_not_found(editor: Editor):
    (editor.corpus.content / "toolkit/good-questions.md").unlink()
    editor.push("Delete it")
    assert told(editor.corpus)[0].startswith("there is no page /toolkit/good-questions")


def test_without_git_the_nearest_address_is_offered(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.toolkit("good-question")
    corpus.toolkit("linking", LINK)
    assert told(corpus) == ["there is no page /toolkit/good-questions: did you mean `/toolkit/good-question`?"]


@pytest.mark.parametrize("commits", [False, True])
@pytest.mark.parametrize(
    "href",
    ["/toolkit/never", "/directory/never", "/toolkit/a%00b", "/toolkit/[x", "/toolkit/*", "/spotlights/never/handout"],
)
def test_a_page_that_git_never_knew_is_told_as_any_other(tmp_path: Path, commits: bool, href: str):
    editor = Editor(tmp_path)
    editor.corpus.toolkit("linking", f"See [what to ask]({href}) first.\n")
    if commits:
        editor.push("Begin")
    (said,) = told(editor.corpus)
    assert said.startswith("there is no page /")


def test_of_two_files_of_one_name_that_went_in_one_commit_nobody_falls_over(editor: Editor):
    editor.corpus.write("assets/north/choir.md", editor.corpus.asset("choir").read_bytes())
    editor.corpus.toolkit("linking", "See [who sings](/directory/choir).\n")
    editor.push("Two choirs")
    for folder in ("north", "citywide"):
        (editor.corpus.content / f"assets/{folder}/choir.md").unlink()
    editor.push("No choir")
    assert told(editor.corpus) == ["there is no page /directory/choir: mend or remove the link"]
