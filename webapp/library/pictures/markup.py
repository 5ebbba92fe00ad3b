"""How a picture is said in HTML: every size and kind, for the browser to choose from, and its own width and height."""

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from webapp.library.pictures.renditions import Made

TYPES = {"avif": "image/avif", "webp": "image/webp"}
# How wide a picture in the text stands: a phone's whole width, or the reading column.
IN_TEXT = "(min-width: 48em) 40rem, calc(100vw - 2rem)"
# As `build.rendering` leaves a picture of a page's text.
IMG = re.compile(r'<img ([^>]*?)src="(/media/[^"]+)"([^>]*)>')
ALT = re.compile(r'alt="([^"]*)"')
TITLE = re.compile(r'title="([^"]*)"')


def markup(
    address: str,
    alt: str,
    made: Made | None,
    sizes: str = IN_TEXT,
    size: tuple[int, int] | None = None,
    title: str = "",
    lazy: bool = True,
) -> str:
    """HTML that shows the picture at `address`, escaped; `lazy`: only when a reader comes near it.

    `sizes` says how wide it stands, as the attribute of that name does. `size` is that of a drawing, of which there is
    one alone.
    """
    more = f' title="{escape(title)}"' if title else ""
    more += ' loading="lazy"' if lazy else ""
    if made is None:
        own = f' width="{size[0]}" height="{size[1]}"' if size else ""
        return f'<img src="{escape(address)}" alt="{escape(alt)}"{own}{more}>'
    sources = "".join(
        f'<source type="{TYPES[kind]}" srcset="{_srcset(made, kind)}" sizes="{escape(sizes)}">'
        for kind in made.kinds
        if kind in TYPES
    )
    middle = made.widths[len(made.widths) // 2]
    img = (
        f'<img src="{made.address(middle, made.kinds[-1])}" srcset="{_srcset(made, made.kinds[-1])}" '
        f'sizes="{escape(sizes)}" alt="{escape(alt)}" width="{made.width}" height="{made.height}"{more} '
        'decoding="async">'
    )
    return f"<picture>{sources}{img}</picture>"


def furnish(html: str, pictures: Mapping[str, Made]) -> str:
    """Rendered text with every picture of `pictures` (address → what was made of it) in all its sizes."""

    def replaced(found: re.Match[str]) -> str:
        address, rest = unquote(urlsplit(unescape(found[2])).path), f"{found[1]} {found[3]}"
        if address not in pictures:
            return found[0]
        alt, title = ALT.search(rest), TITLE.search(rest)
        words = unescape(alt[1]) if alt else "", unescape(title[1]) if title else ""
        return markup(address, words[0], pictures[address], title=words[1])

    return IMG.sub(replaced, html) if pictures else html


def _srcset(made: Made, kind: str) -> str:
    return ", ".join(f"{made.address(width, kind)} {width}w" for width in made.widths)
