"""Looking only at what changed; advice; and links to other sites."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corpus import TODAY, Corpus
from webapp.library.authoring import checking, external_links
from webapp.library.authoring.external_links import Answer
from webapp.library.checks.reading_age import reading_age, sentences, syllables


def test_only_changed_files_are_read_again(tmp_path: Path):
    corpus, cache = Corpus(tmp_path, assets=5), tmp_path / "cache"
    corpus.toolkit("linking", body="See [the walk](/directory/walking-group-1).\n")

    def check() -> checking.Checked:
        return checking.check(corpus.content, cache=cache, today=TODAY)

    assert check().looked_at == 6
    assert check().looked_at == 0
    corpus.asset("walking-group-0", body="Changed.\n", adress="x")
    again = check()
    assert again.looked_at == 1
    assert [p.line for p in again.problems] == [12]
    (corpus.content / "assets/citywide/walking-group-1.md").unlink()
    gone = check()
    assert gone.looked_at == 0
    assert any("there is no page /directory/walking-group-1" in p.message for p in gone.problems)
    corpus.write(
        "vocabulary/teams.yml", (corpus.content / "vocabulary/teams.yml").read_text() + "\n  - {slug: x, label: X}\n"
    )
    assert check().looked_at == 5  # other words: everything is looked at


def test_a_change_that_is_only_proposed_reads_everything_else_once(tmp_path: Path):
    corpus, cache = Corpus(tmp_path, assets=5), tmp_path / "cache"
    proposed = {"content/assets/citywide/walking-group-0.md": b"no front matter"}

    def propose() -> checking.Checked:
        return checking.check(corpus.content, cache=cache, today=TODAY, instead=proposed)

    assert propose().looked_at == 4
    again = propose()
    assert (again.looked_at, [p.file for p in again.problems]) == (0, list(proposed))
    as_it_is = checking.check(corpus.content, cache=cache, today=TODAY)
    assert (as_it_is.looked_at, as_it_is.problems) == (1, [])  # what was proposed is not taken for what is there


def test_a_damaged_memory_is_forgotten(tmp_path: Path):
    corpus, cache = Corpus(tmp_path, assets=2), tmp_path / "cache"
    checking.check(corpus.content, cache=cache)
    for file in cache.rglob("manifest.json"):
        file.write_bytes(b"{")
    assert checking.check(corpus.content, cache=cache).looked_at == 2
    cache.chmod(0o700)
    assert checking.check(corpus.content, cache=tmp_path / "content" / "site.yml").problems == []


ADVISED = {
    "review": ({"verified": {"date": "2025-01-01", "by": "A team"}}, "Text.\n", "its review was due by 2025-07-01"),
    "long sentence": ({}, "We " + "walk and talk " * 10 + "today.\n", "this sentence has 32 words"),
    "summary": ({"summary": "word " * 30}, "Text.\n", "the summary has 30 words"),
    "NHS number": ({}, "Her number is 943 476 5919.\n", "an NHS number"),
    "NI number": ({}, "It is QQ 12 34 56 C here.\n", "National Insurance"),
    "name": ({}, "Ask for Mrs Patterson at the door.\n", "a person's name"),
    "vocabulary": ({}, "It is in Wythenshaw, by the park.\n", "the vocabulary spells it `Wythenshawe`"),
    "hard words": (
        {},
        "Multidisciplinary organisational accountability necessitates collaboration. " * 20,
        "reading age",
    ),
}


@pytest.mark.parametrize("kind", ADVISED)
def test_advice_is_given_where_it_is_asked_for(tmp_path: Path, kind: str):
    front, body, said = ADVISED[kind]
    corpus = Corpus(tmp_path)
    corpus.asset("advised", body=body, **front)
    assert checking.check(corpus.content, today=TODAY).problems == []
    told = [p for p in checking.check(corpus.content, today=TODAY, with_advice=True).problems if "advised" in p.file]
    assert any(said in p.message for p in told), told
    assert {p.level for p in told} == {"advice"}


def test_published_contact_details_are_no_personal_data(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.asset("plain", body="Ring 0161 496 0123, or come to 4 Sample Street, M22 9ZA.\n")
    told = checking.check(corpus.content, today=TODAY, with_advice=True).problems
    assert not [problem for problem in told if "plain" in problem.file]


def test_the_reading_age_is_that_of_the_formula():
    assert [syllables(word) for word in ("tea", "make", "table", "walked", "community", "organisation")] == [
        1,
        1,
        2,
        1,
        4,
        5,
    ]
    assert list(sentences("One. Two e.g. three?\nFour")) == ["One.", "Two e.g. three?", "Four"]
    easy, hard = "We sit and talk. " * 40, "Organisational accountability necessitates collaboration. " * 40
    assert reading_age("Too short.") is None
    assert reading_age(easy) == pytest.approx(0.39 * 4 + 11.8 * 1 - 15.59 + 5)
    assert (reading_age(hard) or 0) > 20


class Site(http.server.BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []
    agents: list[str] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        self.agents.append(self.headers["User-Agent"])
        code = {"/gone": 404, "/no-head": 405 if self.command == "HEAD" else 200, "/moved": 301, "/broken": 500}
        self.send_response(code.get(self.path, 200))
        if self.path == "/moved":
            self.send_header("Location", "/there")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Site.asked, Site.agents = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(external_links, "PAUSE", 0.0)
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_private_address_is_never_asked(site: str):
    for address in (site, "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/"):
        assert "private network" in external_links.ask_politely(address).fault
    assert Site.asked == []


def test_links_out_are_asked_for_politely(site: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(external_links, "public_address", lambda host, port: "127.0.0.1")
    assert external_links.ask_politely(f"{site}/fine") == Answer()
    assert Site.asked == [("HEAD", "/fine")]
    assert "Signpost" in Site.agents[0]
    assert external_links.ask_politely(f"{site}/no-head") == Answer()
    assert "404" in external_links.ask_politely(f"{site}/gone").fault
    assert "500" in external_links.ask_politely(f"{site}/broken").fault
    assert external_links.ask_politely(f"{site}/moved").moved == f"{site}/there"
    assert "does not answer" in external_links.ask_politely("http://127.0.0.1:1/").fault


def test_each_link_is_told_where_it_stands_and_asked_once(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.asset(
        "one",
        body="See [a](https://a.example.org/gone) and [b](https://a.example.org/fine#x).\n",
        url="https://a.example.org/gone",
    )
    asked: list[str] = []

    def ask(href: str) -> Answer:
        asked.append(href)
        return Answer("is gone") if href.endswith("gone") else Answer()

    files, memory = ["content/assets/citywide/one.md"], tmp_path / "state" / "links.json"
    told = external_links.check(corpus.content, files, memory, ask=ask)
    assert sorted((p.line, p.column) for p in told) == [(12, 6), (14, 9)]
    assert sorted(asked) == ["https://a.example.org/fine", "https://a.example.org/gone"]
    assert external_links.check(corpus.content, files, memory, ask=ask) == told
    assert len(asked) == 2
