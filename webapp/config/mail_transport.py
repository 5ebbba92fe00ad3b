"""The two ways by which mail can leave, as settings have them. Each setting is in docs/deploying.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from webapp.config.identity_provider import LOOPBACK

UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
ADDRESS = re.compile(r"[^\s@<>()\",;:]+@[^\s@<>()\",;:]+")


@dataclass(frozen=True)
class Notify:
    """Mail goes through GOV.UK Notify, by a template whose subject is ((subject)) and whose text is ((body)).

    Text messages go by another, whose text is ((body)); where `text_template_id` is empty there are none.
    """

    api_key: str = field(repr=False)
    template_id: str
    url: str = "https://api.notifications.service.gov.uk"
    text_template_id: str = ""


@dataclass(frozen=True)
class Smtp:
    """Mail goes to this server. `tls` is `starttls`, `implicit` (from the first byte) or `none`."""

    sender: str  # as readers see it: Signpost <signpost@council.example>
    host: str
    port: int
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def read(env: Mapping[str, str]) -> Notify | Smtp | None:
    """GOV.UK Notify where `env` has a key of it, SMTP otherwise, None where it has neither.

    Raises ValueError with one sentence that names a setting.
    """
    if env.get("SIGNPOST_NOTIFY_API_KEY", ""):
        return _notify(env)
    return _smtp(env) if env.get("SIGNPOST_SMTP_URL", "") else None


def _notify(env: Mapping[str, str]) -> Notify:
    key, template = env["SIGNPOST_NOTIFY_API_KEY"].strip(), env.get("SIGNPOST_NOTIFY_TEMPLATE_ID", "").strip()
    text_template = env.get("SIGNPOST_NOTIFY_TEXT_TEMPLATE_ID", "").strip()
    url = env.get("SIGNPOST_NOTIFY_URL", "") or Notify.url
    if not re.fullmatch(rf"(.+-)?{UUID}-{UUID}", key):
        raise ValueError("SIGNPOST_NOTIFY_API_KEY is not a key of GOV.UK Notify: copy it whole, with its name.")
    if not re.fullmatch(UUID, template):
        raise ValueError("SIGNPOST_NOTIFY_TEMPLATE_ID must be the id of an e-mail template at GOV.UK Notify.")
    if text_template and not re.fullmatch(UUID, text_template):
        raise ValueError("SIGNPOST_NOTIFY_TEXT_TEMPLATE_ID must be the id of a text template at GOV.UK Notify.")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError("SIGNPOST_NOTIFY_URL must be a web address.")
    return Notify(key, template, url, text_template)


def _smtp(env: Mapping[str, str]) -> Smtp:
    """smtp://user:password@host:port uses STARTTLS, unless `?tls=none` says no; smtps:// encrypts from the start."""
    wrong = "SIGNPOST_SMTP_URL must be like smtp://user:password@host:587 or smtps://user:password@host."
    try:
        url = urlsplit(env["SIGNPOST_SMTP_URL"].strip())
        port = url.port
    except ValueError:
        raise ValueError(wrong) from None
    asked = parse_qs(url.query, keep_blank_values=True)
    tls = "implicit" if url.scheme == "smtps" else asked.get("tls", ["starttls"])[-1]
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or set(asked) - {"tls"} or url.path.strip("/"):
        raise ValueError(wrong)
    if url.scheme == "smtp" and tls not in {"starttls", "none"}:
        raise ValueError("SIGNPOST_SMTP_URL has a tls that we do not know: use tls=starttls or tls=none.")
    if tls == "none" and url.password and url.hostname not in LOOPBACK:
        raise ValueError("SIGNPOST_SMTP_URL would send its password unencrypted: leave out tls=none.")
    sender = env.get("SIGNPOST_MAIL_FROM", "").strip()
    if not ADDRESS.fullmatch(parseaddr(sender)[1]) or not sender.isprintable():
        raise ValueError("SIGNPOST_MAIL_FROM must be the address mail comes from, such as help@council.example.")
    usual = {"implicit": 465, "starttls": 587, "none": 25}[tls]
    return Smtp(sender, url.hostname, port or usual, tls, unquote(url.username or ""), unquote(url.password or ""))
