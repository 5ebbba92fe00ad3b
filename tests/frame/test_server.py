"""Gunicorn as the Procfile starts it: half-sent requests do not hold it up, and its log is for machines, of nobody."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.gunicorn import Gunicorn
from webapp.telemetry import shared

SOON = """
from webapp.cli import server_worker
server_worker.HEADER_SECONDS = 1.0
server_worker.BODY_SECONDS = 1.0
"""
HEADER = b"GET /healthz?q=canary HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Canary: canary"
BODY = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nemail=canary"
AT_MOST = 60  # seconds, on a machine that does much else


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[Gunicorn]:
    running = Gunicorn(tmp_path_factory.mktemp("gunicorn"), index_dir, SOON, workers=2)
    yield running
    running.stop()


@pytest.fixture
def send(site: Gunicorn) -> Iterator[Callable[[bytes], socket.socket]]:
    """Open a connection and send this, and no more."""
    opened: list[socket.socket] = []

    def begin(data: bytes) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", site.port), timeout=AT_MOST)
        opened.append(made)
        made.sendall(data)
        return made

    yield begin
    for connection in opened:
        connection.close()


@pytest.mark.parametrize(
    "half", [HEADER[:1], HEADER, HEADER + b"\r\n", BODY], ids=["a byte", "a line", "a header", "a form"]
)
def test_requests_that_are_only_half_sent_give_way(site: Gunicorn, send: Callable[[bytes], socket.socket], half: bytes):
    held = [send(half) for _ in range(3 * site.threads)]
    assert site.get("/healthz") == 200
    for connection in held:
        while connection.recv(4096):  # an answer, where the rest could be done without; then the end
            pass


def test_with_no_file_free_new_connections_wait_and_those_being_answered_are_not_cut_off(
    site: Gunicorn, send: Callable[[bytes], socket.socket]
):
    workers = [psutil.Process(pid) for pid in site.workers()]
    usual = workers[0].rlimit(psutil.RLIMIT_NOFILE)
    for worker in workers:
        worker.rlimit(psutil.RLIMIT_NOFILE, (3, usual[1]))
    try:
        for _ in range(4):
            send(HEADER)
        until = time.monotonic() + AT_MOST
        while "OSError EMFILE" not in site.log() and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        for worker in workers:
            if worker.is_running():
                worker.rlimit(psutil.RLIMIT_NOFILE, usual)
    assert site.get("/healthz") == 200
    assert {worker.pid for worker in workers} <= set(site.workers()), "none has ended"
    assert "OSError EMFILE" in site.log()


def test_a_request_that_comes_byte_by_byte_gives_way(site: Gunicorn, send: Callable[[bytes], socket.socket]):
    connection = send(HEADER)
    connection.setblocking(False)
    until = time.monotonic() + AT_MOST
    while time.monotonic() < until:
        try:
            connection.send(b"x")
            if connection.recv(1) == b"":
                return
        except BlockingIOError:
            time.sleep(0.05)
        except (BrokenPipeError, ConnectionResetError):
            return
    pytest.fail("it may go on for ever")


def test_a_request_in_several_pieces_is_answered(site: Gunicorn, send: Callable[[bytes], socket.socket]):
    connection = send(b"GET /healthz HTTP/1.1\r\nHo")
    time.sleep(0.05)
    connection.sendall(b"st: 127.0.0.1\r\n\r\n")
    answers = connection.makefile("rb")
    assert answers.readline() == b"HTTP/1.1 200 OK\r\n"
    while answers.readline() != b"ok\n":
        pass
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert answers.readline() == b"HTTP/1.1 200 OK\r\n", "and the next on the same connection"


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        (b"GET /?q=canary HTTP/9.9\r\n\r\n", "InvalidHTTPVersion"),
        (b"GET /canary\r\n\r\n", "InvalidRequestLine"),
        (b"c{}anary /canary HTTP/1.1\r\n\r\n", "InvalidRequestMethod"),
        (b"GET / HTTP/1.1\r\ncan ary: canary\r\n\r\n", "InvalidHeaderName"),
        (b"GET / HTTP/1.1\r\nX: " + b"canary" * 3000 + b"\r\n\r\n", "LimitRequestHeaders"),
        (b"GET /?" + b"canary" * 3000 + b" HTTP/1.1\r\n\r\n", "LimitRequestLine"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: canary\r\n\r\n", "InvalidHeader"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_gunicorn_cannot_read_is_one_line_that_quotes_nothing(
    site: Gunicorn, send: Callable[[bytes], socket.socket], bad: bytes, kind: str
):
    before = len(site.lines())
    connection = send(bad)
    assert connection.recv(4096).split()[1].startswith(b"4")
    lines = [line for line in site.lines()[before:] if line["event"] == "server"]
    assert [(line["level"], line["said"], line["error"].rpartition(".")[2]) for line in lines] == [
        ("warning", "Invalid request", kind)
    ]
    assert "canary" not in site.log()
    assert "127.0.0.1" not in site.log()


def test_a_worker_that_is_killed_is_told_of_in_one_line(site: Gunicorn):
    before = len(site.lines())
    worker = site.workers()[0]
    os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + AT_MOST
    while not (told := [line for line in site.lines()[before:] if line.get("level") == "error"]):
        assert time.monotonic() < until, site.log()
        time.sleep(0.05)
    assert f"Worker (pid:{worker}) was sent SIGKILL!" in told[0]["said"]
    assert site.get("/healthz") == 200, "another takes its place"


def figures(site: Gunicorn) -> dict[str, float]:
    """What Prometheus reads of whichever worker answers, by name and labels."""
    families = text_string_to_metric_families(site.read("/metrics"))
    return {f"{s.name} {s.labels}": s.value for family in families for s in family.samples}


def told(site: Gunicorn, name: str, wanted: float) -> dict[str, float]:
    """The figures once that called `name`, which has no labels, is `wanted`."""
    until = time.monotonic() + AT_MOST
    while (found := figures(site))[f"{name} {{}}"] != wanted:
        assert time.monotonic() < until, (name, found[f"{name} {{}}"])
        time.sleep(0.02)
    return found


def test_metrics_are_those_of_all_workers_and_outlive_them(site: Gunicorn):
    answers = "signpost_requests_total {'method': 'GET', 'route': '/healthz', 'status': '200'}"
    waited = "signpost_queue_seconds_count {}"
    folder = site.state_dir / shared.FOLDER
    before = told(site, "signpost_workers", 2)
    for _ in range(12):
        site.get("/healthz")
    after = figures(site)
    assert after[answers] == before.get(answers, 0) + 12, "whichever worker answered"
    assert after[waited] == before[waited] + 13
    files = sorted(path.relative_to(folder) for path in folder.rglob("*.db"))
    for worker in site.workers():
        os.kill(worker, signal.SIGKILL)
    ended = "signpost_workers_ended_total"
    told(site, ended, before[f"{ended} {{}}"] + 2)
    once_more = told(site, "signpost_workers", 2)
    assert once_more["signpost_requests_in_flight {}"] == 1, "this one"
    assert once_more[answers] == after[answers], "what the dead had counted is kept"
    assert files == sorted(path.relative_to(folder) for path in folder.rglob("*.db")), "and they leave nothing behind"


def test_every_line_of_the_log_is_json_and_says_which_process(site: Gunicorn):
    started = [line for line in site.lines() if line["event"] == "server"]
    assert all(isinstance(line["process"], int) for line in started)
    assert any(line["said"].startswith("Starting gunicorn") for line in started)
