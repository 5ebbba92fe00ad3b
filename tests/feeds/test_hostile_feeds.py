"""Whatever another directory answers, reading it ends soon, and says in a sentence why nothing was taken."""

import gzip
import json
import socket
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.conftest import Fetch
from tests.feeds.server import Asked, Directory, serving, some
from webapp.db.engine import now
from webapp.library import addresses
from webapp.library.feeds import client
from webapp.library.feeds.download import HowToAsk, fetch
from webapp.library.feeds.limits import FeedFault, FeedLimits
from webapp.library.importing import feed as feeds

SOON = 3.0  # seconds, on a busy machine


def test_an_answer_that_drips_is_cut_off(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> None:
        asked.begin(200, Content_Length="1000000")
        while not directory.given_up.wait(0.02):
            asked.handler.wfile.write(b" ")

    directory.answer = answer
    began = time.monotonic()
    with pytest.raises(FeedFault, match=r"took longer than 0.4 seconds to answer"):
        read(answer_seconds=0.4)
    assert time.monotonic() - began < SOON


def test_a_head_that_drips_is_cut_off(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> None:
        asked.handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        number = 0
        while not directory.given_up.wait(0.02):
            number += 1
            asked.handler.wfile.write(b"X-%d: and so on\r\n" % number)

    directory.answer = answer
    with pytest.raises(FeedFault, match="took longer than"):
        read(answer_seconds=0.4)


def test_silence_is_given_up_on(directory: Directory, read: Fetch):
    directory.answer = lambda asked: directory.given_up.wait(10) and None
    began = time.monotonic()
    with pytest.raises(FeedFault):
        read(step_seconds=0.2, answer_seconds=1)
    assert time.monotonic() - began < SOON


def test_all_of_it_together_may_take_so_long(directory: Directory, read: Fetch):
    with pytest.raises(FeedFault, match="Reading took longer than"):
        read(all_seconds=0)


def test_an_endless_answer_is_stopped(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> None:
        asked.begin(200, Content_Length=str(1 << 40))
        while not directory.given_up.is_set():
            asked.handler.wfile.write(b" " * 65536)

    directory.answer = answer
    with pytest.raises(FeedFault, match=r"One answer of .* is over 1 MB"):
        read(answer_bytes=1 << 20)


def test_many_large_answers_are_too_much_together(directory: Directory, read: Fetch):
    directory.services = some(5, description="long " * 60_000)
    with pytest.raises(FeedFault, match=r"All of .* is over 1 MB"):
        read(all_bytes=1 << 20)


def test_little_that_unpacks_to_very_much_is_noticed(directory: Directory, read: Fetch):
    bomb = gzip.compress(b" " * (8 << 20))
    directory.answer = lambda asked: asked.send(200, bomb, Content_Encoding="gzip")
    with pytest.raises(FeedFault, match="bytes that unpack to over"):
        read(answer_bytes=1 << 20)


def test_half_a_page_is_no_page(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        if asked.query.get("page") != "2":
            return directory.page(asked)
        body = json.dumps(directory.page(asked)).encode()
        asked.begin(200, Content_Length=str(len(body)))
        asked.handler.wfile.write(body[: len(body) // 2])
        asked.handler.close_connection = True
        return None

    directory.answer = answer
    with pytest.raises(FeedFault, match="broke off in the middle of its answer"):
        read()


def test_half_a_page_without_a_length_is_no_page_and_not_kept(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        half = b'{"contents": [{"id": 1'
        return asked.send(200, half, ETag='"1"') if asked.query.get("page") == "2" else directory.page(asked)

    directory.answer = answer
    with pytest.raises(FeedFault, match="sent no list for page 2"):
        read()
    directory.answer = None
    assert len(feeds.read(read().file).records) == 5


def test_a_page_that_comes_again_and_again_is_noticed(directory: Directory, read: Fetch):
    first = {"total_items": 300, "total_pages": 150, "contents": directory.services[:2]}
    directory.answer = lambda asked: first
    with pytest.raises(FeedFault, match=r"Page 2 of .* is page 1 once more, so its paging does not end"):
        read()
    assert len(directory.asked) < 10


def test_pages_that_go_round_are_noticed(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        number = int(asked.query.get("page", 1)) % 3
        return {"last_page": False, "contents": directory.services[number : number + 1]}

    directory.answer = answer
    with pytest.raises(FeedFault, match="once more"):
        read()


def test_a_last_page_that_never_comes_is_given_up_on(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        number = int(asked.query.get("page", 1))
        return {"last_page": False, "contents": [{"id": str(number), "name": f"Group {number}"}]}

    directory.answer = answer
    with pytest.raises(FeedFault, match="still goes on after 20 pages"):
        read(pages=20)


def test_a_total_that_grows_is_noticed(directory: Directory, read: Fetch):
    def answer(asked: Asked) -> Any:
        number = int(asked.query.get("page", 1))
        return {"total_items": 100 * number, "contents": [{"id": str(number), "name": f"Group {number}"}]}

    directory.answer = answer
    with pytest.raises(FeedFault, match="it grows as it is read"):
        read()


def test_a_feed_that_changes_while_it_is_read_is_not_taken_for_whole(directory: Directory, read: Fetch):
    """The first service goes after page 1 was read, so that the third is on no page that we see."""

    def answer(asked: Asked) -> Any:
        page = directory.page(asked)
        if asked.path == "/services" and len(directory.services) == 5:
            directory.services = directory.services[1:]
        return page

    directory.answer = answer
    reading = feeds.read(read().file)
    assert reading.lacking == "4 of 5 services"


@pytest.mark.parametrize(
    "there", ["http://169.254.169.254/latest/meta-data", "http://127.0.0.2/", "http://[::1]/", "http://10.0.0.7/"]
)
def test_it_is_never_led_into_our_own_network(directory: Directory, read: Fetch, there: str):
    directory.answer = lambda asked: asked.send(302, Location=there)
    with pytest.raises(FeedFault, match="is in a private network, where nobody is asked unless it is named"):
        read()


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/"])
def test_it_is_led_to_nothing_but_https_and_http(directory: Directory, read: Fetch, there: str):
    directory.answer = lambda asked: asked.send(302, Location=there)
    with pytest.raises(FeedFault, match="is not an address by https or http"):
        read()


def test_it_is_not_sent_round_in_a_circle(directory: Directory, read: Fetch):
    directory.answer = lambda asked: asked.send(302, Location="/services")
    with pytest.raises(FeedFault, match="round in a circle"):
        read()


def test_an_address_that_is_not_named_is_not_asked_at_all(directory: Directory, tmp_path: Path):
    with pytest.raises(FeedFault, match="private network"):
        fetch(directory.address, tmp_path / "kept", now(), HowToAsk(limits=FeedLimits(pause=0)))
    assert directory.asked == []


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(
    directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The name is looked up once, and that address is the one connected to."""
    looked_up, connected = [], []

    def look_up(host: str, *_: Any, **__: Any) -> list[Any]:
        looked_up.append(host)
        address = "93.184.216.34" if len(looked_up) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]

    def connect(to: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        connected.append(to[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(client, "WAITS", ())
    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    monkeypatch.setattr("webapp.library.feeds.connections.socket.create_connection", connect)
    with pytest.raises(FeedFault, match="cannot be reached"):
        fetch("http://directory.example.org/services", tmp_path / "kept", now(), HowToAsk())
    assert (looked_up, connected) == (["directory.example.org"], ["93.184.216.34"])


def test_a_certificate_that_nobody_vouches_for_is_refused(read: Fetch, monkeypatch: pytest.MonkeyPatch):
    certificate = Path(__file__).with_name("localhost.pem")  # signed by itself, made for these tests alone
    with serving(Directory(some(2)), certificate) as encrypted:
        with pytest.raises(FeedFault, match="has no valid certificate"):
            read(encrypted.address)
        assert encrypted.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert len(feeds.read(read(encrypted.address).file).records) == 2


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1", "::1", "fe80::1", "fd00::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_no_way_of_writing_an_address_of_our_own_is_public(address: str):
    with pytest.raises(addresses.Private):
        addresses.public_address(address, 80)
    assert addresses.public_address("8.8.8.8", 80) == "8.8.8.8"


def test_a_server_that_asks_us_to_wait_is_heard(directory: Directory, read: Fetch, monkeypatch: pytest.MonkeyPatch):
    waited: list[float] = []
    monkeypatch.setattr("webapp.library.feeds.client.Asker._wait", lambda asker, seconds, why: waited.append(seconds))
    directory.answer = lambda asked: directory.page(asked) if waited else asked.send(429, Retry_After="7")
    assert len(feeds.read(read().file).records) == 5
    assert waited == [7.0]


def test_a_server_that_asks_us_to_wait_very_long_is_left_alone(directory: Directory, read: Fetch):
    directory.answer = lambda asked: asked.send(503, Retry_After="7200")
    with pytest.raises(FeedFault, match="asks us to come back in 120 minutes"):
        read()
    assert len(directory.asked) == 1


def test_what_was_read_before_stays_when_a_reading_fails(directory: Directory, read: Fetch):
    file = read().file
    before = file.read_bytes()
    directory.answer = lambda asked: asked.send(500)
    with pytest.raises(FeedFault, match="answers 500"):
        read(later=timedelta(hours=30))
    assert file.read_bytes() == before
