"""A refuge whose address nobody may learn from the site, and what would tell it."""

import re

CANARIES = ("zephyrwick", "quillfeather", "7qz", "53.4387", "2.1912")
STREET, HOUSE, POSTCODE, POINT = "Zephyrwick Close", "Quillfeather Lodge", "M19 7QZ", (53.4387, -2.1912)
PLACE = {
    "name": HOUSE, "latitude": POINT[0], "longitude": POINT[1],
    "addresses": [{"address_1": f"41 {STREET}", "city": "Manchester", "postal_code": POSTCODE}],
}  # fmt: skip
COME = f"Come to 41 {STREET}, {POSTCODE}, and ask at {HOUSE}."
TELLING = f"{COME} Map: https://maps.google.com/?q={POSTCODE}"
TOKEN = re.compile(r"[\w.-]{40,}")  # of a form: any three letters may stand in it by chance


def told(text: str) -> list[str]:
    """What `text` gives away."""
    said = TOKEN.sub("", text).lower()
    return [canary for canary in CANARIES if canary in said]


# The file of such a listing, which says where it is.
SAFE_HOUSE = """\
---
title: A safe house
summary: Somewhere to stay, and somebody on your side, for women who live with abuse.
organisation: Heron women
status: active
places: [ardwick-longsight]
locations:
  - name: Heron House
    address: 7 Hidden Lane
    postcode: M14 5AA
    latitude: 53.45
    longitude: -2.22
    confidential: true
contacts:
  - phone: 0161 496 0515
verified: {date: 2026-11-19, by: Ardwick and Longsight neighbourhood team}
---
Everything starts with a phone call.
"""
