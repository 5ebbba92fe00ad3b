"""How words of a need are compared: `lost`, `losing` and `loss` are alike, and so are `couldn't` and `unable`."""

from collections.abc import Sequence

from webapp.library.search.text import STOP_WORDS, stem

# "struggles to", "unable to", "no longer": one way of saying that something does not work. All become CANNOT.
CANNOT = "cannot"
_NOT = """
cant cannot couldnt not no dont doesnt didnt wont isnt arent wasnt havent hasnt hadnt wouldnt never nor unable struggle
struggles struggling struggled difficulty difficulties difficult trouble hard without longer
"""
_SELF = "himself herself themselves myself yourself oneself ourselves themself hisself"
_PRONOUNS = """
he she him her hes shes hers his they i im ive me my mine we us ours their theirs theyre theyve someones somebodys whos
"""
# Forms that a stemmer cannot bring together, in words that needs are described with.
_IRREGULAR = """
outing outings; used;
lose lost losing loss; die died dead death; fall fell fallen; drink drank drunk; feel felt; get got
getting; go goes gone went; come came coming; give gave given giving; take took taken taking; leave left
leaving; eat ate eaten; hear heard hearing; see; saw seen; speak spoke spoken; read reading; buy bought; keep kept; tell
told; know knew known; forget forgot forgotten; hurt hurting; shake shook; write wrote written; drive drove
driven; man men; woman women; child children; wife wives; foot feet; tooth teeth; sleep slept; wake woke woken;
break broke broken; steal stole stolen; sell sold; meet met; hit hitting; sing sang sung; swim swam swum; run
ran; ride rode ridden; grow grew grown; bring brought; teach taught; pay paid; spend spent; fight fought; beat
beaten; bleed bled bleeding; stand stood; find found; think thought; sit sat; put putting; let letting;
throw threw thrown; blow blew blown; burn burnt; learn learnt; catch caught; choose chose chosen; bite bit bitten;
lie lying lay; freeze froze frozen
"""
_ABOUT = frozenset(_PRONOUNS.split())
_SAME_FORM = {form: group.split()[0] for group in _IRREGULAR.split(";") for form in group.split()}
_SAME_FORM |= dict.fromkeys(_NOT.split(), CANNOT) | dict.fromkeys(_SELF.split(), "self")
_SKIPPED = (STOP_WORDS | _ABOUT) - frozenset(_SAME_FORM)

# Small words that turn the sense of a phrase: "can't go on" is not "can't go".
_TURNING = frozenset({"on", "be", "will"})
_DESCRIBING = "is was are has had have keeps kept wants needs since gets got been who would used likes"
_DESCRIBING_WORDS = frozenset(_DESCRIBING.split())
_OF_THINGS = (["that"], ["which"], ["there"])  # "exercises that are free" tells of no person


_QUESTIONS = frozenset(
    f"{first} {second}"
    for first, seconds in {
        "what": "is are does do counts happens",
        "when": "do should can must is does",
        "who": "can pays decides does is",
        "where": "do is are",
        "why": "do is are should",
        "can": "i we",
        "do": "i we",
        "should": "i we",
    }.items()
    for second in seconds.split()
)


def word_form(word: str) -> str:
    """A folded word in the form that phrases are compared in: `lost` gives `lose`; empty for words left out."""
    if word in _SAME_FORM:
        return _SAME_FORM[word]
    return "" if word in _SKIPPED else stem(word)


def in_full(of: Sequence[str]) -> tuple[str, ...]:
    """Every word but articles, whoever it is about: "on his own" is `on`, `-`, `own`. One significant word is not
    enough to know such a phrase by ("her own home").
    """
    return tuple("-" if w in _ABOUT else word_form(w) or w for w in of if w not in {"a", "an", "the"})


def turning(of: Sequence[str]) -> frozenset[str]:
    """Small words that must be there besides the compared ones."""
    return _TURNING.intersection(of)


def describes_somebody(typed: Sequence[str]) -> bool:
    """Whether folded words describe somebody ("he never goes out") rather than name a service ("walking group")."""
    told = [w for at, w in enumerate(typed) if not (w in _DESCRIBING_WORDS and typed[at - 1 : at] in _OF_THINGS)]
    return len(typed) > 3 and any(w in _ABOUT or w in _DESCRIBING_WORDS or _SAME_FORM.get(w) == CANNOT for w in told)


def verb_asked(typed: Sequence[str]) -> int | None:
    """The place of the verb of a question how something is done: `refer` in "how do I refer to …"; None elsewhere."""
    if typed[:1] != ["how"]:
        return None
    who = next((at for at, word in enumerate(typed[:4]) if word in {"i", "we", "to", "you"}), None)
    return who + 1 if who is not None and who + 1 < len(typed) - 1 else None


def asks_how(typed: Sequence[str]) -> bool:
    """Whether folded words ask how something is done ("how do I issue …", "what is …"): guidance answers that."""
    return bool(typed) and (typed[0] == "how" or " ".join(typed[:2]) in _QUESTIONS)
