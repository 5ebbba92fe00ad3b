"""What stands in a mail: that there is something, where it is, whom to ask, how to stop. Never what it is about."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from webapp.mail import unsubscribe
from webapp.mail.outbox import Message
from webapp.mail.preferences import CHOICES, TOPICS


@dataclass(frozen=True)
class Letterhead:
    """What every mail of this site says alike. `ask` is whom to ask, as in "Ask the practice team"."""

    base_url: str
    secret_key: str
    name: str = "Signpost"
    ask: str = "the person who manages accounts"


@dataclass(frozen=True)
class Letter:
    """One mail, ready to be handed over. `reference` is the same at every try."""

    reference: str
    to: str
    subject: str
    body: str
    stop: str = ""  # the address that ends mail like this; empty for a letter of which there is only one


def write(message: Message, to: str, letterhead: Letterhead) -> Letter:
    """The mail for `message`, whose topic must have a choice. `to` is an e-mail address."""
    topic = TOPICS[message.topic]
    stop = f"{letterhead.base_url}/unsubscribe/{unsubscribe.token(letterhead.secret_key, message.to_id, topic.choice)}"
    body = "\n\n".join(
        [
            "Hello,",
            topic.sentence or message.text,
            f"Read it on {letterhead.name}:\n{letterhead.base_url}{message.path}",
            "You will be asked to sign in, so that only you can read it.",
            f"Questions? Ask {letterhead.ask}. Nobody reads answers to this e-mail.",
            f"You get e-mails like this because of your choice “{CHOICES[topic.choice].label}”. To stop them:\n{stop}",
            f"To choose what you are told:\n{letterhead.base_url}/account/notifications",
        ]
    )
    return Letter(message.reference or "", to, topic.subject, body + "\n", stop)


def as_mail(letter: Letter, sender: str, now: datetime) -> bytes:
    """`letter` as it goes over the wire: one plain text, with the headers by which a mail program offers to stop it.

    The headers are written here and not by the standard library, whose folding turns a word of more than 78 characters,
    as every stop link is, into encoded words (RFC 2047): mail programs then see no link. Words that are bare need no
    folding, as a line may have 998 characters (RFC 5322, 2.1.1).
    """
    address = parseaddr(sender)[1]
    headers = {
        "From": _mailbox(sender),
        "To": letter.to,
        "Subject": _bare("Subject", letter.subject),
        "Date": format_datetime(now),
        "Message-ID": f"<{letter.reference}@{urlsplit(letter.stop).hostname or address.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.stop:
        headers |= {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = EmailMessage(policy=SMTP.clone(max_line_length=76))  # 78 would do for headers, not here (RFC 2045, 6.7)
    body.set_content(letter.body, cte="quoted-printable")
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + body.as_bytes()


def _mailbox(sender: str) -> str:
    """A name and an address; a name that had to be encoded stands on lines of its own."""
    name, address = parseaddr(sender)
    return formataddr((name, address)) if name.isascii() else f"{_bare('From', name)}\r\n <{address}>"


def _bare(header: str, words: str) -> str:
    """`words` as they are where mail can carry them; else encoded, in words of 75 characters or fewer (RFC 2047, 2)."""
    if words.isascii():
        return words
    return Header(words, "utf-8", maxlinelen=76, header_name=header).encode(linesep="\r\n")
