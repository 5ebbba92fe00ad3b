"""Statements that an address is kept back: "our address is confidential", "we never say where we are".

They are patterns of grammar, so they stand here and not in words.yml.
"""

import re

from webapp.library.confidential.text import any_in, sentences

# Without one of these a sentence is not looked at.
PLACES = (
    "address", "location", "venue", "whereabouts", "premises", "postcode", "cyfeiriad", "where we", "where it",
    "where the", "where our", "where this", "where that", "where you",
)  # fmt: skip
OTHERS = frozenset(
    ["mail", "email", "web", "ip", "your", "their", "his", "her", "client", "clients", "user", "users", "member",
     "members", "participant", "participants", "customer", "customers"]
)  # fmt: skip
VERBS = frozenset(["to", "we", "they", "and", "that"])  # "to address", "we address", "names and addresses"
_PLACE = r"(?:address(?:es)?|locations?|venues?|whereabouts|premises|postcodes?|cyfeiriad)"
_LITTLE = (
    r"(?:is|are|was|will|be|been|being|must|should|can|may|has been|have been|has to|have to|remains?|stays?|kept"
    r"|strictly|completely|fully|always|currently|details|and|it|its|the|of|our|this|that|for|safety|security|reasons"
    r"|only|therefore|so|yn|houses?|homes?|refuges?|buildings?|services?|groups?|accommodation|property|properties"
    rf"|offices?|shelters?|units?|{_PLACE})"
)
_NOT = r"(?:not|never|isnt|arent|cannot|cant|wont|mustnt|shouldnt)"
_TOLD = (
    r"(?:disclosed|published|given|shared|shown|displayed|public|advertised|released|revealed|divulged|printed|listed"
    r"|publicised|told|passed on|for publication|available to (?:the )?(?:public|anyone|anybody|everyone|everybody))"
)
_TELL = (
    r"(?:publish|disclose|share|give|give out|reveal|advertise|show|display|print|list|release|map|pass on|make public"
    r"|divulge|publicise|tell \w+)"
)
_LATER = (
    r"(?:on|upon|after|when|once|following) (?:\w+ ){0,4}(?:referral|referred|request|book\w*|applica\w+|accept\w*"
    r"|assess\w*|contact|enquiry|regist\w+|confirm\w*|interview\w*|ring|call|phone|join\w*|sign\w*)"
)
_GIVEN = r"(?:given|provided|supplied|disclosed|shared|sent|revealed)"
_KEPT = (
    r"(?:confidential|withheld|undisclosed|unpublished|secret(?! garden)|private(?! hire| members| parking)"
    r"|masked|redacted|suppressed"
    r"|hidden(?! away| behind| down| in| gem)|protected(?! from| by)|[gc]yfrinachol"
    rf"|{_NOT} (?:\w+ )?(?:be )?{_TOLD}"
    rf"|{_GIVEN} (?:\w+ ){{0,3}}{_LATER}|(?:only {_GIVEN}|{_GIVEN} only|only available) (?:\w+ )?to)"
)
_NEVER = r"(?:do not|dont|does not|doesnt|never|not|cannot|cant|unable to|will not|wont|must not|should not)"
_NOT_BETWEEN = rf"(?:{'|'.join(sorted(OTHERS))}|at|in|on|near|outside|to|with)"
_WHERE = r"where (?:we|it|they|this|that|you|(?:the|our) \w+) (?:are|is|live|lives|meets?|go|will be)"
KEPT_BACK = re.compile(
    rf"\b(?P<address>{_PLACE})(?: ?[(,][^.;()\n]{{0,80}}[),])?[ :,]+(?:{_LITTLE}[ ,:]+){{0,8}}{_KEPT}\b"
    r"|\b(?:confidential|secret|undisclosed|unpublished|withheld|unlisted|hidden|non disclosed) (?:and \w+ |but \w+ )?"
    rf"(?:{_PLACE}|house|accommodation)\b|\bprivate address(?:es)?\b"
    rf"|\b{_NEVER} (?:\w+ ){{0,3}}?{_TELL} (?:(?!{_NOT_BETWEEN}\b)\w+ ){{0,6}}?"
    rf"(?:{_PLACE}|{_WHERE})\b"
    r"|\bonly (?:\w+ ){1,4}(?:(?:are|is|will be|may be) (?:told|given|shown)|know)"
    rf" (?:\w+ ){{0,3}}?(?:{_PLACE}|{_WHERE})\b"
    rf"|\bfor (?:\w+ ){{0,2}}?(?:safety|security|safeguarding|confidentiality) reasons\b[^.;\n]{{0,80}}"
    rf"\b(?:the|our|its|full|exact) {_PLACE}\b"
    rf"|\b(?:the|our|its|full|exact) {_PLACE}\b[^.;\n]{{0,80}}"
    r"\bfor (?:\w+ ){0,2}?(?:safety|security|safeguarding|confidentiality) reasons\b"
    rf"|\b(?:address|whereabouts) (?:{_LITTLE} ){{0,4}}(?:available|told|confirmed) (?:\w+ ){{0,3}}{_LATER}\b"
    r"|\b(?:contact|ring|call|phone|mail|email|ask|message|text|telephone)\b(?: \w+){0,5} for"
    r" (?:the |our |an |full |exact )*address\b"
)
# Of a location itself one word is enough.
OF_A_PLACE = re.compile(
    r"\b(?:confidential|withheld|undisclosed|unpublished|non disclosed|[gc]yfrinachol)\b"
    r"|^(?:hidden|secret|masked|redacted|restricted|private|unlisted)$"
    rf"|\b{_NOT} (?:\w+ )?(?:be )?{_TOLD}\b|\b{_NEVER} (?:\w+ ){{0,2}}{_TELL}\b"
    r"|\b(?:address|location) (?:on|upon|available|supplied|given|provided)\b"
    r"|\b(?:private|home) address\b|\bprivate (?:home|house|residence|dwelling)\b|\b(?:members|organi[sz]ers) homes?\b"
)


def is_kept_back(text: str) -> bool:
    """Whether `text` says of the service's own address that it is kept back; not of a reader's, nor of an e-mail's."""
    if not any_in(PLACES, text):
        return False
    for sentence in sentences(text):
        if any_in(PLACES, sentence):
            for match in KEPT_BACK.finditer(sentence):
                whose = sentence[: match.start()].split()[-2:] if match["address"] else []
                if OTHERS.isdisjoint(whose) and VERBS.isdisjoint(whose[-1:]):
                    return True
    return False


def is_kept_back_of_a_place(text: str) -> bool:
    """The same of what is said of one location."""
    return bool(OF_A_PLACE.search(text)) or is_kept_back(text)
