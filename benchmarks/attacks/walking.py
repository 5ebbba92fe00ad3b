"""Every kind of page that somebody comes to by following links, a few of each."""

from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from benchmarks.attacks.site import ENDS_A_SIGN_IN
from tests.support.client import Answer, Client

LED_BY = (("a[href]", "href"), ("[hx-get]", "hx-get"), ("link[href]", "href"))


def walk(person: Client, *, of_each: int = 2, most: int = 600, begin: tuple[str, ...] = ("/",)) -> dict[str, Answer]:
    """What `person` finds by following links from `begin`: address → answer.

    At most `of_each` pages of a kind (a route asked with the same names) are opened, and at most `most` in all.
    """
    waiting, opened, met, seen = deque(begin), dict[str, Answer](), set(begin), Counter[str]()
    while waiting and len(opened) < most:
        address = waiting.popleft()
        kind = kind_of(person, address)
        if seen[kind] >= of_each:
            continue
        seen[kind] += 1
        answer = person.get(address, status=range(100, 600))
        opened[address] = answer
        for found in led_to(answer, address):
            if found not in met:
                met.add(found)
                waiting.append(found)
    return opened


def kind_of(person: Client, address: str) -> str:
    """The route of `address` and the names that it is asked with; the address itself where no route takes it."""
    parts = urlsplit(address)
    try:
        endpoint, _ = person.app.url_map.bind("127.0.0.1").match(parts.path, "GET")
    except HTTPException:
        return parts.path
    return f"{endpoint}?{'&'.join(sorted({name for name, _ in parse_qsl(parts.query)}))}"


def led_to(answer: Answer, address: str) -> list[str]:
    """The addresses of this site that `answer` leads to."""
    if 300 <= answer.status < 400:
        found = [answer.headers.get("Location", "")]
    elif answer.is_html:
        found = [str(tag[name]) for css, name in LED_BY for tag in answer.soup.select(css)]
    else:
        return []
    whole = [urldefrag(urljoin(f"http://localhost{address}", link)).url for link in found]
    ours = [link.removeprefix("http://localhost") for link in whole if link.startswith("http://localhost/")]
    return [link for link in ours if not ENDS_A_SIGN_IN.search(link) and not link.startswith("/static/")]
