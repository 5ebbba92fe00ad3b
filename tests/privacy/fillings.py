"""What the frames of the labelled set are filled with. All of it is invented.

Phone numbers come from the ranges that Ofcom keeps for drama; nobody has them.
"""

import random
from datetime import date, timedelta

from webapp.pii.numbers import check_digit


def spaced(words: str) -> list[str]:
    return words.split()


def parted(phrases: str) -> list[str]:
    return phrases.split("|")


FIRST = spaced(
    "Margaret Denise Darren Mohammed Agnieszka Precious Tariq Siobhan Winston Priya Yusuf Beryl Kwame "
    "Fatima Callum Mei "
    "Zbigniew Shanice Gurpreet Nasreen Eileen Abdi Chidi Oksana Rajesh Doreen Ifeoma Khadija Patrick "
    "Leroy Sunita Aoife "
    "Jerzy Halima Gwen Derek Amina Olu Tomasz Ruth Vikram Sheila Hodan Barbara Imran Ngozi Colin Parveen Delroy Mihai "
    "Anwar Kathleen Femi Salma Norman Thandiwe Sanjay Maureen Ahmed Svetlana Brian Rukhsana Marcia Ewa "
    "Hassan Joyce Xiu "
    "Terence Nusrat Cedric Bridget Osman Phyllis Jaswinder Edna Tunde Zainab Clive Bozena Ravi Enid Selam Dermot Asha"
)
RARE = spaced(  # that few people here bear; many are in no list
    "Xhevdet Tlaleng Oriel Wambui Zdenka Ayotunde Brisa Kestutis Okwudili Mbali Farzaneh Llinos Ruaridh Vjosa Quetzal "
    "Sorcha-Mae Idowu Nkiruka Yevhenia Thibault Onneile Drita Havel Ekaterini Sinazo Pelumi"
)
WORD_FIRST = spaced(
    "Grace Hope Rose Mark Bill Joy Faith Grant Frank Dawn Ray Sue May June April Ivy Daisy Hazel Violet"
)
LAST = spaced(
    "Khan Okafor Patel O'Neill Nowak Begum Ashworth Hussain Murphy Campbell Singh Adeyemi Chowdhury Kowalczyk McCarthy "
    "Ogden Rahman Wong Sharples Mensah Kaur Gallagher Ndlovu Hargreaves Popescu Iqbal Brathwaite Whittaker Osei Petrov "
    "Fernandes Zielinska Mahmood Tattersall Nguyen Duffy Goldberg Warsame Entwistle Bhatti Smith-Jones D'Souza Achebe"
)
PLACES = parted(
    "Sampleton|Harrow Moor|Northbrook|Millgate|Elm Park|Eastfield|Crossways|Weaverham|Brookvale|Tanner's Hill"
)
OUTWARD = spaced("M22 M14 M9 M8 M40 M13 M12 M16 M19 M20 M21 M23 M1 SK9 OL4 BL2 WN3")
AREA = spaced("M22 M14 M9 M8 M40 M13 SK4 OL9 BL1 WA14 SW1A LS6 B15 EC1V NE4 W1T")
LANGUAGES = spaced("Urdu Polish Somali Cantonese Arabic Tigrinya Punjabi Bengali Romanian Portuguese Farsi Yoruba")
WEEKDAYS = spaced("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = spaced("January February March April May June July August September October November December")
ACTIVITIES = parted(
    "walking football|tai chi|a cookery class|chair yoga|crown green bowls|gospel singing|a fishing trip|"
    "woodwork|life drawing"
    "|swimming|a pottery class|allotment gardening|dominoes|line dancing|a film club|bike repair|knit and natter|boccia"
)
DEVICES = parted("TX400|CareHub 3G|VT-2210|Lifeline 5|FD100B|MX-90|S12 Pro|HomeSafe 2|P8-340|RT 2000")
STREETS = parted(
    "Sample Street|Oak Road|Millbrook Lane|Alderley Avenue|St Mary's Grove|Bank Top Terrace|High Elm "
    "Crescent|The Poplars Close|Kings Drive|Larch Gardens|Canal Walk|Weaver Court"
)
ROADS = parted(
    "Alder Lane|Sample Road|Fern Street|Old Mill Road|St Agnes Avenue|Quarry Lane South|Marlow Crescent|"
    "Tennyson Terrace"
    "|Great Northern Street|Heron Way|Copse Grove|Lowther Gardens"
)
BLOCKS = parted(
    "Sample Court|Heron Heights|Fernley House|Larch Tower|Weaver Mill|Tennyson Lodge|Copse Point|Quarry House"
)
HOUSES = parted(
    "Rose Cottage|Fernhurst|The Old Rectory|Larkdene|Hillside|The Firs|Ashcroft|Greyholme|Willow Barn|Brook Farm|"
    "Thornlea|The Gables"
)


def code(dice: random.Random) -> str:
    """A number of a record, in one of the shapes that registers give them."""
    n = f"{dice.randrange(10**6, 10**7)}"
    return dice.choice(
        [
            f"P{n}",
            f"C{n[:6]}",
            f"MAS/{n[:5]}/24",
            f"{n[:3]}-{n[3:6]}-{n[:3]}",
            f"CAS-{n[:6]}-PGBK",
            f"W{n}4",
            f"M{n[:6]}X",
            n,
        ]
    )


def filling(slot: str, dice: random.Random) -> str:
    """Something to put in a slot; a digit at the end of its name only tells two slots of a frame apart."""
    name = slot.rstrip("0123456789") if slot not in ("digits5", "digits6", "digits7") else slot
    return FILLINGS[name](dice)


def nhs(dice: random.Random) -> str:
    """A number that passes the check, spaced in one of the ways that people and systems space it."""
    digits = nhs_digits(dice)
    a, b, c = digits[:3], digits[3:6], digits[6:]
    shapes = [
        f"{a} {b} {c}",
        digits,
        f"{a}-{b}-{c}",
        f"{a}.{b}.{c}",
        f"{a} {b}{c}",
        f"{a}  {b}  {c}",
        f"{a}/{b}/{c}",
        " ".join(digits),
        f"{a}\u00a0{b}\u00a0{c}",
        f"{a}\u200b{b}\u200b{c}",
        " ".join(digits[i : i + 2] for i in range(0, 10, 2)),
        "".join(chr(0xFF10 + int(d)) for d in digits),
        f"{a} - {b} - {c}",
        f"{digits[:5]} {digits[5:]}",
        f"{a}_{b}_{c}",
    ]
    return dice.choice(shapes)


def nhs_digits(dice: random.Random) -> str:
    """Ten digits that pass modulus 11. They begin with 999, which is kept for tests."""
    while True:
        digits = "999" + "".join(dice.choice("0123456789") for _ in range(7))
        if check_digit(digits):
            return digits


def isbn(dice: random.Random) -> str:
    """A book number of ten digits; it passes the same check."""
    while True:
        digits = dice.choice("01") + "".join(dice.choice("0123456789") for _ in range(9))
        if check_digit(digits):
            return dice.choice(
                [
                    digits,
                    f"{digits[0]}-{digits[1:5]}-{digits[5:9]}-{digits[9]}",
                    f"{digits[0]} {digits[1:4]} {digits[4:9]} {digits[9]}",
                ]
            )


def ni(dice: random.Random) -> str:
    """A National Insurance number with a prefix that was never issued, or that could have been."""
    prefix = dice.choice(["QQ", "AB", "JG", "NE", "SP", "WK", "CZ"])
    digits = f"{dice.randrange(10**6):06}"
    last = dice.choice("ABCD")
    pairs = [digits[:2], digits[2:4], digits[4:]]
    shapes = [
        f"{prefix}{digits}{last}",
        " ".join([prefix, *pairs, last]),
        f"{prefix} {digits} {last}",
        "-".join([prefix, *pairs, last]),
        ".".join([prefix, *pairs, last]),
        f"{prefix}{digits} {last}",
    ]
    text = dice.choice(shapes)
    return text.lower() if dice.random() < 0.3 else text


def ni_tight(dice: random.Random) -> str:
    return f"{dice.choice(['QQ', 'AB', 'JG'])}{dice.randrange(10**6):06}{dice.choice('ABCD')}"


def postcode(dice: random.Random) -> str:
    """A full postcode, spaced or not."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    outward, inward = dice.choice(AREA), f"{dice.randrange(10)}{dice.choice(letters)}{dice.choice(letters)}"
    return dice.choice([" ", " ", " ", "", "  ", "-", ".", "\u00a0"]).join([outward, inward])


def postcode_low(dice: random.Random) -> str:
    while True:
        text = postcode(dice).lower()
        if text[-3:] not in ("1st", "2nd", "3rd") and not text.endswith("th"):
            return text


def phone(dice: random.Random) -> str:
    """A number from a range kept for drama."""
    n = f"{dice.randrange(1000):03}"
    area, exchange, rest = dice.choice(
        [
            ("07700", "900", n),
            ("07700", "900", n),
            ("0161", "496", "0" + n),
            ("01632", "960", n),
            ("020", "7946", "0" + n),
            ("0113", "496", "0" + n),
        ]
    )
    abroad = area[1:]
    shapes = [f"{area} {exchange}{rest}", f"{area} {exchange} {rest}", f"{area}{exchange}{rest}",
              f"({area}) {exchange} {rest}",
              f"+44 {abroad} {exchange} {rest}", f"+44{abroad}{exchange}{rest}", f"+44 (0){abroad} {exchange} {rest}",
              f"0044 {abroad} {exchange} {rest}", f"{area}-{exchange}-{rest}", f"{area}.{exchange}.{rest}",
              f"{area}/{exchange}{rest}", f"0044{abroad}{exchange}{rest}"]  # fmt: skip
    return dice.choice(shapes)


def phone_tight(dice: random.Random) -> str:
    return f"07700900{dice.randrange(1000):03}"


def email(dice: random.Random) -> str:
    who = dice.choice(["d.okafor", "beryl41", "jo-ashworth", "mk_patel", "the.nowaks", "r+carer", "O.Smith"])
    host = dice.choice(["example.org", "example.com", "mail.example.net", "family.example", "example.co.uk"])
    return dice.choice([f"{who}@{host}", f"{who}@{host}", f"{who} @ {host}", f"{who}@{host}".upper()])


def email_said(dice: random.Random) -> str:
    who = dice.choice(["denise", "d.okafor", "beryl41", "mkpatel"])
    return dice.choice(
        [
            f"{who} at example dot com",
            f"{who} (at) example.org",
            f"{who}[at]example[dot]com",
            f"{who} at example dot co dot uk",
            f"{who} AT example DOT org",
            f"{who} (at) example (dot) net",
            f"{who} at gmail.com",
            f"{who}@example dot com",
        ]
    )


def day(dice: random.Random, first: int = 1925, last: int = 2006) -> date:
    return date(first, 1, 1) + timedelta(days=dice.randrange((last - first) * 365))


def ordinal(n: int) -> str:
    return f"{n}{'th' if 10 < n < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def dob(dice: random.Random) -> str:
    d = day(dice)
    return dice.choice(
        [
            f"{d:%d/%m/%Y}",
            f"{d.day}/{d.month}/{d:%y}",
            f"{d:%d.%m.%Y}",
            f"{d:%d-%m-%Y}",
            f"{d:%Y-%m-%d}",
            f"{d.day} {d:%b} {d.year}",
            f"{d.day}.{d.month}.{d:%y}",
            f"{d.day} {d:%B} {d.year}",
            f"{d:%d %m %Y}",
            f"{d:%d-%b-%Y}",
        ]
    )


def dob_words(dice: random.Random) -> str:
    d = day(dice, 1931, 1999)
    ones = spaced("zero one two three four five six seven eight nine")
    tens = {3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety"}[d.year % 100 // 10]
    spoken = f"nineteen {tens}" + (f"-{ones[d.year % 10]}" if d.year % 10 else "")
    days = spaced("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
    return dice.choice(
        [
            f"{ordinal(d.day)} {d:%B} {d.year}",
            f"the {ordinal(d.day)} of {d:%B} {d.year}",
            f"{d:%B} {d.day}, {d.year}",
            f"{d:%B} {ordinal(d.day)} {d.year}",
            f"the {days[d.day % 12]} of {d:%B} {spoken}",
            f"{d.day} {d:%B} {d.year}",
            f"{d.day} {d:%b} {d:%y}",
            f"{ordinal(d.day)} {d:%B}, {d.year}",
        ]
    )


def meeting(dice: random.Random) -> str:
    d = day(dice, 2023, 2028)
    return dice.choice(
        [
            f"{d:%d/%m/%Y}",
            f"{d.day} {d:%B}",
            f"{d.day} {d:%B} {d.year}",
            f"{d:%A} {d.day} {d:%B}",
            f"{d:%d.%m.%y}",
            f"{d:%Y-%m-%d}",
        ]
    )


def street(dice: random.Random) -> str:
    return f"{dice.randrange(1, 200)}{dice.choice(['', '', '', 'a', 'B'])} {dice.choice(STREETS)}"


def street_low(dice: random.Random) -> str:
    streets = ["sample st", "oak rd", "millbrook lane", "alderley avenue", "elm road", "mill street"]
    return f"{dice.randrange(1, 200)} {dice.choice(streets)}"


def mrs(dice: random.Random) -> str:
    title = dice.choice(["Mr", "Mrs", "Miss", "Ms", "Mr.", "Mrs.", "Dr", "Mx", "Mrs"])
    before = dice.choice(["", "", "", f"{dice.choice('ABDEFGHJKMPRSTZ')} ", f"{dice.choice(FIRST)} "])
    return f"{title} {before}{dice.choice(LAST)}"


def initials(dice: random.Random) -> str:
    a, b = dice.choice("BDFGHJKLMRSTWZ"), dice.choice("BDFGHJKLNRSVWZ")
    return dice.choice([f"{a}.{b}.", f"{a}. {b}.", f"{a}.{b}"])


def pair(dice: random.Random) -> str:
    return dice.choice(["JB", "MK", "TW", "DF", "K.B.", "R.S.", "ZK", "GH", "BN"])


FILLINGS = {
    "nhs": nhs, "nhs_tight": nhs_digits, "isbn": isbn, "ni": ni, "ni_tight": ni_tight, "postcode": postcode,
    "postcode_low": postcode_low, "phone": phone, "phone_tight": phone_tight, "email": email, "email_said": email_said,
    "dob": dob, "dob_words": dob_words, "date": meeting, "street": street, "street_low": street_low, "mrs": mrs,
    "dotted": initials, "initials": initials, "pair": pair,
    "postcode_tight": lambda dice: "".join(c for c in postcode(dice) if c.isalnum()),
    "dob_recent": lambda dice: f"{dice.randrange(1, 29)} {dice.choice(MONTHS)} {dice.randrange(2021, 2026)}",
    "dob_month": lambda dice: f"{dice.choice(MONTHS)} {dice.randrange(1930, 1999)}",
    "date_words": lambda dice: f"{dice.randrange(1, 29)} {dice.choice(MONTHS)} {dice.randrange(2019, 2027)}",
    "mrs_low": lambda dice: mrs(dice).lower(),
    "mrs_initial": lambda dice: f"{dice.choice(['Mr', 'Mrs', 'Miss', 'Ms', 'Mr.'])} {dice.choice('BCDFGHJKLMNPRSTWZ')}",
    "first": lambda dice: dice.choice(FIRST), "first_low": lambda dice: dice.choice(FIRST).lower(),
    "full": lambda dice: f"{dice.choice(FIRST)} {dice.choice(LAST)}",
    "full_low": lambda dice: f"{dice.choice(FIRST)} {dice.choice(LAST)}".lower(),
    "last": lambda dice: dice.choice(LAST), "rare": lambda dice: dice.choice(RARE),
    "word_first": lambda dice: dice.choice(WORD_FIRST),
    "initial_last": lambda dice: f"{dice.choice('BDEFGHJKLMNPRSTWZ')}{dice.choice([' ', '. '])}{dice.choice(LAST)}",
    "digits5": lambda dice: f"{dice.randrange(10**4, 10**5)}",
    "digits6": lambda dice: f"{dice.randrange(10**5, 10**6)}",
    "digits7": lambda dice: f"{dice.randrange(10**6, 10**7)}",
    "alnum": lambda dice: "".join(
        [dice.choice(["LD", "ASC", "OP", "MH"]), dice.choice(["-", "/", ""]), f"{dice.randrange(10**4, 10**6)}"]
    ),
    "age": lambda dice: f"{dice.randrange(19, 99)}", "outward": lambda dice: dice.choice(OUTWARD),
    "place": lambda dice: dice.choice(PLACES), "language": lambda dice: dice.choice(LANGUAGES),
    "weekday": lambda dice: dice.choice(WEEKDAYS), "month": lambda dice: dice.choice(MONTHS),
    "year": lambda dice: f"{dice.randrange(2015, 2027)}", "n": lambda dice: f"{dice.randrange(3, 40)}",
    "price": lambda dice: dice.choice(["3", "4.50", "7.25", "12", "18.50", "25"]),
    "time": lambda dice: dice.choice(["9.30", "10am", "11:15", "2pm", "14:00", "6.30pm", "7pm", "half past ten"]),
    "compass": lambda dice: dice.choice(["north", "south", "east", "west"]),
    "activity": lambda dice: dice.choice(ACTIVITIES),
    "activity_cap": lambda dice: (lambda words: words[0].upper() + words[1:])(dice.choice(ACTIVITIES)),
    "road": lambda dice: dice.choice(ROADS), "road_low": lambda dice: dice.choice(ROADS[:5]).lower(),
    "block": lambda dice: dice.choice(BLOCKS), "house": lambda dice: dice.choice(HOUSES), "code": code,
    "lone": lambda dice: dice.choice("BDFGHJKLMNPRSTWZ"),
    "gap": lambda dice: f"{dice.randrange(1, 900):04}", "device": lambda dice: dice.choice(DEVICES),
}  # fmt: skip
