"""Names that are cited: editors, authors, speakers and firms, whom a sentence tells by what they made or said."""

import re

from webapp.pii.names.first_names import SURE
from webapp.pii.names.surnames import is_surname
from webapp.pii.names.words import RELATIONS, SURELY_DOES
from webapp.pii.tokens import Word
from webapp.pii.word_list import listed

WRITES = listed("writes wrote argues argued describes described coined defines defined lectures spoke speaks explains")
ABOUT = listed("about on that how why at of the in")
SPOKEN_OF = listed("he she his her him hers himself herself i me my we us our they their") | RELATIONS
NOT_TOPICS = listed(
    """
    the a an his her my our their this that ward bed floor oxygen insulin duty call leave holiday sick foot crutches
    benefits antibiotics it top
    """
)
MADE = listed(
    """
    book books blog podcast talk talks lecture lectures webinar paper papers chapter essay article articles theory film
    films novel novels biography memoir documentary keynote study research campaign bursary scholarship poem poems play
    ideas work writing concert song songs exhibition surgery practice clinic reception
    """
)
READ = listed("read reading reread quoting quoted citing cited watched")
EDITED = re.compile(r"\s\(eds?\.?\)")
CITED_YEAR = re.compile(r"\s\(?(?:19|20)\d\d[a-z]?\b")


def published(text: str, found: list[Word], at: int, last: int) -> bool:
    """Whether a name is an editor's, an author's of something, or a firm's: "Fernandes (ed.)", "Mensah & Iqbal"."""
    named = last > at > 0 and found[at].close and found[at - 1].small in ("a", "the", "this", "that")
    if named and last + 1 < len(found) and found[last + 1].close and found[last + 1].small in MADE:
        return True  # "We watched a Chris Hatton talk"
    before = found[at - 1].small if at and found[at].close else ""
    after = found[last + 1] if last + 1 < len(found) else None
    if last > at and before in READ and not (after and after.close and after.small in SPOKEN_OF | NOT_TOPICS):
        return True  # "We read Donna Ockenden"
    if before in ("v", "vs"):
        return True  # the second party of a judgment
    if EDITED.match(text, found[last].end) or (last > at and _cites(found, at, last)):
        return True
    if [w.small for w in found[at + 1 : at + 3]] == ["and", "the"]:
        return at + 3 < len(found) and found[at + 3].capital  # "Jack and the Beanstalk"
    if after is None or not after.capital:
        return False
    if after.gap == ", " and CITED_YEAR.match(text, after.end):
        return True
    firm = after.gap == " & " and is_surname(found[last].small) and is_surname(after.small)
    return firm and last == at and found[at].small not in SURE and after.small not in SURE


def _cites(found: list[Word], at: int, last: int) -> bool:
    """Whether a whole name is an author's: "Ruth Allen argues that", "Adam Grant on giving and taking"."""
    after = found[last + 1 : last + 1 + 9]
    if len(after) < 2 or found[last].owns or not after[0].close or any(w.small in SPOKEN_OF for w in after):
        return False
    if after[0].small in WRITES and after[1].small in ABOUT:
        return True
    ends = next((step for step, w in enumerate(after[1:], 1) if w.begins), len(after))
    led = found[at].begins or (at > 0 and found[at - 1].small in READ | {"to"})
    if not (led and after[0].small == "on" and ends <= 6):
        return False
    return after[1].small not in NOT_TOPICS and not after[1].capital and not any(w.small in SURELY_DOES for w in after)
