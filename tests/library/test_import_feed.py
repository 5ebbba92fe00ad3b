"""A source that cannot be used gives one clear error; every shape that publishers send is taken."""

import json
from pathlib import Path

import pytest

from tests.library.importing import service
from webapp.library.importing.feed import MAX_FIELD, FeedError, read

LIST = json.dumps([service(1), service(2)])


@pytest.mark.parametrize(
    "given",
    [
        LIST,
        "\ufeff" + LIST,
        json.dumps({"total_items": 2, "contents": [service(1), service(2)]}),
        json.dumps({"services": [service(1), service(2)]}),
        "\n".join(json.dumps(service(n)) for n in (1, 2)) + "\n",
        "\n".join(json.dumps({"contents": [service(n)]}) for n in (1, 2)),
    ],
)
def test_a_list_an_envelope_and_lines_are_taken(given: str, tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_text(given, encoding="utf-8")
    assert [record["name"] for record in read(tmp_path / "feed.json").records] == ["Tea and talk 1", "Tea and talk 2"]


def test_one_service_alone_is_a_feed_of_one(tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_text(json.dumps(service(), indent=2))
    assert len(read(tmp_path / "feed.json").records) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html>", "not sound JSON: .* line 1, column 1"),
        (LIST[:-9].encode(), "cut short"),
        ((LIST + " more").encode(), "not sound JSON: unexpected content"),
        (b'[{"id": "1", "name": "A", "latitude": NaN}]', "not sound JSON"),
        (b'[{"id": "1",\n "name": "Caf\xe9 \x81"}]', "not UTF-8 text: byte 0xE9 on line 2, column 14"),
        ('[{"name": "Café £3 \xe9"}]'.encode() + "é".encode("latin-1"), "not UTF-8 text"),
        (LIST.encode("utf-16"), "UTF-16"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b"[]", "holds no services"),
        (b'{"contents": []}', "holds no services"),
        (b'{"places": [1], "total": 1}', "no list of services. Its keys: places, total"),
        (b"42", "neither a list"),
        (b'{"id": "1", "name": "A"}\n{"id":', "line 2"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence_that_says_where(given: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_bytes(given)
    with pytest.raises(FeedError, match=said):
        read(tmp_path / "feed.json")


@pytest.mark.parametrize("pasted", ["\\ud83d", "\\udc00", "\x01", "\x1b", "\t"], ids=repr)
def test_one_odd_character_does_not_take_a_feed_away(pasted: str, tmp_path: Path) -> None:
    """A half of a pair or a raw control is no sound JSON, and publishers send both."""
    given = json.dumps([service(1, name="Tea and PASTEDtalk"), service(2, name="Choir 😀 \\ud83d")])
    (tmp_path / "feed.json").write_text(given.replace("PASTED", pasted), encoding="utf-8")
    names = [record["name"] for record in read(tmp_path / "feed.json").records]
    kept = "\t" if pasted == "\t" else ""
    assert names == [f"Tea and {kept}talk", "Choir 😀 \\ud83d"], "what is whole, and what only looks odd, stays"


def test_a_huge_field_is_refused_by_the_number_of_its_service(tmp_path: Path) -> None:
    huge = service(2, organization={"name": "x" * (MAX_FIELD + 1)})
    (tmp_path / "feed.json").write_text(json.dumps([service(1), huge]))
    with pytest.raises(FeedError, match=r"`organization\.name` of service 2 holds 2,097,153 characters"):
        read(tmp_path / "feed.json")


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="not a file"):
        read(tmp_path)
