"""A feed is read from its address: every page once, whole records where the list is thin, and only what changed."""

import io
import json
import zipfile
from datetime import timedelta
from email.utils import formatdate
from typing import Any

import pytest

from tests.feeds.conftest import Fetch
from tests.feeds.server import Asked, Directory, some
from webapp.library.feeds.download import Fetched
from webapp.library.feeds.limits import FeedFault
from webapp.library.importing import feed as feeds

LATER = timedelta(hours=30)


def names(fetched: Fetched) -> list[str]:
    """What an import would find in the file."""
    return [record["name"] for record in feeds.read(fetched.file).records]


def whole(fetched: Fetched) -> bool:
    return not feeds.read(fetched.file).lacking


def test_every_page_is_read_once(directory: Directory, read: Fetch):
    fetched = read()
    assert names(fetched) == [f"Tea and talk {n}" for n in range(1, 6)]
    assert whole(fetched)
    assert [q for q in directory.questions() if q.startswith("/services?")] == ["/services?2", "/services?3"]


def test_the_base_of_an_api_leads_to_its_services(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        api = {"version": "HSDS-UK-3.0", "profile": "https://example.org", "openapi_url": "https://example.org/o.json"}
        return directory.page(asked) if asked.path == "/v3/services" else api

    directory.answer = answer
    assert len(names(read(directory.address.replace("/services", "/v3/")))) == 5


def test_it_says_who_asks_and_not_too_often(directory: Directory, read: Fetch, monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []
    monkeypatch.setattr("webapp.library.feeds.client.Asker._pause", lambda asker: waited.append(asker.limits.pause))
    read(pause=0.75)
    assert {one.headers["User-Agent"] for one in directory.asked} == {"Test reader"}
    assert waited == [0.75] * len(directory.asked)


def old_envelope(asked: Asked, directory: Directory, first: int) -> dict[str, Any]:
    """As Open Referral UK 1.0 wraps a list, counted from `first`."""
    number = int(asked.query.get("page", first)) - first
    here = directory.services[number * 2 : number * 2 + 2]
    last = number * 2 + 2 >= len(directory.services)
    return {"totalElements": 5, "totalPages": 3, "number": number, "first": number == 0, "last": last, "content": here}


@pytest.mark.parametrize("first", [0, 1])
def test_pages_may_be_counted_from_0_or_1(directory: Directory, read: Fetch, first: int):
    directory.answer = lambda asked: old_envelope(asked, directory, first) if asked.path == "/services" else b"{}"
    assert sorted(names(read())) == [f"Tea and talk {n}" for n in range(1, 6)]


def test_a_list_that_only_says_what_comes_next_is_followed(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        at = int(asked.query.get("cursor", 0))
        link = f"/services?cursor={at + 2}" if at + 2 < 5 else None
        return {"next": link, "services": directory.services[at : at + 2]}

    directory.answer = answer
    assert len(names(read())) == 5


@pytest.mark.parametrize("beyond", ["everything", "nothing", "not there"])
def test_a_bare_list_is_whole_once_nothing_new_comes(directory: Directory, read: Fetch, beyond: str):
    def answer(asked: Asked) -> Any:
        if asked.query.get("page", "1") == "1" or beyond == "everything":
            return directory.services
        return [] if beyond == "nothing" else asked.send(404)

    directory.answer = answer
    assert len(names(read())) == 5


def test_a_server_that_refuses_large_pages_is_asked_for_its_own(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        return (
            asked.send(400) if asked.query.get("per_page") == "100" and len(asked.query) == 1 else directory.page(asked)
        )

    directory.answer = answer
    assert len(names(read())) == 5


def thin(directory: Directory, asked: Asked) -> Any:
    """A list of names alone, with a record of its own for each."""
    if asked.path != "/services":
        identity = asked.path.rpartition("/")[2]
        return next((one for one in directory.services if one["id"] == identity), None) or asked.send(404)
    page = directory.page(asked)
    page["contents"] = [{k: one[k] for k in ("id", "name", "last_modified") if k in one} for one in page["contents"]]
    return page


def test_where_the_list_is_thin_each_record_is_read(directory: Directory, read: Fetch):
    directory.answer = lambda asked: thin(directory, asked)
    assert [record["email"] for record in feeds.read(read().file).records] == [s["email"] for s in directory.services]


def test_a_record_that_comes_as_something_else_is_never_replaced_by_its_thin_one(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        return b"<html>Busy</html>" if asked.path.endswith("4") else thin(directory, asked)

    directory.answer = answer
    with pytest.raises(FeedFault, match="000000000004 sent something that is not this service"):
        read()
    directory.answer = lambda asked: thin(directory, asked)
    assert [record["email"] for record in feeds.read(read().file).records] == [s["email"] for s in directory.services]


def test_a_service_that_went_is_left_out_and_one_that_is_withheld_stops_the_reading(directory: Directory, read: Fetch):
    def without(status: int) -> None:
        directory.answer = lambda asked: asked.send(status) if asked.path.endswith("4") else thin(directory, asked)

    without(403)
    with pytest.raises(FeedFault, match="answers 403: it lets nobody in"):
        read()
    without(404)
    fetched = read()
    assert "1 of its services went while it was read." in fetched.remarks
    assert feeds.read(fetched.file).lacking == "4 of 5 services"


def test_a_list_that_gives_whole_records_when_asked_is_asked(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        return directory.page(asked) if asked.query.get("full") else thin(directory, asked)

    directory.answer = answer
    assert all("email" in record for record in feeds.read(read().file).records)
    assert len([one for one in directory.asked if one.path != "/services"]) == 1


def test_a_record_that_says_it_has_not_changed_is_not_asked_for_again(directory: Directory, read: Fetch):
    directory.services = some(5, last_modified="2026-10-01T10:00:00Z")
    directory.answer = lambda asked: thin(directory, asked)
    read()
    directory.asked.clear()
    directory.services[1] |= {"last_modified": "2026-11-01T10:00:00Z", "email": "new@example.org"}
    fetched = read(later=LATER)
    assert feeds.read(fetched.file).records[1]["email"] == "new@example.org"
    assert {one.path.rpartition("/")[2] for one in directory.asked if one.path != "/services"} == {
        directory.services[1]["id"]
    }


def test_what_has_not_changed_is_not_sent_again(directory: Directory, read: Fetch):
    sent = []

    def answer(asked: Asked) -> Any:
        etag = f'"{asked.query.get("page", 1)}-{len(directory.services)}"'
        if asked.headers["If-None-Match"] == etag:
            return asked.send(304, ETag=etag)
        sent.append(asked.path)
        return asked.send(200, json.dumps(directory.page(asked)).encode(), ETag=etag)

    directory.answer = answer
    first = names(read())
    sent.clear()
    assert names(read(later=LATER)) == first
    assert sent == []


def test_last_modified_serves_where_there_is_no_etag(directory: Directory, read: Fetch):
    when = formatdate(usegmt=True)

    def answer(asked: Asked) -> Any:
        if asked.headers["If-Modified-Since"] == when:
            return asked.send(304)
        return asked.send(200, json.dumps(directory.page(asked)).encode(), Last_Modified=when)

    directory.answer = answer
    first = names(read())
    assert names(read(later=LATER)) == first


def test_only_what_changed_is_asked_for_where_the_feed_filters(directory: Directory, read: Fetch):
    read()
    changed = directory.services[3] | {"name": "Tea and talk, moved"}

    def answer(asked: Asked) -> Any:
        if asked.query.get("modified_after"):
            return {"total_items": 1, "total_pages": 1, "page_number": 1, "last_page": True, "contents": [changed]}
        return directory.page(asked)

    directory.answer = answer
    fetched = read(later=LATER, changes=True)
    assert names(fetched)[3] == "Tea and talk, moved"
    assert (len(names(fetched)), fetched.changed) == (5, 1)
    assert fetched.since


def test_a_filter_that_does_nothing_is_noticed(directory: Directory, read: Fetch):
    read()
    fetched = read(later=LATER, changes=True)
    assert len(names(fetched)) == 5
    assert fetched.since is None
    assert whole(fetched)


def test_a_feed_that_lost_services_is_not_taken_for_a_filtered_one(directory: Directory, read: Fetch):
    read()
    directory.services = directory.services[1:]
    fetched = read(later=LATER, changes=True)
    assert (len(names(fetched)), fetched.since) == (4, None)


def test_after_a_week_the_whole_feed_is_read(directory: Directory, read: Fetch):
    read()
    directory.asked.clear()
    assert read(later=timedelta(days=8), changes=True).since is None
    assert not any("modified_after" in one.query for one in directory.asked)


def test_a_reading_that_broke_off_goes_on_where_it_was(directory: Directory, read: Fetch):
    directory.answer = lambda asked: asked.send(503) if asked.query.get("page") == "3" else directory.page(asked)
    with pytest.raises(FeedFault, match="answers 503, also when it was asked again"):
        read()
    directory.answer = None
    directory.asked.clear()
    fetched = read(later=timedelta(hours=1))
    assert len(names(fetched)) == 5
    assert fetched.went_on
    assert [q for q in directory.questions() if not q.startswith("/services/")] == ["/services?3"]


def test_after_a_day_it_begins_anew(directory: Directory, read: Fetch):
    directory.answer = lambda asked: asked.send(503) if asked.query.get("page") == "3" else directory.page(asked)
    with pytest.raises(FeedFault):
        read()
    directory.answer = None
    directory.asked.clear()
    read(later=LATER)
    assert "/services?2" in directory.questions()


def test_what_old_windows_programs_write_is_read_and_told(directory: Directory, read: Fetch):
    directory.services[2]["name"] = "Café “Heimat”"
    directory.answer = lambda asked: json.dumps(directory.page(asked), ensure_ascii=False).encode("cp1252")
    fetched = read()
    assert names(fetched)[2] == "Café “Heimat”"
    assert "It is not UTF-8, and was read as Windows-1252." in fetched.remarks


def test_tables_in_a_zip_are_kept_as_they_came(directory: Directory, read: Fetch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("services.csv", "id,name\n1,Tea\n2,Bowls\n")
    directory.answer = lambda asked: packed.getvalue()
    assert names(read(directory.address + ".zip")) == ["Tea", "Bowls"]


def test_a_file_that_is_no_list_is_kept_as_it_came(directory: Directory, read: Fetch):
    lines = b"\n".join(json.dumps(one).encode() for one in directory.services)
    directory.answer = lambda asked: lines
    assert len(names(read(directory.address + ".ndjson"))) == 5
