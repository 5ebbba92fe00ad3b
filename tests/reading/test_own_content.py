"""Pages that moved, pages with a fault, pictures and late reviews, on a small site of our own."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.client import Client
from tests.support.photographs import photograph
from webapp.config.settings import ROOT, Settings
from webapp.library.build.compile import build

pytestmark = pytest.mark.reads_only

PAGE = """---
title: {title}
summary: What to say first.
owner: Practice development team
reviewed: 2020-01-06
review_every: 12 months
category: foundations
aliases: [the-old-name]
facts:
  - {{claim: Everyone is greeted, sources: [The Greeting Act], checked: 2026-10-06, general_knowledge: true}}
---
Say hello.

![A badge](/media/badge.png)
"""
SHED = """---
title: The shed
summary: Men mend bikes and drink tea.
organisation: The shed
status: active
citywide: true
contacts: [{phone: 0161 496 0123}]
image: {path: /media/badge.png, alt: A bench with tools, credit: The shed}
verified: {date: 2026-10-06, by: Wythenshawe neighbourhood team}
---
Tea at ten.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with one page and one picture."""
    content = tmp_path / "content"
    (content / "toolkit").mkdir(parents=True)
    shutil.copytree(ROOT / "content" / "vocabulary", content / "vocabulary")
    shutil.copy(ROOT / "content" / "site.yml", content)
    (content / "toolkit" / "hello.md").write_text(PAGE.format(title="Saying hello"))
    (content / "assets" / "citywide").mkdir(parents=True)
    (content / "assets" / "citywide" / "shed.md").write_text(SHED)
    (content / "media").mkdir()
    (content / "media" / "badge.png").write_bytes(photograph("PNG"))
    (content / "media" / "form.docx").write_bytes(b"PK")
    build(content, tmp_path / "index")
    return content


@pytest.fixture
def settings(folder: Path, settings: Settings) -> Settings:
    edit_url = "https://git.example.org/edit/{path}"
    return replace(settings, content_dir=folder, index_dir=folder.parent / "index", edit_url=edit_url)


def test_an_old_address_leads_to_the_page(priya: Client):
    moved = priya.get("/toolkit/the-old-name")
    assert (moved.status, moved.location) == (301, "/toolkit/hello")


def test_a_late_review_is_told_in_words(priya: Client):
    assert "A review was due by 6 January 2021" in priya.get("/toolkit/hello").words


def test_a_picture_is_kept_by_the_readers_own_browser_alone(priya: Client):
    picture = priya.get("/media/badge.png")
    assert picture.type == "image/png"
    assert picture.headers["Cache-Control"] == "private, max-age=86400"
    assert "attachment" in priya.get("/media/form.docx").headers["Content-Disposition"]


def test_pictures_come_in_sizes_for_a_phone_with_their_words(priya: Client):
    for address, words in (("/directory/shed", "A bench with tools"), ("/toolkit/hello", "A badge")):
        picture = priya.get(address).soup.select_one("main picture")
        assert [source["type"] for source in picture.select("source")] == ["image/avif", "image/webp"]
        image = picture.select_one("img")
        assert (image["alt"], image["width"], image["height"]) == (words, "600", "400")
        small = priya.get(picture.select_one("source")["srcset"].split(" ")[0])
        assert small.type == "image/avif"
        assert small.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    priya.get("/media/made/badge-0000000000000000-400.avif", status=404)


def test_a_fact_that_nobody_compared_says_so(priya: Client):
    words = priya.get("/toolkit/hello").words
    assert "when it was checked (1 not compared with its source)" in words
    assert "Not compared with its source: written on 6 October 2026" in words


def test_only_those_who_edit_are_offered_the_file(ed: Client, priya: Client):
    assert "https://git.example.org/edit/content/toolkit/hello.md" in ed.get("/toolkit/hello").links()
    assert "git.example.org" not in priya.get("/toolkit/hello").text


def test_readers_keep_the_last_good_page_and_editors_hear_of_the_fault(
    folder: Path, browser_of: Callable[[str], Client]
):
    (folder / "toolkit" / "hello.md").write_text(PAGE.format(title="Saying hello").replace("owner:", "ownr:"))
    build(folder, folder.parent / "index")
    told = browser_of("ed").get("/toolkit/hello")
    assert told.h1 == "Saying hello"
    assert "The newest version of this page has a fault" in told.words
    assert "ownr" in told.words
    assert "has a fault" not in browser_of("priya").get("/toolkit/hello").words


def test_a_section_without_pages_says_what_will_be_here(priya: Client):
    assert "No sessions yet" in priya.get("/spotlights/").words
    assert "Nothing told yet" in priya.get("/updates/").words
