"""Asking another directory for one thing: politely, within limits, and never inside our own network."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, Retry
from urllib3.exceptions import HTTPError, InvalidHeader, LocationParseError, NewConnectionError, SSLError
from urllib3.util import Url, parse_url

from webapp.config.settings import Network
from webapp.library.addresses import Private
from webapp.library.feeds.addresses import shown
from webapp.library.feeds.connections import Watch, pool
from webapp.library.feeds.limits import FeedFault, FeedLimits, NotThere

PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}
NOT_NOW = {408, 425, 429, 500, 502, 503, 504}
MOST_HOPS = 4  # redirects followed
WAITS = (2.0, 10.0)  # seconds before the second and the third try
ACCEPT = "application/json, application/x-ndjson;q=0.9, text/csv;q=0.8, */*;q=0.5"


@dataclass(frozen=True)
class FeedAnswer:
    """What came. `fresh` is false where the server said that what we have is still right: then `body` is empty.

    `etag` and `modified` are what to send along next time.
    """

    url: str
    body: bytes
    kind: str = ""  # the content type, without its parameters
    etag: str = ""
    modified: str = ""
    fresh: bool = True


class _NotNow(Exception):
    """It may work a little later. `wait` is how many seconds the server asks for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Asker:
    """Asks one question at a time. `agent` says who asks; `named` are private networks that may be asked."""

    def __init__(
        self,
        agent: str,
        named: Sequence[Network] = (),
        limits: FeedLimits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or FeedLimits()
        self._agent, self._named, self._sleep = agent, named, sleep
        self._pools: dict[tuple[str, str, int], tuple[HTTPConnectionPool, Watch]] = {}
        self._began = time.monotonic()
        self._asked: float | None = None
        self._bytes = 0

    def ask(self, url: str, etag: str = "", modified: str = "") -> FeedAnswer:
        """The answer of `url`; with `etag` or `modified`, only where it is another by now.

        Raises NotThere where the server refuses for good, FeedFault where nothing whole came.
        """
        waits = iter(WAITS)
        while True:
            try:
                return self._followed(url, etag, modified)
            except _NotNow as why:
                wait = next(waits, None)
                if wait is None:
                    raise FeedFault(f"{why}, also when it was asked again.") from None
                self._wait(max(wait, why.wait or 0), str(why))

    def close(self) -> None:
        for pool_, watch in self._pools.values():
            pool_.close()
            watch.close()
        self._pools.clear()

    def _wait(self, seconds: float, why: str) -> None:
        if seconds > self.limits.longest_wait:
            raise FeedFault(f"{why}, and asks us to come back in {seconds / 60:.0f} minutes.")
        self._sleep(seconds)

    def _followed(self, url: str, etag: str, modified: str) -> FeedAnswer:
        at = _parsed(url)
        for _ in range(MOST_HOPS + 1):
            answer = self._once(at, etag, modified)
            if isinstance(answer, FeedAnswer):
                return answer
            there = _parsed(urljoin(at.url, answer))
            if (at.scheme, there.scheme) == ("https", "http"):
                raise FeedFault(f"{shown(at.url)} sends us on to an address without encryption, {shown(there.url)}.")
            at = there
        raise FeedFault(f"{shown(url)} sends us round in a circle.")

    def _once(self, at: Url, etag: str, modified: str) -> FeedAnswer | str:
        """The answer, or the address that it sends us on to."""
        where = shown(at.url)
        left = self.limits.all_seconds - (time.monotonic() - self._began)
        if left <= 0:
            raise FeedFault(f"Reading took longer than {_time(self.limits.all_seconds)}, so it was stopped.")
        self._pause()
        connections, watch = self._pool(at)
        headers = {"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
        headers |= {"If-None-Match": etag} if etag else {"If-Modified-Since": modified} if modified else {}
        try:
            with watch.for_seconds(min(self.limits.answer_seconds, left)):
                answer = connections.urlopen(
                    "GET",
                    at.request_uri,
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=self.limits.step_seconds,
                )
                try:
                    came = self._read(answer, at, where)
                finally:
                    answer.close() if watch.over else answer.release_conn()
            if watch.over:  # cut in its head, an answer looks like an empty one
                raise TimeoutError
            return came
        except Private:
            raise FeedFault(f"{where} is in a private network, where nobody is asked unless it is named.") from None
        except NewConnectionError:
            raise _NotNow(f"{where} cannot be reached") from None
        except SSLError:
            raise FeedFault(f"{where} has no valid certificate.") from None
        except (HTTPError, OSError):
            if watch.over:
                raise FeedFault(f"{where} took longer than {_time(self.limits.answer_seconds)} to answer.") from None
            raise _NotNow(f"{where} broke off in the middle of its answer") from None

    def _read(self, answer: BaseHTTPResponse, at: Url, where: str) -> FeedAnswer | str:
        status = answer.status
        if status in MOVED and (location := answer.headers.get("Location")):
            answer.close()
            return location
        if status in NOT_NOW:
            answer.close()
            raise _NotNow(f"{where} answers {status}", _retry_after(answer))
        etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
        if status == 304:
            return FeedAnswer(at.url, b"", etag=etag, modified=modified, fresh=False)
        if status != 200:
            answer.close()
            raise NotThere(f"{where} answers {status}{_said(status)}.", status)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return FeedAnswer(at.url, self._body(answer, where), kind, etag, modified)

    def _body(self, answer: BaseHTTPResponse, where: str) -> bytes:
        limits, parts, size = self.limits, list[bytes](), 0
        while part := answer.read1(1 << 16, decode_content=True):
            parts.append(part)
            size += len(part)
            self._bytes += len(part)
            if size > limits.answer_bytes or self._bytes > limits.all_bytes:
                came = answer.tell()
                answer.close()
                if size > limits.answer_bytes and came * 50 < size:
                    raise FeedFault(f"{where} sends {came:,} bytes that unpack to over {size:,}, so it was stopped.")
                most, what = (limits.answer_bytes, "One answer of ") if size > limits.answer_bytes else (
                    limits.all_bytes, "All of "
                )  # fmt: skip
                raise FeedFault(f"{what}{where} is over {most / (1 << 20):,.0f} MB, so it was stopped.")
        return b"".join(parts)

    def _pause(self) -> None:
        if self._asked is not None and (wait := self._asked + self.limits.pause - time.monotonic()) > 0:
            self._sleep(wait)
        self._asked = time.monotonic()

    def _pool(self, at: Url) -> tuple[HTTPConnectionPool, Watch]:
        assert at.scheme
        assert at.host
        key = (at.scheme, at.host, at.port or PORTS[at.scheme])
        if key not in self._pools:
            watch = Watch(self._named, self.limits.step_seconds)
            self._pools[key] = (pool(*key, watch), watch)
        return self._pools[key]


def _parsed(url: str) -> Url:
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise FeedFault(f"{url[:200]!r} is not a web address.") from None
    if parts.scheme not in PORTS or not parts.host:
        raise FeedFault(f"{url[:200]!r} is not an address by https or http.")
    if parts.auth:
        raise FeedFault(f"{shown(url)} has a user or a password in it: we read what is public.")
    return parts


def _retry_after(answer: BaseHTTPResponse) -> float | None:
    try:
        return Retry(0).get_retry_after(answer)
    except InvalidHeader:
        return None


def _said(status: int) -> str:
    meanings = {401: "it wants to know who asks", 403: "it lets nobody in", 404: "there is nothing", 410: "it is gone"}
    return f": {meanings[status]}" if status in meanings else ""


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:g} seconds"
    return f"{seconds / 60:g} minutes"
