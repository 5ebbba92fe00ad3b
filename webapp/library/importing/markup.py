"""What in a feed's text is markup, and what only looks like it; entities that were encoded more than once."""

import html
import re
from collections.abc import Callable
from html.entities import html5

# Elements of HTML (the standard's index of elements, and what older editors wrote). Text may hold a `<` too:
# "aged <18 or >65", "Members <£5", "<ten people>". Only these names, or one that is closed again, begin a tag.
_NAMES = """
a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas
caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption
figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label
legend li link main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup option output p param
picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_INLINE = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike
strong sub sup time tt u var wbr
"""
INLINE = frozenset(_INLINE.split())
_NAME = "|".join(sorted(_NAMES.split(), key=len, reverse=True))
# After its name a tag ends, or has `name=value`, or one of these words: "<a good time>" is no tag.
_BARE = "allowfullscreen|async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|multiple|nowrap|open|reversed"
_GOES_ON = rf"(?:\s*(?:/\s*)?>|\s+[\w:@.-]+\s*=|(?:\s+(?:{_BARE}))+\s*/?>)"
_OFFICE = r"/?(?:o|w|v|m|x|st1|asp):[\w-]+[\s/>]"  # what is pasted with a text from an office program
_NO_ELEMENT = r"!--|!doctype|!\[(?:if|endif|cdata)\b|\?xml|\?php"
START = re.compile(rf"<(?=/?(?:{_NAME}){_GOES_ON}|{_OFFICE}|{_NO_ELEMENT})", re.IGNORECASE)
_OTHER = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?=[\s/>])[^<>]*>")
_CLOSES = re.compile(rf"</(?:{_NAME})\s*>|<(?:br|hr|p|li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<(/?[a-zA-Z][\w:-]*|[!?])[^<>]*>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NEVER_READ = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_TWICE = re.compile(r"&amp;(?:amp;)*(?=(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)")


def decoded(value: str) -> str:
    """`value` with what was encoded twice or more (`&amp;amp;`, `&amp;lt;p&amp;gt;`) encoded once at most.

    Markup that was encoded whole (`&lt;p&gt;Tea&lt;/p&gt;`) becomes markup. Entities that stand for a character stay.
    """
    if "&" not in value:
        return value
    value = _TWICE.sub(lambda m: "&" if m[1][0] == "#" or f"{m[1]};" in html5 else m[0], value)
    if "&lt;" in value and not is_markup(value) and _CLOSES.search(plain := html.unescape(value)):
        return decoded(plain)
    return value


def is_markup(value: str) -> bool:
    """Whether anything in `value` is a tag."""
    return "<" in value and (START.search(value) is not None or bool(_others(value)))


def with_lone_marks_kept(value: str) -> str:
    """`value`, HTML, with each `<` that begins no tag written as `&lt;`, so that no parser takes words for a tag."""
    begins = _beginnings(value)
    kept, at = [], 0
    for match in re.finditer("<", value):
        if not begins(match.start()):
            kept += [value[at : match.start()], "&lt;"]
            at = match.end()
    return "".join([*kept, value[at:]])


def without_tags(value: str) -> str:
    """The words of `value`, on the lines they stand on; where a block begins or ends there is a space."""
    begins = _beginnings(value)

    def dropped(match: re.Match[str]) -> str:
        if not begins(match.start()):
            return match[0]
        return "" if match[1].lstrip("/").lower() in INLINE else " "

    ends = value.rfind("-->") + len("-->") if "-->" in value else 0  # past it, no comment ends any more
    value = _COMMENT.sub(_blank, value[:ends]) + value[ends:]
    return _TAG.sub(dropped, _NEVER_READ.sub(_blank, value))


def _beginnings(value: str) -> Callable[[int], bool]:
    """Tells whether a tag of `value` begins at a place. A comment that never ends would take all that follows along:
    it is none.
    """
    others, last_end = _others(value), value.rfind("-->")

    def begins(at: int) -> bool:
        if at > last_end and value.startswith("<!--", at):
            return False
        return at in others or START.match(value, at) is not None

    return begins


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _others(value: str) -> set[int]:
    """Where tags begin that HTML does not know but that are opened and closed: `<app-card>…</app-card>`."""
    if "</" not in value:
        return set()
    found = [(match.start(), match[1] == "/", match[2].lower()) for match in _OTHER.finditer(value)]
    both = {name for _, closes, name in found if closes} & {name for _, closes, name in found if not closes}
    return {at for at, _, name in found if name in both}
