"""A listing in a few lines that can be sent to anybody: by message, by e-mail, or on paper.

Whoever gets it cannot open this site, so it says all that they need to go there or to ring.
"""

from dataclasses import dataclass
from urllib.parse import quote

from webapp.directory.summary import ListingSummary
from webapp.library.front_matter.model import Asset

MADE_UP = "Sample: this listing is made up."


@dataclass(frozen=True, slots=True)
class Share:
    """`text` to send or copy; `mail` and `message` are the addresses that open a letter or a text message with it."""

    title: str
    text: str
    mail: str
    message: str


def share(asset: Asset, summary: ListingSummary, address: str) -> Share:
    """What to send of `asset`. A letter also has `address`, the page's own, for colleagues.

    A confidential address is in no summary, so it is in no letter.
    """
    text = "\n".join(_lines(asset, summary))
    letter = f"{text}\n\nColleagues can open it here: {address}"
    return Share(
        title=asset.title,
        text=text,
        mail=f"mailto:?subject={quote(asset.title)}&body={quote(letter, safe='')}",
        message=f"sms:?&body={quote(text, safe='')}",  # with ?& both iOS and Android take the body
    )


def _lines(asset: Asset, summary: ListingSummary) -> list[str]:
    places = [", ".join(filter(None, (place.name, place.address))) for place in summary.places]
    where = "Ring to arrange where to meet" if summary.is_confidential else "; ".join(filter(None, places))
    said = [
        ("When", "; ".join(summary.sessions)),
        ("Where", where),
        ("Cost", summary.cost),
        ("The first time", asset.first_time or ""),
        ("Call", summary.phone),
        ("Website", asset.url or ""),
    ]
    return [
        asset.title,
        asset.summary,
        *(f"{name}: {words}" for name, words in said if words),
        *([MADE_UP] if asset.sample else []),
    ]
