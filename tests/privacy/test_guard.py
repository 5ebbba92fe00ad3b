"""What the personal-data guard sees, what it leaves alone, and what it says."""

import re
from itertools import pairwise

import pytest

from tests.support import pace
from webapp.pii import guard


def kinds(text: str, **kwargs: object) -> list[str]:
    return [match.kind for match in guard.find(text, **kwargs)]


FOUND = {
    "nhs-number": [
        "943 476 5919", "9434765919", "943-476-5919", "943.476.5919", "9 4 3 4 7 6 5 9 1 9",
        "nhs9434765919now",
        "９４３ ４７６ ５９１９", "943\u200b476\u200b5919", "943\u00a0476\u00a05919", "943 476\n5919",
        "NHS no 943 476 5910", "EMIS 943 4765 919", "ID 9 4 3 4 7 6 5 9 1 9", "Case no 943.476.5919",
    ],
    "ni-number": ["QQ 12 34 56 C", "ab123456c", "AB-12-34-56-D", "ninoAB123456Cplease",
    "NI number AB 12 34 56"],
    "postcode": ["M22 4DZ", "m22 4dz", "M224DZ", "SW1A 1AA", "livesM22 4DZ", "M22.4DZ", "near m224dz."],
    "phone": [
        "07700 900123", "+44 7700 900123", "0044 161 496 0123", "(0161) 496 0123", "0161-496-0123",
        "07700.900.123",
        "+44 (0)20 7946 0018", "01632 960 001", "ring07700900123now", "tel 496 0123", "his mobile is 0800 123 4567",
        "the helpline rang her on 0161 496 0123",
    ],
    "email": ["jo@example.org", "jo at example dot com", "jo (at) example.org", "jo[at]example[dot]org",
    "jo at gmail.com"],
    "date-of-birth": [
        "dob 12/3/41", "D.O.B. 12.03.1941", "born on 3rd March 1941", "date of birth: 1941-03-12",
        "b. 3 Mar 1941",
        "born the third of March nineteen forty-one", "12/03/1941 (dob)", "her birthday is 3 March",
        "3/12/1938 was on the form",
    ],
    "case-number": [
        "LAS 123456", "Liquidlogic 654321", "Mosaic ID 123456", "case number 12345", "ref no 98765",
        "Our ref: ASC/44521",
        "hospital number 7654321", "client ID 55512", "housing app no HA-2209-117", "tenancy number 40021983",
        "client 883021",
    ],
    "address": ["14 Sample Street", "flat 3, 22 Oak Rd", "22 oak road", "Flat 2, Birch House",
    "3a mersey bank ave, top floor", "a visit to 27 langdale close"],
    "name": [
        "Mrs K", "Mr. O'Neill", "Miss J Patel", "mrs khan", "Mr and Mrs Khan", "her son Darren",
        "Margaret's daughter",
        "Mohammed lives alone", "spoke to denise", "P.K. from M22", "J. Patel", "service user AB",
        "a man called Ozzy",
        "her name is Wioletta", "Helen, 84, likes bowls", "Zbigniew lives alone", "the Okafor family",
        "PATEL, Meena",
        "her daughter Rose", "Grace lives alone", "Mark said so", "Xolani Dlamini", "Chinedu Okonkwo",
        "MRS KHAN",
        "Mrs O’Brien", "Thanks, Sue", "Wullie and his wife",
        "mrs p from the flats", "JS, 78, from Baguley", "a group for Precious but it was full",
        "the Margaret Khan family", "Caoimhe Lomax", "the daughter, Oyinda, asked", "T. Okonjo wants bingo",
        "Hope's carer has left", "Sunny, 17, wants a job", "T.W.'s gran is ill", "Oyinda was discharged alone",
        "Teresa and her boys", "Robert Owen needs a lift", "my client Qorsho cleans", "D. Qorsho from M20",
    ],
}  # fmt: skip
ORDINARY = [
    "Kolb, Vygotsky, Maslow and Saleebey", "Carl Rogers on listening", "Rogers (1961)", "Saleebey, D. (2006)",
    "the Care Act 2014, section 9", "the Mental Capacity Act", "Andy's Man Club", "Alzheimer's Society",
    "St Ann's Hospice",
    "Marie Curie", "Mary Seacole House", "Victoria Park and Heaton Park", "a stop on Alexandra Road",
    "in May, June and August",
    "Will there be a group?", "Hope this helps", "Grant funding and the bill", "Joy, faith and grace",
    "Dawn to dusk",
    "Art on prescription", "ISBN 0471117706", "ISBN-10: 0-471-11770-6", "10:30 - 12:30",
    "review on 12/03/2026", "GAP-0001",
    "M22 and M23", "in M14 2nd and 4th Tuesdays", "model TX400", "Mr and Mrs", "Miss the bus",
    "the GP or Dr's surgery", "Ward 4",
    "Three Conversations", "MS Society", "an older man in M22", "a group called Chatty Cafe",
    "the client called the office",
    "the group's first birthday is on 3 June", "Herbert Protocol", "Clare's Law",
    "Oliver McGowan training", "look at example.org",
    "the helpline on 0800 123 4567", "12, 34, 56, 78 and 90", "from 4,500 to 6,200", "2 close friends",
    "call 999 or 111", "The John Rylands reading room", "Pope Francis hall", "the Alexander technique",
    "jasmine tea", "Carol singing", "a Stan Lee film night", "the partner, Southway, asked",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_it_finds(kind, text):
    assert kind in kinds(f"We heard that {text}, and that is all."), text


@pytest.mark.parametrize(
    "text",
    [
        "Ray from Moston wants darts",
        "jean from number four is lonely",
        "Grace needs a befriender",
        "Will has lost his job",
        "Mark was discharged with no package",
        "Hope has fallen twice",
        "doris finds the steps high",
        "tracey wilkes lost her pip",
        "LEROY STILL HAS NO BED",
        "GLADYS NEEDS A LIFT TO CHURCH",
        "Carmel Sagoe can't get out",
        "Pat Lumley asked about yoga",
    ],
)
def test_it_finds_a_name_that_begins_a_report(text):
    assert kinds(text) == ["name"]


@pytest.mark.parametrize(
    "text",
    [
        "Rob the bus of passengers",
        "Sandy paths are hard",
        "May in Moston was wet",
        "May needs planning now",
        "Will needs to be written?",
        "Hope is thin here",
        "Autumn is lonely for widowers",
        "Art needs a room",
        "Applicant is pregnant",
        "Volunteers cried",
        "Moston can't get out of debt",
        "Nan looks after three",
        "Following Cormac Russell's talk",
        "Robert Owen's co-op idea",
        "Jones v Barnsley",
        "Ms Jones v Barnsley",
        "Contact centre number is 0161 234 5000",
        "Refuge 0808 2000 247, free",
        "Ideas 2025 1204",
        "Duty desk 0161 234 5050",
        "Client 2 of 6",
        "1 in 3 high street banks shut",
        "Hope's carer group meets",
        "Will is not the issue",
        "Heather Lea scheme has a lounge",
        "A man in Burnage has dementia",
        "Man, 47, wants to use his hands",
        "Two shops close, one stays",
        "The Ask Angela poster is in every pub",
        "Posters of Ask for Angela are gone",
        "Jane Wonnacott's supervision cycle should be linked",
        "Neil Thompson's PCS model is missing",
        "Steven Hoskin's safeguarding review is required reading",
        "Claude and Gemini gave different answers",
        "Our inbox is adult.social-care@council.example",
        "Write to adultsafeguarding@council.example for a copy",
        "Emergency duty team: add the number 01632 960001",
    ],
)
def test_it_lets_a_word_pass_that_begins_a_report(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "his e-mail is info@khan.example"),
        ("email", "duty@gmail.com"),
        ("email", "joan.care@council.example"),
        ("email", "carer@family.example"),
        ("phone", "Duty team: add the daughter on 01632 960001"),
        ("name", "Please Ask Margaret about her tablets"),
        ("name", "Margaret's sleep cycle is off"),
        ("name", "Margaret's TV model is old"),
        ("name", "Jane Wonnacott's care plan is late"),
        ("name", "Claude lives alone and talks to Siri"),
        ("name", "Claude, 80, talks to Siri"),
        ("name", "Steven Hoskin lives alone"),
    ],
)
def test_it_finds_a_person_behind_what_looks_like_an_office_or_an_author(kind, text):
    assert kind in kinds(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_it_lets_pass(text):
    assert kinds(text) == []
    assert kinds(f"We talked about {text} at the session.") == []


def test_a_match_says_where_it_stands_in_what_was_typed():
    typed = "Zoë’s note: ９４３ ４７６\u200b ５９１９, then M22 4DZ."
    for match in guard.find(typed):
        assert typed[match.start : match.end] == match.text
    assert kinds(typed)[-2:] == ["nhs-number", "postcode"]


def test_matches_come_in_order_and_never_overlap():
    matches = guard.find("Mrs K, 14 Sample Street, M22 4DZ, 07700 900123, LAS 123456, dob 1/2/34")
    assert [m.kind for m in matches] == ["name", "address", "postcode", "phone", "case-number", "date-of-birth"]
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_clean_text_is_the_text_as_typed():
    text = guard.clean("An older man in M22 wants a shed.")
    assert isinstance(text, guard.CleanText)
    assert text == "An older man in M22 wants a shed."


def test_clean_refuses_and_says_what_it_saw_but_not_in_the_message():
    with pytest.raises(guard.Identifying) as refused:
        guard.clean("Mrs K rang from 07700 900123")
    assert [m.kind for m in refused.value.matches] == ["name", "phone"]
    assert "900123" not in str(refused.value)
    assert "Mrs K" not in str(refused.value)


def test_what_is_marked_as_about_nobody_passes_however_it_is_spaced():
    text = "The hall is at M22 4DZ and its line is 0161 496 0123."
    assert kinds(text, not_about_a_person=["m22  4dz"]) == ["phone"]
    assert guard.clean(text, not_about_a_person=["M22 4DZ", "0161 496 0123"]) == text


def test_a_council_adds_its_own_case_numbers():
    assert kinds("see WX-99") == []
    assert kinds("see WX-99", case_patterns=[re.compile(r"\bWX-\d\d\b")]) == ["case-number"]


def test_every_kind_is_explained_with_what_to_put_instead():
    for kind in guard.KINDS:
        words = guard.explain(guard.Match(kind, 0, 10, "9434765919"))
        assert words.startswith("This looks like a"), words
        assert words.endswith("."), words
        assert all(len(sentence.split()) <= 25 for sentence in words.split(". "))


def test_an_explanation_shows_only_the_beginning_of_a_number():
    (match,) = guard.find("943 476 5919")
    assert "(943 …)" in guard.explain(match)
    assert "5919" not in guard.explain(match)


HOSTILE = [
    "a", "1", "1 ", "0 ", "a@", "a.", "@", "A", "Mr ", "Denise ", "943 476 5918 ", "dob ", "born on the ",
    "M22 ", "14 Sample ",
    "1 a a a ", "flat 3, ", "case number ", "ref no: ", "LAS A-A-", "a man called ", "Xy's ", "A. ",
    "A.B.", "9\u200b", " ", "\n",
    "one ", "-", "+", "AB 12 34 5", "3 March ", "Denise de de de ", "'", "９", "ﷺ", " dot", "a at a dot ",
    "Qwer ", "+44 ", "1/1/19",
    "A1-", "nineteen twenty ", "tel 2345678x", "Abcd, is aged ", "isbn 0471117706 ", "\u0301", "𝟗", "'s ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length(piece):
    short, long = (_work((piece * length)[:length]) for length in (2_000, 8_000))
    assert long < 10 * short  # four times the text; a pattern that backtracks takes sixteen times as long


def test_practice_takes_no_longer_than_its_length():
    text = " ".join(f"{sentence} was raised by the team and is still open." for sentence in ORDINARY * 4)
    assert _work(text[:20_000]) < 3 * _work(text[:10_000])


def test_any_text_can_be_read(tmp_path):
    for text in ("", " ", "\0", "\ud800", "é" * 500, "👩‍👩‍👧" * 100, "١٢٣٤٥٦٧٨٩٠", "\u202e9434765919"):
        guard.find(text)


def _work(text: str) -> float:
    return pace.work(lambda: guard.find(text))
