"""Where to go next: only ever to a page of this site."""

import re
from urllib.parse import urlsplit

from webapp.web import urls

HOME = "/"
LONGEST = 2000


def here_only(address: str | None) -> str:
    """`address` where it is a path of this site, with its query; else the home page.

    Refused is everything a browser might read as another site (`//evil`, `/\\evil`, `https:evil`, a tab in the
    middle) and the sign-in page itself, which would send people round in circles. Words that could say who somebody
    is are left out: where to go next stands in headers.
    """
    address = address or ""
    if not address.startswith("/") or len(address) > LONGEST:
        return HOME
    # Browsers drop tabs and new lines and read a backslash as a slash, so neither may be anywhere.
    if address.startswith("//") or re.search(r"[\\\x00-\x20\x7f-\xa0\u2028\u2029]", address):
        return HOME
    try:
        parts = urlsplit(address)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or re.match(r"/[/.]|/sign-(in|out)\b", parts.path):
        return HOME
    return urls.harmless(address)


def path_of(url: str | None, host: str) -> str:
    """The path and query of `url` where it is an address of `host`, as Referer and HX-Current-URL give it."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return HOME
    if parts.scheme not in {"http", "https"} or parts.netloc != host:
        return HOME
    return here_only(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
