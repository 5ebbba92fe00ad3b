"""Eighteen kinds of bad file among good ones: each is named with its line, and none of the others goes missing."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.corpus import Corpus, found

GOOD = 200


@dataclass(frozen=True)
class Bad:
    """A kind of fault: who makes it, where it must be found, and what the advice must say."""

    make: Callable[[Corpus], object]
    file: str
    line: int
    said: str
    served: bool = False  # the fault leaves a page that can be shown


def _raw(name: str, text: str | bytes) -> Callable[[Corpus], object]:
    return lambda corpus: corpus.write(name, text)


def _asset(slug: str, **front: object) -> Callable[[Corpus], object]:
    return lambda corpus: corpus.asset(slug, **front)


def _listing(slug: str) -> str:
    return f"content/assets/citywide/{slug}.md"


def _duplicate(corpus: Corpus) -> None:
    one = corpus.asset("zz-twice", title="The first of two")
    corpus.write("assets/other/zz-twice.md", one.read_text())


def _circle(corpus: Corpus) -> None:
    corpus.asset("round-a", aliases=["round-b"])
    corpus.asset("round-b", aliases=["round-a"])


def _link_elsewhere(corpus: Corpus) -> None:
    (corpus.content / "assets" / "citywide" / "elsewhere.md").symlink_to("/etc/hostname")


def _pipe(corpus: Corpus) -> None:
    os.mkfifo(corpus.content / "assets" / "citywide" / "pipe.md")


KINDS = {
    "never closed": Bad(
        _raw("assets/citywide/open.md", "---\ntitle: Open\n\nText\n"), _listing("open"), 4, "is not closed"
    ),
    "no front matter": Bad(_raw("assets/citywide/bare.md", "# Hello\n"), _listing("bare"), 1, "no front matter"),
    "a list": Bad(_raw("assets/citywide/list.md", "---\n- one\n- two\n---\n"), _listing("list"), 2, "a list"),
    "byte order mark": Bad(
        _raw("assets/citywide/bom.md", b"\xef\xbb\xbf---\ntitle: Bom\n---\n"), _listing("bom"), 1, "byte order mark"
    ),
    "not UTF-8": Bad(
        _raw("assets/citywide/latin.md", b"---\ntitle: Caf\xe9\n---\n"), _listing("latin"), 2, "not UTF-8"
    ),
    "control character": Bad(
        _raw("assets/citywide/bell.md", "---\ntitle: Bell\n---\nRing\x07\n"), _listing("bell"), 4, "control character"
    ),
    "colon in a value": Bad(
        _raw("assets/citywide/colon.md", "---\ntitle: Walk: talk\n---\n"), _listing("colon"), 2, "double quotes"
    ),
    "wrong type": Bad(_asset("typed", places=7), _listing("typed"), 12, "`places` is `7`"),
    "unknown key": Bad(_asset("key", adress="1 High Street"), _listing("key"), 12, "unknown key `adress`"),
    "unknown word": Bad(_asset("word", activities=["walkin"]), _listing("word"), 13, "did you mean"),
    "missing": Bad(_asset("missing", summary=None), _listing("missing"), 2, "`summary` is missing"),
    "too large": Bad(
        _raw("assets/citywide/huge.md", "---\ntitle: Huge\n---\n" + "word " * 200_000), _listing("huge"), 1, "kB"
    ),
    "broken link": Bad(
        lambda corpus: corpus.asset("linked", body="One.\n\nSee [this](/toolkit/gone).\n"),
        _listing("linked"),
        15,
        "there is no page /toolkit/gone",
        served=True,
    ),
    "two of one name": Bad(_duplicate, "content/assets/other/zz-twice.md", 1, "already taken"),
    "circle of aliases": Bad(_circle, _listing("round-a"), 12, "is the address of", served=True),
    "symbolic link": Bad(_link_elsewhere, _listing("elsewhere"), 1, "symbolic link"),
    "pipe": Bad(_pipe, _listing("pipe"), 1, "not an ordinary file"),
    # Made here and not in broken/, so that this repository itself can be checked out everywhere.
    "no name on Windows": Bad(_asset("con"), _listing("con"), 1, "Windows allows no file of this name", served=True),
    "accent in the name": Bad(_asset("crème"), _listing("crème"), 1, "rename it to `creme.md`"),
    "out of place": Bad(_raw("assets/citywide/notes.docx", b"PK"), "content/assets/citywide/notes.docx", 1, "media/"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = Corpus(tmp_path_factory.mktemp("broken"), assets=GOOD)
    for kind in KINDS.values():
        kind.make(corpus)
    return corpus


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_is_named_with_its_line_and_advice(broken: Corpus, checked: list[str], kind: str):
    bad = KINDS[kind]
    told = [line for line in checked if line.startswith(f"{bad.file}:")]
    assert any(line.startswith(f"{bad.file}:{bad.line}: ") and bad.said in line for line in told), told


@pytest.fixture(scope="module")
def checked(broken: Corpus) -> list[str]:
    """What `signpost content check` prints, a fault a line."""
    ran = broken.signpost("content", "check")
    assert ran.returncode == 1, ran.stderr
    return ran.stdout.splitlines()


def test_nothing_good_is_blamed(checked: list[str]):
    assert not [line for line in checked if "walking-group-" in line]


def test_the_good_ones_are_served(broken: Corpus):
    ran = broken.signpost("content", "build")
    assert ran.returncode == 1
    assert all(kind.file in ran.stdout for kind in KINDS.values())
    served = broken.read()
    for number in range(GOOD):
        assert served.card(f"/directory/walking-group-{number}"), number
    assert served.card("/directory/zz-twice")["title"] == "The first of two"
    for kind in KINDS.values():
        slug = Path(kind.file).stem
        assert bool(served.card(f"/directory/{slug}")) == (kind.served or slug == "zz-twice"), slug
    assert len(found(served, "walking")) == 50


def test_the_same_faults_are_there_for_programs(broken: Corpus):
    ran = broken.signpost("content", "check", "--format", "json")
    assert ran.returncode == 1
    files = {fault["file"] for fault in json.loads(ran.stdout)}
    assert files >= {kind.file for kind in KINDS.values()}
    ran = broken.signpost("content", "check", "--format", "github")
    assert all(line.startswith("::") for line in ran.stdout.splitlines() if line)


def test_sound_content_exits_0(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=3)
    assert corpus.signpost("content", "check").returncode == 0
    ran = corpus.signpost("content", "build")
    assert ran.returncode == 0, ran.stdout
    assert "3 pages" in ran.stdout


def test_without_a_name_or_words_there_is_no_site_and_it_says_so(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=1)
    corpus.write("site.yml", "name: [\n")
    ran = corpus.signpost("content", "build")
    assert ran.returncode == 1
    assert "content/site.yml:" in ran.stdout
    assert "Nothing was built" in ran.stderr
