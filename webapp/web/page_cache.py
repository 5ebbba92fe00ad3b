"""Pages that many people read in the same words are written once, and each reader's own header and forms put in."""

import secrets
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from contextlib import suppress
from datetime import datetime

from flask import session

from webapp.library.generation.kept import PerGeneration
from webapp.web import current, kept_answers, security
from webapp.web.navigation import header

KEPT = 500  # pages a generation, about 4 kB each, compressed: those that were read last
# What stands for a reader's own words in a kept page. Nobody can guess it, so no content can hold it.
HEADER, TOKEN = secrets.token_hex(16), secrets.token_hex(16)

_kept = PerGeneration[OrderedDict[Hashable, tuple[bytes, datetime]]](lambda _generation: OrderedDict())


def cached(
    key: Hashable, now: datetime, write: Callable[[], tuple[str, datetime]], but_for: Collection[int] = ()
) -> str:
    """The page of `key`, as `write` writes it the first time; the frame is the usual one.

    `write` also says until when the page is right. `key` holds all else that the page depends on, but for the
    generation, the reader's roles, header and form tokens. Where nothing but what is audited and who of `but_for` asks
    can change the key, the whole answer is given again: see `kept_answers`.
    Who edits content is told more on every page, and who has just done something is told so: theirs is not kept.
    """
    me, gen = current.person(), current.content()
    if me.has("editor", "admin") or "_flashes" in session or current.settings().preview:
        return write()[0]
    own, token = header(me, gen.site, search_in_page=False), security.token()
    pages = _kept.of(gen)
    whole = (key, me.roles)
    packed, until = pages.get(whole, (b"", now))
    if until <= now:
        html, until = write()
        if own not in html:
            return html
        page = html.replace(own, HEADER).replace(token, TOKEN)
        pages[whole] = zlib.compress(page.encode(), 1), until
        if len(pages) > KEPT:
            pages.popitem(last=False)
    else:
        with suppress(KeyError):  # another thread may have just put it out
            pages.move_to_end(whole)
        page = zlib.decompress(packed).decode()
    kept_answers.offer(until, but_for=but_for)
    return page.replace(HEADER, own).replace(TOKEN, token)
