"""The council's own map: a file that is served by us alone, or an address that it set."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.client import Client
from tests.support.pmtiles import archive
from webapp.config.settings import Settings, SettingsError, load
from webapp.web import security

pytestmark = pytest.mark.reads_only
ADDRESS = "https://maps.council.example/city.pmtiles"
PATH = "/directory/tiles.pmtiles"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "city.pmtiles"
    file.write_bytes(archive())
    return replace(settings, map_tiles_file=file)


def test_a_browser_is_given_the_part_of_the_file_that_it_asks_for(priya: Client, client: Client):
    part = priya.get(PATH, status=206, headers={"Range": "bytes=0-126"})
    assert part.data == archive()[:127]
    assert part.headers["Content-Range"] == f"bytes 0-126/{len(archive())}"
    assert part.headers["Cache-Control"].startswith("private"), "it is kept by nobody but the reader"
    assert client.get(PATH).status == 303, "who is not signed in is asked to"


def test_the_map_asks_nobody_but_us(priya: Client):
    page = priya.get("/directory?q=singing&view=map")
    assert page.soup.select_one("[data-map]")["data-tiles"] == PATH
    assert "connect-src 'self';" in page.headers["Content-Security-Policy"]
    assert "data-tiles" not in priya.get("/directory?q=singing").text


def test_only_the_address_that_was_set_may_be_asked():
    assert "connect-src 'self' https://maps.council.example;" in security.content_policy(ADDRESS)
    assert "img-src 'self' data:;" in security.content_policy(ADDRESS)


def test_a_setting_is_a_file_or_an_address(tmp_path: Path):
    given = {"SIGNPOST_DEMO": "1"}
    file, other = tmp_path / "city.pmtiles", tmp_path / "other.pmtiles"
    file.write_bytes(archive())
    other.write_bytes(b"PK not a map")
    assert load(given | {"SIGNPOST_MAP_TILES": str(file)}).map_tiles_file == file
    assert load(given | {"SIGNPOST_MAP_TILES": ADDRESS}).map_tiles == ADDRESS
    for wrong in (str(other), str(tmp_path / "none.pmtiles"), "https://maps.council.example/", "ftp://x/city.pmtiles"):
        with pytest.raises(SettingsError, match="SIGNPOST_MAP_TILES"):
            load(given | {"SIGNPOST_MAP_TILES": wrong})
