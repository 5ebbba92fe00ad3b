"""Homes without a house number: flats, named houses, rooms in hostels, caravans, boats, "the bungalow on Mill Lane"."""

import re
from collections.abc import Iterator

from webapp.pii.addresses.words import ALSO, ID, NUMBERED, ROAD, SURE, VENUE, speaks_of_a_home
from webapp.pii.match import Span
from webapp.pii.windows import windows

CAPS = r"(?:(?-i:[A-Z][\w'.-]*|of|the)\s){1,3}"
WORDS = r"(?:[\w'.-]{2,}\s){1,3}?"
ANY_ROAD = rf"(?:{SURE}|(?-i:(?=[A-Z])){ALSO})(?!\w)"
BUILDING = (
    r"(?:house|hse|court|towers?|heights|point|lodge|mansions?|buildings?|mill|wharf|apartments|gardens"
    r"|place|view|hall|block"
    r"|quays?|manor|grange|works|warehouse)"
)
FLAT = re.compile(
    rf"\b(?:flat|flt|fl|apartment|apt|maisonette|bedsit|studio)\s?{NUMBERED}(?:{ID}"
    rf"|[b-h](?=[\s,]))\s?,?\s(?:in\s|at\s|of\s)?(?:the\s)?"
    rf"(?:{WORDS}{BUILDING}(?!\w)|(?:block\s)(?:\d|[a-z]\b))"
    rf"|\b(?:flat|apartment|apt)\s?{NUMBERED}{ID}\s?,?\s(?-i:The\s[A-Z]\w+)",
    re.I,
)
# A house that has a name and stands in a street.
DWELLING = (
    r"(?:cottages?|bungalow|farm\s?house|vicarage|rectory|manse|gate\s?house|coach\s?house"
    r"|school\s?house|villa|alms\s?houses?"
    r"|chalet|farm|barn|croft|lodge|grange|manor|parsonage|presbytery|stables)"
)
NAMED = re.compile(
    rf"\b(?:{CAPS}(?-i:(?=[A-Z])){DWELLING}|(?:[a-z]{{3,}}\s){{1,2}}?(?:cottage|bungalow|farm\s?house"
    rf"|vicarage|rectory))"
    rf"(?:,\s|\s)(?:(?:on|off|in|at|down|up|along)\s)?(?:the\s)?{WORDS}{ANY_ROAD}",
    re.I,
)
LEAD = (
    r"(?:\baddress(?:\sis|\swas)?|\b(?:lives?|lived|living|resid(?:es?|ing)|stay(?:s|ing)|sleep(?:s|ing))\s(?:at|in|on)"
    r"|\b(?:his|her|their|mum's|dad's|family)\s(?:new\s|own\s)?(?:home|house|place)(?:\sis)?)[,:]?\s"
)
LED = re.compile(
    rf"{LEAD}(?:the\s)?(?P<it>(?-i:[A-Z][\w'.-]*)(?:\s(?-i:[A-Z][\w'.-]*)){{0,3}},\s(?:(?-i:[A-Z][\w'.-]*)\s){{1,3}}{ROAD}(?!\w))",
    re.I,
)
PLACE = (
    r"(?:gate\s?house|lodge|annexe?|stables|cottage|barn|(?:granny\s|basement\s|top\s|downstairs\s"
    r"|upstairs\s)?flat|bungalow|farm\s?house|(?:end|corner|last|first|middle|big|white|red|blue|only"
    r"|old)\s(?:house|bungalow|cottage|terrace)|house)"
)
THERE = re.compile(
    rf"\bthe\s(?:\w+\s)?{PLACE}\s(?:at|of|behind|on|off|opposite|by|above|over|next\sto|beside|down|up"
    rf"|below|under|across\sfrom)\s"
    rf"(?:the\s)?(?:{WORDS}{ANY_ROAD}|(?:[\w']+\s){{1,3}}?(?:on|off|in)\s{WORDS}{ANY_ROAD}"
    rf"|(?-i:[A-Z]\w+)\s(?-i:[A-Z]\w+))",
    re.I,
)
LIVES_IN_NAMED = re.compile(
    rf"\b(?:lives|lived|living|stays|staying|resides)\s(?:alone\s|with\s\w+\s)?(?:in"
    rf"|at)\s(?P<it>(?:the\s)?{CAPS}(?-i:Cottage|Bungalow|Farm|Farmhouse"
    r"|Barn|Lodge|Vicarage|Rectory|Villa|Croft|Grange|Manor|Gatehouse))(?!\w)",
    re.I,
)
CALLED = re.compile(
    rf"\b(?:house|bungalow|cottage|farm|lodge|villa|home)\s(?:called|named|known\sas|is\scalled)\s[\"']?(?-i:[A-Z]\w+)[\"']?"
    rf"(?:\s(?-i:[A-Z]\w+))?,?\s(?:(?:on|in|at|off|up|down)\s)?(?:the\s)?{WORDS}{ANY_ROAD}",
    re.I,
)
ROOM = re.compile(
    rf"\b(?:room|bedroom|bed|pod|cabin|unit|door)\s{NUMBERED}{ID},?\s(?:(?:at|in|of)\s)?(?:the\s)?{WORDS}"
    r"(?:house|hostel|lodge|court|hotel|hall|(?:care|nursing|residential|rest)\shome|b&b|inn|manor|grange|guest\s?house"
    r"|refuge|foyer|shelter|towers?|ymca|travelodge|premier\sinn)(?!\w)",
    re.I,
)
DOOR = re.compile(
    rf"\b(?:bungalow|cottage|chalet|cabin|villa|house|lodge|alms\s?house|log\scabin|mobile\shome"
    rf"|static)\s{NUMBERED}{ID},?\s(?:(?:off|on|at|in|by|behind)\s)?"
    rf"(?:the\s)?{WORDS}(?:{ROAD}|site|{BUILDING})(?!\w)",
    re.I,
)
SITE = re.compile(
    r"\b(?:caravans?|caravan\spark|holiday\spark|(?:mobile|park)\shomes?|residential\spark|gypsy|gipsy"
    r"|travell?ers?'?s?|site|static"
    r"|farm|marina|canal|basin|wharf|locks?|narrow\s?boat|barge|house\s?boat|boat\s?yard|mooring"
    r"|chalets?|camp\s?site|showm[ae]n'?s?|fairground|lodge\spark|river|towpath)\b",
    re.I,
)
PITCH = re.compile(rf"\b(?:caravan|pitch|plot|berth|mooring|static|van|slot|bay|unit|stand)\s{NUMBERED}{ID}", re.I)
ALLOTMENT = re.compile(
    r"\b(?:allotments?|football|cricket|rugby|hockey|industrial|business|retail|car\spark|parking|bus)\b", re.I
)
BOAT = re.compile(
    r"\b(?:narrow\s?boat|barge|house\s?boat|wide\s?beam|boat|yacht|cruiser)\s(?:(?:called|named"
    r"|is)\s)?(?:the\s)?[\"']?(?-i:[A-Z]\w+)",
    re.I,
)
AFLOAT = re.compile(r"\b(?:moor\w*|marina|canal|basin|wharf|berth|locks?|lives|towpath|lives|aboard|cut)\b", re.I)
ABOVE = re.compile(
    rf"\bflat\s(?:above|over|behind|below|next\sto|on\stop\sof)\s(?:the\s"
    rf"|a\s)?(?:[\w'&]+\s){{1,3}}?(?:(?:on|in|at|off)\s){WORDS}{ANY_ROAD}",
    re.I,
)
START = re.compile(
    r"flat|flt|\bfl\b|ap(?:artment|t)|maisonette|bedsit|studio|cottage|bungalow|farm|vicarage|rectory|manse|house"
    r"|villa|chalet|barn|croft"
    r"|lodge|grange|manor|parsonage|presbytery|stables|address|live|living|resid|stay|sleep|home|place"
    r"|room|bed|pod|cabin"
    r"|unit|door|static|caravan|pitch|plot|berth|mooring|van|slot|bay|stand|boat|barge|beam|yacht|cruiser|annex",
)


def find(text: str, small: str) -> Iterator[Span]:
    """Every such home in `text`, which is plain; `small` is the same in small letters."""
    for start, end in windows(small, START, 70, 90):
        yield from _within(text, start, end)


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    for pattern in (FLAT, LED, LIVES_IN_NAMED, DOOR, CALLED):
        for m in pattern.finditer(text, start, end):
            yield _span(m)
    for m in NAMED.finditer(text, start, end):
        around = text[max(0, m.start() - 60) : m.start()] + text[m.end() : m.end() + 40]
        if not VENUE.search(around) or speaks_of_a_home(text, m.start(), m.end()):
            yield _span(m)
    for pattern in (THERE, ROOM, ABOVE):
        for m in pattern.finditer(text, start, end):
            if speaks_of_a_home(text, m.start(), m.end()):
                yield _span(m)
    for m in PITCH.finditer(text, start, end):
        after = text[m.end() : m.end() + 50]
        around = text[max(0, m.start() - 30) : m.start()] + after
        if (
            SITE.search(after) or (m[0].lower().startswith("caravan") and SITE.search(around))
        ) and not ALLOTMENT.search(around):
            yield _span(m)
    for m in BOAT.finditer(text, start, end):
        if AFLOAT.search(text[max(0, m.start() - 60) : m.start()]) or AFLOAT.search(text[m.end() : m.end() + 60]):
            yield _span(m)


def _span(m: re.Match[str]) -> Span:
    group = "it" if "it" in m.re.groupindex else 0
    return Span("address", m.start(group), m.end(group))
