"""An edit becomes a commit: whose it is, where it goes, and what happens when somebody pushes in between."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.editing.conftest import FILE, push, read
from tests.syncing.remote import Editor
from webapp.library.editing import saving
from webapp.library.editing.faults import EditFault
from webapp.library.editing.merging import Keep
from webapp.library.editing.repository import Repository, Signature, opened
from webapp.library.editing.saving import Clashes, Edit, Faulty, Gone, NothingNew, Saved
from webapp.library.problems import Problem

ED, SITE = Signature("Ed Marsh", "ed@example.org"), Signature("Signpost", "hello@example.org")
WORDS = ("A friendly group.", "A calm group.")
Open = Callable[[], tuple[str, str]]


@pytest.fixture
def save(pusher: Editor, tmp_path: Path) -> Callable[..., saving.Outcome]:
    """Save a text, made from the version that is there now unless `base` names another."""

    def run(
        text: str | tuple[str, str] = WORDS,
        base: str | None = None,
        file: str = FILE,
        branch: str = "",
        check: saving.Check = lambda data: [],
    ) -> saving.Outcome:
        with opened(pusher.remote, tmp_path, "content", tmp_path / "index", wait=5) as repository:
            repository.refresh(branch)
            now = repository.file(repository.tip(), file)
            if isinstance(text, tuple):
                assert now
                text = now.data.decode().replace(*text)
            edit = Edit(file, (now.blob if now else "") if base is None else base, text, branch, "Say it", ED, SITE)
            return saving.save(repository, edit, check)

    return run


@pytest.fixture
def first(pusher: Editor) -> tuple[str, str]:
    """The blob and the text of the file as it is at first."""
    text = (pusher.corpus.content / FILE).read_text()
    return pusher._git("rev-parse", f"HEAD:content/{FILE}").strip(), text


def test_straight_to_what_readers_see_it_is_one_commit_by_the_editor(pusher: Editor, save):
    made = save()
    assert isinstance(made, Saved)
    said = pusher._git("log", "-1", "--format=%an <%ae>|%cn <%ce>|%s", "main", at=pusher.bare).strip()
    assert said == "Ed Marsh <ed@example.org>|Signpost <hello@example.org>|Say it"
    assert pusher._git("diff", "--stat", "main~1", "main", at=pusher.bare).count("|") == 1
    assert WORDS[1] in read(pusher)


def test_a_branch_of_its_own_leaves_what_readers_see_alone_and_is_gone_on_with(pusher: Editor, save):
    save(branch="edits/walk")
    assert WORDS[0] in read(pusher)
    assert WORDS[1] in read(pusher, "edits/walk")
    text = read(pusher, "edits/walk").replace("calm", "quiet")
    again = save(text, base=pusher._git("rev-parse", f"edits/walk:content/{FILE}", at=pusher.bare).strip(),
                 branch="edits/walk")  # fmt: skip
    assert isinstance(again, Saved)
    assert pusher._git("rev-list", "--count", "main..edits/walk", at=pusher.bare).strip() == "2"


def test_a_branch_that_was_merged_and_deleted_is_begun_anew(pusher: Editor, save):
    save(branch="edits/walk")
    pusher._git("update-ref", "refs/heads/main", "edits/walk", at=pusher.bare)
    pusher._git("update-ref", "-d", "refs/heads/edits/walk", at=pusher.bare)
    assert isinstance(save(("calm", "quiet"), branch="edits/walk"), Saved)
    assert pusher._git("rev-list", "--count", "main..edits/walk", at=pusher.bare).strip() == "1"


def test_other_lines_that_somebody_pushed_meanwhile_are_kept(pusher: Editor, save, first):
    blob, text = first
    push(pusher, "0161 496 0123", "0161 496 0999")
    made = save(text.replace(*WORDS), base=blob)
    assert isinstance(made, Saved)
    assert made.merged
    assert "0161 496 0999" in read(pusher)
    assert WORDS[1] in read(pusher)


def test_the_same_lines_are_a_question_and_each_answer_can_be_saved(pusher: Editor, save, first):
    blob, text = first
    push(pusher, WORDS[0], "A lively group.")
    made = save(text.replace(*WORDS), base=blob)
    assert isinstance(made, Clashes)
    assert made.by == "Jo Bloggs"
    assert "A lively group." in read(pusher)
    both = save(made.merged.text([Keep.BOTH]), base=made.blob)
    assert isinstance(both, Saved)
    assert "A lively group.\nA calm group." in read(pusher)


def test_a_push_at_the_last_moment_is_taken_in_before_the_next_try(
    pusher: Editor, save, first, monkeypatch: pytest.MonkeyPatch
):
    blob, text = first
    publish = Repository.publish

    def slow(self: Repository, *args: str) -> None:
        monkeypatch.setattr(Repository, "publish", publish)
        push(pusher, "0161 496 0123", "0161 496 0999")
        publish(self, *args)

    monkeypatch.setattr(Repository, "publish", slow)
    assert isinstance(save(text.replace(*WORDS), base=blob), Saved)
    assert "0161 496 0999" in read(pusher)
    assert WORDS[1] in read(pusher)


def test_both_changes_together_are_checked_before_they_are_saved(pusher: Editor, save, first):
    blob, text = first
    push(pusher, "0161 496 0123", "0161 496 0999")
    fault = Problem(FILE, 3, "this is not right")
    made = save(text.replace(*WORDS), base=blob, check=lambda data: [fault])
    assert isinstance(made, Faulty)
    assert "0161 496 0999" in made.text
    assert WORDS[1] in made.text
    assert WORDS[0] in read(pusher)


def test_a_file_that_somebody_took_away_is_not_put_back_unasked(pusher: Editor, save, first):
    blob, text = first
    (pusher.corpus.content / FILE).unlink()
    pusher.push("Away with it")
    assert save(text.replace(*WORDS), base=blob) == Gone("Jo Bloggs")
    assert isinstance(save(text.replace(*WORDS), base=""), Saved)
    assert WORDS[1] in read(pusher)


def test_what_is_there_already_makes_no_commit(pusher: Editor, save):
    before = pusher.head()
    assert isinstance(save(("x" * 99, "")), NothingNew)
    assert pusher._git("rev-parse", "main", at=pusher.bare).strip() == before


def test_a_new_file_stands_beside_the_others(pusher: Editor, save):
    assert isinstance(save("---\n", file="toolkit/tea.md"), Saved)
    assert read(pusher, file="toolkit/tea.md") == "---\n"
    assert pusher._git("ls-tree", "main", f"content/{FILE}", at=pusher.bare)


def test_ends_of_lines_a_mark_and_a_missing_end_change_only_where_it_was_edited(pusher: Editor, save):
    path = pusher.corpus.content / FILE
    data = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n").rstrip()
    path.write_bytes(data)
    pusher.push("From another machine")
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace(*WORDS)
    assert isinstance(save(text.replace("\n", "\r\n")), Saved)
    pusher._git("pull", "-q", "origin", "main")
    assert path.read_bytes() == data.removeprefix(b"\xef\xbb\xbf").replace(WORDS[0].encode(), WORDS[1].encode())


def test_a_remote_that_is_away_or_that_declines_is_told_in_a_sentence(pusher: Editor, save):
    pusher.hide()
    with pytest.raises(EditFault, match=r"cannot be reached|is not a git repository"):
        save("---\n", base="")
    pusher.show()
    hook = pusher.bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(EditFault, match="takes no changes to the branch main"):
        save()


def test_a_repository_that_cannot_be_written_is_told_in_a_sentence(pusher: Editor, save, tmp_path: Path):
    save()
    objects = tmp_path / "index" / "sync" / "repository" / "objects"
    for text in map("---\ntitle: Tea {}\n---\n".format, range(999)):
        kept_in = objects / hashlib.sha1(f"blob {len(text)}\0{text}".encode()).hexdigest()[:2]
        if not kept_in.exists():
            kept_in.touch()  # a file where git needs a folder: it stops root too, as a disk that is read only does
            break
    with pytest.raises(EditFault, match="cannot be written"):
        save(text, base="", file="toolkit/tea.md")


def test_without_a_remote_the_branch_is_in_the_folders_own_repository_and_its_files_stay(
    pusher: Editor, tmp_path: Path
):
    content = pusher.corpus.content
    (content / FILE).write_text("somebody is writing here")
    with opened(None, content, "", tmp_path / "index", wait=5) as repository:
        now = repository.file(repository.tip(), FILE)
        assert now
        edit = Edit(FILE, now.blob, now.data.decode().replace(*WORDS), "edits/walk", "Say it", ED, SITE)
        assert isinstance(saving.save(repository, edit, lambda data: []), Saved)
        again = saving.save(repository, replace(edit, text=f"{edit.text}More.\n"), lambda data: [])
        assert isinstance(again, Saved)
    assert pusher._git("show", f"edits/walk:content/{FILE}").endswith("A calm group.\nMore.\n")
    assert (content / FILE).read_text() == "somebody is writing here"
    assert pusher._git("status", "--short").strip() == f"M content/{FILE}"
    with pytest.raises(EditFault, match="in no git repository"), opened(None, tmp_path, "", tmp_path, wait=5):
        pass


def test_names_that_git_would_stumble_over_are_made_plain():
    assert Signature("Jo <x> \n Bloggs", "a>b@example.org") == Signature("Jo x Bloggs", "ab@example.org")
    assert replace(ED, name="<>").name == "unknown"
