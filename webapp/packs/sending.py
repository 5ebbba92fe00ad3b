"""A link sent by e-mail or text message: at once, to an address that is used this one time and kept nowhere."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from webapp.config.settings import Notify, Settings
from webapp.english.dates import long_date
from webapp.mail.carrier import DeliveryOutcome, Fate
from webapp.mail.letters import Letter
from webapp.mail.setup import carrier
from webapp.packs.models import SharedLink

NO_WAY = DeliveryOutcome(Fate.REFUSED, "no mail is set up")


def can_mail(settings: Settings) -> bool:
    """Whether a link can be sent by e-mail from here."""
    return settings.mail is not None


def can_text(settings: Settings) -> bool:
    """Whether a link can be sent as a text message from here."""
    return isinstance(settings.mail, Notify) and bool(settings.mail.text_template_id)


def by_email(
    settings: Settings, to: str, words: str, organisation: str, now: Callable[[], datetime]
) -> DeliveryOutcome:
    """Send `words` to the address `to`. Nothing is kept: what cannot go now does not go."""
    way = carrier(settings, now)
    if way is None:
        return NO_WAY
    letter = Letter(secrets.token_hex(16), to, f"Some things that you may like, from {organisation}", f"{words}\n")
    with way:
        return way.carry(letter)


def by_text(settings: Settings, to: str, words: str) -> DeliveryOutcome:
    """Send `words` to the number `to`."""
    from webapp.mail.text_messages import send_text  # here: few pages need its client

    if not isinstance(settings.mail, Notify) or not can_text(settings):
        return NO_WAY
    return send_text(settings.mail, to, words, secrets.token_hex(16))


def letter(titles: Sequence[str], address: str, link: SharedLink, organisation: str) -> str:
    """What an e-mail says."""
    listed = "\n".join(f"- {title}" for title in titles)
    ends = f"The link works until {long_date(link.expires_at)}. You need no account."
    return (
        f"Hello,\n\nHere are some things that you may like:\n\n{listed}\n\n{address}\n\n{ends}\n\nFrom {organisation}"
    )


def message(address: str, organisation: str) -> str:
    """What a text message says: short, as each 160 letters cost."""
    return f"Some things you may like, from {organisation}: {address}"
