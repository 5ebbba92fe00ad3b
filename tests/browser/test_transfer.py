"""What a phone on a poor connection has to load."""

from typing import Any

from playwright.sync_api import Response

from tests.support.chromium import Visit, Windows

MOST = 100_000  # bytes of style sheets and scripts, compressed, on a first visit


def loaded(visit: Visit, path: str) -> list[tuple[str, str, int]]:
    """What a page took from the network: (kind, path, bytes as sent, headers included). Nothing from the cache."""
    network = visit.context.new_cdp_session(visit.page)
    kinds: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    cached: set[str] = set()

    def note_answer(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"].removeprefix(visit.site.url))
        if event["response"].get("fromDiskCache"):
            cached.add(event["requestId"])

    network.on("Network.responseReceived", note_answer)
    network.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    network.send("Network.enable")
    visit.go(path)
    visit.page.wait_for_load_state("networkidle")
    network.detach()
    return [
        (*kinds[number], int(size))
        for number, size in sizes.items()
        if number in kinds and number not in cached and not kinds[number][1].startswith("data:")
    ]


def test_a_first_visit_is_light_and_a_second_page_is_its_html_alone(windows: Windows):
    with windows.open("practitioner") as visit:
        first = loaded(visit, "/")
        ours = [(kind, path, size) for kind, path, size in first if kind in {"Stylesheet", "Script"}]
        assert {kind for kind, _, _ in ours} == {"Stylesheet", "Script"}
        assert sum(size for _, _, size in ours) < MOST, ours
        assert not [entry for entry in first if entry[0] == "Font"]
        for path in ("/directory", "/toolkit/", "/gaps"):
            assert [kind for kind, _, _ in loaded(visit, path)] == ["Document"], path


def test_nothing_comes_from_elsewhere(windows: Windows):
    with windows.open("practitioner") as visit:
        hosts = set()
        visit.page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        for path in ("/", "/directory?q=walk", "/toolkit/", "/spotlights/", "/gaps/new"):
            visit.go(path)
        assert hosts == {visit.site.url.split("/")[2]}


def test_files_with_hashed_names_are_kept_a_year(windows: Windows):
    with windows.open() as visit:
        seen: list[Response] = []
        visit.page.on("response", lambda response: seen.append(response))
        visit.go("/sign-in")
        files = [response for response in seen if "/static/dist/" in response.url]
        assert files
        for response in files:
            headers = response.all_headers()
            assert "immutable" in headers["cache-control"]
            assert "max-age=31536000" in headers["cache-control"]
            assert headers["content-encoding"] in {"br", "gzip"}
            assert headers["x-content-type-options"] == "nosniff"
