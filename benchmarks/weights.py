"""What each page of content costs a phone, before a film is played.

python -m benchmarks.weights     prints kilobytes of every page that is written by hand, the heaviest first
"""

import gzip
import logging
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from benchmarks import sample
from webapp.library.generation.reader import Generation
from webapp.web import current

MOST = 100_000  # bytes
KINDS = ("toolkit", "tec", "spotlight", "handout", "easy-read", "update", "change", "message")  # written by hand
DOTS = 750  # of a phone 375 wide whose dots are fine: what a picture as wide as the page needs
CANDIDATE = re.compile(r"(\S+) (\d+)w")
Get = Callable[[str], bytes]  # the body of the answer at an address


@dataclass(frozen=True)
class Weight:
    """Bytes of a page: its HTML compressed, styles and scripts as they are sent, and all pictures that stand on it."""

    path: str
    html: int
    built: int
    pictures: int

    @property
    def total(self) -> int:
        return self.html + self.built + self.pictures


def weigh(path: str, get: Get, known: dict[str, int]) -> Weight:
    """The weight of the page at `path`. `known` remembers files that other pages use too."""

    def size(address: str) -> int:
        if address not in known:
            known[address] = len(get(address))
        return known[address]

    html = get(path)
    soup = BeautifulSoup(html, "html.parser")
    built = {tag.get("src") or tag.get("href") for tag in soup.select("link[rel=stylesheet], script[src]")}
    return Weight(path, len(gzip.compress(html)), sum(map(size, built)), sum(map(size, set(_pictures(soup)))))


def of_content(gen: Generation, kinds: Iterable[str]) -> list[str]:
    """The addresses of every page of these kinds."""
    return [card["path"] for kind in kinds for card in gen.section(kind)]


def _pictures(soup: BeautifulSoup) -> Iterable[str]:
    """Every picture, in the size and kind that a phone takes; lazy ones too, as a reader comes to them."""
    for img in soup.select("main img"):
        yield _chosen(img.find_previous_sibling("source", type="image/avif") or img)
    for film in soup.select("video[poster]"):
        yield str(film["poster"])


def _chosen(tag: Tag) -> str:
    offered = sorted((int(width), address) for address, width in CANDIDATE.findall(str(tag.get("srcset", ""))))
    wide = [address for width, address in offered if width >= DOTS]
    return wide[0] if wide else offered[-1][1] if offered else str(tag["src"])


def main() -> None:
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        client = sample.reader(Path(folder))

        def get(address: str) -> bytes:
            answer = client.get(address, headers={"Accept-Encoding": "gzip"})
            assert answer.status_code == 200, address
            return answer.data

        with client.application.app_context():
            paths = of_content(current.content(), KINDS)
        known: dict[str, int] = {}
        weights = sorted((weigh(path, get, known) for path in paths), key=lambda weight: -weight.total)
        print("| page | HTML | styles and scripts | pictures | all, kB |\n|---|---|---|---|---|")
        for weight in weights:
            kilobytes = (f"{size / 1000:.1f}" for size in (weight.html, weight.built, weight.pictures, weight.total))
            print(f"| {weight.path} | {' | '.join(kilobytes)} |")
        print(f"\n{len(weights)} pages; {sum(weight.total > MOST for weight in weights)} are over {MOST // 1000} kB.")


if __name__ == "__main__":
    main()
