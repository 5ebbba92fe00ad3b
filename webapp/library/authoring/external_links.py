"""Whether the pages of other sites that content links to are still there. Asked politely, and only on request.

One question at a time for each host with a pause between, HEAD first and GET only where HEAD is refused, answers
remembered for a week, and never an address inside our own network.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import orjson

from webapp.library.addresses import Private, public_address
from webapp.library.build.rendering import Link, render
from webapp.library.front_matter.source import Fault, Source, read_page
from webapp.library.problems import Problem

AGENT = "Signpost-link-check/1 (checks that links still work; one request at a time)"
TIMEOUT = 10.0  # seconds for each step of a request
PAUSE = 1.0  # seconds between two questions to one host
HOSTS_AT_ONCE = 6
MOST_HOPS = 4  # redirects followed
KEPT_GOOD, KEPT_BAD = 7 * 86_400, 6 * 3_600  # seconds an answer is remembered
GONE = {404, 410}
NOT_FOR_HEAD = {400, 403, 404, 405, 406, 501, 503}  # some servers say these to HEAD alone


@dataclass(frozen=True)
class Answer:
    """What became of a question: empty where the page is there; `moved` is where it went for good."""

    fault: str = ""
    moved: str = ""


Ask = Callable[[str], Answer]


def check(
    content: Path,
    files: Iterable[str],
    memory: Path,
    progress: Callable[[int, int], None] | None = None,
    ask: Ask | None = None,
) -> list[Problem]:
    """Ask for every page of another site that `files` link to. Answers are remembered in the file `memory`."""
    wanted: dict[str, list[tuple[str, int, int]]] = {}
    for file in files:
        try:
            source = read_page(content.parent / file, content.parent)
        except (Fault, OSError):
            continue
        for href, line, column in links_of(source):
            wanted.setdefault(href.partition("#")[0], []).append((file, line, column))
    answers = _answers(list(wanted), memory, progress, ask or ask_politely)
    problems = []
    for href, places in wanted.items():
        answer = answers[href]
        for file, line, column in places if answer.fault or answer.moved else ():
            if answer.fault:
                problems.append(Problem(file, line, f"{href} {answer.fault}: mend or remove the link", column))
            else:
                message = f"{href} has moved for good: link to {answer.moved}"
                problems.append(Problem(file, line, message, column, "advice"))
    return problems


def links_of(source: Source) -> Iterator[Link]:
    """Every address of another site in the text and the front matter of a page."""
    yield from render(source).external
    url, video = source.front.get("url"), source.front.get("video")
    if isinstance(url, str):
        yield url, *source.spot("url")
    if isinstance(video, dict) and isinstance(video.get("url"), str):
        yield video["url"], *source.spot("video", "url")
    sources = source.front.get("sources")
    for number, one in enumerate(sources if isinstance(sources, list) else ()):
        if isinstance(one, dict) and isinstance(one.get("url"), str):
            yield one["url"], *source.spot("sources", number, "url")


def ask_politely(href: str) -> Answer:
    """Ask for `href`, following what moved. Raises nothing: what went wrong is in the answer."""
    moved, address = "", href
    try:
        for _ in range(MOST_HOPS + 1):
            status, location = _single_request(address)
            if status in {301, 302, 303, 307, 308} and location:
                address = urljoin(address, location)
                moved = address if status in {301, 308} and moved in {"", address} else moved
                time.sleep(PAUSE / 4)
                continue
            if status in GONE:
                return Answer(f"is gone (the site answers {status})")
            if status >= 500:
                return Answer(f"does not work (the site answers {status})")
            return Answer(moved=moved if _differs(href, moved) else "")
    except Private:
        return Answer("leads into a private network, where readers cannot go")
    except ssl.SSLError:
        return Answer("has no valid certificate")
    except (TimeoutError, OSError, http.client.HTTPException, ValueError):
        return Answer("does not answer")
    return Answer("sends readers round in a circle")


def _differs(old: str, new: str) -> bool:
    return bool(new) and old.rstrip("/") != new.rstrip("/")


def _single_request(address: str) -> tuple[int, str]:
    status, location = _request("HEAD", address)
    return _request("GET", address) if status in NOT_FOR_HEAD else (status, location)


def _request(method: str, address: str) -> tuple[int, str]:
    """The status and Location of one request. The address that was looked up is the one connected to."""
    parts = urlsplit(address)
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    raw = socket.create_connection((public_address(host, port), port), timeout=TIMEOUT)
    try:
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = raw
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='=&%:@!$()*+,;/?~-._')}" if parts.query else ""
        connection.request(method, path + query, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        raw.close()


def _answers(
    wanted: list[str], memory: Path, progress: Callable[[int, int], None] | None, ask: Ask
) -> dict[str, Answer]:
    now = time.time()
    known = _read(memory, now)
    todo: dict[str, list[str]] = {}
    for href in wanted:
        if href not in known:
            todo.setdefault(urlsplit(href).netloc, []).append(href)
    total, done = sum(map(len, todo.values())), 0
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for answers in pool.map(lambda hrefs: _ask_host(hrefs, ask), todo.values()):
            for href, answer in answers:
                known[href] = (now, answer)
                done += 1
                if progress:
                    progress(done, total)
    if todo:
        _write(memory, known)
    return {href: known[href][1] for href in wanted}


def _ask_host(hrefs: list[str], ask: Ask) -> list[tuple[str, Answer]]:
    answers = []
    for number, href in enumerate(hrefs):
        if number:
            time.sleep(PAUSE)
        answers.append((href, ask(href)))
    return answers


def _read(memory: Path, now: float) -> dict[str, tuple[float, Answer]]:
    try:
        rows = orjson.loads(memory.read_bytes())
        kept = {href: (float(when), Answer(fault, moved)) for href, (when, fault, moved) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {href: (when, a) for href, (when, a) in kept.items() if now - when < (KEPT_BAD if a.fault else KEPT_GOOD)}


def _write(memory: Path, known: dict[str, tuple[float, Answer]]) -> None:
    rows = {href: [when, answer.fault, answer.moved] for href, (when, answer) in known.items()}
    memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = memory.with_suffix(".part")
    aside.write_bytes(orjson.dumps(rows))
    aside.replace(memory)
